"""Windows over the lines of a text, and the way back to whole texts.

The encoder reads at most :data:`SIZE` pieces at once. A window holds whole lines, as
many as fit, and begins again some lines before the last one ended; each word's scores
are taken from the window in which it stands farthest from an edge, so that no span is
decided without its context. Windows depend on the text alone, never on its neighbours
in a batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.stages.encoder.pieces import PieceReader, Pieces

#: Pieces in one window, the two end marks included.
SIZE: Final = 320
#: Pieces that a window shares, at most, with the one before it.
OVERLAP: Final = 40


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words with its pieces: positions in the words of the whole text.

    ``ids``, ``casing`` and ``gaps`` begin and end with the tokenizer's end marks;
    ``first`` counts pieces within the window.
    """

    start: int
    end: int
    ids: NDArray[np.int64]
    casing: NDArray[np.int64]
    gaps: NDArray[np.int64]
    first: NDArray[np.int64]


def cut_windows(
    pieces: Pieces, reader: PieceReader, *, size: int = SIZE, overlap: int = OVERLAP
) -> Iterator[Window]:
    """Cut a text into windows of at most ``size`` pieces that overlap by ``overlap``.

    A line that is too long for a window is cut between words; a single word is never
    cut, so that a word of more pieces than fit loses the last of them.
    """
    units = list(_units(pieces, size - 2 - overlap))
    room = size - 2
    start = 0
    while start < len(units):
        low = int(pieces.first[units[start][0]])
        end = start + 1
        while end < len(units) and _piece_end(pieces, units[end][1]) - low <= room:
            end += 1
        yield _window(pieces, reader, (units[start][0], units[end - 1][1]), room)
        if end == len(units):
            return
        shared = _piece_end(pieces, units[end - 1][1]) - overlap
        following = end
        while following - 1 > start and pieces.first[units[following - 1][0]] >= shared:
            following -= 1
        start = following


def _units(pieces: Pieces, room: int) -> Iterator[tuple[int, int]]:
    """Yield the word ranges of lines, and of parts of lines longer than ``room``."""
    for start, end in pieces.lines:
        low = start
        while _piece_end(pieces, end) - pieces.first[low] > room:
            reach = int(pieces.first[low]) + room
            cut = max(low + 1, int(np.searchsorted(pieces.first, reach)) - 1)
            if cut >= end:
                break
            yield low, cut
            low = cut
        yield low, end


def _piece_end(pieces: Pieces, word: int) -> int:
    """Return where the pieces before a word end; the word may be past the last one."""
    return int(pieces.first[word]) if word < len(pieces.first) else len(pieces.ids)


def _window(
    pieces: Pieces, reader: PieceReader, words: tuple[int, int], room: int
) -> Window:
    start, end = words
    low = int(pieces.first[start])
    high = min(_piece_end(pieces, end), low + room)
    zero = np.zeros(1, dtype=np.int64)
    return Window(
        start=start,
        end=end,
        ids=np.concatenate(
            [zero + reader.begin, pieces.ids[low:high], zero + reader.end]
        ),
        casing=np.concatenate([zero, pieces.casing[low:high], zero]),
        gaps=np.concatenate([zero, pieces.gaps[low:high], zero]),
        first=np.minimum(pieces.first[start:end] - low + 1, high - low),
    )


def best_windows(windows: Sequence[Window], count: int) -> NDArray[np.int64]:
    """Return for each of ``count`` words the window in which it is deepest inside."""
    best = np.zeros(count, dtype=np.int64)
    depth = np.full(count, -1, dtype=np.int64)
    last = len(windows) - 1
    for number, window in enumerate(windows):
        words = np.arange(window.start, window.end)
        # the text's own beginning and end are no edges: nothing is cut off there
        left = words - window.start if number > 0 else np.full_like(words, count)
        right = window.end - 1 - words if number < last else np.full_like(words, count)
        here = np.minimum(left, right)
        better = here > depth[words]
        best[words[better]] = number
        depth[words[better]] = here[better]
    return best
