"""Label the blocks of a text of which something is known before it is read.

Reach for :func:`label_with_hints` where the markup of a page, or the form of a file,
settles what some passages are. A hint is never overruled, but for one: that a passage
is body counts against its position on the page and not against its own wording. The
rest is labelled as any text is, as if what stands outside the article were not there.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.records import OUTSIDE_BLOCKS, Block, BlockLabel
from pipeline.stages.blocks.labeller import label_blocks
from pipeline.stages.blocks.pieces import cut

#: What the labelling of the rest had better not see; it may lean on headline and dates.
_SET_ASIDE: Final[frozenset[BlockLabel]] = frozenset(
    {"furniture", "related", "caption"}
)


def label_with_hints(text: str, hints: Sequence[Block]) -> list[Block]:
    r"""Label the blocks of a text; ``hints`` are sorted and do not overlap.

    >>> page = "Mill to close\n\nThe mill will close in May.\n\nBridge reopens"
    >>> hint = Block(start=44, end=58, label="related", reason="link")
    >>> [(b.label, b.of(page)) for b in label_with_hints(page, [hint])][1:]
    [('body', 'The mill will close in May.'), ('related', 'Bridge reopens')]
    """
    if not hints:
        return label_blocks(text)
    settled = [hint for hint in hints if hint.label != "body"]
    body = [hint for hint in hints if hint.label == "body"]
    rest = list(_between(text, label_blocks(_without(text, settled)), settled))
    return sorted([*settled, *_restored(text, rest, body)])


def _restored(
    text: str, blocks: Sequence[Block], body: Sequence[Block]
) -> Iterator[Block]:
    """Give lines back to the body that were put outside it for their position alone."""
    starts = [hint.start for hint in body]
    for block in blocks:
        at = bisect_right(starts, block.start) - 1
        inside = at >= 0 and block.start < body[at].end
        if not inside or block.label not in OUTSIDE_BLOCKS:
            yield block
            continue
        for piece in cut(text[block.start : block.end]):
            kept = body[at] if piece.label is None and piece.words else block
            start, end = block.start + piece.start, block.start + piece.end
            yield replace(kept, start=start, end=end)


def _without(text: str, hints: Sequence[Block]) -> str:
    """Return the text with the passages set aside blanked out, as long as before."""
    parts: list[str] = []
    at = 0
    for hint in hints:
        if hint.label in _SET_ASIDE:
            parts += [text[at : hint.start], "\n" * (hint.end - hint.start)]
            at = hint.end
    return "".join([*parts, text[at:]])


def _between(
    text: str, blocks: Sequence[Block], hints: Sequence[Block]
) -> Iterator[Block]:
    """Cut the hinted passages out of blocks that hold some."""
    behind = 0
    for block in blocks:
        while behind < len(hints) and hints[behind].end <= block.start:
            behind += 1
        at, index = block.start, behind
        while index < len(hints) and hints[index].start < block.end:
            yield from _part(text, block, at, hints[index].start)
            at = hints[index].end
            index += 1
        yield from _part(text, block, at, block.end)


def _part(text: str, block: Block, start: int, end: int) -> Iterator[Block]:
    passage = text[start:end]
    if stripped := passage.strip():
        start += passage.index(stripped[0])
        yield Block(
            start=start,
            end=start + len(stripped),
            label=block.label,
            reason=block.reason,
        )
