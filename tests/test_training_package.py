"""A new model takes over the settings of the one that it replaces."""

from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from pipeline.assembly import build

pytestmark = pytest.mark.train

SETTINGS = {
    "news_encoder": {"scheme": "polnear"},
    "news_claims": {"min_confidence": 0.4},
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A package with settings of its own, and a calibration."""
    folder = tmp_path / "en_harbour"
    defaults = build().get_pipe_config("news_claims")["calibration"]
    calibration = {name: value + 1 for name, value in defaults.items()}
    claims = {**SETTINGS["news_claims"], "calibration": calibration}
    build({**SETTINGS, "news_claims": claims}).to_disk(folder)
    return folder


def test_the_settings_of_a_package_are_read(old: Path) -> None:
    from pipeline.training.package import read_settings  # noqa: PLC0415

    config = spacy.util.load_config(old / "config.cfg")["components"]
    assert build(read_settings(old)).config["components"] == config
    assert read_settings(old)["news_claims"]["min_confidence"] == 0.4


def test_where_no_package_is_there_are_no_settings(tmp_path: Path) -> None:
    from pipeline.training.package import read_settings  # noqa: PLC0415

    assert read_settings(tmp_path) == {}
    assert read_settings(tmp_path / "nowhere") == {}


def test_what_a_stage_does_not_know_is_left_behind(old: Path) -> None:
    from pipeline.training.package import read_settings  # noqa: PLC0415

    path = old / "config.cfg"
    text = path.read_text(encoding="utf-8")
    section = "[components.news_claims]\n"
    path.write_text(text.replace(section, f"{section}colour = 3\n"), encoding="utf-8")
    assert "colour" not in read_settings(old)["news_claims"]


def test_the_mean_of_two_runs_lies_between_them(tmp_path: Path) -> None:
    import torch  # noqa: PLC0415

    from pipeline.training.command import app  # noqa: PLC0415
    from pipeline.training.start import read_weights  # noqa: PLC0415

    runs = [tmp_path / "a", tmp_path / "b"]
    for run, value in zip(runs, (1.0, 3.0), strict=True):
        run.mkdir()
        torch.save({"network": {"heads": torch.full((2,), value)}}, run / "best.pt")
    asked = ["average", "--run", str(runs[0]), "--run", str(runs[1])]
    done = CliRunner().invoke(app, [*asked, "--out", str(tmp_path / "mean")])
    assert done.exit_code == 0
    assert read_weights(tmp_path / "mean" / "best.pt")["heads"].tolist() == [2, 2]


@pytest.mark.slow
def test_a_new_package_keeps_the_settings_and_other_files(old: Path) -> None:
    import torch  # noqa: PLC0415

    from pipeline.training.package import write_package  # noqa: PLC0415
    from pipeline.training.start import load_start  # noqa: PLC0415

    (old / "LICENSE").write_text("as you like\n", encoding="utf-8")
    before = spacy.util.load_config(old / "config.cfg")["components"]
    weights = old.parent / "best.pt"
    torch.save({"network": load_start(dropout=0.0)[0].state_dict()}, weights)
    write_package(weights, old)
    assert spacy.load(old).config["components"] == before
    assert (old / "LICENSE").exists()
