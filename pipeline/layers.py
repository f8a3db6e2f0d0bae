"""Where stages write on a ``Doc``, and the one place that knows.

Each layer is a list of plain dictionaries under ``doc.user_data``: records with
code-point offsets, turned into typed records on reading. A dataclass or a ``Span`` in
``doc._`` would make ``Doc.to_bytes`` and worker processes raise, and a span group
cannot hold a passage that ends inside a token; so the tables are the truth, and the
span groups that :func:`show` adds (``doc.spans["entities"]`` …) are a view for users.

========================  =======================  =================================
layer                     written by               holds
========================  =======================  =================================
:data:`DOCUMENT`          the caller, or default   one ``Document`` without its text
:data:`HINTS`             the caller, or nobody    ``Block`` known before reading
:data:`BLOCKS`            ``news_blocks``          ``Block``, covering all lines
:data:`PARTS`             ``news_encoder``         ``Part``, sorted by start
:data:`MENTIONS`          encoder, then entities   ``Mention``, sorted by start
:data:`IDENTITIES`        ``news_identities``      ``Identity``
:data:`ATTRIBUTIONS`      ``news_attributions``    ``Attribution``, by first content
:data:`CLAIMS`            ``news_claims``          ``Claim``
========================  =======================  =================================
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Generic, TypeVar

from pydantic import TypeAdapter
from spacy.tokens import Doc
from spacy.util import filter_spans

from pipeline.records import (
    Attribution,
    Block,
    Claim,
    Document,
    Identity,
    Mention,
    Part,
    Span,
)

T = TypeVar("T")

_KEY: Final = "en_news_claims"


class Layer(Generic[T]):
    """A named table of records of one type on a ``Doc``."""

    def __init__(self, name: str, adapter: TypeAdapter[tuple[T, ...]]) -> None:
        self.name = name
        self._adapter = adapter

    def get(self, doc: Doc) -> tuple[T, ...]:
        """Return the layer's records; none where the stage has not run."""
        rows = doc.user_data.get(_KEY, {}).get(self.name, ())
        return self._adapter.validate_python(tuple(rows))

    def set(self, doc: Doc, records: Iterable[T]) -> None:
        """Replace the layer's records."""
        rows = self._adapter.dump_python(tuple(records), mode="json")
        doc.user_data.setdefault(_KEY, {})[self.name] = rows


HINTS: Final = Layer("hints", TypeAdapter(tuple[Block, ...]))
BLOCKS: Final = Layer("blocks", TypeAdapter(tuple[Block, ...]))
PARTS: Final = Layer("parts", TypeAdapter(tuple[Part, ...]))
MENTIONS: Final = Layer("mentions", TypeAdapter(tuple[Mention, ...]))
IDENTITIES: Final = Layer("identities", TypeAdapter(tuple[Identity, ...]))
ATTRIBUTIONS: Final = Layer("attributions", TypeAdapter(tuple[Attribution, ...]))
CLAIMS: Final = Layer("claims", TypeAdapter(tuple[Claim, ...]))
DOCUMENT: Final = Layer("document", TypeAdapter(tuple[Document, ...]))


@lru_cache(maxsize=1)
def text_of(doc: Doc) -> str:
    """Return the text of a ``Doc``, kept for the next stage.

    ``doc.text`` puts it together from its tokens at every call.
    """
    text: str = doc.text
    return text


def show_entities(doc: Doc, mentions: Iterable[Mention]) -> None:
    """Write mentions as ``doc.spans["entities"]`` and, without overlaps, ``doc.ents``.

    ``kb_id_`` of a span is the id of the identity that it names.
    """
    widened = (
        doc.char_span(
            mention.start,
            mention.end,
            label=mention.label,
            kb_id=mention.identity or "",
            alignment_mode="expand",
        )
        for mention in mentions
    )
    spans = [span for span in widened if span is not None]
    doc.spans["entities"] = spans
    doc.ents = filter_spans(spans)


def show(doc: Doc, name: str, spans: Iterable[tuple[Span, str]]) -> None:
    """Write labelled passages as a span group, widened to whole tokens."""
    widened = (
        doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
        for span, label in spans
    )
    doc.spans[name] = [span for span in widened if span is not None]
