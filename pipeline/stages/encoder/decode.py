"""The best legal labels of every line: Viterbi over a CRF with word-dependent edges.

Pure numpy. Lines are decoded side by side: no span crosses a line break, so each begins
after an ``O``, and one pass over the longest line serves them all.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
#: Lines decoded in one go: bounds the memory that a very long text needs.
_CHUNK: Final = 64


def decode_lines(
    emissions: Floats, edges: Floats, lines: Sequence[tuple[int, int]]
) -> NDArray[np.int64]:
    """Return the label of each word on the best path of its line.

    Args:
        emissions: words × labels.
        edges: words × labels × labels, from row to column, or labels × labels where
            the scores do not depend on the word; illegal steps score very low.
        lines: the words of each line, half-open.
    """
    labels = np.zeros(len(emissions), dtype=np.int64)
    # lines of like length go together, so that little is padded
    order = sorted(range(len(lines)), key=lambda n: lines[n][1] - lines[n][0])
    for chunk in range(0, len(order), _CHUNK):
        some = [lines[number] for number in order[chunk : chunk + _CHUNK]]
        _decode_some(emissions, edges, some, labels)
    return labels


def _decode_some(
    emissions: Floats,
    edges: Floats,
    lines: Sequence[tuple[int, int]],
    labels: NDArray[np.int64],
) -> None:
    starts = np.array([start for start, _ in lines])
    lengths = np.array([end - start for start, end in lines])
    longest = int(lengths.max())
    count = emissions.shape[1]
    came_from = np.zeros((longest, len(lines), count), dtype=np.int64)
    static = edges.ndim == 2  # noqa: PLR2004 (labels × labels)
    first_edges = edges[0] if static else edges[starts, 0]
    score = first_edges + emissions[starts]
    final = score.copy()
    for step in range(1, longest):
        # words past the end of a shorter line are read but never used
        words = starts + np.minimum(step, lengths - 1)
        paths = score[:, :, None] + (edges if static else edges[words])
        came_from[step] = paths.argmax(axis=1)
        score = paths.max(axis=1) + emissions[words]
        running = step < lengths
        final[running] = score[running]
    label = final.argmax(axis=1)
    for step in range(longest - 1, -1, -1):
        running = step < lengths
        labels[starts[running] + step] = label[running]
        if step > 0:
            back = came_from[step, np.arange(len(lines)), label]
            label = np.where(running, back, label)


def read_spans(
    labels: NDArray[np.int64], lines: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, first word, word after the last) of each span, in text order."""
    for start, end in lines:
        word = start
        while word < end:
            label = int(labels[word])
            if label == 0:
                word += 1
                continue
            kind = (label - 1) // 2
            stop = word + 1
            while stop < end and labels[stop] == 2 * kind + 2:
                stop += 1
            yield kind, word, stop
            word = stop
