"""The stage that reads the text with the trained network.

Everything learned happens here, in one pass over the article: names, posts and dates,
and the sources, cues and contents with what belongs to what. What is a rule and no
weight stands in the stages after it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import srsly
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import MissingWeightsError, UnknownSchemeError
from pipeline.layers import BLOCKS, MENTIONS, PARTS, text_of
from pipeline.records import OUTSIDE_BLOCKS, Mention, Part, Span
from pipeline.stages.encoder.labels import OWN_SCHEME, SCHEMES
from pipeline.stages.encoder.pieces import PieceReader, Pieces
from pipeline.stages.encoder.predict import read_mentions, read_parts
from pipeline.stages.encoder.runtime import OnnxScorer
from pipeline.stages.encoder.scores import Scorer, Scores, TextScores, score_text
from pipeline.stages.encoder.windows import cut_windows

#: The files of a trained encoder, and what they hold.
MODEL_FILE: Final = "model.onnx"
TOKENIZER_FILE: Final = "tokenizer.json"


class Encoder:
    """Find mentions and parts of attributions in the article's own blocks.

    ``threads`` is the number of threads of one call, 0 for one a core; ``scheme`` names
    the corpus whose habits the text is read by, one of ``SCHEMES``. The stage is empty
    until :meth:`from_disk` or :meth:`from_bytes` gives it weights.
    """

    def __init__(
        self, name: str, *, threads: int = 0, scheme: str = OWN_SCHEME
    ) -> None:
        if scheme not in SCHEMES:
            raise UnknownSchemeError(scheme, SCHEMES)
        self.name = name
        self._threads = threads
        self._scheme = scheme
        self._files: dict[str, bytes] = {}
        self._reader: PieceReader | None = None
        self._scorer: Scorer | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Write the layers of mentions and parts."""
        mentions, parts = self.predict(text_of(doc), BLOCKS.get(doc))
        MENTIONS.set(doc, mentions)
        PARTS.set(doc, parts)
        return doc

    def predict(
        self, text: str, blocks: Iterable[Span]
    ) -> tuple[list[Mention], list[Part]]:
        """Return what the network reads in the blocks; all of the text without any.

        Blocks of furniture and related links are not read.
        """
        pieces, scores = self.read(text, _passages(text, blocks))
        if scores is None:
            return [], []
        return read_mentions(pieces, scores), read_parts(pieces, scores)

    def read(
        self, text: str, passages: Iterable[Span]
    ) -> tuple[Pieces, TextScores | None]:
        """Return the passages in pieces, and what the network says of their words.

        Passages without a word have no scores.
        """
        reader, scorer = self._network()
        pieces = reader.read(text, passages)
        return pieces, score_text(pieces, reader, scorer) if pieces.words else None

    def score_windows(self, text: str, blocks: Iterable[Span]) -> list[Scores]:
        """Run the network over the blocks and make nothing of what it says.

        It is the least that reading a text with these weights costs.
        """
        reader, scorer = self._network()
        windows = cut_windows(reader.read(text, _passages(text, blocks)), reader)
        return list(scorer.score(windows))

    def _network(self) -> tuple[PieceReader, Scorer]:
        if self._reader is None or self._scorer is None:
            raise MissingWeightsError(self.name)
        return self._reader, self._scorer

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the stage's files as bytes."""
        del exclude  # there is nothing that could be left out
        data: bytes = srsly.msgpack_dumps(self._files)
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Encoder":
        """Take weights and vocabulary from what :meth:`to_bytes` gave."""
        del exclude
        files: dict[str, Any] = srsly.msgpack_loads(data)
        return self._take(files)

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the stage's files into the folder ``path``."""
        del exclude
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (folder / name).write_bytes(content)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> "Encoder":
        """Take weights and vocabulary from the folder ``path``."""
        del exclude
        names = (MODEL_FILE, TOKENIZER_FILE)
        return self._take({name: (Path(path) / name).read_bytes() for name in names})

    def _take(self, files: dict[str, bytes]) -> "Encoder":
        self._files = files
        if files:
            self._reader = PieceReader(files[TOKENIZER_FILE])
            self._scorer = OnnxScorer(
                files[MODEL_FILE], threads=self._threads, scheme=self._scheme
            )
        return self


def _passages(text: str, blocks: Iterable[Span]) -> list[Span]:
    """Return what is read: the blocks of the article itself, or all of the text."""
    own = (b for b in blocks if getattr(b, "label", None) not in OUTSIDE_BLOCKS)
    return list(own) or [Span(start=0, end=len(text))]


@Language.factory("news_encoder", default_config={"threads": 0, "scheme": OWN_SCHEME})
def make_encoder(nlp: Language, name: str, threads: int, scheme: str) -> Encoder:
    """Make the stage; spaCy calls this for ``nlp.add_pipe("news_encoder")``."""
    del nlp  # the stage brings its own vocabulary
    return Encoder(name, threads=threads, scheme=scheme)
