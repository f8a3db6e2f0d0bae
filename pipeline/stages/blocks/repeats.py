"""Find the lines whose words the story says elsewhere, as pull quotes and captions do.

Two passes: the word sequences of the candidate lines are collected, then the prose is
read once to see which of them it holds. The cost is linear in the text.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

_WORD: Final = re.compile(r"\w+(?:['’]\w+)?")
#: Words in a row that are compared; four rarely recur by chance in one article.
_LENGTH: Final = 4
_ENOUGH: Final = 2
#: A longer line is no pull quote.
_LONGEST: Final = 500

_Shingle = tuple[str, ...]


def repeated(
    candidates: Mapping[int, str], prose: Iterable[tuple[int, str]]
) -> set[int]:
    """Return the candidates whose every word sequence stands in another line's prose.

    Both are keyed by the line's number. Lines of fewer than four words are never found.
    """
    shingles = {
        key: set(_shingles(text))
        for key, text in candidates.items()
        if len(text) <= _LONGEST
    }
    wanted = {shingle for found in shingles.values() for shingle in found}
    if not wanted:
        return set()
    places: dict[_Shingle, set[int]] = {}
    for number, text in prose:
        for shingle in _shingles(text):
            # Two places are enough to know that one of them is another line.
            if shingle in wanted and len(places.setdefault(shingle, set())) < _ENOUGH:
                places[shingle].add(number)
    return {
        key
        for key, found in shingles.items()
        if found and all(places.get(shingle, set()) - {key} for shingle in found)
    }


def _shingles(text: str) -> Iterator[_Shingle]:
    window: deque[str] = deque(maxlen=_LENGTH)
    for found in _WORD.finditer(text):
        window.append(found[0].casefold().replace("’", "'"))
        if len(window) == _LENGTH:
            yield tuple(window)
