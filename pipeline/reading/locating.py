"""Find lines of an extractor again in the text that they were taken from.

Extractors fold white space, change marks and drop what they like; letters and digits
they keep, in order. So lines are compared by these alone. Long lines are found first
and hold the short ones in place between them, for "Sport" stands in every menu.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from unicodedata import normalize

from pipeline.records import Span

_WORD: Final = re.compile(r"[^\W_]+")
#: A line of so many letters and digits stands on a page for itself.
_LONG: Final = 40
#: A line that is not found whole is looked for in parts, as a row of a table is.
_PART: Final = re.compile(r"[^.!?|]+[.!?|]*")
#: A line as long as this is a paragraph or more.
_VERY_LONG: Final = 200
#: So many long lines may be looked for in vain; each costs one pass over the page.
_MOST_MISSES: Final = 20


class Folded(NamedTuple):
    """The letters and digits of a text, and where each stands in it."""

    letters: str
    places: Sequence[int]


def fold(text: str) -> Folded:
    """Reduce a text to its letters and digits, small and without accents.

    >>> fold("Café, 5½").letters
    'cafe512'
    """
    words: list[str] = []
    places = array("q")
    for word in _WORD.finditer(text):
        if word[0].isascii():
            words.append(word[0].lower())
            places.extend(range(word.start(), word.end()))
            continue
        for at, letter in enumerate(word[0], word.start()):
            plain = "".join(filter(str.isalnum, normalize("NFKD", letter))).lower()
            words.append(plain)
            places.extend([at] * len(plain))
    return Folded("".join(words), places)


def locate(text: str, lines: Iterable[str]) -> list[Span | None]:
    """Return where each line stands in the text, None for a line that is not found.

    A long line that is not found as a whole gives a passage for each of its sentences
    instead. Passages run from the first letter to the last. Time is linear in the text
    and the lines together.

    >>> page = "Sport. Mill to close in May after 90 years, its owners said. Sport!"
    >>> locate(page, ["Mill to close in May, after 90 years its owners said", "SPORT"])
    [Span(start=7, end=59), Span(start=61, end=66)]
    """
    page = fold(text)
    keys = _in_parts(page.letters, list(lines))
    found = _anchors(page.letters, keys)
    _between(page.letters, keys, found)
    return [
        None
        if at is None
        else Span(start=page.places[at], end=page.places[at + len(key) - 1] + 1)
        for at, key in zip(found, keys, strict=True)
    ]


def _in_parts(letters: str, lines: Sequence[str]) -> list[str]:
    """Return the letters of the lines, those of a lost one sentence by sentence."""
    wholes = [fold(line).letters for line in lines]
    keys: list[str] = []
    for line, whole, at in zip(lines, wholes, _anchors(letters, wholes), strict=True):
        lost = at is None and len(whole) >= _VERY_LONG
        keys.extend(
            [fold(part).letters for part in _PART.findall(line)] if lost else [whole]
        )
    return [key for key in keys if key]


def _anchors(letters: str, keys: Sequence[str]) -> list[int | None]:
    """Find the long lines, each behind the one before or, failing that, anywhere."""
    found: list[int | None] = [None] * len(keys)
    cursor = misses = 0
    for index, key in enumerate(keys):
        if len(key) < _LONG or misses > _MOST_MISSES:
            continue
        at = letters.find(key, cursor)
        if at < 0:
            misses += 1
            at = letters.find(key, 0, cursor)
        else:
            cursor = at + len(key)
        found[index] = at if at >= 0 else None
    return found


def _between(letters: str, keys: Sequence[str], found: list[int | None]) -> None:
    """Find the short lines between the long ones around them.

    Above the first long line a short one is looked for from below, where the headline
    is nearest.
    """
    anchors = [index for index, at in enumerate(found) if at is not None]
    reached = 0
    for index, key in enumerate(keys):
        at = found[index]
        if at is not None:
            reached = max(reached, at + len(key))
            continue
        if not key or len(key) >= _LONG:
            continue
        following = bisect_left(anchors, index)
        limit = len(letters)
        if following < len(anchors):
            limit = found[anchors[following]] or 0
        look = letters.find if following and anchors else letters.rfind
        at = look(key, reached, limit)
        if at >= 0:
            found[index] = at
            reached = at + len(key)
