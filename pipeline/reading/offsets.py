"""Where each character of a changed text stands in its source.

Reach for an :class:`OffsetMap` wherever a text is made readable by anything that
changes its length: markup left out, entities decoded, letters repaired. The map is a
list of pieces in order; a piece as long as its source was copied or replaced letter by
letter, any other stands for its source as a whole. A span that cuts such a piece is
widened to the whole of it: what is returned always holds what was asked for, and a
little more at most.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from pipeline.records import Span


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Pieces in order: where each begins, and the source it stands for, half-open."""

    starts: tuple[int, ...]
    froms: tuple[int, ...]
    tos: tuple[int, ...]
    length: int

    def to_source(self, start: int, end: int) -> Span:
        """Return the source of a passage that holds at least one character.

        Takes time logarithmic in the number of pieces.
        """
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        left, right = self.froms[first], self.tos[last]
        if self._is_even(first):
            left += start - self.starts[first]
        if self._is_even(last):
            right -= self._end(last) - end
        return Span(start=left, end=right)

    def from_source(self, offset: int) -> int:
        """Return where a place of the source stands; the end of what is left out."""
        piece = bisect_right(self.froms, offset) - 1
        if piece < 0:
            return 0
        within = offset - self.froms[piece]
        length = self._end(piece) - self.starts[piece]
        return self.starts[piece] + min(within, length)

    def _end(self, piece: int) -> int:
        following = piece + 1
        return self.starts[following] if following < len(self.starts) else self.length

    def _is_even(self, piece: int) -> bool:
        """Tell whether a piece is as long as its source."""
        length = self._end(piece) - self.starts[piece]
        return length == self.tos[piece] - self.froms[piece]


class Rewriting:
    """A text that is written piece by piece, with the source of each piece.

    >>> written = Rewriting()
    >>> written.copy("Tea ", 0)
    >>> written.put("&", 4, 9)
    >>> written.copy(" cake", 9)
    >>> text, offsets = written.finish()
    >>> text, offsets.to_source(4, 10)
    ('Tea & cake', Span(start=4, end=14))
    """

    def __init__(self) -> None:
        self.length: int = 0
        self._parts: Final[list[str]] = []
        self._starts: Final[list[int]] = []
        self._froms: Final[list[int]] = []
        self._tos: Final[list[int]] = []
        self._even = False

    @property
    def reached(self) -> int:
        """Where the source of the last piece ends; 0 before the first."""
        return self._tos[-1] if self._tos else 0

    def copy(self, text: str, start: int) -> None:
        """Add a passage that stands in the source as it is, from ``start``."""
        end = start + len(text)
        if self._even and self._tos[-1] == start:
            self._tos[-1] = end
            self._grow(text)
        else:
            self.put(text, start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Add a text that stands for a passage of the source; order is the caller's."""
        if text:
            self._starts.append(self.length)
            self._froms.append(start)
            self._tos.append(end)
            self._even = len(text) == end - start
            self._grow(text)

    def finish(self) -> tuple[str, OffsetMap]:
        """Return the text and its map."""
        offsets = OffsetMap(
            tuple(self._starts), tuple(self._froms), tuple(self._tos), self.length
        )
        return "".join(self._parts), offsets

    def _grow(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)
