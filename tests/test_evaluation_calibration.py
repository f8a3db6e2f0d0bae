"""The command that fits a model's confidence, and the table of thresholds."""

from pathlib import Path

import pytest
from spacy.util import load_config

from pipeline.assembly import build
from pipeline.evaluation.attributions import Matched, Matching
from pipeline.evaluation.calibration import Example, Examples, write_weights
from pipeline.evaluation.reading import Found
from pipeline.evaluation.thresholds import ThresholdScores
from pipeline.gold import GoldAttribution
from pipeline.records import Span

WEIGHTS = {"news_attributions": {"intercept": -1.5, "content": 0.5}}


def test_weights_go_into_the_configuration_and_nothing_else_changes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "config.cfg"
    build().config.to_disk(path)
    before = load_config(path)
    write_weights(tmp_path, {"news_attributions": {"intercept": 9.0, "cue": 1.0}})
    write_weights(tmp_path, WEIGHTS)
    after = load_config(path)
    component = after["components"]["news_attributions"]
    assert component["calibration"] == WEIGHTS["news_attributions"]
    component["calibration"] = {}
    assert after == before


def test_a_stage_without_examples_is_not_fitted() -> None:
    examples = Examples()
    examples.by_stage["news_attributions"] += [
        Example(evidence={"content": float(n % 3)}, stated=0.9, right=n % 2 == 0)
        for n in range(12)
    ]
    weights = examples.fitted()
    assert set(weights) == {"news_attributions"}
    assert set(weights["news_attributions"]) == {
        "intercept",
        "content",
        "cue",
        "source",
    }
    (line,) = examples.errors(weights)
    assert "12 predictions" in line
    assert "40.0 before" in line


def matching(*answers: tuple[float, bool]) -> Matching:
    """Build a document of claims found with this confidence, right or missed."""
    gold, found, pairs = [], [], []
    for number, (confidence, right) in enumerate(answers):
        content = (Span(start=10 * number, end=10 * number + 9),)
        gold.append(GoldAttribution(id=f"g{number}", content=content))
        here = content if right else (Span(start=10 * number, end=10 * number + 3),)
        found.append(Found(id=f"a{number}", content=here, confidence=confidence))
        pairs.append(Matched(gold=gold[-1], found=found[-1], iou=1.0 if right else 0.3))
    return Matching(gold=tuple(gold), found=tuple(found), pairs=tuple(pairs))


@pytest.mark.parametrize(
    ("threshold", "precision", "recall", "predicted"),
    [("0", 50, 50, 4), ("30", 200 / 3, 50, 3), ("40", 100, 50, 2), ("90", 100, 25, 1)],
)
def test_a_threshold_buys_precision_with_recall(
    threshold: str, precision: float, recall: float, predicted: int
) -> None:
    scores = ThresholdScores()
    scores.add([matching((0.95, True), (0.4, True), (0.3, False), (0.1, False))])
    row = scores.rows()[threshold]
    assert row["precision"] == pytest.approx(precision)
    assert row["recall"] == pytest.approx(recall)
    assert row["predicted"] == predicted
