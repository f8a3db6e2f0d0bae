"""Where the sentences, paragraphs and blocks of an article begin.

Reach for :class:`Passages` to ask what stands in one sentence or how many paragraphs
lie between two places. A line end always ends a sentence.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

from pipeline.marks import pair_marks
from pipeline.records import Block, BlockLabel, Span
from pipeline.sentences import split_sentences

_LINE: Final = re.compile(r"\n+")


class Passages:
    """The divisions of one text, found once and asked often."""

    def __init__(self, text: str, blocks: tuple[Block, ...]) -> None:
        self.text = text
        lines = [match.end() for match in _LINE.finditer(text)]
        sentences = split_sentences(text, breaks=lines)
        self._paragraphs = [0, *lines]
        self._sentences = sorted({0, *(sentence.start for sentence in sentences)})
        quotations = [mark for mark in pair_marks(text) if mark.depth == 0]
        self._quotation_starts = [quotation.start for quotation in quotations]
        self._quotation_ends = [quotation.end for quotation in quotations]
        self._blocks = _flatten(blocks)
        self._block_starts = [start for start, _ in self._blocks]

    def sentence(self, offset: int) -> Span:
        """Return the sentence that holds the offset, with the space after it."""
        return self._stretch(self._sentences, offset)

    def paragraph(self, offset: int) -> Span:
        """Return the line that holds the offset."""
        return self._stretch(self._paragraphs, offset)

    def sentence_number(self, offset: int) -> int:
        """Return the position of the offset's sentence in the text."""
        return bisect_right(self._sentences, offset) - 1

    def paragraph_number(self, offset: int) -> int:
        """Return the position of the offset's line in the text."""
        return bisect_right(self._paragraphs, offset) - 1

    def quoted(self, offset: int) -> bool:
        """Tell whether the offset stands within quotation marks."""
        at = bisect_right(self._quotation_starts, offset) - 1
        return at >= 0 and offset < self._quotation_ends[at]

    def label(self, offset: int) -> BlockLabel | None:
        """Return the label of the block that holds the offset."""
        block = self.block(offset)
        return block.label if block else None

    def block(self, offset: int) -> Block | None:
        """Return the innermost block that holds the offset."""
        at = bisect_right(self._block_starts, offset) - 1
        return self._blocks[at][1] if at >= 0 else None

    def _stretch(self, starts: list[int], offset: int) -> Span:
        at = bisect_right(starts, offset)
        end = starts[at] if at < len(starts) else len(self.text)
        return Span(start=starts[at - 1], end=end)


@lru_cache(maxsize=1)
def divide(text: str, blocks: tuple[Block, ...]) -> Passages:
    """Find the divisions of a text; the last answer is kept for the next stage."""
    return Passages(text, blocks)


def _flatten(blocks: tuple[Block, ...]) -> list[tuple[int, Block | None]]:
    """Return which block counts from where on; one inside another interrupts it."""
    pieces: list[tuple[int, Block | None]] = []
    open_blocks: list[Block] = []
    for block in sorted(blocks, key=lambda block: (block.start, -block.end)):
        _close(open_blocks, block.start, pieces)
        pieces.append((block.start, block))
        open_blocks.append(block)
    _close(open_blocks, None, pieces)
    return pieces


def _close(
    open_blocks: list[Block],
    until: int | None,
    pieces: list[tuple[int, Block | None]],
) -> None:
    while open_blocks and (until is None or open_blocks[-1].end <= until):
        end = open_blocks.pop().end
        pieces.append((end, open_blocks[-1] if open_blocks else None))
