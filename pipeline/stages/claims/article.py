"""What the claims of one document are cut from, each thing found once.

Reach for :func:`read_article` before building claims: it pairs the quotation marks,
splits sentences and finds quantities for the whole document, so that a claim costs no
more than a look-up in sorted lists.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.marks import Quotation, pair_marks
from pipeline.records import CLAIM_BLOCKS, Block, BlockLabel, Document, Mention, Span
from pipeline.sentences import sentence_at, split_sentences
from pipeline.stages.claims.dates.reader import DateReader
from pipeline.stages.entities.quantities import Quantity, quantities_of

_ISO_DAY = len("2013-02-14")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A document with what was found in it; all lists are sorted by start."""

    document: Document
    blocks: Sequence[Block]
    mentions: Sequence[Mention]
    dates: Sequence[Mention]
    quantities: Sequence[Quantity]
    quotations: Sequence[Quotation]
    sentences: Sequence[Span]
    reader: DateReader

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def block_at(self, offset: int) -> BlockLabel:
        """Return the label of the block at an offset; outside all blocks it is body."""
        place = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        if place >= 0 and offset < self.blocks[place].end:
            return self.blocks[place].label
        return "body"

    def readable(self, span: Span) -> bool:
        """Tell whether claims are read from the block in which the span begins."""
        return self.block_at(span.start) in CLAIM_BLOCKS

    def mentions_in(self, content: Sequence[Span]) -> Iterator[Mention]:
        """Yield the mentions that lie wholly within one of the passages."""
        for span in content:
            first = bisect_left(self.mentions, span.start, key=lambda it: it.start)
            last = bisect_left(self.mentions, span.end, key=lambda it: it.start)
            yield from filter(span.covers, self.mentions[first:last])

    def sentence_of(self, span: Span) -> Span:
        """Return the sentence in which the span begins."""
        return sentence_at(self.sentences, span.start) or span


def read_article(
    document: Document, blocks: Sequence[Block], mentions: Sequence[Mention]
) -> Article:
    """Find once what all claims of a document need."""
    text = document.text
    edges = {edge for block in blocks for edge in (block.start, block.end)}
    return Article(
        document=document,
        blocks=sorted(blocks),
        mentions=sorted(mentions),
        dates=sorted(m for m in mentions if m.label == "DATE"),
        quantities=quantities_of(text),
        quotations=pair_marks(text),
        sentences=split_sentences(text, breaks=edges),
        reader=DateReader(_day(document.published)),
    )


def _day(published: str | None) -> date | None:
    """Read the publication day; a month or a year alone settles no day."""
    try:
        return date.fromisoformat((published or "")[:_ISO_DAY])
    except ValueError:
        return None
