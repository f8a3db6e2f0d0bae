"""Times counted from a day: "two years ago", "the past decade", "in three weeks' time".

Reach for :func:`read_counted` with an expression in lower case and a :class:`.Clock`. A
moment is as exact as the unit it is counted in and marked as approximate beyond days; a
stretch runs to or from the clock's day. "In two weeks" is read only where the text
looks ahead: of the past it says how long something took.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.stages.claims.dates import stretches as make
from pipeline.stages.claims.dates.clock import Clock
from pipeline.stages.claims.dates.stretches import Stretch
from pipeline.stages.entities.numbers import WORDS, any_of, read_number

_UNITS: Final[dict[str, str]] = read_lexicon("calendar")["units"]
_UNIT: Final = rf"(?P<unit>{any_of(_UNITS)})s?"
_COUNT: Final = rf"(?P<count>\d{{1,3}}|{WORDS}|(?:a )?couple(?: of)?|an?)"
_PAST: Final = r"(?:past|last|previous)"
_COMING: Final = r"(?:next|coming)"
_STRETCH: Final = re.compile(rf"{_COUNT} {_UNIT}")
_OFFSET: Final = re.compile(
    rf"{_COUNT} {_UNIT} (?:from|(?P<side>after|before)) (?P<rest>.+)"
)
_COUPLE: Final = 2.0
#: Units that are counted to the day.
_SHORT: Final = frozenset({"day", "week", "fortnight"})
_DECEMBER: Final = 12

Maker = Callable[[re.Match[str], Clock], Stretch | None]


def back_from(day: date, stretch: str) -> date | None:
    """Return the day that lies a stretch ("12 months") before another."""
    match = _STRETCH.fullmatch(stretch)
    try:
        return match and _shifted(match, day, sign=-1)
    except OverflowError:
        return None


def read_offset(words: str, read: Callable[[str], Stretch | None]) -> Stretch | None:
    """Read "two weeks after Christmas" and "three days from Tuesday".

    Only from a day of the calendar: what happened "two weeks after" it is not known.
    """
    match = _OFFSET.fullmatch(words)
    found = match and read(match["rest"])
    if match is None or found is None or found.earliest is None:
        return found or None
    if found.earliest != found.latest:
        return None
    day = _shifted(match, found.earliest, sign=-1 if match["side"] == "before" else 1)
    return _moment(day, match["unit"])


def read_counted(words: str, clock: Clock) -> Stretch | None:
    """Return what a counted expression means on a day; None if no rule reads it."""
    for pattern, maker in _RULES:
        match = pattern.fullmatch(words)
        if match is not None:
            return maker(match, clock)
    return None


def reads_counted(words: str) -> bool:
    """Tell whether an expression is counted from a day, whichever that is."""
    return any(pattern.fullmatch(words) for pattern, _ in _RULES)


def _shifted(match: re.Match[str], day: date, *, sign: int) -> date:
    """Return the day that lies so many units before (-1) or after (1) another."""
    words = match["count"] or "one"
    if words in ("a", "an"):
        words = "one"
    count = _COUPLE if "couple" in words else read_number(words) or 1.0
    size = _UNITS[match["unit"]]
    count *= sign * int(size[:-1])
    if size.endswith("d"):
        return day + timedelta(days=round(count))
    return make.shift(day, months=round(count * (_DECEMBER if size[-1] == "y" else 1)))


def _around(day: date, unit: str) -> Stretch:
    """Return the stretch around a day that is as exact as its unit."""
    if unit in ("week", "fortnight"):
        return make.of_week(day)
    if unit in ("month", "quarter"):
        return make.of_month(day.year, day.month)
    return make.of_day(day) if unit == "day" else make.of_year(day.year)


def _moment(day: date, unit: str) -> Stretch:
    found = _around(day, unit)
    if unit == "day":
        return found
    return replace(found, edtf=f"{found.edtf}~", modifier="approx")


def _ago(match: re.Match[str], clock: Clock) -> Stretch:
    return _moment(_shifted(match, clock.today, sign=-1), match["unit"])


def _hence(match: re.Match[str], clock: Clock) -> Stretch:
    return _moment(_shifted(match, clock.today, sign=1), match["unit"])


def _if_ahead(match: re.Match[str], clock: Clock) -> Stretch | None:
    return _hence(match, clock) if clock.future else None


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


def _within(match: re.Match[str], clock: Clock) -> Stretch | None:
    return _from_now(match, clock) if clock.future else None


_RULES: Final[tuple[tuple[re.Pattern[str], Maker], ...]] = tuple(
    (re.compile(pattern), maker)
    for pattern, maker in (
        (rf"{_COUNT} {_UNIT} ago", _ago),
        (
            rf"(?:in )?{_COUNT} {_UNIT}(?:['’] time|['’]s time| from (?:now|today))",
            _hence,
        ),
        (rf"in {_COUNT} {_UNIT}", _if_ahead),
        (rf"within {_COUNT} {_UNIT}", _within),
        (rf"(?:the |these |this )?{_PAST} (?:{_COUNT} )?{_UNIT}", _until_now),
        (rf"(?:the |these )?{_COMING} (?:{_COUNT} )?{_UNIT}", _from_now),
    )
)
