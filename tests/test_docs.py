"""What the documentation shows runs, and what it names exists."""

import re
from pathlib import Path

import pytest
from spacy.language import Language
from typer.testing import CliRunner

import pipeline
from pipeline import extraction
from pipeline.assembly import STAGES
from pipeline.cli import app
from pipeline.schema import json_schema

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)


def _blocks(language: str) -> list[str]:
    blocks = BLOCK.finditer(README)
    return [block["code"] for block in blocks if block["language"] == language]


def _commands(program: str) -> list[list[str]]:
    lines = (line.partition("#")[0] for line in "".join(_blocks("sh")).splitlines())
    words = (line.partition("<")[0].split() for line in lines)
    return [rest for first, *rest in filter(None, words) if first == program]


def test_the_examples_run(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extraction, "shipped", lambda: nlp)
    namespace: dict[str, object] = {}
    for code in _blocks("python"):
        exec(compile(code, "README.md", "exec"), namespace)
    printed = capsys.readouterr().out
    assert "Anna Brook | said | " in printed
    assert str(list(STAGES)) in printed
    assert "('Anna Brook', 'PERSON')" in printed


@pytest.mark.parametrize("arguments", _commands("claims"), ids=" ".join)
def test_the_commands_are_understood(
    arguments: list[str],
    toy_model: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert toy_model
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, arguments, input="Anna Brook said so.")
    assert result.exit_code != 2, result.output


@pytest.mark.parametrize("arguments", _commands("make"), ids=" ".join)
def test_the_targets_exist(arguments: list[str]) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"\n{arguments[0]}:" in makefile


@pytest.mark.parametrize("field", list(json_schema("claim")["properties"]))
def test_every_field_of_a_claim_is_explained(field: str) -> None:
    if field not in {"schema", "id", "document", "context", "producer"}:
        assert f"`{field}`" in README


def test_the_stages_stand_in_their_order() -> None:
    rows = re.findall(r"^\| `(news_\w+)`", README, re.MULTILINE)
    assert tuple(rows) == STAGES


def test_the_version_has_a_section_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [0.1.0]" in changelog
    assert pipeline.__doc__
