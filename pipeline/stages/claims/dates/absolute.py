"""Dates that mean the same on every day: "12 May 2009", "summer 2012", "2011-12".

Reach for :func:`read_absolute` with an expression in lower case whose white space is
folded. What no rule reads is None, and so are days that the calendar does not have.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.stages.claims.dates import stretches as make
from pipeline.stages.claims.dates.stretches import Stretch
from pipeline.stages.entities.numbers import any_of

_CALENDAR: Final = read_lexicon("calendar")
MONTHS: Final[Mapping[str, int]] = _CALENDAR["months"]
WEEKDAYS: Final[Mapping[str, int]] = _CALENDAR["weekdays"]
SEASONS: Final[Mapping[str, int]] = _CALENDAR["seasons"]
_FIXED: Final[Mapping[str, str]] = _CALENDAR["feasts"]
_MOVABLE: Final[Mapping[str, int]] = _CALENDAR["movable"]
_NTH_WEEKDAYS: Final[Mapping[str, str]] = _CALENDAR["weekday_feasts"]
_DAY_WORDS: Final[Mapping[str, int]] = _CALENDAR["day_words"]

MONTH: Final = rf"(?P<month>{any_of(MONTHS)})\.?"
WEEKDAY: Final = rf"(?P<weekday>{any_of(WEEKDAYS)})"
SEASON: Final = rf"(?P<season>{any_of(SEASONS)})"
FEAST: Final = rf"(?P<feast>{any_of([*_FIXED, *_MOVABLE, *_NTH_WEEKDAYS])})"
#: A day and its month in either order, with the day of the week where it is printed.
DAY_AND_MONTH: Final = (
    rf"(?:{WEEKDAY},? )?(?:(?:the )?(?:(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)?"
    rf"|(?P<day_word>{any_of(_DAY_WORDS)}) of) {MONTH}"
    rf"|{MONTH.replace('<month>', '<month_first>')}"
    r" (?:the )?(?P<day_last>\d\d?)(?:st|nd|rd|th)?(?!\d))"
)
_YEAR: Final = r"(?P<year>(?:1[5-9]|20)\d\d)"
_KIND_OF_YEAR: Final = (
    r"(?:(?:the )?(?:financial year |(?P<school>academic year |school year )))"
)
_MONTHS_IN_DIGITS: Final = frozenset(f"{month:02}" for month in MONTHS.values())
_ORDINAL: Final = r"(?P<ordinal>first|second|third|fourth|final)"
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}


def day_and_month(match: re.Match[str]) -> tuple[int, int]:
    """Return day and month of a match of :data:`DAY_AND_MONTH`."""
    digits, word = match["day"] or match["day_last"], match["day_word"]
    return int(digits or _DAY_WORDS[word]), MONTHS[
        match["month"] or match["month_first"]
    ]


def feast(name: str, year: int) -> date:
    """Return the day of a feast in a year."""
    if name in _MOVABLE:
        return make.easter(year) + timedelta(days=_MOVABLE[name])
    if name in _NTH_WEEKDAYS:
        parts = _NTH_WEEKDAYS[name].split("-", 2)
        return make.nth_weekday(
            make.of_month(year, int(parts[0])), *map(int, parts[1:])
        )
    month, day = _FIXED[name].split("-")
    return date(year, int(month), int(day))


def _full_date(match: re.Match[str]) -> Stretch:
    day, month = day_and_month(match)
    return make.of_day(date(int(match["year"]), month, day))


def _two_years(match: re.Match[str]) -> Stretch | None:
    """Read "2011-12" as a financial year, "2011-15" as the years that it spans.

    What cannot be years ("2016-11") is a month, as ISO 8601 writes it.
    """
    first, ending = int(match["year"]), match["last"]
    last = (
        int(ending) if len(ending) == len("1999") else first // 100 * 100 + int(ending)
    )
    if ending == "00":
        last += 100
    if last <= first and ending in _MONTHS_IN_DIGITS and match["mark"] == "-":
        return make.of_month(first, int(ending))
    if last == first + 1 and match["school"]:
        return make.of_academic_year(first)
    if last == first + 1:
        return make.of_financial_year(first)
    return make.of_years(first, last) if first < last < first + 100 else None


def _decade(match: re.Match[str]) -> Stretch:
    return make.of_decade(int(match["decade"]))


def _century(match: re.Match[str]) -> Stretch:
    first = 100 * (int(match["century"]) - 1)
    years = make.of_years(first, first + 99)
    return Stretch(
        edtf=f"{first // 100:02}XX", earliest=years.earliest, latest=years.latest
    )


def _quarter(match: re.Match[str]) -> Stretch:
    quarter = _ORDINALS.get(match["ordinal"] or "") or int(match["number"])
    return make.of_quarter(int(match["year"]), quarter)


_RULES: Final[tuple[tuple[re.Pattern[str], Callable[..., Stretch | None]], ...]] = (
    tuple(
        (re.compile(pattern), maker)
        for pattern, maker in (
            (rf"{DAY_AND_MONTH},?(?: of)? {_YEAR}", _full_date),
            (
                r"(?P<iso>\d{4}-\d\d-\d\d)",
                lambda match: make.of_day(date.fromisoformat(match["iso"])),
            ),
            (
                rf"(?:the month of )?{MONTH},? (?:of )?{_YEAR}",
                lambda match: make.of_month(int(match["year"]), MONTHS[match["month"]]),
            ),
            (
                rf"{SEASON} (?:of )?{_YEAR}",
                lambda match: make.of_season(
                    int(match["year"]), SEASONS[match["season"]]
                ),
            ),
            (
                rf"{FEAST} (?:in )?{_YEAR}",
                lambda match: make.of_day(feast(match["feast"], int(match["year"]))),
            ),
            (
                rf"(?:q(?P<number>[1-4])|{_ORDINAL} quarter)(?: of)? {_YEAR}",
                _quarter,
            ),
            (
                rf"{_KIND_OF_YEAR}?{_YEAR}(?P<mark>[-/–])(?P<last>\d{{4}}|\d\d)",
                _two_years,
            ),
            (
                rf"(?:(?:the )?(?:calendar )?year )?{_YEAR}",
                lambda match: make.of_year(int(match["year"])),
            ),
            (r"(?P<decade>(?:1[5-9]|20)\d0)['’]?s", _decade),
            (r"(?P<century>1[0-9]|2[0-2])(?:st|nd|th) century", _century),
        )
    )
)


def read_absolute(expression: str) -> Stretch | None:
    """Return what an expression means on its own; None if no rule reads it."""
    for pattern, maker in _RULES:
        match = pattern.fullmatch(expression)
        if match is not None:
            try:
                return maker(match)
            except ValueError:  # the 31st of June
                return None
    return None
