"""Decoding: the best legal path, the spans on it, and what points to what."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from pipeline.stages.encoder.decode import decode_lines, read_spans
from pipeline.stages.encoder.labels import POINTERS, begin, inside, legal_transitions
from pipeline.stages.encoder.links import (
    DISTANCES,
    Pointer,
    distance_steps,
    line_numbers,
)
from pipeline.stages.encoder.scores import TextScores, View

LABELS = 7
ILLEGAL = np.where(legal_transitions("outer"), 0, -1e4).astype(np.float32)


def best_by_trying_all(emissions: np.ndarray, edges: np.ndarray) -> list[int]:
    def score(path: tuple[int, ...]) -> float:
        steps = itertools.pairwise((0, *path))
        return sum(
            emissions[word, label] + edges[word, before, label]
            for word, (before, label) in enumerate(steps)
        )

    return list(max(itertools.product(range(LABELS), repeat=len(emissions)), key=score))


@pytest.mark.parametrize("seed", range(5))
def test_viterbi_finds_what_trying_all_paths_finds(seed: int) -> None:
    numbers = np.random.default_rng(seed)
    emissions = numbers.normal(size=(4, LABELS)).astype(np.float32)
    edges = (numbers.normal(size=(4, LABELS, LABELS)) + ILLEGAL).astype(np.float32)
    path = decode_lines(emissions, edges, [(0, 4)])
    assert list(path) == best_by_trying_all(emissions, edges)


def test_each_line_is_decoded_as_if_it_stood_alone() -> None:
    numbers = np.random.default_rng(9)
    emissions = numbers.normal(size=(12, LABELS)).astype(np.float32)
    lines = [(0, 5), (5, 6), (6, 12)]
    together = decode_lines(emissions, ILLEGAL, lines)
    for start, end in lines:
        alone = decode_lines(emissions[start:end], ILLEGAL, [(0, end - start)])
        assert list(together[start:end]) == list(alone)


def test_no_path_goes_on_with_a_span_that_did_not_begin() -> None:
    emissions = np.zeros((3, LABELS), dtype=np.float32)
    emissions[:, inside(2)] = 5
    path = decode_lines(emissions, ILLEGAL, [(0, 3)])
    assert list(path) == [begin(2), inside(2), inside(2)]


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ([0, 0], []),
        ([begin(0), inside(0), 0], [(0, 0, 2)]),
        # two spans of a kind may touch
        ([begin(1), begin(1)], [(1, 0, 1), (1, 1, 2)]),
        ([begin(0), begin(2), inside(2)], [(0, 0, 1), (2, 1, 3)]),
    ],
)
def test_spans_are_read_off_the_path(labels: list[int], spans: list[tuple]) -> None:
    assert list(read_spans(np.array(labels), [(0, len(labels))])) == spans


def test_a_span_ends_with_its_line() -> None:
    labels = np.array([begin(2), inside(2), begin(2), inside(2)])
    assert list(read_spans(labels, [(0, 2), (2, 4)])) == [(2, 0, 2), (2, 2, 4)]


def pointer(
    *views: tuple[int, int], words: int, agree: tuple[int, ...] = ()
) -> Pointer:
    """Make a pointer over views; the words of ``agree`` have keys that all look for."""
    keys = np.zeros((words, len(POINTERS), 4), dtype=np.float32)
    keys[list(agree), :, 0] = 10
    queries = np.zeros_like(keys)
    queries[:, :, 0] = 10
    best = np.zeros(words, dtype=np.int64)
    for number, (start, end) in enumerate(views):
        best[start:end] = number
    scores = TextScores(
        emissions={},
        edges={},
        views=tuple(
            View(start, end, queries[start:end], keys[start:end])
            for start, end in views
        ),
        best=best,
        # agreement with "nowhere" is a little better than with nothing
        none=np.full((len(POINTERS), 4), 0.1, dtype=np.float32),
        distances=np.zeros((len(POINTERS), DISTANCES), dtype=np.float32),
    )
    return Pointer(scores, 0, np.zeros(words, dtype=np.int64))


@pytest.mark.parametrize(
    ("why", "agree", "candidates", "expected"),
    [
        ("the candidate that agrees", (3,), [(2, 3), (3, 4)], 1),
        ("half a span agrees by half", (2, 3, 4), [(1, 3), (3, 5)], 1),
        ("nothing agrees better than nowhere", (), [(2, 3), (3, 4)], None),
        ("there is nothing to point to", (3,), [], None),
    ],
)
def test_a_span_points_to_the_candidate_that_agrees_best(
    why: str,
    agree: tuple[int, ...],
    candidates: list[tuple[int, int]],
    expected: int | None,
) -> None:
    del why
    pointing = pointer((0, 6), words=6, agree=agree)
    assert pointing.point([(0, 1)], candidates) == [expected]


def test_distance_decides_between_equals() -> None:
    same = pointer((0, 9), words=9, agree=(0, 3))
    near_first = np.arange(DISTANCES, 0, -1, dtype=np.float32)[None]
    by_distance = replace(same, scores=replace(same.scores, distances=near_first))
    assert by_distance.point([(4, 5)], [(0, 1), (3, 4)]) == [1]


def test_nothing_is_joined_that_no_window_shows_together() -> None:
    apart = pointer((0, 4), (4, 8), words=8, agree=(1, 6))
    assert apart.point([(0, 1), (7, 8)], [(6, 7)]) == [None, 0]
    together = pointer((0, 4), (2, 8), words=8, agree=(1, 6))
    assert together.point([(3, 4)], [(1, 2), (6, 7)]) == [1]


def test_distances_tell_side_and_line_apart() -> None:
    lines = np.array([0, 0, 0, 1, 1])
    steps = distance_steps([(1, 2)], [(0, 1), (2, 3), (3, 4), (4, 5)], lines)
    assert len(set(steps[0])) == 4
    assert steps.max() < DISTANCES


def test_every_word_knows_its_line() -> None:
    assert list(line_numbers([(0, 2), (2, 3), (3, 6)])) == [0, 0, 1, 2, 2, 2]
