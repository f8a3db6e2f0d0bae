"""The report's two forms, and the floors that guard its figures."""

import json
from pathlib import Path

import pytest

from pipeline.evaluation.gate import (
    LoweredFloorError,
    Suite,
    check,
    read_floors,
    update_floors,
    write_floors,
)
from pipeline.evaluation.misses import Miss
from pipeline.evaluation.report import Report
from pipeline.evaluation.tallies import Answers, Calibration, Mean, Tally

_NAME = "spans.cue.f1"


def report(
    value: float | None = 81.234, *, gold: str = "g1", weights: str = "w1"
) -> Report:
    return Report(
        documents=2,
        claims=7,
        sections={
            "spans": {"cue": {"f1": value, "precision": None, "gold": 7}},
            "fence": {"claims_read_from_outside": {"count": 0}},
        },
        misses=(
            Miss(
                document="made",
                what="cue",
                start=4,
                end=8,
                gold="said",
                predicted=None,
                before="Ann ",
                passage="said",
                after=" no.",
            ),
        ),
        gold=gold,
        weights=weights,
    )


def test_text_is_a_table_a_section() -> None:
    assert report().to_text().splitlines() == [
        "2 documents, 7 claims in gold",
        "",
        "Spans of outer claims",
        "         f1  precision  gold",
        "  cue  81.2          –     7",
        "",
        "Claims and the article's edge",
        "                            count",
        "  claims read from outside      0",
    ]


def test_misses_are_listed_on_request_only() -> None:
    assert "⟦said⟧" not in report().to_text()
    assert (
        report()
        .to_text(misses=True)
        .endswith("made:4 · cue\n    gold: said · predicted: –\n    Ann ⟦said⟧ no.")
    )
    assert "misses" not in json.loads(report().to_json())
    assert json.loads(report().to_json(misses=True))["misses"][0]["gold"] == "said"


def test_json_holds_what_the_table_holds() -> None:
    data = json.loads(report().to_json())
    assert data["scores"]["spans"]["cue"] == {"f1": 81.23, "precision": None, "gold": 7}
    assert (data["documents"], data["gold"], data["weights"]) == (2, "g1", "w1")


def test_figures_have_dotted_names_and_leave_out_what_was_not_measured() -> None:
    assert report().figures() == {
        "spans.cue.f1": 81.23,
        "spans.cue.gold": 7,
        "fence.claims_read_from_outside.count": 0,
    }


def test_floors_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert read_floors(path) == {}
    floors = update_floors({}, report(), suite="made", names=[_NAME])
    write_floors(path, floors)
    assert read_floors(path) == floors
    assert check(report(), read_floors(path), suite="made") == []


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (report(80), "spans.cue.f1 is 80, below 81.23"),
        (report(None), "spans.cue.f1 was not measured, its floor is 81.23"),
        (report(gold="g2"), "gold is not what"),
        (report(weights="w2"), "weights are not those"),
    ],
)
def test_check_says_what_is_wrong(measured: Report, words: str) -> None:
    floors = update_floors({}, report(), suite="made", names=[_NAME])
    (problem,) = check(measured, floors, suite="made")
    assert words in problem


def test_a_set_without_floors_is_no_pass() -> None:
    assert check(report(), {}, suite="made") == [
        "made: no floors are pinned for this set"
    ]


def test_floors_rise_freely_and_fall_only_when_told_to() -> None:
    floors = update_floors({}, report(), suite="made", names=[_NAME])
    higher = update_floors(floors, report(85, gold="g2"), suite="made", names=[])
    assert higher["made"] == Suite(gold="g2", weights="w1", floors={_NAME: 85})
    with pytest.raises(
        LoweredFloorError, match=r"spans\.cue\.f1 from 85\.00 to 81\.23"
    ):
        update_floors(higher, report(), suite="made", names=[])
    lower = update_floors(
        higher, report(), suite="made", names=[], allow_regression=True
    )
    assert lower["made"].floors == {_NAME: 81.23}


def test_a_floor_does_not_vanish_with_its_figure() -> None:
    floors = update_floors({}, report(), suite="made", names=[_NAME])
    with pytest.raises(LoweredFloorError):
        update_floors(floors, report(None), suite="made", names=[])


def test_nothing_to_measure_is_none_and_not_nought() -> None:
    assert (
        Tally().f1 is Tally().precision is Mean().value is Calibration().error is None
    )
    assert Tally(gold=2).f1 == 0
    assert Answers().row()["right"] is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([(1.0, True), (0.0, False)], 0),
        ([(0.9, True)] * 9 + [(0.9, False)], 0),
        ([(0.9, False)], 90),
        ([(0.95, True), (0.55, False)], 30),
        ([(0.91, False), (0.99, True)], 45),
    ],
)
def test_calibration_error_is_the_mean_gap_of_the_bins(
    answers: list[tuple[float, bool]], expected: float
) -> None:
    calibration = Calibration()
    for confidence, right in answers:
        calibration.add(confidence, right=right)
    assert calibration.error == pytest.approx(expected)
