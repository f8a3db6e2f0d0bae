"""The option ``--roster``: what it does to a run, and how it fails."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from typer.testing import CliRunner, Result

from pipeline import assembly, layers
from pipeline.cli import app
from pipeline.records import Mention

ARTICLE = "Anna Brook said the weir would hold.\n"
CSV = "name,id\nAnna Brook,Q17\n"
JSONL = '{"id": "Q17", "name": "Anna Brook"}\n'
Invoke = Callable[..., Result]


@Language.component("toy_names")
def _toy_names(doc: Doc) -> Doc:
    end = len("Anna Brook")
    layers.MENTIONS.set(doc, [Mention(start=0, end=end, label="PERSON")])
    return doc


def _toy(_model: str = "", config: dict[str, Any] | None = None) -> Language:
    nlp = spacy.blank("en")
    for stage in ("toy_names", "news_identities", "toy_claims"):
        nlp.add_pipe(stage, config=(config or {}).get(stage, {}))
    return nlp


@pytest.fixture
def extract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Invoke:
    """Run ``claims extract`` in a folder with one article and two rosters."""
    monkeypatch.setattr(assembly, "load", _toy)
    monkeypatch.chdir(tmp_path)
    files = {"article.txt": ARTICLE, "staff.csv": CSV, "staff.jsonl": JSONL}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["extract", "article.txt", *arguments])

    return invoke


def _read(folder: Path, name: str) -> dict[str, Any]:
    (line,) = (folder / name).read_bytes().splitlines()
    read: dict[str, Any] = orjson.loads(line)
    return read


@pytest.mark.parametrize(
    ("options", "known"),
    [
        ([], "p_anna-brook"),
        (["--roster", "staff.csv"], "Q17"),
        (["--roster", "staff.jsonl"], "Q17"),
    ],
)
def test_an_id_of_the_roster_stands_in_the_document(
    extract: Invoke, tmp_path: Path, options: list[str], known: str
) -> None:
    assert extract(*options, "-o", "run").exit_code == 0
    document = _read(tmp_path / "run", "documents.jsonl")
    assert [who["id"] for who in document["identities"]] == [known]
    assert [entity["id"] for entity in document["entities"]] == [known]


def test_the_manifest_tells_runs_with_other_rosters_apart(
    extract: Invoke, tmp_path: Path
) -> None:
    (tmp_path / "other.csv").write_text("name,id\nAnna Brook,Q18\n", encoding="utf-8")
    names = ("staff.csv", "staff.jsonl", "other.csv")
    manifests = []
    for name in names:
        assert extract("--roster", name, "-o", "run").exit_code == 0
        manifests.append(_read(tmp_path / "run", "manifest.json"))
    assert extract("-o", "run").exit_code == 0
    manifests.append(_read(tmp_path / "run", "manifest.json"))
    digests = [manifest["configuration"]["options"]["roster"] for manifest in manifests]
    assert digests[0] == digests[1]
    assert digests[3] is None
    assert len(set(digests)) == 3
    assert len({manifest["digest"] for manifest in manifests}) == 3
    stage = manifests[0]["configuration"]["components"]["news_identities"]
    assert orjson.loads(stage["roster"])["id"] == "Q17"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bad.csv", "name,salary\nAnna Brook,1\n", "bad.csv:2: there is no column 's"),
        ("bad.xlsx", "name\nAnna Brook\n", "bad.xlsx: is neither .csv nor .jsonl; sav"),
        ("bad.csv", "\0", "bad.csv: holds NUL bytes"),
    ],
)
def test_a_bad_roster_stops_the_run_before_it_begins(
    extract: Invoke, tmp_path: Path, name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = extract("--roster", name, "-o", "run")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {message}")
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "run").exists()


def test_a_missing_roster_is_wrong_usage(extract: Invoke) -> None:
    assert extract("--roster", "missing.csv").exit_code == 2


def test_the_help_tells_the_columns() -> None:
    result = CliRunner().invoke(app, ["extract", "--help"], env={"COLUMNS": "200"})
    assert "--roster" in result.stdout
    for column in ("name", "kind", "id", "aliases", "valid_from", "valid_to"):
        assert column in result.stdout
