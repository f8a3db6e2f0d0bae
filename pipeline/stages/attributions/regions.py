"""Where claims may be read: the blocks of an article as stretches that hold text once.

Reach for :class:`Regions` to ask which block a part stands in, to keep parts within
one block, and to pair the quotation marks of the running text apart from what
interrupts it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.marks import Quotation, divide, pair_marks
from pipeline.records import CLAIM_BLOCKS, Block, BlockLabel, Part, Span


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Region(Span):
    """A stretch of one block. ``flow`` is equal for stretches that read on.

    All body text is one flow; any other block is a flow with those of its label that
    stand next to it.
    """

    label: BlockLabel
    flow: int


class Regions:
    """The stretches of a text that claims may be read from, in order."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        whole = Block(start=0, end=len(text), label="body", reason="")
        pieces = list(_flatten(blocks or [whole]))
        flows = _flows(pieces)
        self.all = [
            Region(start=piece.start, end=piece.end, label=piece.label, flow=flow)
            for piece, flow in zip(pieces, flows, strict=True)
            if piece.label in CLAIM_BLOCKS
        ]
        self._starts = [region.start for region in self.all]

    def at(self, offset: int) -> Region | None:
        """Return the stretch that holds the offset; None outside all of them."""
        at = bisect_right(self._starts, offset) - 1
        return self.all[at] if at >= 0 and offset < self.all[at].end else None

    def clip(self, part: Part) -> Part | None:
        """Cut a part down to the one stretch that holds most of it, white space off.

        None where nothing is left: a source or content needs a letter or digit.
        """
        at = max(bisect_right(self._starts, part.start) - 1, 0)
        best: Part | None = None
        while at < len(self.all) and self.all[at].start < part.end:
            region = self.all[at]
            start, end = max(part.start, region.start), min(part.end, region.end)
            held = _trimmed(self.text, part, start, end)
            if held and (best is None or held.end - held.start > best.end - best.start):
                best = held
            at += 1
        return best

    @cached_property
    def quotations(self) -> list[Quotation]:
        """The quotations of all stretches; what interrupts a flow does not break it."""
        flows: dict[int, list[Span]] = {}
        for region in self.all:
            flows.setdefault(region.flow, []).extend(divide(self.text, region))
        paired = (pair_marks(self.text, paragraphs=flow) for flow in flows.values())
        found = [quotation for flow in paired for quotation in flow]
        return sorted(found, key=lambda q: (q.start, -q.end))

    @cached_property
    def _body(self) -> list[Span]:
        return [
            paragraph
            for region in self.all
            if region.label == "body"
            for paragraph in divide(self.text, region)
            if paragraph.of(self.text).strip()
        ]

    def body_paragraph(self, offset: int) -> int:
        """Return how many paragraphs of the body begin at or before the offset."""
        return bisect_right(self._body, offset, key=lambda p: p.start)

    def begins_paragraph(self, offset: int) -> bool:
        """Tell whether only white space stands before it in its body paragraph."""
        number = self.body_paragraph(offset)
        start = self._body[number - 1].start if number else 0
        return not self.text[start:offset].strip()

    def ends_paragraph(self, offset: int) -> bool:
        """Tell whether no word stands behind it in its body paragraph."""
        number = self.body_paragraph(offset - 1)
        end = self._body[number - 1].end if number else len(self.text)
        return not any(map(str.isalnum, self.text[offset:end]))


def _flatten(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield stretches that do not overlap: a block within another cuts it in two."""
    around: list[Block] = []
    reached = 0
    for block in sorted(blocks, key=lambda b: (b.start, -b.end)):
        while around and around[-1].end <= block.start:
            yield from _stretch(around[-1], reached, around[-1].end)
            reached = max(reached, around.pop().end)
        if around:
            yield from _stretch(around[-1], reached, block.start)
        reached = block.start
        around.append(block)
    while around:
        yield from _stretch(around[-1], reached, around[-1].end)
        reached = max(reached, around.pop().end)


def _stretch(block: Block, start: int, end: int) -> Iterator[Block]:
    if start < end:
        yield replace(block, start=start, end=end)


def _flows(pieces: Sequence[Block]) -> Iterator[int]:
    """Yield the number of each stretch's flow; 0 is the body's."""
    flow = 0
    before: BlockLabel | None = None
    for piece in pieces:
        flow += piece.label != before
        before = piece.label
        yield 0 if piece.label == "body" else flow


def _trimmed(text: str, part: Part, start: int, end: int) -> Part | None:
    passage = text[start:end]
    start, end = end - len(passage.lstrip()), start + len(passage.rstrip())
    worded = part.role == "cue" or any(map(str.isalnum, passage))
    if worded and (start, end) == (part.start, part.end):
        return part
    return replace(part, start=start, end=end) if start < end and worded else None
