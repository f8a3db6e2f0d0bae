"""The lines of a rendered page, and how much of each the article and its elements hold.

Reach for :func:`read_lines` to ask of a line: is it the article's, is it a link, is it
the caption of a picture? All is computed in one pass over the page.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.reading.rendering import Element
from pipeline.records import Span

_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
#: An element of more lines tells nothing about any of them.
_MOST_LINES: Final = 8


@dataclass(slots=True, kw_only=True)
class Line:
    """One line, trimmed.

    ``inside`` are the parts of it that the article holds, ``held`` counts the
    characters that elements of each kind hold.
    """

    span: Span
    text: str
    inside: list[Span] = field(default_factory=list)
    held: Counter[str] = field(default_factory=Counter)

    @property
    def words(self) -> int:
        """How many words the line has, counted up to fifty."""
        return sum(
            1 for _, _ in zip(range(50), _WORD.finditer(self.text), strict=False)
        )

    def is_mostly(self, *kinds: str) -> bool:
        """Tell whether elements of these kinds hold nearly all of the line."""
        return 5 * sum(self.held[kind] for kind in kinds) >= 4 * len(self.text)

    def outside(self) -> Iterator[Span]:
        """Yield the parts that the article does not hold."""
        at = self.span.start
        for part in [*self.inside, Span(start=self.span.end, end=self.span.end)]:
            gap = self.text[at - self.span.start : part.start - self.span.start]
            if gap.strip():
                start = at + len(gap) - len(gap.lstrip())
                yield Span(start=start, end=at + len(gap.rstrip()))
            at = part.end


def read_lines(
    text: str, elements: Sequence[Element], article: Sequence[Span]
) -> list[Line]:
    """Return the lines that are not blank, with what the article and elements hold."""
    lines = [_trimmed(found.start(), found[0]) for found in _LINE.finditer(text)]
    starts = [line.span.start for line in lines]
    for element in elements:
        held = _overlapped(lines, starts, element.span)
        for line in held if len(held) <= _MOST_LINES else ():
            line.held[element.kind] += _shared(line.span, element.span)
    for passage in sorted(article):
        for line in _overlapped(lines, starts, passage):
            _add(line, passage)
    return lines


def _trimmed(start: int, text: str) -> Line:
    stripped = text.strip()
    start += text.index(stripped[0])
    return Line(span=Span(start=start, end=start + len(stripped)), text=stripped)


def _overlapped(lines: Sequence[Line], starts: Sequence[int], span: Span) -> list[Line]:
    first = bisect_right(starts, span.start) - 1
    behind = bisect_right(starts, span.end - 1)
    return [line for line in lines[max(0, first) : behind] if line.span.overlaps(span)]


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _add(line: Line, passage: Span) -> None:
    """Note a part that the article holds, with the punctuation around it."""
    text, base = line.text, line.span.start
    start = max(passage.start, line.span.start) - base
    end = min(passage.end, line.span.end) - base
    last = line.inside[-1].end - base if line.inside else 0
    if end <= last:
        return
    if not any(map(str.isalnum, text[last : max(start, last)])):
        start = last
    while (
        start > last and not text[start - 1].isalnum() and not text[start - 1].isspace()
    ):
        start -= 1
    while end < len(text) and not text[end].isalnum() and not text[end].isspace():
        end += 1
    if not any(map(str.isalnum, text[end:])):
        end = len(text)
    if line.inside and start == last:
        start = line.inside.pop().start - base
    line.inside.append(Span(start=base + start, end=base + end))
