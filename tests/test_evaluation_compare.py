"""How passages and names are compared, as tables and as properties."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluation.compare import (
    Content,
    Item,
    iou,
    match,
    same,
    shared,
    size,
    trim,
)
from pipeline.records import Span


def spans(*edges: tuple[int, int]) -> Content:
    return tuple(Span(start=start, end=end) for start, end in edges)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    edges = sorted(draw(st.sets(st.integers(0, 60), min_size=2, max_size=8)))
    return spans(*zip(edges[::2], edges[1::2], strict=False))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (spans((0, 10)), spans((0, 10)), 1),
        (spans((0, 10)), spans((10, 20)), 0),
        (spans((0, 10)), spans((5, 10)), 0.5),
        (spans((0, 4), (6, 10)), spans((0, 10)), 0.8),
        (spans((0, 4), (6, 10)), spans((2, 8)), 0.4),
        ((), spans((0, 1)), 0),
        ((), (), 0),
    ],
)
def test_intersection_over_union_counts_characters(
    one: Content, other: Content, expected: float
) -> None:
    assert iou(one, other) == pytest.approx(expected)


@settings(derandomize=True)
@given(contents(), contents())
def test_shared_characters_are_those_of_the_sets(one: Content, other: Content) -> None:
    here = {place for span in one for place in range(span.start, span.end)}
    there = {place for span in other for place in range(span.start, span.end)}
    assert shared(one, other) == len(here & there)
    assert size(one) == len(here)


@settings(derandomize=True)
@given(st.lists(contents(), max_size=6), st.lists(contents(), max_size=6))
def test_matching_is_one_to_one_and_prefers_nothing_over_a_better_pair(
    one: list[Content], other: list[Content]
) -> None:
    pairs = match([Item(content=c) for c in one], [Item(content=c) for c in other])
    assert len({pair.gold for pair in pairs}) == len(pairs)
    assert len({pair.predicted for pair in pairs}) == len(pairs)
    best = max((iou(a, b) for a in one for b in other), default=0)
    assert max((pair.iou for pair in pairs), default=0) == best


@settings(derandomize=True)
@given(st.lists(contents(), max_size=6, unique=True))
def test_a_list_matches_itself_exactly(one: list[Content]) -> None:
    items = [Item(content=content) for content in one]
    pairs = match(items, items)
    assert [(pair.gold, pair.predicted) for pair in pairs] == [
        (place, place) for place in range(len(one))
    ]


def test_equal_contents_are_told_apart_by_cue_and_source() -> None:
    content = spans((0, 5))
    gold = [
        Item(content=content, tie=("denied",)),
        Item(content=content, tie=("said",)),
    ]
    found = [Item(content=content, tie=("said",))]
    assert [pair.gold for pair in match(gold, found)] == [1]


@pytest.mark.parametrize(
    ("span", "expected"),
    [((0, 4), "ab"), ((1, 3), "ab"), ((0, 9), "ab  cd"), ((3, 5), "")],
)
def test_trimming_takes_white_space_off_the_edges(
    span: tuple[int, int], expected: str
) -> None:
    text = " ab  cd\n "
    assert trim(Span(start=span[0], end=span[1]), text).of(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Reed", "ann  reed"),
        ("Ms Ann Reed", "Ann Reed"),
        ("Prof. Dame Ann Reed", "Ann Reed"),
        ("the Selby Trust", "Selby Trust"),
        ("Children’s Trust", "Children's Trust"),
        (None, None),
        (None, ""),
    ],
)
def test_names_are_the_same_without_their_trimmings(
    one: str | None, other: str | None
) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Theo Marr", "Marr"),
        ("Reed", "Ann Reed"),
        ("Ann Reed", None),
        ("Lady", "Sir"),
    ],
)
def test_names_that_differ(one: str, other: str | None) -> None:
    assert not same(one, other)
