"""What a number counts in, by the words after it: money, shares, measures and ages.

Reach for :func:`with_unit` with a plain number and the place where it ends. The words
after it may name a currency, per cent, a measure or years of age, a smaller unit with a
number of its own ("5ft 2in", "three dollars fifty cents"), or the whole that the number
is a share of ("one in ten").
"""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from pipeline.lexicon import read_lexicon
from pipeline.records import Span
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
_CURRENCY_NAMES: Final[dict[str, str]] = _UNITS["currency_names"]
_MEASURES: Final[dict[str, str]] = _UNITS["measures"]
_SMALLER: Final[dict[str, str]] = _UNITS["smaller"]
_SMALLER_PARTS: Final[dict[str, int]] = _UNITS["smaller_parts"]
#: What names of money are worth in the currency itself.
_WORTH: Final = {
    **dict.fromkeys(("p", "pence", "penny", "cent", "cents", "euro cents"), 0.01),
    "grand": 1000.0,
}
_METRIC: Final = frozenset({"cm", "km", "m", "mm"})
_POWERS: Final = {"cubic": "³", "square": "²"}
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
#: Wholes that a share is told of; other numbers after "in" are places or groups.
_USUAL_WHOLES: Final = frozenset({*map(float, range(2, 11)), 20.0, 100.0, 1000.0})

_NUMBER: Final = rf"(?:{DIGITS}{SCALE}?|{WORDS})"
_TAIL: Final = re.compile(
    rf"(?P<percent>{GAP}?%|(?:{GAP}|-)per(?:{GAP}|-)?cents?\b|{GAP}pc\b"
    rf"|{GAP}percentage(?:{GAP}(?P<points>points?))?\b)"
    rf"|[- ](?P<age>year|month|week|day)s?(?:(?P<old>[- ]olds?)|{GAP}of{GAP}age)\b"
    rf"|(?P<pence>p)(?!\w)|(?P<celsius>(?-i:C))(?!\w)"
    rf"|(?:{GAP}|-)(?P<money>{any_of(_CURRENCY_NAMES.keys() - {'p'})})\b"
    rf"|{GAP}?(?P<sign>[£$€¥])(?!{GAP}?\d|\w)"
    rf"|{GAP}(?:in|out{GAP}of)(?:{GAP}every)?{GAP}(?P<whole>{_NUMBER})(?![\w-])"
    rf"|(?:(?P<hyphen>-)|{GAP}(?:(?:working|calendar|consecutive){GAP})?)?"
    rf"(?:(?P<power>cubic|sq(?:uare)?){GAP})?(?P<measure>{any_of(_MEASURES)})(?!\w)",
    re.IGNORECASE,
)
_CENTS: Final = re.compile(
    rf",?{GAP}(?:and{GAP})?(?P<number>{_NUMBER}){GAP}?(?:cents?|pence|p)\b",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(
    rf",?{GAP}?(?:and{GAP})?(?P<number>{_NUMBER}){GAP}?(?P<name>in|{any_of(_MEASURES)})"
    r"(?!\w)",
    re.IGNORECASE,
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


def with_unit(text: str, plain: Quantity) -> Quantity | None:
    """Add what a number counts in; None if the words after it are no unit of it."""
    tail = _TAIL.match(text, plain.end)
    if tail is None:
        return None
    whole = replace(plain, end=tail.end())
    if tail["whole"]:
        return _ratio(whole, tail["whole"])
    if tail["pence"] and not text[plain.number.start].isdigit():
        return None
    if tail["money"] or tail["pence"]:
        return _money(text, whole, (tail["money"] or tail["pence"]).lower())
    return _measured(text, whole, tail) if tail["measure"] else _marked(whole, tail)


def _marked(whole: Quantity, tail: re.Match[str]) -> Quantity:
    """Read a percentage, an age, a temperature or a sum with its sign behind it."""
    if tail["percent"]:
        unit = "percentage point" if tail["points"] else "%"
        return replace(whole, kind="percent", unit=unit)
    if tail["age"]:
        old = bool(tail["old"]) and tail["old"].startswith("-")
        return replace(whole, kind="age", unit=tail["age"].lower(), attributive=old)
    if tail["celsius"]:
        return replace(whole, kind="measure", unit="°C")
    return replace(whole, kind="money", unit=tail["sign"])


def _money(text: str, whole: Quantity, name: str) -> Quantity:
    worth = _WORTH.get(name, 1.0)
    value = round(whole.value * worth, 6)
    high = None if whole.high is None else round(whole.high * worth, 6)
    unit = _CURRENCY_NAMES[name]
    cents = _CENTS.match(text, whole.end) if worth == 1.0 else None
    if cents:
        value = round(value + (read_number(cents["number"]) or 0.0) / 100, 6)
        whole = replace(whole, end=cents.end())
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


def _measured(text: str, whole: Quantity, tail: re.Match[str]) -> Quantity:
    unit = _MEASURES[tail["measure"].lower()]
    if tail["power"]:
        power = "cubic" if tail["power"].lower() == "cubic" else "square"
        unit = unit + _POWERS[power] if unit in _METRIC else f"{power} {unit}"
    hyphen = bool(tail["hyphen"])
    measured = replace(whole, kind="measure", unit=unit, attributive=hyphen)
    return _with_smaller(text, measured) if unit in _SMALLER else measured


def _with_smaller(text: str, whole: Quantity) -> Quantity:
    """Add the inches to the feet and the pounds to the stones."""
    match = _NEXT.match(text, whole.end)
    unit = whole.unit or ""
    if match is None:
        return whole
    name = "inch" if match["name"].lower() == "in" else _MEASURES[match["name"].lower()]
    count = read_number(match["number"]) or 0.0
    if name != _SMALLER[unit] or not 0 < count < _SMALLER_PARTS[unit]:
        return whole
    value = round(whole.value + count / _SMALLER_PARTS[unit], 6)
    return replace(whole, value=value, end=match.end())
