"""Figures inside a content, normalised: value, unit, modifier, range or change.

Reach for :func:`find_figures` with the quantities of the document, found once by
:func:`pipeline.stages.entities.quantities.find_quantities`. Numbers inside dates are no
figures; durations are. A unit is named only where the text prints it next to the
number: a sign (£, %), a measure, or the plural noun that is counted.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.records import Figure, Span
from pipeline.stages.entities.numbers import (
    GAP,
    SCALE,
    any_of,
    read_number,
)
from pipeline.stages.entities.quantities import TIME_UNITS, Quantity

_MODIFIERS: Final = {
    r"at least|a minimum of|no (?:fewer|less) than": "at least",
    r"up to|as (?:many|much|high) as|at most|no more than|a maximum of": "up to",
    r"(?<!no )more than|over|above|exceeding|upwards of|in excess of": "more than",
    r"(?<!no )(?:less|fewer) than|(?<!just )under|below": "less than",
    r"nearly|almost|just under|close to|just short of|approaching": "nearly",
    r"about|around|approximately|roughly|some|circa|(?:an )?estimated": "about",
}
_NAMES: Final = tuple(_MODIFIERS.values())
_BEFORE: Final = re.compile(
    rf"\b(?:{'|'.join(f'({words})' for words in _MODIFIERS)}){GAP}(?:the{GAP})?$",
    re.IGNORECASE,
)
#: Characters of the left context that a modifier may take.
_REACH: Final = 24
_AFTERTHOUGHTS: Final = {
    "so": "about",
    "more": "at least",
    "over": "at least",
    "less": "up to",
    "fewer": "up to",
    "under": "up to",
}
_AFTER: Final = re.compile(rf"{GAP}or{GAP}({'|'.join(_AFTERTHOUGHTS)})\b|-?plus\b")

#: Words that end a noun phrase, or that end in s and are no plural noun.
_FUNCTION: Final = (
    r"(?!(?:an?|across|and|are|as|at|because|but|by|each|every|for|from|has|have|his"
    r"|if|in|including|is|its|less|minus|more|nor|of|on|or|per|perhaps|plus|since"
    r"|than|that|the|their|this|thus|to|unless|us|versus|was|were|who|with|yes)\b)"
)
_COUNTED: Final = re.compile(
    rf"(?:{GAP}or{GAP}(?:{'|'.join(_AFTERTHOUGHTS)}))?"
    rf"{GAP}(?:(?:other|more|further|extra|additional|new){GAP})?(?P<noun>(?:{_FUNCTION}[a-z][a-z'’-]*{GAP}){{0,2}}?{_FUNCTION}"
    r"(?:[a-z][a-z-]*[a-rt-z]s|people|children|men|women|staff|police))\b(?!['’])"
)
_BETWEEN: Final = re.compile(rf"\bbetween{GAP}$", re.IGNORECASE)
_FROM: Final = re.compile(rf"\bfrom{GAP}$", re.IGNORECASE)
_AND: Final = re.compile(rf"{GAP}and{GAP}")
_TO: Final = re.compile(rf"(?:{GAP}[a-z]+){{0,3}}?{GAP}to{GAP}")
_PLAIN_TO: Final = re.compile(rf"{GAP}to{GAP}|[-–]")
_NUMBERS: Final = read_lexicon("numbers")
_MULTIPLES: Final[dict[str, float]] = _NUMBERS["multiples"]
_SIMPLE: Final = (*_NUMBERS["units"], *_NUMBERS["teens"], "hundred")
#: Twice, doubled, a tenfold rise; "half as many again" is left alone.
_MULTIPLE: Final = re.compile(
    rf"\b(?:(?P<word>{any_of(_MULTIPLES)})|(?P<number>{any_of(_SIMPLE)}|\d+)-?fold)\b",
    re.IGNORECASE,
)
_SCALED: Final = re.compile(rf".*?\d(?P<scale>{SCALE})$", re.IGNORECASE | re.DOTALL)


def find_figures(
    text: str,
    quantities: Sequence[Quantity],
    *,
    segment: Span,
    dates: Sequence[Span] = (),
) -> Iterator[Figure]:
    """Yield the figures of one stretch of a text, in order.

    ``quantities`` are those of the whole text, sorted; those that a date in ``dates``
    holds together with other words are left out. Two quantities that are the ends of a
    range or of a change are one figure, with ``low`` and ``high`` and no value.
    "Twice", "doubled" and "tenfold" are so many times.
    """
    counted = _counted(text, quantities, segment=segment, dates=dates)
    done = segment.start
    for figure in sorted((*counted, *_multiples(text, segment)), key=_place):
        if figure.start >= done:
            done = figure.end
            yield figure


def _multiples(text: str, segment: Span) -> Iterator[Figure]:
    for match in _MULTIPLE.finditer(text, segment.start, segment.end):
        word = match["word"]
        value = _MULTIPLES[word.lower()] if word else read_number(match["number"])
        yield Figure(
            start=match.start(),
            end=match.end(),
            exact=match[0],
            value=float(value or 0.0),
            unit="times",
            modifier=_before(text, match.start(), unit="times"),
        )


def _place(figure: Figure) -> tuple[int, int]:
    return figure.start, -figure.end


def _counted(
    text: str, quantities: Sequence[Quantity], *, segment: Span, dates: Sequence[Span]
) -> Iterator[Figure]:
    first = bisect_left(quantities, segment.start, key=lambda span: span.start)
    last = bisect_left(quantities, segment.end, key=lambda span: span.start)
    inside = [
        quantity
        for quantity in quantities[first:last]
        if segment.covers(quantity) and not _dated(quantity, dates)
    ]
    place = 0
    while place < len(inside):
        pair = inside[place : place + 2]
        joined = _pair(text, *pair) if len(pair) > 1 else None
        yield joined or _single(text, inside[place])
        place += 2 if joined else 1


def _dated(quantity: Quantity, dates: Sequence[Span]) -> bool:
    place = bisect_left(dates, quantity.end, key=lambda span: span.start)
    return any(
        date.overlaps(quantity) and not quantity.covers(date)
        for date in dates[max(0, place - 1) : place]
    )


def _single(text: str, quantity: Quantity) -> Figure:
    ranged = quantity.high is not None
    return Figure(
        start=quantity.start,
        end=quantity.end,
        exact=quantity.of(text),
        value=None if ranged else quantity.value,
        unit=_unit(text, quantity),
        modifier=_modifier(text, quantity),
        denominator=quantity.denominator,
        low=quantity.value if ranged else None,
        high=quantity.high,
    )


def _pair(text: str, one: Quantity, two: Quantity) -> Figure | None:
    """Join "between 5 and 7", "5 to 7 per cent" and "from £6m to £7m"."""
    if not _are_ends(text, one, two) or one.high is not None or two.high is not None:
        return None
    units = _unit(text, one), _unit(text, two)
    if units[0] and units[1] and units[0] != units[1]:
        return None
    low = one.value
    scaled = _SCALED.match(two.of(text))
    if scaled and one.number.of(text).isdigit() and one.value < two.value:
        low = read_number(one.number.of(text) + scaled["scale"]) or low
    return Figure(
        start=one.start,
        end=two.end,
        exact=text[one.start : two.end],
        value=None,
        unit=units[1] or units[0],
        modifier=_modifier(text, one),
        low=low,
        high=two.value,
    )


def _are_ends(text: str, one: Quantity, two: Quantity) -> bool:
    before = text[max(0, one.start - _REACH) : one.start]
    gap = text[one.end : two.start]
    if _BETWEEN.search(before):
        return _AND.fullmatch(gap) is not None
    if _FROM.search(before):
        return _TO.fullmatch(gap) is not None
    return _PLAIN_TO.fullmatch(gap) is not None and one.value < two.value


def _unit(text: str, quantity: Quantity) -> str | None:
    if quantity.unit or (quantity.value == 1 and not quantity.denominator):
        return quantity.unit
    counted = _COUNTED.match(text, quantity.end)
    return " ".join(counted["noun"].split()) if counted else None


def _before(text: str, start: int, *, unit: str | None) -> str | None:
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    if before is None or before.lastindex is None:
        return None
    during = unit in TIME_UNITS and before[0].strip() == "over"
    return None if during else _NAMES[before.lastindex - 1]


def _modifier(text: str, quantity: Quantity) -> str | None:
    before = _before(text, quantity.start, unit=quantity.unit)
    if before is not None:
        return before
    after = _AFTER.match(text, quantity.end)
    return _AFTERTHOUGHTS.get(after[1], "more than") if after else None
