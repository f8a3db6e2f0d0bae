"""What is measured of cues: how many the lexicon knows, and their polarity."""

import json
from pathlib import Path

import pytest

from pipeline.evaluation.cues import measure, tell_cues
from pipeline.gold import read_gold

TEXT = "Ada Moss said it was late. Ben Hay did not say why. It was blunter: no."


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    def claim(number: int, cue: str, content: str, *, negated: bool) -> object:
        places = {
            name: [TEXT.index(part), TEXT.index(part) + len(part)]
            for name, part in (("cue", cue), ("content", content))
        }
        return {
            "id": str(number),
            "type": "indirect",
            "negated": negated,
            "cue": places["cue"],
            "content": [places["content"]],
        }

    document = {
        "id": "made/up",
        "text": TEXT,
        "layers": ["attributions"],
        "attributions": [
            claim(1, "said", "it was late", negated=False),
            claim(2, "did not say", "why", negated=True),
            claim(3, "was blunter", "no", negated=True),
        ],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")
    return path


def test_coverage_and_polarity(gold: Path) -> None:
    report = measure(read_gold(gold))
    assert report.coverage == pytest.approx(200 / 3)
    assert report.negation_f1 == pytest.approx(200 / 3)
    assert report.unknown == {"blunter": 1}
    assert report.forces == {"state": 3}


def test_without_cues_there_is_nothing_to_share() -> None:
    report = measure([])
    assert (report.coverage, report.negation_f1) == (0.0, 0.0)


def test_the_command_names_what_is_unknown(
    gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_cues([gold], unknown=5)
    printed = capsys.readouterr().out
    assert "3 cues" in printed
    assert "blunter" in printed
