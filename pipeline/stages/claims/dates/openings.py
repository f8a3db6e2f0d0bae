"""Times with one end: "since 2010", "by March", "after the end of 2012".

Reach for :func:`read_opening` with an expression in lower case and a reader of the date
in it. "Since", "from", "by" and "until" keep the date within what they open; "after"
begins on the day that follows it and "before" ends on the day that precedes it.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from pipeline.stages.claims.dates import stretches as make
from pipeline.stages.claims.dates.clock import Tense
from pipeline.stages.claims.dates.stretches import Stretch

#: Reads a date where the text looks the given way.
ReadDate = Callable[[str, Tense | None], Stretch | None]

_KINDS: Final[dict[str, tuple[str, Tense | None]]] = {
    "after": ("after", None),
    "as of": ("since", None),
    "before": ("before", None),
    "beginning": ("since", None),
    "by": ("by", "future"),
    "ever since": ("since", "past"),
    "from": ("since", "future"),
    "no later than": ("by", "future"),
    "prior to": ("before", None),
    "since": ("since", "past"),
    "starting": ("since", None),
    "starting from": ("since", None),
    "till": ("by", "future"),
    "until": ("by", "future"),
    "up to": ("by", None),
}
_WORDS: Final = "|".join(sorted(_KINDS, key=len, reverse=True))
_OPENING: Final = re.compile(rf"(?P<word>{_WORDS}) (?P<rest>.+)")
_DAY: Final = timedelta(days=1)


def read_opening(
    words: str, read: ReadDate, *, tense: Tense | None = None
) -> Stretch | None:
    """Return the time that begins or ends with a date and is open on the other side.

    ``tense`` says where the text looks; some words look one way whatever it says.
    """
    match = _OPENING.fullmatch(words)
    if match is None:
        return None
    kind, looking = _KINDS[match["word"]]
    found = read(match["rest"], looking or tense)
    if found is None or found.edtf is None:
        return found
    if kind in ("since", "by"):
        return _including(found, since=kind == "since")
    return _beyond(found, after=kind == "after")


def _including(found: Stretch, *, since: bool) -> Stretch:
    edtf = found.edtf or ""
    if since:
        return replace(found, edtf=f"{edtf.partition('/')[0]}/..", latest=None)
    return replace(found, edtf=f"../{edtf.rpartition('/')[2]}", earliest=None)


def _beyond(found: Stretch, *, after: bool) -> Stretch:
    """Return what lies after or before a date, in the unit in which it is given."""
    edge = found.latest if after else found.earliest
    if edge is None:
        return Stretch(modifier=found.modifier)
    day = edge + _DAY if after else edge - _DAY
    unit = _named(day, found)
    if after:
        return Stretch(edtf=f"{unit}/..", earliest=day, modifier=found.modifier)
    return Stretch(edtf=f"../{unit}", latest=day, modifier=found.modifier)


def _named(day: date, like: Stretch) -> str:
    """Write a day as the month or year that it stands for beside a date like it."""
    first = like.earliest or day
    if like.edtf == make.of_year(first.year).edtf:
        return make.of_year(day.year).edtf or ""
    if like.edtf == make.of_month(first.year, first.month).edtf:
        return make.of_month(day.year, day.month).edtf or ""
    return day.isoformat()
