"""The grammar of numbers: digits, words and parts of a whole, and what they are worth.

Reach for the named parts (:data:`DIGITS`, :data:`WORDS`, :data:`FRACTION` …) to
assemble a pattern that holds a number, and for :func:`read_number` to learn its value.
Nothing here decides whether a number counts anything; that is the callers' business.
The parts are meant for patterns that ignore case.
"""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.lexicon import read_lexicon

_LEXICON: Final = read_lexicon("numbers")
_UNITS: Final[dict[str, int]] = _LEXICON["units"]
_SMALL: Final[dict[str, int]] = _UNITS | _LEXICON["teens"]
_TENS: Final[dict[str, int]] = _LEXICON["tens"]
_SCALES: Final[dict[str, int]] = _LEXICON["scales"]
_SUFFIXES: Final[dict[str, int]] = _LEXICON["suffixes"]
_VULGAR: Final[dict[str, float]] = _LEXICON["vulgar"]
_FRACTIONS: Final[dict[str, int]] = _LEXICON["fractions"] | {
    {"half": "halves"}.get(word, f"{word}s"): parts
    for word, parts in _LEXICON["fractions"].items()
}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest))})"


#: One space of any kind, or the line end that a hard-wrapped text has in its place.
GAP: Final = r"(?:[ \u00a0\u2009\u202f]|\r?\n(?!\s))"
DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_POWER: Final = any_of(_SCALES.keys() - {"hundred", "dozen"})
#: Fractions as single characters.
VULGAR: Final = "".join(_LEXICON["vulgar"])
#: A fraction in digits, alone or after a whole number: 3/4, 10 1/2, 2½. Only those that
#: are no dates or scores.
_SLASH: Final = r"(?:1/[234]|2/3|3/4)(?![\d/])"
SLASHED: Final = rf"(?:(?:\d+{GAP})?{_SLASH}|\d*[{VULGAR}])"
#: What scales the digits before it: the m of £1.2m, the million of 2.4 million.
SCALE: Final = rf"(?:{GAP}?{any_of(_SUFFIXES)}(?!\w)|(?:{GAP}|-)(?:hundred|{_POWER})\b)"

_UNIT: Final = any_of(_UNITS)
_SIMPLE: Final = rf"(?:{any_of(_TENS)}(?:[- ]{_UNIT}\b)?|{any_of(_SMALL)})"
_HUNDREDS: Final = (
    rf"(?:(?:{_SIMPLE}|an?){GAP}(?:hundred|dozen)\b"
    rf"(?:{GAP}(?:and{GAP})?{_SIMPLE}\b)?|{_SIMPLE})"
)
#: Parts of a whole: half, a third, two-thirds, three quarters.
FRACTION: Final = rf"(?:half|(?:{_UNIT}|an?)(?:{GAP}|-){any_of(_FRACTIONS)})\b"
#: Parts of a million and the like: half a, quarter of a, two-thirds of a.
_SHARE: Final = (
    rf"(?:(?:a{GAP})?(?:half|quarter)\b|{FRACTION})(?:(?:{GAP}of)?{GAP}an?)?"
)
_POWERS: Final = (
    rf"(?:(?:{_HUNDREDS}(?:{GAP}and{GAP}a{GAP}half)?|{_SHARE}|an?){GAP}{_POWER}\b)"
)
#: Cheap to refuse by: without it every word of a text is tried against every branch.
NUMBER_BEGINNING: Final = any_of({"hal", "qua"} | {word[:3] for word in _SMALL | _TENS})
#: A number in words: nine, two thousand, a hundred and twenty, half a million, a third.
WORDS: Final = (
    rf"(?:(?=an?{GAP}|{NUMBER_BEGINNING})"
    rf"(?:{_POWERS}(?:,?{GAP}{_POWERS}){{0,3}}(?:,?{GAP}(?:and{GAP})?{_HUNDREDS}\b)?"
    rf"|half{GAP}an?{GAP}(?:dozen|hundred)|{FRACTION}"
    rf"|{_HUNDREDS}(?:(?:{GAP}|-)and(?:{GAP}|-)(?:a|one|three)(?:{GAP}|-)"
    rf"(?:half|third|quarters?))?)\b)"
)

_WORD: Final = re.compile(rf"\d+/\d+|{DIGITS}|[{VULGAR}]|[a-z]+")
_ARTICLES: Final = frozenset({"a", "an", "and", "of"})
_POWERS_OF_TEN: Final = (_SCALES.keys() | _SUFFIXES.keys()) - {"hundred", "dozen"}


def read_number(text: str) -> float | None:
    """Return what a number in digits or words is worth; None if it is no number.

    >>> [read_number(it) for it in ("2,700", "1.2m", "nine hundred", "half a million")]
    [2700.0, 1200000.0, 900.0, 500000.0]
    >>> [read_number(it) for it in ("three quarters", "two and a half", "plenty")]
    [0.75, 2.5, None]
    """
    total = whole = part = 0.0
    words = _WORD.findall(text.lower())
    for word in words:
        if word == "and":
            whole, part = whole + part, 0.0
        elif word in _FRACTIONS:
            part = (part or 1) / _FRACTIONS[word]
        elif word in _POWERS_OF_TEN:
            total, whole, part = total + _times(whole + part, word), 0.0, 0.0
        elif word in _SCALES:
            part = _times(part, word)
        elif word not in _ARTICLES:
            value = _simple(word)
            if value is None:
                return None
            part += value
    known = any(word not in _ARTICLES for word in words)
    return round(total + whole + part, 9) if known else None


def _times(value: float, word: str) -> float:
    return (value or 1) * (_SCALES.get(word) or _SUFFIXES[word])


def _simple(word: str) -> float | None:
    if word in _VULGAR:
        return _VULGAR[word]
    if "/" in word:
        over, under = word.split("/")
        return int(over) / int(under) if int(under) else None
    if word[0].isdigit() or word[0] == ".":
        return float(word.replace(",", ""))
    return _SMALL.get(word, _TENS.get(word))
