"""Which cue a content belongs to, and which source a cue: the encoder's pointers.

A span is stood for by the mean of its first and last word's vectors. Each span points
to the candidate whose key agrees best with its query, or nowhere; how far away a
candidate stands, on which side, and whether on the same line, counts by what training
found such distances to be worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.stages.encoder.labels import POINTER_WIDTH
from pipeline.stages.encoder.scores import TextScores, View

Floats = NDArray[np.float32]
Words = tuple[int, int]
#: Upper bounds, in words between two spans, of the steps in which distance is measured.
_STEPS: Final = np.array([1, 2, 4, 8, 16, 32, 64, 128])
#: Steps before and after the span, on its line and on others.
DISTANCES: Final = (len(_STEPS) + 1) * 4


@dataclass(frozen=True, slots=True)
class Pointer:
    """One pointer over a text: what it says of spans that a window shows together."""

    scores: TextScores
    head: int
    lines: NDArray[np.int64]

    def point(
        self, spans: Sequence[Words], candidates: Sequence[Words]
    ) -> list[int | None]:
        """Return for each span the position of the candidate it points to, or None.

        Spans and candidates are words, half-open. A span is judged in the view in which
        its first word stands deepest, among the candidates that this view shows whole.
        """
        targets: list[int | None] = [None] * len(spans)
        for number, view in enumerate(self.scores.views):
            rows = [
                row
                for row, (start, end) in enumerate(spans)
                if self.scores.best[start] == number and end <= view.end
            ]
            columns = [
                column
                for column, (start, end) in enumerate(candidates)
                if view.start <= start and end <= view.end
            ]
            if rows and columns:
                best = self._best(
                    view, [spans[r] for r in rows], [candidates[c] for c in columns]
                )
                for row, choice in zip(rows, best, strict=True):
                    targets[row] = None if choice is None else columns[choice]
        return targets

    def _best(
        self, view: View, spans: Sequence[Words], candidates: Sequence[Words]
    ) -> list[int | None]:
        pointing = _vectors(view.queries[:, self.head], spans, view.start)
        pointed = _vectors(view.keys[:, self.head], candidates, view.start)
        scale = POINTER_WIDTH**-0.5
        steps = distance_steps(spans, candidates, self.lines)
        agreement = pointing @ pointed.T * scale
        agreement += self.scores.distances[self.head][steps]
        nowhere = pointing @ self.scores.none[self.head] * scale
        best = agreement.argmax(axis=1)
        return [
            int(choice) if agreement[row, choice] > nowhere[row] else None
            for row, choice in enumerate(best)
        ]


def distance_steps(
    spans: Sequence[Words], candidates: Sequence[Words], lines: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the step of distance from each span to each candidate: spans × candidates.

    A step is a number below :data:`DISTANCES`; ``lines`` gives each word's line.
    """
    step = np.searchsorted(_STEPS, _between(spans, candidates), side="right")
    starts, others = _starts(spans), _starts(candidates)
    after = others[None, :] > starts[:, None]
    elsewhere = lines[others][None, :] != lines[starts][:, None]
    steps: NDArray[np.int64] = step + (len(_STEPS) + 1) * (after + 2 * elsewhere)
    return steps


def line_numbers(lines: Sequence[Words]) -> NDArray[np.int64]:
    """Return each word's line, from the words of each line."""
    lengths = [end - start for start, end in lines]
    return np.repeat(np.arange(len(lengths)), lengths)


def _between(spans: Sequence[Words], candidates: Sequence[Words]) -> NDArray[np.int64]:
    """Return how many words stand between each span and each candidate."""
    ahead = _starts(candidates)[None, :] - _ends(spans)[:, None]
    behind = _starts(spans)[:, None] - _ends(candidates)[None, :]
    between: NDArray[np.int64] = np.maximum(0, np.maximum(ahead, behind))
    return between


def _starts(spans: Sequence[Words]) -> NDArray[np.int64]:
    return np.array([start for start, _ in spans], dtype=np.int64)


def _ends(spans: Sequence[Words]) -> NDArray[np.int64]:
    return np.array([end for _, end in spans], dtype=np.int64)


def _vectors(vectors: Floats, spans: Sequence[Words], offset: int) -> Floats:
    first = vectors[_starts(spans) - offset]
    last = vectors[_ends(spans) - 1 - offset]
    mean: Floats = np.mean([first, last], axis=0)
    return mean
