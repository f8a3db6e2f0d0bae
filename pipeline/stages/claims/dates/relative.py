"""Dates that are named from a day: "last November", "Tuesday", "the weekend".

Reach for :func:`read_relative` with an expression in lower case and a :class:`Clock`. A
weekday or month alone is the last one, or the next where the clock looks ahead; a day
of the month or a feast without its year is the nearest. Counted times ("two years ago")
are those of :mod:`.counted`.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.stages.claims.dates import stretches as make
from pipeline.stages.claims.dates.absolute import (
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
from pipeline.stages.claims.dates.clock import Clock
from pipeline.stages.claims.dates.counted import read_counted, reads_counted
from pipeline.stages.claims.dates.stretches import Stretch
from pipeline.stages.entities.numbers import any_of

_CALENDAR: Final = read_lexicon("calendar")
_DECADES: Final[dict[str, int]] = _CALENDAR["decades"]
_DAY_WORDS: Final[dict[str, int]] = _CALENDAR["day_words"]
_UNIT: Final = rf"(?P<unit>{any_of(_CALENDAR['units'])})"
_STEP: Final = {
    **dict.fromkeys(("last", "past", "previous"), -1),
    "this": 0,
    **dict.fromkeys(("coming", "next", "upcoming"), 1),
}
_WHICH: Final = rf"(?:this )?(?P<which>{any_of(_STEP)})"
_PART_OF_DAY: Final = r"(?: (?:morning|lunchtime|afternoon|evening|night))?"
_TODAY: Final = (
    r"today|tonight|(?:(?:early|late|later|earlier) )?"
    r"(?:today|this (?:morning|lunchtime|afternoon|evening))"
)
_NUMBERED: Final = (
    rf"(?:{WEEKDAY},? (?:(?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)?"
    rf"|the (?P<day_word>{any_of(_DAY_WORDS)}))"
    r"|(?:the )?(?P<alone>\d\d?)(?:st|nd|rd|th))"
)
_DECADE: Final = rf"(?:['’]?(?P<tens>[2-9]0)['’]?s|(?P<word>{any_of(_DECADES)}))"
_SATURDAY: Final = 5
_APRIL: Final = 4
_SEPTEMBER: Final = 9

Maker = Callable[[re.Match[str], Clock], Stretch | None]


def _days_off(days: int) -> Maker:
    return lambda _, clock: make.of_day(clock.today + timedelta(days=days))


def _step(match: re.Match[str]) -> int | None:
    return _STEP[match["which"]] if match["which"] else None


def _weekday(match: re.Match[str], clock: Clock) -> Stretch:
    ahead = (WEEKDAYS[match["weekday"]] - clock.today.weekday()) % 7
    step = _step(match)
    if step == 1 or (step is None and clock.future):
        ahead = ahead or 7
    elif step == -1 or (step is None and ahead):
        ahead -= 7
    return make.of_day(clock.today + timedelta(days=ahead))


def _weekday_of_week(match: re.Match[str], clock: Clock) -> Stretch:
    """Read "Tuesday of last week"."""
    monday = clock.today - timedelta(days=clock.today.weekday())
    days = 7 * (_step(match) or 0) + WEEKDAYS[match["weekday"]]
    return make.of_day(monday + timedelta(days=days))


def _week_on(match: re.Match[str], clock: Clock) -> Stretch:
    """Read "Friday week" and "a week on Friday": seven days after the next one."""
    ahead = (WEEKDAYS[match["weekday"]] - clock.today.weekday()) % 7 or 7
    return make.of_day(clock.today + timedelta(days=ahead + 7))


def _weekend(match: re.Match[str], clock: Clock) -> Stretch:
    saturday = clock.today + timedelta(days=_SATURDAY - clock.today.weekday())
    step = None if match["which"] == "the" else _STEP[match["which"]]
    if step == -1 or (step is None and not clock.future):
        saturday -= timedelta(days=7 if clock.today < saturday else 0)
    elif match["which"] == "next":
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
    month, today, step = MONTHS[match["month"]], clock.today, _step(match)
    year = today.year
    if step == -1:
        year -= month >= today.month
    elif step == 1:
        year += month <= today.month
    elif step is None:
        year += (month < today.month) if clock.future else -(month > today.month)
    return make.of_month(year, month)


def _month_of_year(match: re.Match[str], clock: Clock) -> Stretch:
    year = clock.today.year + _STEP[match["which"]]
    return make.of_month(year, MONTHS[match["month"]])


def _season_of_year(match: re.Match[str], clock: Clock) -> Stretch:
    year = clock.today.year + _STEP[match["which"]]
    return make.of_season(year, SEASONS[match["season"]])


def _season(match: re.Match[str], clock: Clock) -> Stretch | None:
    season, today, step = SEASONS[match["season"]], clock.today, _step(match)
    years = range(today.year - 2, today.year + 2)
    choices = [make.of_season(year, season) for year in years]
    ended = [it for it in choices if it.latest and it.latest < today]
    begun = [it for it in choices if it.earliest and it.earliest <= today]
    ahead = [it for it in choices if it.earliest and it.earliest > today]
    if step == -1:
        return ended[-1]
    if step == 0 and begun[-1] in ended:
        return make.of_season(today.year, season)
    coming = step == 1 or (step is None and clock.future)
    return ahead[0] if coming else begun[-1]


def _feast(match: re.Match[str], clock: Clock) -> Stretch:
    today, step = clock.today, _step(match)
    days = [feast(match["feast"], today.year + years) for years in (-1, 0, 1)]
    if step == 0:
        return make.of_day(days[1])
    if step == 1:
        return make.of_day(next(day for day in days if day > today))
    before = [day for day in days if day < today]
    return make.of_day(before[-1] if step == -1 else clock.nearest(days))


def _day_and_month(match: re.Match[str], clock: Clock) -> Stretch | None:
    day, month = day_and_month(match)
    step = _step(match)
    steps = (-1, 0, 1) if step is None else (step,)
    days = [date(clock.today.year + years, month, day) for years in steps]
    weekday = match["weekday"]
    fitting = [it for it in days if weekday and it.weekday() == WEEKDAYS[weekday]]
    return make.of_day(clock.nearest(fitting or days))


def _numbered(match: re.Match[str], clock: Clock) -> Stretch | None:
    """Read "the 18th" and "Friday the 22nd": the nearest such day."""
    digits, word = match["day"] or match["alone"], match["day_word"]
    number, weekday = int(digits or _DAY_WORDS[word]), match["weekday"]
    months = (make.shift(clock.today.replace(day=1), months=m) for m in range(-6, 7))
    days = [
        day
        for day in (month + timedelta(days=number - 1) for month in months)
        if day.day == number and (not weekday or day.weekday() == WEEKDAYS[weekday])
    ]
    return make.of_day(clock.nearest(days)) if days else None


def _decade(match: re.Match[str], clock: Clock) -> Stretch:
    """Read "the 70s": the last ones that had begun."""
    tens = int(match["tens"]) if match["tens"] else _DECADES[match["word"]]
    year = clock.today.year // 100 * 100 + tens
    return make.of_decade(year if year <= clock.today.year else year - 100)


_YEAR_BESIDE: Final = rf"(?:(?: of)? (?P<which>{any_of(_STEP)}) year)?"
_WEEK: Final = r"(?P<which>last|this|next) week"
_RULES: Final[tuple[tuple[re.Pattern[str], Maker], ...]] = tuple(
    (re.compile(pattern), maker)
    for pattern, maker in (
        (_TODAY, _days_off(0)),
        (rf"yesterday{_PART_OF_DAY}|last night", _days_off(-1)),
        (rf"tomorrow{_PART_OF_DAY}", _days_off(1)),
        (r"(?:the )?day before yesterday", _days_off(-2)),
        (r"(?:the )?day after tomorrow", _days_off(2)),
        (rf"(?:{_WHICH} )?{WEEKDAY}{_PART_OF_DAY}", _weekday),
        (rf"{WEEKDAY}{_PART_OF_DAY}(?: of|,)? {_WEEK}", _weekday_of_week),
        (rf"{_WEEK}(?: on|,)? {WEEKDAY}{_PART_OF_DAY}", _weekday_of_week),
        (rf"(?P<on>a week on )?{WEEKDAY}(?(on)| week)", _week_on),
        (rf"(?:this )?(?P<which>the|{any_of(_STEP)}) weekend", _weekend),
        (
            rf"(?:the )?{_WHICH} (?:financial|tax|(?P<school>academic|school)) year",
            _school_or_tax_year,
        ),
        (r"(?:the )?(?P<which>last|this|next|coming|upcoming) " + _UNIT, _unit_beside),
        (rf"(?:{_WHICH} )?{MONTH}", _month),
        (rf"{MONTH}(?: of)? {_WHICH} year", _month_of_year),
        (rf"{SEASON}(?: of)? {_WHICH} year", _season_of_year),
        (rf"(?:{_WHICH} |the )?{SEASON}", _season),
        (rf"(?:{_WHICH} )?{FEAST}", _feast),
        (rf"{DAY_AND_MONTH},?{_YEAR_BESIDE}", _day_and_month),
        (_NUMBERED, _numbered),
        (rf"(?:the )?{_DECADE}", _decade),
    )
)


def reads_relative(expression: str) -> bool:
    """Tell whether an expression could be read if the day were known."""
    named = any(pattern.fullmatch(expression) for pattern, _ in _RULES)
    return named or reads_counted(expression)


def read_relative(expression: str, clock: Clock) -> Stretch | None:
    """Return what an expression means on a day; None if no rule reads it."""
    try:
        for pattern, maker in _RULES:
            match = pattern.fullmatch(expression)
            if match is not None:
                return maker(match, clock)
        return read_counted(expression, clock)
    except (ValueError, OverflowError):  # the 31st of June, the year 0
        return None
