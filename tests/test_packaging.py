"""What is shipped: two packages, the weights, and versions that agree."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import orjson
import pytest

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "models" / "en_news_claims"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Build the wheel and list its files."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built).namelist()


def test_the_top_level_is_two_packages(wheel: list[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "pipeline",
        "en_news_claims",
    }


@pytest.mark.parametrize(
    "suffix",
    [
        "pipeline/py.typed",
        "pipeline/schema.toml",
        "pipeline/explaining/page.html",
        "pipeline/lexicon/numbers.toml",
        "en_news_claims/__init__.py",
        "en_news_claims/meta.json",
        "en_news_claims/config.cfg",
        ".dist-info/licenses/LICENSE",
        ".dist-info/licenses/NOTICE",
    ],
)
def test_what_is_needed_is_shipped(wheel: list[str], suffix: str) -> None:
    assert any(name.endswith(suffix) for name in wheel)


def test_the_weights_are_shipped_and_small(wheel: list[str]) -> None:
    (weights,) = (name for name in wheel if name.endswith(".onnx"))
    assert weights.startswith("en_news_claims/")
    (file,) = MODEL.rglob("*.onnx")
    assert file.stat().st_size < 30_000_000


def test_versions_agree() -> None:
    meta = orjson.loads((MODEL / "meta.json").read_bytes())
    assert f"{meta['lang']}_{meta['name']}" == MODEL.name
    assert meta["version"] == PROJECT["project"]["version"]


def test_constraints_are_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    names = [pin.partition("==")[0] for pin in pins]
    assert names == sorted(set(names))
    for pin in pins:
        assert re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+", pin)


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    listed = {line.split()[1] for line in shown.stdout.splitlines()}
    assert {"extract", "test", "lint", "train", "evaluate", "bench"} <= listed
