"""Mentions that follow a grammar: money, shares, counts and dates.

Reach for :func:`find_patterns` beside a model that labels names. The rules are those of
the annotation: money and percentages are labelled with their unit, counts without what
they count; ages are counts; durations are dates; ordinals, clock times, rates, vague
plurals ("hundreds") and compounds ("32-page") are left unlabelled.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.records import OUTSIDE_BLOCKS, Block, EntityLabel, Mention, Span
from pipeline.stages.entities.calendar import find_dates
from pipeline.stages.entities.quantities import (
    TIME_UNITS,
    Quantity,
    QuantityKind,
    quantities_of,
)

_LABELS: Final[dict[QuantityKind, EntityLabel]] = {
    "money": "MONEY",
    "percent": "PERCENT",
    "ratio": "CARDINAL",
    "measure": "CARDINAL",
    "age": "CARDINAL",
    "count": "CARDINAL",
}


def find_patterns(text: str, blocks: Iterable[Block] = ()) -> list[Mention]:
    """Find the mentions that a grammar is sure of, outside menus and notices.

    Mentions are sorted and do not overlap; a number inside a date is no count. What
    stands outside all blocks is read like body text.
    """
    outside = [block for block in blocks if block.label in OUTSIDE_BLOCKS]
    dates = [
        Mention(start=date.start, end=date.end, label="DATE")
        for date in find_dates(text)
    ]
    counts = [
        mention
        for mention in map(_mention, quantities_of(text))
        if mention is not None and not _within(mention, dates)
    ]
    found = (m for m in (*dates, *counts) if not _within(m, outside))
    return sorted(found)


def _mention(quantity: Quantity) -> Mention | None:
    """Label a quantity; None for durations, which are dates, and for compounds."""
    if quantity.kind in ("measure", "age"):
        if quantity.attributive or quantity.unit in TIME_UNITS - {"year"}:
            return None
        if quantity.kind == "measure" and quantity.unit == "year":
            return None
    whole = quantity.kind in ("money", "percent", "ratio")
    span: Span = quantity if whole else quantity.number
    return Mention(start=span.start, end=span.end, label=_LABELS[quantity.kind])


def _within(mention: Span, spans: Sequence[Span]) -> bool:
    """Tell whether one of the spans, sorted and disjoint, overlaps the mention."""
    place = bisect_right(spans, mention.end, key=lambda span: span.start)
    return any(span.overlaps(mention) for span in spans[max(0, place - 2) : place])
