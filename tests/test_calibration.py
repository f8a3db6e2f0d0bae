"""Scores to probabilities, and the fitting of what turns one into the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.calibration import calibrated, fit, log_odds

WEIGHTS = {"intercept": -1.0, "content": 0.6, "cue": 0.2, "none": -2.0}
shares = st.floats(0, 1)


@given(content=shares, cue=shares)
@settings(derandomize=True)
def test_what_is_calibrated_is_a_probability(content: float, cue: float) -> None:
    evidence = {"content": log_odds(content), "cue": log_odds(cue)}
    assert 0 <= calibrated(WEIGHTS, evidence) <= 1


@given(one=shares, other=shares, cue=shares)
@settings(derandomize=True)
def test_stronger_evidence_never_makes_less_sure(
    one: float, other: float, cue: float
) -> None:
    stated = [
        calibrated(WEIGHTS, {"content": log_odds(score), "cue": log_odds(cue)})
        for score in sorted([one, other])
    ]
    assert stated == sorted(stated)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        pytest.param({}, 0.2689, id="nothing but the intercept"),
        pytest.param({"source": 9.0}, 0.2689, id="no weight, no count"),
        pytest.param({"none": 1.0}, 0.0474, id="a category may count against"),
        pytest.param({"content": 1e6}, 1.0, id="far beyond"),
        pytest.param({"content": -1e6}, 0.0, id="far below"),
    ],
)
def test_calibrated(evidence: dict[str, float], expected: float) -> None:
    assert calibrated(WEIGHTS, evidence) == expected


def _examples(
    share_right: dict[float, float], count: int = 200
) -> list[tuple[dict[str, float], bool]]:
    """Build, for each score, so many examples of which this share is right."""
    return [
        ({"content": log_odds(score), "noise": float(n % 2)}, n < share * count)
        for score, share in share_right.items()
        for n in range(count)
    ]


def test_a_fit_states_how_often_it_is_right() -> None:
    weights = fit(["content"], _examples({0.5: 0.3, 0.8: 0.5, 0.98: 0.8}))
    for score, share in {0.5: 0.3, 0.8: 0.5, 0.98: 0.8}.items():
        stated = calibrated(weights, {"content": log_odds(score)})
        assert stated == pytest.approx(share, abs=0.05)


def test_evidence_that_misleads_gets_no_weight() -> None:
    examples = _examples({0.5: 0.9, 0.98: 0.1})
    assert fit(["content"], examples)["content"] == 0.0
    assert fit(["content"], examples, free=["content"])["content"] < 0


def test_a_fit_is_the_same_every_time() -> None:
    examples = _examples({0.5: 0.3, 0.98: 0.8})
    assert fit(["content", "noise"], examples) == fit(["content", "noise"], examples)


@pytest.mark.parametrize("right", [True, False])
def test_examples_that_agree_give_a_finite_fit(right: bool) -> None:
    weights = fit(["content"], [({"content": 2.0}, right)] * 5)
    stated = calibrated(weights, {"content": 2.0})
    assert (stated > 0.9) is right
