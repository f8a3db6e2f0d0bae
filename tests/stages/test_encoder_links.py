"""Pointing: what belongs to what, by the vectors of a window."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.stages.encoder.labels import POINTERS
from pipeline.stages.encoder.links import (
    DISTANCES,
    Pointer,
    distance_steps,
    line_numbers,
)
from pipeline.stages.encoder.scores import TextScores, View


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
