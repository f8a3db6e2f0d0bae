"""Whether a figure or a date that was read says what a test case expects.

Reach for :func:`figure_agrees` and :func:`date_agrees`. The test cases and the records
have conventions of their own; two readings agree if they differ by these alone:

* A share is its value over its denominator; cents and pence are parts of their
  currency; a compound ("5 feet 2 inches") is what it comes to in its first unit.
* The cases end a stretch on the day after it, and a stretch from one date to another
  where the other begins; the records end it on its last day, the other date included.
* "The end of 2012" and the like are quarters of a year or thirds of a month in the
  records and half or four months in the cases; "two years ago" is a year in the records
  and a day in the cases. Such readings, marked as approximate or as a part, agree if
  one holds the other. So do "earlier this year" and "later this week".
* Whether the day of speaking belongs to "the past two weeks" is left open, and so is
  on which side of it a weekday, a month or a feast lies where the case gives both.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from pipeline.records import Figure
from pipeline.stages.claims.dates.stretches import Stretch, of_month, of_year

_ENDLESS: Final = (date.min, date.max)
_SO_FAR: Final = re.compile(r"(?:earlier|later)\b", re.IGNORECASE)
_DAY: Final = timedelta(days=1)
_CLOSE: Final = 1e-6
#: Names of units in the cases, as the records write them.
_UNITS: Final = {
    "Australian dollar": "A$",
    "Bitcoin": "BTC",
    "British pound": "£",
    "C": "°C",
    "Canadian dollar": "C$",
    "Cent": "$",
    "Chinese yuan": "CNY",
    "Cubic foot": "cubic foot",
    "Dollar": "$",
    "Euro": "€",
    "F": "°F",
    "Franc": "franc",
    "Gram": "g",
    "Hong Kong dollar": "HK$",
    "Japanese yen": "¥",
    "Kilogram": "kg",
    "Kilometer": "km",
    "Kilometer per hour": "km/h",
    "Megabit": "MB",
    "Megabyte": "MB",
    "Meter": "m",
    "Metric ton": "tonne",
    "Microgram": "µg",
    "Mile per hour": "mph",
    "Milliliter": "ml",
    "Millimeter": "mm",
    "Netherlands guilder": "guilder",
    "Pence": "£",
    "Penny": "£",
    "Square kilometer": "km²",
    "Square meter": "m²",
    "Swiss franc": "CHF",
    "United States dollar": "$",
}
#: Pounds are money and weights; tonnes are spelt in two ways.
_ALSO: Final = {"Pound": {"£", "pound"}, "Ton": {"ton", "tonne"}, "Age": {"year"}}
#: "c $" and "hk $" have come apart in the cases; only the sign is left to read.
_DOLLARS: Final = frozenset({"A$", "C$", "HK$"})
_SECONDS: Final = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "fortnight": 1209600,
    "month": 2592000,
    "year": 31536000,
    "decade": 315360000,
}
#: Parts of currencies: the records count in the currency itself.
_SUBUNITS: Final = {"Cent": 0.01, "Pence": 0.01, "Penny": 0.01}
_ENDS: Final = re.compile(r"[\[(](?P<low>[^,]*),(?P<high>[^\])]*)[\])]")
_BELOW: Final = frozenset({"less than", "up to"})
_ABOVE: Final = frozenset({"at least", "more than"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days that a case expects; None for an open end."""

    earliest: date | None
    latest: date | None


def figure_agrees(figure: Figure, expected: str, unit: str | None = None) -> bool:
    """Tell whether a figure has the value, or the bounds, that a case expects."""
    ends = _ENDS.fullmatch(expected)
    if ends is not None:
        bounds = _number(ends["low"]), _number(ends["high"])
        return _same(_bounds(figure)[0], bounds[0]) and _same(
            _bounds(figure)[1], bounds[1]
        )
    value = _number(expected.removesuffix("%"))
    if value is None or figure.value is None:
        return _same(figure.high, value) and value is not None
    share = figure.value / (figure.denominator or 1.0)
    fits = unit is None or figure.unit in _names(unit)
    return fits and _same(share, value * _SUBUNITS.get(unit or "", 1.0))


