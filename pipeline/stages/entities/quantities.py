"""Numbers that count something: money, shares, measures, ages and plain counts.

Reach for :func:`find_quantities` wherever a number in running text matters. Numbers
that only look like counts are passed over (see :mod:`.lookalikes`), and so is whatever
the text does not settle: scores, ranges that fall, years that follow one another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from pipeline.lexicon import read_lexicon
from pipeline.records import Span
from pipeline.stages.entities.lookalikes import counts_something
from pipeline.stages.entities.numbers import (
    DIGITS,
    GAP,
    SCALE,
    WORDS,
    any_of,
    read_number,
)

QuantityKind = Literal["money", "percent", "ratio", "measure", "age", "count"]

_UNITS: Final = read_lexicon("units")
_CURRENCIES: Final[dict[str, str]] = _UNITS["currencies"]
_CURRENCY_NAMES: Final[dict[str, str]] = _UNITS["currency_names"]
_MEASURES: Final[dict[str, str]] = _UNITS["measures"]
_COINS: Final[dict[str, int]] = read_lexicon("numbers")["money_words"]
#: What names of money are worth in the currency itself.
_WORTH: Final = {"p": 0.01, "pence": 0.01, "cent": 0.01, "cents": 0.01, "grand": 1000.0}

#: Measures of time: a number of them is a duration.
TIME_UNITS: Final = frozenset(
    {"second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade"}
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Quantity(Span):
    """A number with what it counts in; ``number`` is the passage of the number alone.

    ``high`` is the upper end of a range in digits ("£55-60 million"), ``denominator``
    the ten of "one in ten". ``attributive`` marks compounds such as "32-mile".
    """

    kind: QuantityKind
    number: Span
    value: float
    unit: str | None = None
    high: float | None = None
    denominator: float | None = None
    attributive: bool = False


_SCAN: Final = re.compile(
    rf"(?:(?<![\w.,:/£$€¥-])|(?<=\w-)(?=[£$€¥]))"
    rf"(?:(?P<coin>an?{GAP}{any_of(_COINS)})\b"
    rf"|(?P<sign>{any_of(_CURRENCIES)})?(?(sign){GAP}?)"
    rf"(?P<number>{DIGITS}(?!\d)(?P<scale>{SCALE})?|{WORDS})"
    rf"(?:[-–](?P<high>{DIGITS})(?!\d)(?P<high_scale>{SCALE})?)?)",
    re.IGNORECASE,
)
_NUMBER: Final = rf"(?:{DIGITS}{SCALE}?|{WORDS})"
_MEASURE: Final = any_of(_MEASURES)
_TAIL: Final = re.compile(
    rf"(?P<percent>{GAP}?%|(?:{GAP}|-)per(?:{GAP}|-)?cent\b|{GAP}pc\b"
    rf"|{GAP}percentage{GAP}(?P<points>points?)\b)"
    rf"|(?P<age>[- ]years?[- ]olds?\b)"
    rf"|(?P<pence>p)(?!\w)"
    rf"|{GAP}(?P<money>{any_of(_CURRENCY_NAMES.keys() - {'p'})})\b"
    rf"|{GAP}(?:in|out{GAP}of)(?:{GAP}every)?{GAP}(?P<whole>{_NUMBER})(?![\w-])"
    rf"|(?:(?P<hyphen>-)|{GAP}(?:(?:working|calendar|consecutive|square){GAP})?)?"
    rf"(?P<measure>{_MEASURE})(?!\w)",
    re.IGNORECASE,
)
_PLURAL_AFTER: Final = re.compile(rf"{GAP}(?:[^\W\d_]+s|people|children|staff)\b")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
#: What tells metres from millions: 1.8m tall, a 48m high crane, the 100m sprint.
_LETTER_M: Final = frozenset({"m", " m"})
_LONG: Final = re.compile(
    rf"{GAP}(?:tall|high|long|wide|deep|sprint|race|final|hurdles|freestyle)\b"
)
#: Wholes that a share is told of; other numbers after "in" are places or groups.
_USUAL_WHOLES: Final = frozenset({*map(float, range(2, 11)), 20.0, 100.0, 1000.0})
_AGE: Final = re.compile(r"1?\d?\d")
_AGED_BEFORE: Final = re.compile(r"\b[Aa]ged?[ \u00a0]$")
_NAME_BEFORE: Final = re.compile(r"(?:^|\W)[^\W\d_a-z]\w*, $")
#: Characters of the left context that the patterns above may need.
_REACH: Final = 40


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities of a text in order; they never overlap.

    >>> [q.of(t) for t in ["nearly 2,700 in Year 4"] for q in find_quantities(t)]
    ['2,700']
    """
    done = 0
    for match in _SCAN.finditer(text):
        quantity = _read(text, match) if match.start() >= done else None
        if quantity is not None:
            done = quantity.end
            yield quantity


