"""Cut a text into the pieces that can carry a label of their own.

A piece is a line, a paragraph of a hard-wrapped text, or the part of a line that is
left when furniture glued to it is cut off. Pieces are trimmed of white space, do not
overlap and leave nothing but white space uncovered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.records import BlockLabel, Span
from pipeline.stages.blocks import page, people, prose
from pipeline.stages.blocks.phrases import Effect, furniture
from pipeline.stages.blocks.splitting import Segment, split_line

# The line ends that str.splitlines knows.
_ENDS: Final = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE: Final = re.compile(rf"[^{_ENDS}]+")
_BREAK: Final = re.compile(rf"\r\n|[{_ENDS}]")
#: Widths that text is wrapped at, in e-mail and on the wires.
_WRAPPED: Final = range(45, 101)
#: So many lines must go on below to tell that a text is wrapped.
_PARAGRAPH: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Span):
    """A trimmed line; ``gap`` where a blank line or the text's edge stands before."""

    gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Span):
    """A stretch of text that gets one label.

    ``label`` and ``reason`` are set where the piece's own wording decides; ``effect``
    then says what it means for the lines after it. ``glued``: it shares its line with
    the piece before. ``prose`` and ``words`` are what its look was found to be.
    """

    text: str
    gap: bool
    glued: bool
    prose: bool
    words: int
    label: BlockLabel | None
    reason: str | None
    effect: Effect | None


def cut(text: str) -> list[Piece]:
    """Cut a text into pieces, in order."""
    return [piece for line in _paragraphs(text) for piece in _pieces(text, line)]


def _paragraphs(text: str) -> list[Line]:
    """Return the lines, those of a hard-wrapped paragraph joined again."""
    lines = list(_lines(text))
    if not _is_wrapped(lines):
        return lines
    joined: list[Line] = []
    previous = 0
    for line in lines:
        if joined and not line.gap and previous >= _WRAPPED.start:
            first = joined[-1]
            joined[-1] = Line(start=first.start, end=line.end, gap=first.gap)
        else:
            joined.append(line)
        previous = line.end - line.start
    return joined


def _lines(text: str) -> Iterator[Line]:
    behind = -1
    for found in _LINE.finditer(text):
        stripped = found[0].strip()
        if not stripped:
            continue
        start = found.start() + found[0].index(stripped[0])
        breaks = sum(1 for _ in _BREAK.finditer(text, max(behind, 0), start))
        yield Line(start=start, end=start + len(stripped), gap=behind < 0 or breaks > 1)
        behind = start + len(stripped)


def _is_wrapped(lines: list[Line]) -> bool:
    """Tell whether most lines were broken at a fixed width and not by their writer."""
    lengths = [line.end - line.start for line in lines]
    if not lengths or max(lengths) >= _WRAPPED.stop:
        return False
    followed = [
        length
        for length, (_, after) in zip(lengths, pairwise(lines), strict=False)
        if not after.gap
    ]
    long = sum(length in _WRAPPED for length in followed)
    return len(followed) >= _PARAGRAPH and long * 2 >= len(followed)


def _pieces(text: str, line: Line) -> Iterator[Piece]:
    content = text[line.start : line.end]
    for segment in split_line(content):
        stripped = content[segment.start : segment.end].strip()
        if stripped:
            start = content.index(stripped[0], segment.start) + line.start
            glued = start > line.start
            yield _piece(stripped, segment, start=start, gap=line.gap, glued=glued)


def _piece(text: str, segment: Segment, *, start: int, gap: bool, glued: bool) -> Piece:
    reads = prose.is_prose(text)
    label, reason = segment.label, segment.reason
    kind = furniture(text, prose=reads) if label in {None, "furniture"} else None
    if kind and label is None:
        label, reason = "furniture" if glued else kind.label, kind.reason
    elif label is None and not people.is_byline(text):
        credit = not reads and page.is_credit(text)
        reason = "picture credit" if credit else page.menu_reason(text)
        label = "furniture" if reason else None
    return Piece(
        start=start,
        end=start + len(text),
        text=text,
        gap=gap and not glued,
        glued=glued,
        prose=reads,
        words=prose.word_count(text),
        label=label,
        reason=reason,
        effect=kind.effect if kind else None,
    )
