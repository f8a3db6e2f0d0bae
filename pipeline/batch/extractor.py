"""The unit of work of every run: documents in, lines of JSON out.

An :class:`Extractor` pickles as its configuration alone and loads the model on first
use, wherever it has been sent. A document that cannot be extracted becomes a rejection
and its neighbours are none the worse.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from spacy.language import Language

from pipeline import assembly
from pipeline.errors import PipelineError, UnreadableInputError
from pipeline.extraction import read_out
from pipeline.records import Document, Rejection
from pipeline.schema import to_line

Item = Document | Rejection

#: Ordinary words, to fill the tokenizer's cache. Within a memory zone it never fills,
#: and a text that begins with a contraction fills it with nothing.
_WARM_UP: Final = (
    "The leader of the council said on Tuesday that it would be the first to do so, "
    'and that people "have a right to know what is going on and why".'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What became of one input: its lines, ready to be written."""

    item: Item
    document: bytes = b""
    claims: tuple[bytes, ...] = ()
    rejection: bytes = b""


class Extractor:
    """Turns chunks of documents into lines; holds a model name, loads on first use.

    ``min_confidence`` stands in for the model's own threshold for contents; ``roster``
    is a roster as :func:`roster_reading.roster_setting` writes it.
    """

    def __init__(
        self,
        model: str = assembly.MODEL,
        *,
        min_confidence: float | None = None,
        roster: str | None = None,
    ) -> None:
        self.model = model
        self.min_confidence = min_confidence
        self.roster = roster

    def __getstate__(self) -> dict[str, Any]:
        """Leave the loaded model behind: its runtime cannot cross a process."""
        return {
            "model": self.model,
            "min_confidence": self.min_confidence,
            "roster": self.roster,
        }

    @cached_property
    def nlp(self) -> Language:
        """The pipeline, loaded and warm."""
        settings: dict[str, dict[str, Any]] = {}
        if self.min_confidence is not None:
            settings["news_claims"] = {"min_confidence": self.min_confidence}
        if self.roster is not None:
            settings["news_identities"] = {"roster": self.roster}
        given = (self.model, settings) if settings else (self.model,)
        nlp = assembly.load(*given)
        nlp.make_doc(_WARM_UP)
        return nlp

    def __call__(self, items: Iterable[Item]) -> Sequence[Lines]:
        """Extract a chunk; inputs that were rejected before pass through in place.

        The chunk's new words are forgotten at its end, so that memory stays flat over
        any number of chunks.
        """
        with self.nlp.memory_zone():
            return [self._lines(item) for item in items]

    def _lines(self, item: Item) -> Lines:
        if isinstance(item, Rejection):
            return Lines(item=item, rejection=to_line(item))
        try:
            extraction = read_out(item, self.nlp)
            return Lines(
                item=item,
                document=to_line(extraction.document),
                claims=tuple(map(to_line, extraction.claims)),
            )
        except UnreadableInputError as error:
            return _rejected(item, error, f"{error.problem}; {error.advice}")
        except PipelineError:
            raise  # the caller's mistake, not the article's
        except Exception as error:  # noqa: BLE001 - one bad document must not end a run
            return _rejected(item, error, f"{error}; please report it with the article")


def _rejected(document: Document, error: Exception, message: str) -> Lines:
    """Write a rejection with the error's words only: a traceback quotes the article."""
    rejection = Rejection(
        source=document.source,
        stage="extraction",
        error=type(error).__name__,
        message=message,
    )
    return Lines(item=rejection, rejection=to_line(rejection))
