"""How probable a span is, by everything the encoder says of its line.

Reach for :func:`span_confidences` with the spans that decoding found. The answer is the
span's exact probability under the CRF: the share of all label paths of the line, by
weight, that have just this span, whatever they hold elsewhere. Forward and backward
messages run together and lines side by side, so that one pass over the longest line
serves them all. Pure numpy; linear in the length of the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
#: Lines read in one go: bounds the memory that a very long text needs.
_CHUNK: Final = 64
#: Keeps the logarithm of a weight that rounding has emptied finite.
_TINY: Final = 1e-300


@dataclass(frozen=True, slots=True)
class _Messages:
    """What all paths weigh up to each word (0) and from it on (1), by its label.

    Both take in the word itself. ``weights`` sum to one at every word; ``scales`` are
    the logarithms of what they were divided by.
    """

    weights: Doubles
    scales: Doubles


@dataclass(frozen=True, slots=True)
class _Spans:
    """Spans as columns: where each is, its labels, and where its line ends."""

    first: Integers
    end: Integers
    begin: Integers
    inside: Integers
    line_end: Integers


def span_confidences(
    emissions: Floats,
    edges: Floats,
    lines: Sequence[tuple[int, int]],
    found: Sequence[tuple[int, int, int]],
) -> Doubles:
    """Return the probability of each span, between 0 and 1.

    Args:
        emissions: words × labels.
        edges: words × labels × labels, from row to column, or labels × labels where
            the scores do not depend on the word.
        lines: the words of each line, half-open, in the order of the text.
        found: kind, first word and word after the last of each span; none crosses the
            border of a line.
    """
    if not found:
        return np.zeros(0)
    kind, first, end = np.array(found, dtype=np.int64).T
    bounds = np.array(lines, dtype=np.int64)
    line = np.searchsorted(bounds[:, 0], first, side="right") - 1
    spans = _Spans(first, end, 1 + 2 * kind, 2 + 2 * kind, bounds[line, 1])
    # a factor common to all labels of a word is one of all paths
    scores = emissions.astype(np.float64) - emissions.max(axis=1, keepdims=True)
    messages = _run(scores, edges, bounds[np.unique(line)])
    weight = (
        _opening(messages, spans)
        + _going_on(scores, edges, spans)
        + _closing(edges, messages, spans)
    )
    of_all: Doubles = messages.scales[0, spans.line_end - 1]
    probability: Doubles = np.exp(np.minimum(weight - of_all, 0.0))
    return probability


def _opening(messages: _Messages, spans: _Spans) -> Doubles:
    """Weigh the paths up to the first word, where they begin the span."""
    weight = messages.weights[0, spans.first, spans.begin]
    opening: Doubles = np.log(weight + _TINY) + messages.scales[0, spans.first]
    return opening


def _going_on(scores: Doubles, edges: Floats, spans: _Spans) -> Doubles:
    """Weigh the steps within the span."""
    number = np.arange(scores.shape[1])
    # sums up to each word of what it weighs to go on at it, as from a word inside
    sums = (edges[..., number, number] + scores).cumsum(axis=0)
    last, second = spans.end - 1, np.minimum(spans.first + 1, spans.end - 1)
    longer: Doubles = (
        _edges(edges, second, spans.begin)[np.arange(len(last)), spans.inside]
        + scores[second, spans.inside]
        + sums[last, spans.inside]
        - sums[second, spans.inside]
    )
    going: Doubles = np.where(last > spans.first, longer, 0.0)
    return going


def _closing(edges: Floats, messages: _Messages, spans: _Spans) -> Doubles:
    """Weigh the paths on from the word after the last, where they leave the span."""
    rows = np.arange(len(spans.end))
    after = np.minimum(spans.end, spans.line_end - 1)
    last = np.where(spans.end - spans.first > 1, spans.inside, spans.begin)
    leaving = np.exp(_edges(edges, after, last)) * messages.weights[1, after]
    leaving[rows, spans.inside] = 0.0
    weight = np.log(leaving.sum(axis=1) + _TINY) + messages.scales[1, after]
    closing: Doubles = np.where(spans.end < spans.line_end, weight, 0.0)
    return closing


def _edges(edges: Floats, words: Integers, labels: Integers) -> Doubles:
    """Return the scores of the steps to these words from these labels."""
    static = edges.ndim == 2  # noqa: PLR2004 (labels × labels)
    rows = edges[labels] if static else edges[words, labels]
    return rows.astype(np.float64)


def _run(scores: Doubles, edges: Floats, lines: Integers) -> _Messages:
    """Pass messages along the lines; those of words in no line stay empty."""
    shape = (2, *scores.shape)
    messages = _Messages(np.zeros(shape), np.zeros(shape[:2]))
    emitted, steps = np.exp(scores), np.exp(edges.astype(np.float64))
    # the shortest first: those still running are always the last ones
    lines = lines[np.argsort(lines[:, 1] - lines[:, 0], kind="stable")]
    for chunk in range(0, len(lines), _CHUNK):
        _run_some(emitted, steps, lines[chunk : chunk + _CHUNK], messages)
    return messages


def _run_some(
    emitted: Doubles, steps: Doubles, lines: Integers, messages: _Messages
) -> None:
    static = steps.ndim == 2  # noqa: PLR2004 (labels × labels)
    starts, lasts = lines[:, 0], lines[:, 1] - 1
    opening = steps[0] if static else steps[starts, 0]
    weights = np.stack([opening * emitted[starts], emitted[lasts]])
    scales = np.zeros((2, len(lines)))
    ended = np.searchsorted(lasts - starts, np.arange(lasts[-1] - starts[-1] + 1))
    for step, done in enumerate(ended):
        words = np.stack([starts[done:] + step, lasts[done:] - step])
        weights, scales = weights[:, -words.shape[1] :], scales[:, -words.shape[1] :]
        if step > 0:
            came = (
                np.stack([steps, steps.T])[:, None]
                if static
                else np.stack([steps[words[0]], steps[words[1] + 1].swapaxes(1, 2)])
            )
            weights = (weights[..., None] * came).sum(axis=2) * emitted[words]
        total = weights.sum(axis=2)
        weights = weights / total[..., None]
        scales = scales + np.log(total)
        for way in (0, 1):
            messages.weights[way, words[way]] = weights[way]
            messages.scales[way, words[way]] = scales[way]
