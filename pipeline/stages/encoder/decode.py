"""Which spans a text has: those that are more likely there than not.

Reach for :func:`find_spans` with what the network says of the words. The CRF weighs
every labelling of a line; a span is as probable as all labellings, by weight, that
have just this span, whatever they hold elsewhere. Each span above one half is taken,
instead of those of the single best labelling (Viterbi): decoding by what is expected to
be right (Goodman 1996), worth 0.4 to 1 point of exact F1 on PolNeAR dev. No two such
spans can overlap; less probable ones may be asked for, and fill what these leave free.

Pure numpy. Forward and backward messages run together and lines side by side, so that
one pass over the longest line serves them all; linear in the length of the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
#: Kind, first word, word after the last, probability.
Found = tuple[int, int, int, float]
#: From here on a span is more likely there than not.
HALF: Final = 0.5
#: Lines read in one go: bounds the memory that a very long text needs.
_CHUNK: Final = 64
#: Words of the longest span: keeps a line without end linear.
_LONGEST: Final = 512
#: Keeps the logarithm of a weight that rounding has emptied finite.
_TINY: Final = 1e-300


@dataclass(frozen=True, slots=True)
class _Spans:
    """Spans as columns: where each is, its kind, and where its line ends."""

    kind: Integers
    first: Integers
    end: Integers
    line_end: Integers

    @property
    def begin(self) -> Integers:
        """The label of the first word."""
        return 1 + 2 * self.kind

    @property
    def inside(self) -> Integers:
        """The label of the other words."""
        return 2 + 2 * self.kind


def find_spans(
    emissions: Floats,
    edges: Floats,
    lines: Sequence[tuple[int, int]],
    *,
    least: Sequence[float],
) -> list[Found]:
    """Return the spans of at least these probabilities, one a kind, in text order.

    Of two that overlap the more probable one is returned.

    Args:
        emissions: words × labels.
        edges: words × labels × labels, from row to column, or labels × labels where
            the scores do not depend on the word; illegal steps score very low.
        lines: the words of each line, half-open, in the order of the text; no span
            crosses their borders.
        least: probabilities between 0 and 1, one for each kind of span.
    """
    paths = _Paths(emissions, edges, np.array(lines, dtype=np.int64))
    bars = np.array(least, dtype=np.float64)
    spans = paths.candidates(bars)
    probable = paths.probabilities(spans)
    rows = np.flatnonzero(probable >= bars[spans.kind])
    rows = rows[np.argsort(-probable[rows], kind="stable")]
    taken = np.zeros(len(emissions), dtype=np.bool_)
    found: list[Found] = []
    for row in rows:
        kind, first, end = (
            int(column[row]) for column in (spans.kind, spans.first, spans.end)
        )
        if not taken[first:end].any():
            taken[first:end] = True
            found.append((kind, first, end, float(probable[row])))
    return sorted(found, key=lambda span: span[1])


class _Paths:
    """All labellings of the lines of a text, weighed.

    ``_weights[0]`` is what all paths weigh up to each word, by its label, and
    ``_weights[1]`` from it on; both take in the word itself and sum to one. ``_scales``
    are the logarithms of what they were divided by.
    """

    def __init__(self, emissions: Floats, edges: Floats, lines: Integers) -> None:
        # a factor common to all labels of a word is one of all paths
        self._scores = emissions.astype(np.float64)
        self._scores -= self._scores.max(axis=1, keepdims=True)
        self._edges = edges
        lengths = lines[:, 1] - lines[:, 0]
        line_of = np.repeat(np.arange(len(lines)), lengths)
        self._line_ends = lines[line_of, 1]
        self._weights = np.zeros((2, *emissions.shape))
        totals = np.ones((2, len(emissions)))
        emitted, steps = np.exp(self._scores), np.exp(edges.astype(np.float64))
        # the shortest first: those still running are always the last ones
        order = lines[np.argsort(lengths, kind="stable")]
        for chunk in range(0, len(order), _CHUNK):
            self._run(emitted, steps, order[chunk : chunk + _CHUNK], totals)
        self._scales = _running_sums(np.log(totals), lines[line_of, 0], self._line_ends)

    def _run(
        self, emitted: Doubles, steps: Doubles, lines: Integers, totals: Doubles
    ) -> None:
        """Pass messages along some lines, forward and backward at once."""
        starts, lasts = lines[:, 0], lines[:, 1] - 1
        ended = np.searchsorted(lasts - starts, np.arange(lasts[-1] - starts[-1] + 1))
        words = _side_by_side(starts, lasts, ended)
        if steps.ndim == 2:  # noqa: PLR2004 (labels × labels)
            opening, came = steps[0], np.stack([steps, steps.T])[:, None]
        else:
            opening = steps[starts, 0]
            # nothing comes to a line's last word from behind: any step will do
            behind = np.minimum(words[1] + 1, len(steps) - 1)
            came = np.stack([steps[words[0]], steps[behind].mT])
        weights, sums = emitted[words], np.empty(words.shape)
        weights[0, : len(lines)] *= opening
        high = 0
        for done in ended:
            low, high = high, high + len(lines) - int(done)
            here = weights[:, low:high]
            if low:
                way = came if came.shape[1] == 1 else came[:, low:high]
                before = weights[:, 2 * low - high : low, None]
                here *= np.matmul(before, way)[:, :, 0]
            sums[:, low:high] = here.sum(axis=2)
            here /= sums[:, low:high, None]
        for direction in (0, 1):
            self._weights[direction, words[direction]] = weights[direction]
            totals[direction, words[direction]] = sums[direction]

    def candidates(self, least: Doubles) -> _Spans:
        """Return the spans that begin where one of their kind is probable to begin.

        They have at most 512 words.

        A span is no more probable than its beginning, so none is missed.
        """
        line_ends = self._line_ends
        # both messages hold the word's own weight: it is taken out once
        begins = (
            np.log(self._weights.prod(axis=0) + _TINY)[:, 1::2]
            - self._scores[:, 1::2]
            + (self._scales.sum(axis=0) - self._scales[0, line_ends - 1])[:, None]
        )
        first, kind = np.nonzero(begins >= np.log(least))
        lengths = np.minimum(line_ends[first] - first, _LONGEST)
        before = np.repeat(lengths.cumsum() - lengths, lengths)
        first, kind = np.repeat(first, lengths), np.repeat(kind, lengths)
        end = first + 1 + np.arange(len(first)) - before
        return _Spans(kind, first, end, line_ends[first])

    def probabilities(self, spans: _Spans) -> Doubles:
        """Return how probable each span is, between 0 and 1."""
        weight = self._opening(spans) + self._going_on(spans) + self._closing(spans)
        of_all: Doubles = self._scales[0, spans.line_end - 1]
        probable: Doubles = np.exp(np.minimum(weight - of_all, 0.0))
        return probable

    def _opening(self, spans: _Spans) -> Doubles:
        """Weigh the paths up to the first word, where they begin the span."""
        weight = self._weights[0, spans.first, spans.begin]
        opening: Doubles = np.log(weight + _TINY) + self._scales[0, spans.first]
        return opening

    def _going_on(self, spans: _Spans) -> Doubles:
        """Weigh the steps within the span."""
        number = np.arange(self._scores.shape[1])
        # sums up to each word of what it weighs to go on at it, as from a word inside
        sums = (self._edges[..., number, number] + self._scores).cumsum(axis=0)
        last, second = spans.end - 1, np.minimum(spans.first + 1, spans.end - 1)
        longer: Doubles = (
            self._steps(second, spans.begin)[np.arange(len(last)), spans.inside]
            + self._scores[second, spans.inside]
            + sums[last, spans.inside]
            - sums[second, spans.inside]
        )
        going: Doubles = np.where(last > spans.first, longer, 0.0)
        return going

    def _closing(self, spans: _Spans) -> Doubles:
        """Weigh the paths on from the word after the last: they leave the span."""
        after = np.minimum(spans.end, spans.line_end - 1)
        last = np.where(spans.end - spans.first > 1, spans.inside, spans.begin)
        leaving = np.exp(self._steps(after, last)) * self._weights[1, after]
        leaving[np.arange(len(after)), spans.inside] = 0.0
        weight = np.log(leaving.sum(axis=1) + _TINY) + self._scales[1, after]
        closing: Doubles = np.where(spans.end < spans.line_end, weight, 0.0)
        return closing

    def _steps(self, words: Integers, labels: Integers) -> Doubles:
        """Return the scores of the steps to these words from these labels."""
        static = self._edges.ndim == 2  # noqa: PLR2004 (labels × labels)
        rows = self._edges[labels] if static else self._edges[words, labels]
        return rows.astype(np.float64)


def _side_by_side(starts: Integers, lasts: Integers, ended: Integers) -> Integers:
    """Return the words that are reached at each step, from the front and the back.

    ``ended`` gives how many of the lines, which are sorted by length, are done before
    each step.
    """
    running = len(starts) - ended
    steps = np.repeat(np.arange(len(ended)), running)
    lines = np.arange(len(steps)) - np.repeat(running.cumsum() - len(starts), running)
    return np.stack([starts[lines] + steps, lasts[lines] - steps])


def _running_sums(logs: Doubles, starts: Integers, ends: Integers) -> Doubles:
    """Sum within each line, forward and backward, up to each word and with it."""
    forward, backward = logs.cumsum(axis=1)
    return np.stack(
        [
            forward - (forward - logs[0])[starts],
            backward[ends - 1] - backward + logs[1],
        ]
    )
