"""Stretches of time, as EDTF with their first and last day.

Reach for the makers here (:func:`of_day`, :func:`of_month`, :func:`of_season` …) to
build what a date expression means. EDTF is that of ISO 8601-2: seasons 21–24, quarters
33–36, ``~`` for approximate, ``..`` for an open end. Bounds are computed here, because
a winter runs into the next year and open ends have none.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

SPRING: Final = 21
WINTER: Final = 24
#: Where a twelve-month stretch is cut for its early, middle and late part.
_PARTS_OF_YEAR: Final = {"start": (1, 3), "mid": (5, 8), "end": (10, 12)}
_PARTS_OF_MONTH: Final = {"start": (1, 10), "mid": (11, 20), "end": (21, 31)}
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of time; None for a bound that is open or not known."""

    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    modifier: str | None = None


def of_day(day: date) -> Stretch:
    """Return one day."""
    return Stretch(edtf=day.isoformat(), earliest=day, latest=day)


def of_days(first: date, last: date) -> Stretch:
    """Return the days from the first to the last, both included."""
    return Stretch(edtf=f"{first}/{last}", earliest=first, latest=last)


def of_month(year: int, month: int) -> Stretch:
    """Return a calendar month."""
    return Stretch(
        edtf=f"{year:04}-{month:02}",
        earliest=date(year, month, 1),
        latest=date(year, month, monthrange(year, month)[1]),
    )


def of_year(year: int) -> Stretch:
    """Return a calendar year."""
    return Stretch(
        edtf=f"{year:04}", earliest=date(year, 1, 1), latest=date(year, _DECEMBER, 31)
    )


def of_years(first: int, last: int) -> Stretch:
    """Return the calendar years from the first to the last."""
    ends = of_year(first), of_year(last)
    return between(*ends)


def of_decade(year: int) -> Stretch:
    """Return the ten years that begin with the given one."""
    return replace(of_years(year, year + 9), edtf=f"{year // 10:03}X")


def of_financial_year(year: int) -> Stretch:
    """Return the British financial year that begins in April of the given year."""
    return of_days(date(year, 4, 1), date(year + 1, 3, 31))


def of_academic_year(year: int) -> Stretch:
    """Return the academic year that begins in September of the given year."""
    return of_days(date(year, 9, 1), date(year + 1, 8, 31))


def of_quarter(year: int, quarter: int) -> Stretch:
    """Return a quarter of a calendar year."""
    first, last = 3 * quarter - 2, 3 * quarter
    return Stretch(
        edtf=f"{year:04}-{32 + quarter}",
        earliest=date(year, first, 1),
        latest=of_month(year, last).latest,
    )


def of_season(year: int, season: int) -> Stretch:
    """Return a meteorological season; a winter begins in December of its year."""
    first = 3 * (season - SPRING) + 3
    over = season == WINTER
    last = of_month(year + over, first + 2 - _DECEMBER * over)
    return Stretch(
        edtf=f"{year:04}-{season}", earliest=date(year, first, 1), latest=last.latest
    )


def of_week(day: date) -> Stretch:
    """Return the week, Monday to Sunday, that holds the day."""
    monday = day - timedelta(days=day.weekday())
    return of_days(monday, monday + timedelta(days=6))


def nth_weekday(stretch: Stretch, weekday: int, which: int) -> date:
    """Return the first (1) or the last (-1) Monday (0), say, of a bounded stretch.

    Raises ValueError where the stretch has no such day.
    """
    first, last = stretch.earliest, stretch.latest
    if first is None or last is None:
        msg = f"an open stretch has no weekday {which}"
        raise ValueError(msg)
    days = (weekday - first.weekday()) % 7 + 7 * (which - 1)
    day = first + timedelta(days=days)
    if which < 0:
        day = last - timedelta(days=(last.weekday() - weekday) % 7 - 7 * (which + 1))
    if not first <= day <= last:
        msg = f"{stretch.edtf} has no weekday {which}"
        raise ValueError(msg)
    return day


def between(one: Stretch, two: Stretch) -> Stretch:
    """Return what lies between the beginning of one stretch and the end of another."""
    return Stretch(
        edtf=f"{one.edtf}/{two.edtf}", earliest=one.earliest, latest=two.latest
    )


def part_of(stretch: Stretch, part: str) -> Stretch:
    """Return the ``start``, ``mid`` or ``end`` of a stretch, approximately.

    Years and months are cut; of anything else only the modifier says which part.
    """
    first, last = stretch.earliest, stretch.latest
    if first is None or last is None:
        return replace(stretch, modifier=part)
    if stretch == of_year(first.year):
        low, high = _PARTS_OF_YEAR[part]
        cut = between(of_month(first.year, low), of_month(first.year, high))
    elif stretch == of_month(first.year, first.month):
        low, high = _PARTS_OF_MONTH[part]
        cut = of_days(first.replace(day=low), last.replace(day=min(high, last.day)))
    else:
        return replace(stretch, modifier=part)
    return replace(cut, edtf=f"{cut.edtf}~", modifier=part)


def shift(day: date, *, months: int) -> date:
    """Move a day by whole months, to the last day where the month is shorter.

    What would leave the calendar stays at its edge.
    """
    year, month = divmod(day.year * _DECEMBER + day.month - 1 + months, _DECEMBER)
    if not MINYEAR <= year < MAXYEAR:
        return date.min if year < MINYEAR else date.max
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def easter(year: int) -> date:
    """Return Easter Sunday of a year (the Gregorian computus, anonymous algorithm)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, odd = divmod(century, 4)
    moon = (
        19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
