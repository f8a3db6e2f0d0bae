"""What the network says of a text, put together from what it says of windows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.stages.encoder.labels import TASKS, Task
from pipeline.stages.encoder.pieces import PieceReader, Pieces
from pipeline.stages.encoder.windows import Window, best_windows, cut_windows

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of the words of one window.

    ``emissions``: words × labels for each task; ``edges``: words × labels × labels, or
    labels × labels where the word does not matter; ``queries`` and ``keys``: words ×
    pointers × width; ``none``: pointers × width, the key of "points nowhere";
    ``distances``: pointers × steps of distance.
    """

    emissions: dict[Task, Floats]
    edges: dict[Task, Floats]
    queries: Floats
    keys: Floats
    none: Floats
    distances: Floats


class Scorer(Protocol):
    """Whatever scores windows: the ONNX runtime, a network in training, a test."""

    def score(self, windows: Iterable[Window]) -> Iterable[Scores]:
        """Score each window by itself; the others must not change its scores."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """The words that one window shows, half-open, and its vectors for pointing."""

    start: int
    end: int
    queries: Floats
    keys: Floats


@dataclass(frozen=True, slots=True)
class TextScores:
    """Scores of all words of a text.

    Labels are stitched; vectors are not, for those of two windows do not compare:
    ``best`` gives each word the number of the view in which it stands deepest. The
    other fields are those of :class:`Scores`.
    """

    emissions: dict[Task, Floats]
    edges: dict[Task, Floats]
    views: tuple[View, ...]
    best: NDArray[np.int64]
    none: Floats
    distances: Floats


def score_text(pieces: Pieces, reader: PieceReader, scorer: Scorer) -> TextScores:
    """Score all words of a text, each in the window that shows most around it.

    The text must have at least one word.
    """
    windows = list(cut_windows(pieces, reader))
    scored = list(scorer.score(windows))
    best = best_windows(windows, len(pieces.words))
    picks = [
        np.flatnonzero(best[window.start : window.end] == number)
        for number, window in enumerate(windows)
    ]

    def stitch(arrays: Iterable[Floats]) -> Floats:
        # windows stand in text order, and so do the words picked from each
        chosen = [array[pick] for array, pick in zip(arrays, picks, strict=True)]
        return np.concatenate(chosen)

    edges: dict[Task, Floats] = {}
    for task in TASKS:
        static = scored[0].edges[task].ndim < scored[0].emissions[task].ndim + 1
        edges[task] = (
            scored[0].edges[task] if static else stitch(s.edges[task] for s in scored)
        )
    return TextScores(
        emissions={task: stitch(s.emissions[task] for s in scored) for task in TASKS},
        edges=edges,
        views=tuple(
            View(window.start, window.end, scores.queries, scores.keys)
            for window, scores in zip(windows, scored, strict=True)
        ),
        best=best,
        none=scored[0].none,
        distances=scored[0].distances,
    )
