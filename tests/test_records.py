"""Spans: half-open, in code points."""

import dataclasses

import pytest

from pipeline import records
from pipeline.records import Span


@pytest.mark.parametrize(
    ("one", "other", "covers", "overlaps"),
    [
        ((0, 5), (1, 3), True, True),
        ((0, 5), (0, 5), True, True),
        ((0, 5), (4, 6), False, True),
        ((0, 5), (5, 6), False, False),
        ((2, 3), (0, 5), False, True),
    ],
)
def test_spans_compare(
    one: tuple[int, int], other: tuple[int, int], covers: bool, overlaps: bool
) -> None:
    first = Span(start=one[0], end=one[1])
    second = Span(start=other[0], end=other[1])
    assert first.covers(second) is covers
    assert first.overlaps(second) is overlaps


@pytest.mark.parametrize(
    ("text", "start", "end", "passage"),
    [
        ("a ferry", 2, 7, "ferry"),
        ("⛴️ a ferry", 5, 10, "ferry"),
        ("cafe\u0301 ferry", 0, 5, "cafe\u0301"),
        ("one\r\ntwo", 5, 8, "two"),
    ],
)
def test_a_span_cuts_its_passage(text: str, start: int, end: int, passage: str) -> None:
    assert Span(start=start, end=end).of(text) == passage


def test_every_record_is_frozen_and_slotted() -> None:
    kinds = [kind for kind in vars(records).values() if dataclasses.is_dataclass(kind)]
    assert kinds
    for kind in kinds:
        assert kind.__dataclass_params__.frozen, kind
        assert "__slots__" in vars(kind), kind