def duration_agrees(figure: Figure, seconds: str) -> bool:
    """Tell whether a figure lasts as many seconds as a case expects."""
    if figure.value is None or figure.unit not in _SECONDS:
        return False
    return _same(figure.value * _SECONDS[figure.unit], _number(seconds))


def _names(unit: str) -> set[str]:
    name = _UNITS.get(unit, unit.lower())
    return _ALSO.get(unit, {name}) | ({"$"} if name in _DOLLARS else set())


def _bounds(figure: Figure) -> tuple[float | None, float | None]:
    if figure.value is None:
        return figure.low, figure.high
    share = figure.value / (figure.denominator or 1.0)
    return (
        None if figure.modifier in _BELOW else share,
        None if figure.modifier in _ABOVE else share,
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _same(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return abs(one - two) <= _CLOSE * max(1.0, abs(two))


def expected_days(values: Sequence[Mapping[str, Any]], type_: str) -> list[Days]:
    """Return the readings of a case as days; those without days are left out."""
    return [days for days in _readings(values, type_) if days is not None]


def _readings(values: Sequence[Mapping[str, Any]], type_: str) -> Iterator[Days | None]:
    for value in values:
        nested = [value[side] for side in ("past", "future") if side in value]
        for reading in nested or [value]:
            yield _days(reading, type_)


def _days(reading: Mapping[str, str], type_: str) -> Days | None:
    point = next(filter(None, map(reading.get, ("date", "dateTime", "value"))), "")
    day = _iso(point)
    if day is not None:
        return Days(earliest=day, latest=day)
    first = _end(reading, "start")
    last = _end(reading, "end")
    if first is None and last is None:
        return None
    if last is not None and type_ == "daterange":
        last -= _DAY
    return Days(earliest=first, latest=last)


def _end(reading: Mapping[str, str], side: str) -> date | None:
    names = (side, f"{side}Date", f"{side}DateTime")
    return _iso(next(filter(None, map(reading.get, names)), ""))


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text[: len("2013-02-14")])
    except ValueError:
        return None


def date_agrees(found: Stretch, expected: Days, expression: str) -> bool:
    """Tell whether a stretch means the days that a case expects."""
    if found.earliest is None and found.latest is None:
        return False
    ends = _ends_agree(found, expected)
    if found.earliest == expected.earliest and ends:
        return True
    loose = found.modifier or "~" in (found.edtf or "") or _SO_FAR.match(expression)
    if loose and (_holds(found, expected) or _holds(expected, found)):
        return True
    return _close(found, expected)


def _ends_agree(found: Stretch, expected: Days) -> bool:
    if found.latest is None or expected.latest is None:
        return found.latest is expected.latest
    return expected.latest in (found.latest, _last_begins(found) - _DAY)


def _last_begins(found: Stretch) -> date:
    """Return the first day of the last month or year of "2009/2012"."""
    last = (found.edtf or "").rpartition("/")[2]
    latest = found.latest or date.max
    if "/" not in (found.edtf or ""):
        return latest + _DAY
    if last == of_year(latest.year).edtf:
        return latest.replace(month=1, day=1)
    if last == of_month(latest.year, latest.month).edtf:
        return latest.replace(day=1)
    return latest


def _holds(one: Stretch | Days, two: Stretch | Days) -> bool:
    first, last = _ENDLESS
    return (one.earliest or first) <= (two.earliest or first) and (
        two.latest or last
    ) <= (one.latest or last)


def _close(found: Stretch, expected: Days) -> bool:
    """Tell whether two stretches differ by whether the day of speaking belongs."""
    if None in (found.earliest, found.latest, expected.earliest, expected.latest):
        return False
    ends = zip(
        (found.earliest, found.latest),
        (expected.earliest, expected.latest),
        strict=True,
    )
    apart = [abs(one - two) for one, two in ends if one and two]
    return found.earliest != found.latest and max(apart) <= _DAY
