"""Spans and their probabilities, against the sum over every path of a short line."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages.encoder.decode import Floats, find_spans
from pipeline.stages.encoder.labels import begin, inside, legal_transitions

LINES = [(0, 1), (1, 5), (5, 8)]
HALVES = (0.5, 0.5, 0.5)
ILLEGAL = np.where(legal_transitions("outer"), 0, -1e4).astype(np.float32)


def scores(seed: int, *, static: bool, spread: float = 2.0) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    words = LINES[-1][1]
    emissions = random.normal(size=(words, 7)) * spread
    edges = random.normal(size=(7, 7) if static else (words, 7, 7)) * spread
    return emissions.astype(np.float32), (edges + ILLEGAL).astype(np.float32)


def spans_of(labels: tuple[int, ...], start: int) -> list[tuple[int, int, int]]:
    """Read the spans off one path: kind, first word, word after the last."""
    spans: list[tuple[int, int, int]] = []
    for word, label in enumerate(labels, start):
        if label % 2:
            spans.append((label // 2, word, word + 1))
        elif label:
            kind, first, _ = spans.pop()
            spans.append((kind, first, word + 1))
    return spans


def by_enumeration(
    emissions: Floats, edges: Floats, line: tuple[int, int]
) -> dict[tuple[int, int, int], float]:
    """Weigh every path of a line; return the share that holds each span."""
    start, end = line
    weights: dict[tuple[int, int, int], float] = {}
    total = 0.0
    for path in itertools.product(range(7), repeat=end - start):
        score, before = 0.0, 0
        for word, label in enumerate(path, start):
            step = edges if edges.ndim == 2 else edges[word]
            score += float(step[before, label]) + float(emissions[word, label])
            before = label
        weight = np.exp(score)
        total += weight
        for span in spans_of(path, start) if weight > 0 else ():
            weights[span] = weights.get(span, 0.0) + weight
    return {span: weight / total for span, weight in weights.items()}


@pytest.mark.parametrize("static", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_the_spans_are_those_that_most_paths_by_weight_have(
    seed: int, static: bool
) -> None:
    emissions, edges = scores(seed, static=static)
    expected = {
        span: share
        for line in LINES
        for span, share in by_enumeration(emissions, edges, line).items()
        if share >= 0.5
    }
    found = {
        span[:3]: span[3] for span in find_spans(emissions, edges, LINES, least=HALVES)
    }
    assert found == pytest.approx(expected, abs=1e-5)


def test_some_of_those_tables_hold_spans() -> None:
    found = [
        find_spans(*scores(seed, static=False), LINES, least=HALVES)
        for seed in range(6)
    ]
    assert sum(map(len, found)) > 6


@given(seed=st.integers(0, 10**6), spread=st.sampled_from([0.0, 1.0, 30.0]))
@settings(derandomize=True, max_examples=30, deadline=None)
def test_spans_are_probable_in_order_and_apart(seed: int, spread: float) -> None:
    found = find_spans(*scores(seed, static=False, spread=spread), LINES, least=HALVES)
    assert all(0.5 <= probable <= 1 for *_, probable in found)
    for (_, _, end, _), (_, start, _, _) in itertools.pairwise(found):
        assert end <= start


@pytest.mark.parametrize("least", [0.5, 0.7, 0.9])
def test_a_higher_bar_keeps_what_is_more_probable(least: float) -> None:
    emissions, edges = scores(3, static=False, spread=3.0)
    half = find_spans(emissions, edges, LINES, least=HALVES)
    assert find_spans(emissions, edges, LINES, least=(least,) * 3) == [
        span for span in half if span[3] >= least
    ]


@given(seed=st.integers(0, 10**6))
@settings(derandomize=True, max_examples=20, deadline=None)
def test_a_lower_bar_adds_what_overlaps_nothing(seed: int) -> None:
    emissions, edges = scores(seed, static=False)
    half = find_spans(emissions, edges, LINES, least=HALVES)
    weak = find_spans(emissions, edges, LINES, least=(0.5, 0.5, 0.1))
    assert set(half) <= set(weak)
    assert all(kind == 2 and p < 0.5 for kind, _, _, p in set(weak) - set(half))
    for (_, _, end, _), (_, start, _, _) in itertools.pairwise(weak):
        assert end <= start


def test_each_line_is_read_as_if_it_stood_alone() -> None:
    emissions, edges = scores(9, static=False, spread=3.0)
    together = find_spans(emissions, edges, LINES, least=HALVES)
    alone = [
        (kind, first + start, last + start, pytest.approx(probable))
        for start, end in LINES
        for kind, first, last, probable in find_spans(
            emissions[start:end], edges[start:end], [(0, end - start)], least=HALVES
        )
    ]
    assert together == alone


def test_no_span_goes_on_that_did_not_begin() -> None:
    emissions = np.zeros((3, 7), dtype=np.float32)
    emissions[:, inside(2)] = 9
    ((kind, first, end, _),) = find_spans(emissions, ILLEGAL, [(0, 3)], least=HALVES)
    assert (kind, first, end) == (2, 0, 3)


def test_spans_of_a_kind_may_touch() -> None:
    emissions = np.zeros((2, 7), dtype=np.float32)
    emissions[:, begin(1)] = 9
    found = find_spans(emissions, ILLEGAL, [(0, 2)], least=HALVES)
    assert [span[:3] for span in found] == [(1, 0, 1), (1, 1, 2)]


def test_a_common_addend_changes_nothing() -> None:
    emissions, edges = scores(5, static=False)
    before = find_spans(emissions, edges, LINES, least=HALVES)
    after = find_spans(emissions + 100, edges, LINES, least=HALVES)
    assert [span[:3] for span in after] == [span[:3] for span in before]
    assert [s[3] for s in after] == pytest.approx([s[3] for s in before], abs=1e-4)


def test_many_lines_are_read_in_several_goes() -> None:
    emissions, edges = scores(2, static=False, spread=3.0)
    words = len(emissions)
    once = find_spans(emissions, edges, [(0, words)], least=HALVES)
    many = find_spans(
        np.tile(emissions, (150, 1)),
        np.tile(edges, (150, 1, 1)),
        [(n * words, (n + 1) * words) for n in range(150)],
        least=HALVES,
    )
    assert [span[0] for span in many] == [span[0] for span in once] * 150
    assert [s[3] for s in many] == pytest.approx([s[3] for s in once] * 150)
