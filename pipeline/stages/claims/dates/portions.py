"""Portions of a time: "the third week of July", "the rest of the year".

Reach for :func:`read_portion` with an expression in lower case and a reader of the time
that it is a portion of. Weeks belong to the month or year that holds their Thursday, as
in ISO 8601; quarters and halves are cut from any year, financial ones too. A portion of
a time that the text does not settle is an empty stretch.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from pipeline.stages.claims.dates import stretches as make
from pipeline.stages.claims.dates.absolute import WEEKDAY, WEEKDAYS
from pipeline.stages.claims.dates.stretches import Stretch
from pipeline.stages.entities.numbers import WORDS, read_number

ReadWhole = Callable[[str], Stretch | None]

_ORDINALS: Final = {
    **dict.fromkeys(("first", "1st", "opening"), 1),
    **dict.fromkeys(("second", "2nd"), 2),
    **dict.fromkeys(("third", "3rd"), 3),
    **dict.fromkeys(("fourth", "4th"), 4),
    **dict.fromkeys(("fifth", "5th"), 5),
    **dict.fromkeys(("last", "final"), -1),
}
_WHICH: Final = rf"(?:the )?(?P<which>{'|'.join(_ORDINALS)})"
#: The time that a portion is cut from; a bare year or month after it, or "of" and it.
_WHOLE: Final = (
    r"(?: (?:of|in) (?P<whole>.+)| (?P<plain>(?:last|this|next) year|\d{4}))"
)
_BARE: Final = re.compile(r"the (?P<unit>week|month|quarter|year|decade)")
_SHORT: Final = r"(?P<letter>[qh])(?P<number>[1-4])"
_NTH: Final = re.compile(rf"{_WHICH}[ -](?P<unit>{WEEKDAY}|week|month){_WHOLE}")
_QUARTER: Final = re.compile(
    rf"{_WHICH}[ -](?P<unit>quarter)|(?P<letter>q)(?P<number>[1-4])"
)
_CUT: Final = re.compile(
    rf"(?:{_WHICH}[ -](?P<unit>quarter|half)|{_SHORT}){_WHOLE}"
    rf"|(?P<before>\d{{4}}) (?P<capital>[qh])(?P<digit>[1-4])"
)
_SEVERAL: Final = re.compile(
    rf"(?:the )?(?P<which>first|last|final) (?P<count>\d\d?|{WORDS})"
    rf" (?P<unit>day|week|month)s{_WHOLE}"
)
_REST: Final = re.compile(r"(?:the )?(?:rest|remainder) of (?P<whole>.+)")
_NAMED: Final = re.compile(
    r"(?:the )?(?:calendar year|year|month of|(?:week|weekend) of) (?P<whole>\S.*)"
)
_MONTHS_IN: Final = {"quarter": 3, "q": 3, "half": 6, "h": 6}
_THURSDAY: Final = 3
_YEAR: Final = 12


def read_portion(words: str, read: ReadWhole) -> Stretch | None:
    """Return a portion of a time; None where the words name none."""
    for pattern, maker in _RULES:
        match = pattern.fullmatch(words)
        if match is None:
            continue
        if pattern is _NTH and match["whole"] == "the month":
            return None  # every month's
        whole = read(_whole(match))
        if whole is None:
            return None
        if whole.earliest is None or whole.latest is None:
            return Stretch()
        try:
            return maker(match, whole)
        except (ValueError, OverflowError):  # a fifth Friday that there is not
            return None
    return None


def is_rest(words: str) -> bool:
    """Tell whether the words name what is left of a time, which ends with it."""
    return _REST.fullmatch(words) is not None


def is_bare_quarter(words: str) -> bool:
    """Tell whether the words name a quarter without its year."""
    return _QUARTER.fullmatch(words) is not None


def in_full(words: str) -> str:
    """Return "this year" for "the year", which alone is no date but part of one."""
    bare = _BARE.fullmatch(words)
    return f"this {bare['unit']}" if bare else words


def _whole(match: re.Match[str]) -> str:
    groups = match.groupdict()
    names = (groups.get(name) for name in ("whole", "plain", "before"))
    return in_full(next(filter(None, names), "this year"))


def _nth(match: re.Match[str], whole: Stretch) -> Stretch | None:
    """Return the first Friday, the third week or the last month of a time."""
    unit, which = match["unit"], _ORDINALS[match["which"]]
    if unit == "month":
        return _cut(whole, 1, which)
    weekday = WEEKDAYS[match["weekday"]] if unit != "week" else _THURSDAY
    day = make.nth_weekday(whole, weekday, which)
    return make.of_day(day) if unit != "week" else make.of_week(day)


def _piece(match: re.Match[str], whole: Stretch) -> Stretch | None:
    """Return a quarter or a half of a year."""
    found = match.groupdict()
    unit = found["unit"] or found["letter"] or found.get("capital")
    number = found["number"] or found.get("digit")
    which = int(number) if number else _ORDINALS[found["which"]]
    return _cut(whole, _MONTHS_IN[unit or "quarter"], which)


def _cut(whole: Stretch, months: int, which: int) -> Stretch | None:
    """Cut a whole into pieces of so many months and return one of them."""
    first, last = whole.earliest, whole.latest
    if first is None or last is None:
        return None
    size = (last.year - first.year) * _YEAR + last.month - first.month + 1
    if size % months or first.day != 1:
        return None
    place = which - 1 if which > 0 else size // months + which
    begins = make.shift(first, months=place * months)
    ends = make.shift(begins, months=months - 1)
    if not first <= ends <= last:
        return None
    if months == 1:
        return make.of_month(begins.year, begins.month)
    if months == _MONTHS_IN["quarter"] and begins.month % months == 1:
        return make.of_quarter(begins.year, begins.month // months + 1)
    return make.between(
        make.of_month(begins.year, begins.month), make.of_month(ends.year, ends.month)
    )


def _several(match: re.Match[str], whole: Stretch) -> Stretch | None:
    """Return the first two weeks or the last four months of a time."""
    first, last = whole.earliest, whole.latest
    count = int(read_number(match["count"]) or 0)
    if first is None or last is None or not count:
        return None
    from_start = match["which"] == "first"
    if match["unit"] == "month":
        edge = make.shift(first if from_start else last, months=0)
        begins = edge if from_start else make.shift(edge, months=1 - count)
        ends = make.shift(begins, months=count - 1)
        months = (make.of_month(day.year, day.month) for day in (begins, ends))
        return make.between(*months)
    days = timedelta(days=count * (7 if match["unit"] == "week" else 1) - 1)
    if match["unit"] == "week":
        thursday = make.nth_weekday(whole, _THURSDAY, 1 if from_start else -1)
        week = make.of_week(thursday)
        first, last = week.earliest or first, week.latest or last
    return (
        make.of_days(first, first + days)
        if from_start
        else make.of_days(last - days, last)
    )


def _same(_: re.Match[str], whole: Stretch) -> Stretch:
    return whole


_RULES: Final = (
    (_NTH, _nth),
    (_CUT, _piece),
    (_QUARTER, _piece),
    (_SEVERAL, _several),
    (_REST, _same),
    (_NAMED, _same),
)
