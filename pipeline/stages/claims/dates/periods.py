"""Times with two ends: "from May to July", "18 to 24 March", "Monday to Friday".

Reach for :func:`read_both_ends` with an expression in lower case and a reader of single
dates. What stands once for both ends, a month or a year, is given to the other; an end
that would lie before the beginning is read again from the beginning on. Ends that the
text does not settle give an empty stretch, ends that are no dates None.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from pipeline.stages.claims.dates.absolute import MONTH, WEEKDAY
from pipeline.stages.claims.dates.clock import Clock, Tense
from pipeline.stages.claims.dates.stretches import Stretch, between

#: Reads one end, from the day and the way that a clock looks if one is given.
ReadEnd = Callable[[str, Clock | None], Stretch | None]

_MONTH_NAME: Final = MONTH.replace("?P<month>", "?:")
_WEEKDAY_NAME: Final = WEEKDAY.replace("?P<weekday>", "?:")
_JOINED: Final = re.compile(
    r"between (?P<first>.+?) and (?P<last>.+)"
    r"|(?:from )?(?P<one>.+?)(?: (?:to|until|till|through) (?:the )?|-| - )(?P<two>.+)"
)
_JOINT: Final = re.compile(r"-| (?:to|until|till|through|and) ")
#: Ends may have joints of their own ("2011-12 to 2013-14"); more is no expression, and
#: each would be read several times over.
_MOST_JOINTS: Final = 4
_MONTH: Final = re.compile(rf"\b{_MONTH_NAME}(?!\w)")
_YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_DAY: Final = rf"(?:{_WEEKDAY_NAME},? )?(?:the )?\d\d?(?:st|nd|rd|th)?"
_DAY_ALONE: Final = re.compile(_DAY)
_DAY_FIRST: Final = re.compile(rf"{_DAY}(?:,? {_YEAR.pattern})?")
#: Two days in a row: 18 and 19 June.
_PAIR: Final = re.compile(r"(?P<one>\d\d?)(?:st|nd|rd|th)? and (?=(?P<two>\d\d?)\D)")


def read_both_ends(
    words: str, read: ReadEnd, *, tense: Tense | None = None
) -> Stretch | None:
    """Return the time from the beginning of one date to the end of another.

    Where the text looks ahead, months that have begun count as ahead until they end.
    """
    pair = _PAIR.match(words)
    if pair and int(pair["two"]) == int(pair["one"]) + 1:
        words = f"{pair['one']} to {words[pair.end() :]}"
    match = _JOINED.fullmatch(words)
    if match is None or len(_JOINT.findall(words)) > _MOST_JOINTS:
        return None
    ends = match["one"] or match["first"], match["two"] or match["last"]
    for one, two in _completed(*ends):
        found = _join(one, two, read, tense=tense)
        if found is not None:
            return found
    return None


def _join(one: str, two: str, read: ReadEnd, *, tense: Tense | None) -> Stretch | None:
    """Join a beginning with an end; None if they do not follow one another."""
    begun = read(one, None)
    ended = read(two, None) if begun else None
    if begun is None or ended is None:
        return None
    if begun.earliest is None or ended.latest is None:
        return Stretch()
    first, last = begun.earliest, ended.latest
    days = begun.earliest == begun.latest
    if _crossed(begun, ended) and tense == "future" and not days:
        begun = read(one, Clock(today=last, tense="past"))
    elif _crossed(begun, ended):
        ended = read(two, Clock(today=first, tense="future"))
    if begun is None or ended is None or _crossed(begun, ended):
        return None
    whole = between(begun, ended)
    return replace(whole, edtf=_edtf(begun, ended), modifier=None)


def _crossed(begun: Stretch, ended: Stretch) -> bool:
    """Tell whether the end does not lie after the beginning."""
    if begun.earliest is None or ended.latest is None:
        return True
    return ended.latest <= begun.earliest


def _edtf(begun: Stretch, ended: Stretch) -> str:
    first = (begun.edtf or "").partition("/")[0]
    return f"{first}/{(ended.edtf or '').rpartition('/')[2]}"


def _completed(one: str, two: str) -> Iterator[tuple[str, str]]:
    """Yield both ends with the month and the year that only one of them has."""
    months = _MONTH.search(one), _MONTH.search(two)
    if months[1] and _DAY_ALONE.fullmatch(one):
        one = f"{one} {two[months[1].start() :]}"
    elif months[0] and _DAY_FIRST.fullmatch(two):
        two = f"{months[0][0]} {two}"
    year = _YEAR.search(two)
    if year and (months[0] or months[1]) and not _YEAR.search(one):
        yield f"{one} {year[0]}", two
        yield f"{one} {int(year[0]) - 1}", two
    else:
        yield one, two
