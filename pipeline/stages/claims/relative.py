"""Dates that are counted from a day: "last November", "two years ago", "Tuesday".

Reach for :func:`read_relative` with an expression in lower case whose white space is
folded, and a :class:`Clock`. A weekday or month alone is the last one, or the next
where the clock looks ahead; a day of the month or a feast without its year is the
nearest.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.stages.claims import stretches as make
from pipeline.stages.claims.absolute import (
    DAY_AND_MONTH,
    FEAST,
    MONTH,
    MONTHS,
    SEASON,
    SEASONS,
    WEEKDAY,
    WEEKDAYS,
    day_and_month,
    feast,
)
from pipeline.stages.claims.clock import Clock
from pipeline.stages.claims.stretches import Stretch
from pipeline.stages.entities.numbers import WORDS, any_of, read_number

_UNITS: Final[dict[str, str]] = read_lexicon("calendar")["units"]
_UNIT: Final = rf"(?P<unit>{any_of(_UNITS)})s?"
_COUNT: Final = rf"(?P<count>\d{{1,3}}|{WORDS}|a couple of|an?)"
_WHICH: Final = r"(?P<which>last|this|next|coming)"
_PART_OF_DAY: Final = r"(?: (?:morning|lunchtime|afternoon|evening|night))?"
_STEP: Final = {"last": -1, "this": 0, "next": 1, "coming": 1}
_STRETCH: Final = re.compile(rf"{_COUNT} {_UNIT}")
_COUPLE: Final = 2.0
#: Units that are counted to the day.
_SHORT: Final = frozenset({"day", "week", "fortnight"})
_SATURDAY: Final = 5
_APRIL: Final = 4
_SEPTEMBER: Final = 9
_DECEMBER: Final = 12


Maker = Callable[[re.Match[str], Clock], Stretch | None]


def _days_off(days: int) -> Maker:
    return lambda _, clock: make.of_day(clock.today + timedelta(days=days))


def _weekday(match: re.Match[str], clock: Clock) -> Stretch:
    ahead = (WEEKDAYS[match["weekday"]] - clock.today.weekday()) % 7
    which = match["which"]
    if which == "next" or (which is None and clock.future):
        ahead = ahead or 7
    elif which == "last" or (which is None and ahead):
        ahead -= 7
    return make.of_day(clock.today + timedelta(days=ahead))


def _weekend(match: re.Match[str], clock: Clock) -> Stretch:
    saturday = clock.today + timedelta(days=_SATURDAY - clock.today.weekday())
    which = match["which"]
    if which == "last" or (which == "the" and not clock.future):
        saturday -= timedelta(days=7 if clock.today < saturday else 0)
    elif which == "next":
        saturday += timedelta(days=7)
    return make.of_days(saturday, saturday + timedelta(days=1))


def _unit_beside(match: re.Match[str], clock: Clock) -> Stretch | None:
    """Read "last week", "this year", "next decade"."""
    step, unit, today = _STEP[match["which"]], match["unit"], clock.today
    if unit in ("week", "fortnight"):
        return make.of_week(today + timedelta(days=7 * step))
    if unit == "month":
        month = make.shift(today, months=step)
        return make.of_month(month.year, month.month)
    if unit == "quarter":
        quarter = make.shift(today, months=3 * step)
        return make.of_quarter(quarter.year, (quarter.month + 2) // 3)
    if unit == "decade":
        return make.of_decade(today.year // 10 * 10 + 10 * step)
    return make.of_year(today.year + step) if unit == "year" else None


def _school_or_tax_year(match: re.Match[str], clock: Clock) -> Stretch:
    begins = _SEPTEMBER if match["school"] else _APRIL
    year = clock.today.year + _STEP[match["which"]] - (clock.today.month < begins)
    school = make.of_academic_year if match["school"] else make.of_financial_year
    return school(year)


def _month(match: re.Match[str], clock: Clock) -> Stretch:
    month, today, which = MONTHS[match["month"]], clock.today, match["which"]
    year = today.year
    if which == "last":
        year -= month >= today.month
    elif which in ("next", "coming"):
        year += month <= today.month
    elif which is None:
        year += (month < today.month) if clock.future else -(month > today.month)
    return make.of_month(year, month)


def _season(match: re.Match[str], clock: Clock) -> Stretch | None:
    season, today = SEASONS[match["season"]], clock.today
    years = range(today.year - 2, today.year + 2)
    choices = [make.of_season(year, season) for year in years]
    ended = [it for it in choices if it.latest and it.latest < today]
    begun = [it for it in choices if it.earliest and it.earliest <= today]
    ahead = [it for it in choices if it.earliest and it.earliest > today]
    if match["which"] == "last":
        return ended[-1]
    if match["which"] == "this" and begun[-1] in ended:
        return make.of_season(today.year, season)
    coming = match["which"] in ("next", "coming") or clock.future
    return ahead[0] if coming and match["which"] != "this" else begun[-1]


def _feast(match: re.Match[str], clock: Clock) -> Stretch:
    today, which = clock.today, match["which"]
    days = [feast(match["feast"], today.year + step) for step in (-1, 0, 1)]
    if which == "this":
        return make.of_day(days[1])
    if which in ("next", "coming"):
        return make.of_day(next(day for day in days if day > today))
    if which == "last":
        return make.of_day([day for day in days if day < today][-1])
    return make.of_day(clock.nearest(days))


def _day_and_month(match: re.Match[str], clock: Clock) -> Stretch | None:
    day, month = day_and_month(match)
    steps = (0,) if match["this"] else (-1,) if match["last"] else (-1, 0, 1)
    days = [date(clock.today.year + step, month, day) for step in steps]
    weekday = match["weekday"]
    fitting = [it for it in days if weekday and it.weekday() == WEEKDAYS[weekday]]
    return make.of_day(clock.nearest(fitting or days))


def _shifted(match: re.Match[str], day: date, *, sign: int) -> date:
    """Return the day that lies so many units before (-1) or after (1) another."""
    words = match["count"] or "one"
    if words in ("a", "an"):
        words = "one"
    count = _COUPLE if words == "a couple of" else read_number(words) or 1.0
    size = _UNITS[match["unit"]]
    count *= sign * int(size[:-1])
    if size.endswith("d"):
        return day + timedelta(days=round(count))
    return make.shift(day, months=round(count * (_DECEMBER if size[-1] == "y" else 1)))


def back_from(day: date, stretch: str) -> date | None:
    """Return the day that lies a stretch ("12 months") before another."""
    match = _STRETCH.fullmatch(stretch)
    try:
        return match and _shifted(match, day, sign=-1)
    except OverflowError:
        return None


def _around(day: date, unit: str) -> Stretch:
    """Return the stretch around a day that is as exact as its unit."""
    if unit in ("week", "fortnight"):
        return make.of_week(day)
    if unit in ("month", "quarter"):
        return make.of_month(day.year, day.month)
    return make.of_day(day) if unit == "day" else make.of_year(day.year)


def _ago(match: re.Match[str], clock: Clock) -> Stretch:
    found = _around(_shifted(match, clock.today, sign=-1), match["unit"])
    if match["unit"] == "day":
        return found
    return replace(found, edtf=f"{found.edtf}~", modifier="approx")


def _until_now(match: re.Match[str], clock: Clock) -> Stretch:
    day = _shifted(match, clock.today, sign=-1)
    if match["unit"] in _SHORT:
        return make.of_days(day, clock.today)
    begun = _around(day, match["unit"])
    edtf = f"{begun.edtf}~/{clock.today}"
    return Stretch(edtf=edtf, earliest=begun.earliest, latest=clock.today)


def _from_now(match: re.Match[str], clock: Clock) -> Stretch:
    day = _shifted(match, clock.today, sign=1)
    if match["unit"] in _SHORT:
        return make.of_days(clock.today, day)
    end = _around(day, match["unit"])
    edtf = f"{clock.today}/{end.edtf}~"
    return Stretch(edtf=edtf, earliest=clock.today, latest=end.latest)


_RULES: Final[tuple[tuple[re.Pattern[str], Maker], ...]] = tuple(
    (re.compile(pattern), maker)
    for pattern, maker in (
        (r"today|tonight|this (?:morning|afternoon|evening)", _days_off(0)),
        (rf"yesterday{_PART_OF_DAY}|last night", _days_off(-1)),
        (rf"tomorrow{_PART_OF_DAY}", _days_off(1)),
        (rf"(?:{_WHICH} )?{WEEKDAY}{_PART_OF_DAY}", _weekday),
        (r"(?P<which>the|last|this|next|coming) weekend", _weekend),
        (
            rf"(?:the )?{_WHICH} (?:financial|tax|(?P<school>academic|school)) year",
            _school_or_tax_year,
        ),
        (rf"(?:the )?(?P<which>last|this|next|coming) {_UNIT[:-2]}", _unit_beside),
        (rf"(?:{_WHICH} )?{MONTH}", _month),
        (rf"(?:{_WHICH} |the )?{SEASON}", _season),
        (rf"(?:{_WHICH} )?{FEAST}", _feast),
        (
            rf"{DAY_AND_MONTH},?(?: (?:(?P<last>last)|(?P<this>this)) year)?",
            _day_and_month,
        ),
        (rf"{_COUNT} {_UNIT} ago", _ago),
        (rf"(?:the )?(?:past|last|previous) (?:{_COUNT} )?{_UNIT}", _until_now),
        (rf"(?:the )?(?:next|coming) (?:{_COUNT} )?{_UNIT}", _from_now),
    )
)


def reads_relative(expression: str) -> bool:
    """Tell whether an expression could be read if the day were known."""
    return any(pattern.fullmatch(expression) for pattern, _ in _RULES)


def read_relative(expression: str, clock: Clock) -> Stretch | None:
    """Return what an expression means on a day; None if no rule reads it."""
    for pattern, maker in _RULES:
        match = pattern.fullmatch(expression)
        if match is not None:
            try:
                return maker(match, clock)
            except (ValueError, OverflowError):  # the 31st of June, the year 0
                return None
    return None
