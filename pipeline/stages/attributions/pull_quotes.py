"""What a pull quote says and whose name stands beneath it.

Reach for :func:`read_pull_quote` on the stretch of a pull quote. The quotation ends
where its mark closes, at a dash before a name, or with its line; "Start Quote" and "End
Quote", which some sites leave for screen readers, are neither.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.marks import Quotation, overlapping
from pipeline.records import Span

_LINE: Final = re.compile(r"[^\n]+")
_DASH: Final = re.compile(r"\s[–—-]\s")
_MARKER: Final = re.compile(r"\W*(?:start|end)\s+quote\W*", re.IGNORECASE)
_NAME: Final = re.compile(r"[^\W_]")
_STOPS: Final = ".!?”\"’'"
_LONGEST_NAME: Final = 12
#: Within how many words a name shows two capitals: "Maria de Souza".
_NAME_WORDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PullQuote:
    """The passages that are quoted, one a line, and the name line if there is one."""

    said: tuple[Span, ...]
    name: Span | None


def read_pull_quote(
    text: str, stretch: Span, quotations: Sequence[Quotation]
) -> PullQuote:
    """Read a pull quote; without words of its own, ``said`` is empty."""
    said: list[Span] = []
    for line in _pieces(text, stretch, quotations):
        if said and _is_name(text, line):
            return PullQuote(said=tuple(said), name=line)
        said.append(line)
    return PullQuote(said=tuple(said), name=None)


def read_name(text: str, stretch: Span) -> Span | None:
    """Return the first line of a stretch if it is a name line."""
    for line in _lines(text, stretch):
        return line if _is_name(text, line) else None
    return None


def _pieces(
    text: str, stretch: Span, quotations: Sequence[Quotation]
) -> Iterator[Span]:
    """Yield the lines, cut behind a closing mark or at a dash before a name."""
    for line in _lines(text, stretch):
        held = [q for q in overlapping(quotations, line) if q.depth == 0 and q.closed]
        dash = _DASH.search(text, line.start, line.end)
        if held and held[0].start <= line.start < held[0].end < line.end:
            cut = held[0].end
        elif dash and not any(q.start < dash.start() < q.end for q in held):
            cut = dash.start()
        else:
            cut = line.end
        yield from _stripped(text, line.start, cut)
        yield from _stripped(text, cut, line.end)


def _lines(text: str, stretch: Span) -> Iterator[Span]:
    for line in _LINE.finditer(text, stretch.start, stretch.end):
        if not _MARKER.fullmatch(line[0].strip()):
            yield from _stripped(text, line.start(), line.end())


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what is left without white space and leading dashes, if it has words."""
    while start < end and (text[start].isspace() or text[start] in "–—-,"):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if _NAME.search(text, start, end):
        yield Span(start=start, end=end)


def _is_name(text: str, line: Span) -> bool:
    """Tell whether a line is a person's name, with or without a description."""
    words = line.of(text).split()
    capitals = sum(word[0].isupper() for word in words[:_NAME_WORDS])
    short = len(words) <= _LONGEST_NAME
    return short and capitals > 1 and words[-1][-1] not in _STOPS
