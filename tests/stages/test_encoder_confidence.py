"""Probabilities of spans, against the sum over every path of a short line."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages.encoder.confidence import Floats, span_confidences
from pipeline.stages.encoder.decode import decode_lines, read_spans
from pipeline.stages.encoder.labels import legal_transitions

LINES = [(0, 1), (1, 5), (5, 8)]


def _scores(seed: int, *, static: bool, spread: float = 2.0) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    words = LINES[-1][1]
    emissions = random.normal(size=(words, 7)) * spread
    edges = random.normal(size=(7, 7) if static else (words, 7, 7)) * spread
    edges = np.where(legal_transitions("outer"), edges, -1e4)
    return emissions.astype(np.float32), edges.astype(np.float32)


def _by_enumeration(
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
        labels = np.zeros(end, dtype=np.int64)
        labels[start:] = path
        if weight > 0:
            for span in read_spans(labels, [line]):
                weights[span] = weights.get(span, 0.0) + weight
    return {span: weight / total for span, weight in weights.items()}


@pytest.mark.parametrize("static", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_a_span_is_as_probable_as_all_paths_that_have_it(
    seed: int, static: bool
) -> None:
    emissions, edges = _scores(seed, static=static)
    for line in LINES:
        expected = _by_enumeration(emissions, edges, line)
        spans = sorted(expected)
        stated = span_confidences(emissions, edges, LINES, spans)
        assert stated == pytest.approx([expected[s] for s in spans], abs=1e-5)


@given(seed=st.integers(0, 10**6), spread=st.sampled_from([0.0, 1.0, 30.0]))
@settings(derandomize=True, max_examples=30, deadline=None)
def test_confidence_stays_between_nought_and_one(seed: int, spread: float) -> None:
    emissions, edges = _scores(seed, static=False, spread=spread)
    found = list(read_spans(decode_lines(emissions, edges, LINES), LINES))
    stated = span_confidences(emissions, edges, LINES, found)
    assert np.isfinite(stated).all()
    assert ((stated >= 0) & (stated <= 1)).all()


def test_a_span_alone_in_the_text_is_as_probable_among_others() -> None:
    emissions, edges = _scores(7, static=False)
    spans = [(0, 0, 1), (2, 1, 4), (1, 6, 8)]
    together = span_confidences(emissions, edges, LINES, spans)
    alone = [span_confidences(emissions, edges, LINES, [span])[0] for span in spans]
    assert together == pytest.approx(alone)


def test_a_common_addend_changes_nothing() -> None:
    emissions, edges = _scores(5, static=False)
    spans = [(2, 1, 3), (0, 5, 6)]
    before = span_confidences(emissions, edges, LINES, spans)
    after = span_confidences(emissions + 100, edges, LINES, spans)
    assert after == pytest.approx(before, abs=1e-4)


def test_many_lines_are_read_in_several_goes() -> None:
    emissions, edges = _scores(2, static=False)
    words = len(emissions)
    lines = [(n * words, (n + 1) * words) for n in range(150)]
    spans = [(1, start + 2, start + 4) for start, _ in lines]
    stated = span_confidences(
        np.tile(emissions, (150, 1)), np.tile(edges, (150, 1, 1)), lines, spans
    )
    assert stated == pytest.approx(np.full(150, stated[0]))


def test_no_span_no_confidence() -> None:
    emissions, edges = _scores(1, static=False)
    assert span_confidences(emissions, edges, LINES, []).size == 0
