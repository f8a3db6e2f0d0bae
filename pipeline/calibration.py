"""From scores that rank to probabilities that mean what they say.

Reach for :func:`calibrated` with weights that were fitted, and for :func:`fit` to fit
them; :mod:`pipeline.evaluation.calibration` is the command that does so for a model.
The form is logistic: evidence counts as log odds, by its weight. Unless a weight is
free it is not negative, so that stronger evidence never makes a claim less sure.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

#: The weight that counts whatever the evidence.
INTERCEPT: Final = "intercept"
#: Evidence beyond these is no stronger: nothing has measured that it is.
_LEAST: Final = 0.005
_MOST: Final = 0.9995
_PLACES: Final = 4
#: Draws weights towards nought, so that few examples do not decide for all.
_RIDGE: Final = 1.0
_ROUNDS: Final = 50


def log_odds(probability: float) -> float:
    """Return the log odds of a probability, kept off both ends.

    >>> log_odds(0.5)
    0.0
    """
    inner = min(max(probability, _LEAST), _MOST)
    return math.log(inner / (1 - inner))


def calibrated(weights: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    """Return the probability that the evidence gives, to four decimals.

    Both are by name. ``evidence`` holds log odds, or 1.0 for a category; what it lacks
    counts nothing, and neither does what has no weight.

    >>> calibrated({"intercept": 0.0, "content": 2.0}, {"content": log_odds(0.8)})
    0.9412
    """
    total = weights.get(INTERCEPT, 0.0)
    total += sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    # the same value either way, but exp never overflows
    odds = math.exp(-abs(total))
    return round((1 if total >= 0 else odds) / (1 + odds), _PLACES)


def fit(
    names: Sequence[str],
    examples: Sequence[tuple[Mapping[str, float], bool]],
    *,
    free: Sequence[str] = (),
) -> dict[str, float]:
    """Return the weights that make the examples likeliest, and the intercept.

    An example is evidence, and whether what it speaks for was right. Weights are not
    negative, except those that are ``free``. The answer depends on the examples alone.
    """
    kept = list(names)
    while True:
        weights = _newton(kept, examples)
        wrong = [n for n in kept if weights[n] < 0 and n not in free]
        if not wrong:
            return {INTERCEPT: weights[INTERCEPT]} | {
                name: weights.get(name, 0.0) for name in names
            }
        kept.remove(min(wrong, key=weights.__getitem__))


def _newton(
    names: Sequence[str], examples: Sequence[tuple[Mapping[str, float], bool]]
) -> dict[str, float]:
    rows = [[1.0, *(e.get(name, 0.0) for name in names)] for e, _ in examples]
    given = np.array(rows).reshape(-1, len(names) + 1)
    right = np.array([float(hit) for _, hit in examples])
    penalty = np.full(len(names) + 1, _RIDGE)
    penalty[0] = 1e-6  # only keeps the matrix regular
    weights = np.zeros(len(names) + 1)
    for _ in range(_ROUNDS):
        stated = 1 / (1 + np.exp(-np.clip(given @ weights, -30, 30)))
        slope = given.T @ (stated - right) + penalty * weights
        bend = (given.T * (stated * (1 - stated))) @ given + np.diag(penalty)
        weights = weights - np.linalg.solve(bend, slope)
    places = (round(float(weight), _PLACES) for weight in weights)
    return dict(zip([INTERCEPT, *names], places, strict=True))
