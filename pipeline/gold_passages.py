"""Which passages of a gold document an encoder reads, in training and when measured.

Reach for :func:`passages` where blocks come from the annotation and not from the stage
that finds them.
"""

from collections.abc import Iterable, Iterator

from pipeline.gold import GoldDocument
from pipeline.records import OUTSIDE_BLOCKS, Span


def passages(document: GoldDocument) -> list[Span]:
    """Return all but what is marked as furniture or related links, in text order.

    Where blocks are annotated throughout, nothing is read but the other blocks.
    """
    outside = [b for b in document.blocks if b.label in OUTSIDE_BLOCKS]
    if "blocks" in document.layers:
        inside = [b for b in document.blocks if b.label not in OUTSIDE_BLOCKS]
        return [part for block in inside for part in _cut_out(block, outside)]
    return list(_cut_out(Span(start=0, end=len(document.text)), outside))


def _cut_out(whole: Span, holes: Iterable[Span]) -> Iterator[Span]:
    start = whole.start
    for hole in holes:
        if whole.overlaps(hole):
            if start < hole.start:
                yield Span(start=start, end=hole.start)
            start = max(start, hole.end)
    if start < whole.end:
        yield Span(start=start, end=whole.end)
