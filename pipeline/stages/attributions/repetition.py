"""Where a passage repeats what an attribution says, marks and case aside.

Reach for :class:`Contents` to ask which attribution a pull quote, caption or subheading
repeats, wholly or in part. Passages are compared as pairs of neighbouring words, so
that a word left out or put in does not hide a repetition.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from pipeline.records import Span
from pipeline.stages.attributions.drafts import Draft
from pipeline.stages.attributions.regions import Regions

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: How much of a passage a content has to hold. Two thirds: one word changed in ten
#: breaks two pairs of nine.
_ENOUGH: Final = 2 / 3
#: A pair of words that more contents hold than this says nothing.
_COMMON: Final = 50
#: Fewer words than this may repeat anything, unless they are quoted.
_LONG_ENOUGH: Final = 4

Pair = tuple[str, str]


def fold(text: str) -> list[str]:
    """Return the words of a passage, folded for comparison.

    >>> fold("“We’re NOT complacent,” he said")
    ['were', 'not', 'complacent', 'he', 'said']
    """
    return [
        word.casefold().replace("'", "").replace("’", "")
        for word in _WORD.findall(text)
    ]


def pairs(words: Sequence[str]) -> list[Pair]:
    """Return neighbouring words; a single word is a pair with nothing."""
    return list(pairwise(words)) if len(words) > 1 else [(word, "") for word in words]


class Contents:
    """What the contents of the body's outer drafts say, by pairs of words."""

    def __init__(self, text: str, drafts: Sequence[Draft], regions: Regions) -> None:
        self._text = text
        self._drafts = drafts
        self._regions = regions

    @cached_property
    def _holding(self) -> dict[Pair, set[int]]:
        """Which drafts hold a pair; few articles print anything twice and ask."""
        holding: defaultdict[Pair, set[int]] = defaultdict(set)
        for number, draft in enumerate(self._drafts):
            region = self._regions.at(draft.start)
            if draft.level == "inner" or region is None or region.label != "body":
                continue
            words = [w for span in draft.content for w in fold(span.of(self._text))]
            for pair in [*pairwise(words), *((word, "") for word in words)]:
                holding[pair].add(number)
        return holding

    def repeated(self, span: Span, *, quoted: Span | None = None) -> int | None:
        """Return the position of the draft whose content it repeats, or None.

        A passage of a few words has to be ``quoted`` in whole and held in whole. Of
        several drafts that hold as much, the nearest one counts.
        """
        words = fold(span.of(self._text))
        short = len(words) < _LONG_ENOUGH
        if not words or (short and (quoted is None or not quoted.covers(span))):
            return None
        asked = pairs(words)
        tally: defaultdict[int, int] = defaultdict(int)
        for pair in asked:
            holders = self._holding.get(pair, ())
            if len(holders) <= _COMMON:
                for number in holders:
                    tally[number] += 1
        if not tally:
            return None
        best = min(
            tally,
            key=lambda n: (-tally[n], abs(self._drafts[n].start - span.start)),
        )
        needed = len(asked) if short else len(asked) * _ENOUGH
        return best if tally[best] >= needed else None

    def widen(self, span: Span, number: int, within: Span) -> Span:
        """Stretch a repetition over words beside it that the content has as well."""
        words = list(_WORD.finditer(self._text, within.start, within.end))
        first = bisect_left(words, span.start, key=lambda w: w.start())
        last = bisect_right(words, span.end, key=lambda w: w.end()) - 1
        while first > 0 and self._has(number, words[first - 1], words[first]):
            first -= 1
        while last < len(words) - 1 and self._has(number, *words[last : last + 2]):
            last += 1
        start = min(span.start, words[first].start())
        return Span(start=start, end=max(span.end, words[last].end()))

    def _has(self, number: int, *neighbours: re.Match[str]) -> bool:
        one, other = (fold(word[0])[0] for word in neighbours)
        return number in self._holding.get((one, other), ())


class Told:
    """Whether the running text has a passage, attributed or not."""

    def __init__(self, text: str, body: Iterable[Span]) -> None:
        self._text = text
        self._body = tuple(body)

    @cached_property
    def _pairs(self) -> set[Pair]:
        return {
            pair for span in self._body for pair in pairs(fold(span.of(self._text)))
        }

    def holds(self, span: Span) -> bool:
        """Tell whether most of the passage's pairs of words stand in the body."""
        asked = pairs(fold(span.of(self._text)))
        return sum(pair in self._pairs for pair in asked) >= len(asked) * _ENOUGH