@lru_cache(maxsize=1)
def quantities_of(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text, remembered until the next text.

    The stage that labels figures and the stage that normalises them ask in turn.
    """
    return tuple(find_quantities(text))


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    plain = _plain(match)
    if plain.high is not None and (
        plain.high <= plain.value or _YEAR.fullmatch(match["number"])
    ):
        return None
    if match["coin"]:
        return replace(plain, kind="money", unit="£")
    if match["scale"] in _LETTER_M and _LONG.match(text, match.end()):
        number = read_number(match["number"].rstrip(" mM\u00a0")) or 0.0
        return replace(plain, kind="measure", value=number, unit="m")
    if match["sign"]:
        unit = _CURRENCIES[match["sign"].upper()]
        return replace(plain, kind="money", unit=unit)
    tail = _TAIL.match(text, match.end())
    found = _with_tail(plain, tail, digits=match["number"]) if tail else None
    return found or _count(text, plain)


def _plain(match: re.Match[str]) -> Quantity:
    """Read the number, or both ends of a range, which share their scale."""
    span = Span(start=match.start(), end=match.end())
    if match["coin"]:
        low: float | None = float(_COINS[match["coin"].split()[-1].lower()])
    else:
        low = read_number(match["number"])
    scale = match["high_scale"] or ""
    if scale and not match["scale"]:
        low = read_number(match["number"] + scale)
    return Quantity(
        start=span.start,
        end=span.end,
        kind="count",
        number=span,
        value=low or 0.0,
        high=read_number(match["high"] + scale) if match["high"] else None,
    )


def _with_tail(plain: Quantity, tail: re.Match[str], *, digits: str) -> Quantity | None:
    """Add what the number counts in; None if the words after it are no unit of it."""
    whole = replace(plain, end=tail.end())
    if tail["percent"]:
        unit = "percentage point" if tail["points"] else "%"
        return replace(whole, kind="percent", unit=unit)
    if tail["age"]:
        return replace(
            whole,
            kind="age",
            unit="year",
            attributive="-old" in tail["age"].lower(),
        )
    if tail["money"] or (tail["pence"] and digits[0].isdigit()):
        return _named_money(whole, (tail["money"] or tail["pence"]).lower())
    if tail["whole"]:
        return _ratio(whole, tail["whole"])
    if tail["measure"]:
        unit = _MEASURES[tail["measure"].lower()]
        hyphen = bool(tail["hyphen"])
        return replace(whole, kind="measure", unit=unit, attributive=hyphen)
    return None


def _named_money(whole: Quantity, name: str) -> Quantity:
    worth = _WORTH.get(name, 1.0)
    value = round(whole.value * worth, 6)
    high = None if whole.high is None else round(whole.high * worth, 6)
    unit = _CURRENCY_NAMES[name]
    return replace(whole, kind="money", value=value, high=high, unit=unit)


def _ratio(whole: Quantity, words: str) -> Quantity | None:
    """Read "one in ten"; "nine in 18 hospitals" is a count of nine."""
    parts = read_number(words)
    if parts is None or whole.high is not None or not whole.value < parts:
        return None
    if whole.value != 1 and parts not in _USUAL_WHOLES:
        return None
    if _YEAR.fullmatch(words):
        return None
    return replace(whole, kind="ratio", denominator=parts)


def _count(text: str, plain: Quantity) -> Quantity | None:
    start, end = plain.start, plain.end
    if not counts_something(text, start, end):
        return None
    if plain.high is not None and not _PLURAL_AFTER.match(text, end):
        return None
    before = text[max(0, start - _REACH) : start]
    aged = _AGED_BEFORE.search(before)
    set_off = _NAME_BEFORE.search(before) and text[end : end + 1] == ","
    if _AGE.fullmatch(plain.of(text)) and (aged or set_off):
        return replace(plain, kind="age", unit="year")
    return plain
