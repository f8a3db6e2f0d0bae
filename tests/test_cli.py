"""The command: what goes where, and how it ends."""

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import orjson
import pytest
from spacy.language import Language
from typer.testing import CliRunner, Result

from pipeline import assembly
from pipeline.cli import app
from pipeline.cli.schema import RECORDS, TOOLS
from pipeline.columns import Tool
from pipeline.schema import RecordName, json_schema

ARTICLE = "Anna Brook said the weir would hold. Tom Vale said nothing of the kind.\n"
Invoke = Callable[..., Result]

ROOT = Path(__file__).parents[1]
FINALS = {"claims.jsonl", "documents.jsonl", "rejected.jsonl", "manifest.json"}


@pytest.fixture
def claims(
    toy_model: Language, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Invoke:
    """Run the command in an empty folder that holds one article."""
    assert toy_model
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")

    def invoke(*arguments: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, list(map(str, arguments)), input=stdin)

    return invoke


def test_extract_writes_four_files(claims: Invoke, tmp_path: Path) -> None:
    result = claims("extract", "article.txt", "-o", "run")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "run").iterdir()} == FINALS
    assert result.stdout == ""
    assert "1 article, 2 claims, 0 inputs rejected" in result.stderr


def test_extract_writes_to_out_by_default(claims: Invoke, tmp_path: Path) -> None:
    assert claims("extract", "article.txt").exit_code == 0
    assert (tmp_path / "out" / "claims.jsonl").exists()


def test_claims_alone_go_to_standard_output(claims: Invoke, tmp_path: Path) -> None:
    result = claims("extract", "article.txt", "-o", "-")
    rows = [orjson.loads(line) for line in result.stdout.splitlines()]
    assert [row["speaker"]["name"] for row in rows] == ["Anna Brook", "Tom Vale"]
    assert "standard output" in result.stderr
    assert not (tmp_path / "out").exists()


def test_standard_input_is_an_article(claims: Invoke) -> None:
    result = claims("extract", "-", "-o", "-", stdin=ARTICLE)
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("binary.txt", b"\x00\x01\x02\xff" * 100),
        ("explosive.txt", b"Boats explode now and then.\n"),
        ("missing.txt", None),
    ],
)
def test_a_bad_input_is_rejected_and_the_rest_is_done(
    claims: Invoke, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = claims("extract", name, "article.txt", "-o", "run")
    assert result.exit_code == 1
    assert f"rejected {name}: " in result.stderr
    assert len((tmp_path / "run" / "claims.jsonl").read_bytes().splitlines()) == 2
    (line,) = (tmp_path / "run" / "rejected.jsonl").read_bytes().splitlines()
    rejection = orjson.loads(line)
    assert rejection["source"] == name
    assert rejection["message"]


def test_a_folder_without_articles_is_named(claims: Invoke, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    result = claims("extract", "bare", "article.txt")
    assert result.exit_code == 1
    assert "bare" in result.stderr


def test_files_of_other_kinds_are_counted(claims: Invoke, tmp_path: Path) -> None:
    folder = tmp_path / "mixed" / "below"
    folder.mkdir(parents=True)
    for name in ("members.CSV", "votes.csv", "LICENCE", ".hidden.csv"):
        (folder / name).touch()
    (tmp_path / "mixed" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    result = claims("extract", "mixed", "article.txt", "-o", "run")
    assert result.exit_code == 0, result.output
    told = "3 files of other kinds were left alone: .csv, no ending\n"
    assert result.stderr.endswith(told)
    alone = claims("extract", "article.txt", "-o", "run")
    assert "left alone" not in alone.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nope"], "no record is called 'nope'"),
        (["--for", "abacus"], "no tool is called 'abacus'"),
    ],
)
def test_what_has_no_schema_is_named(
    claims: Invoke, arguments: list[str], told: str
) -> None:
    result = claims("schema", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Value error" not in result.stderr


def test_schema_offers_all_records_and_tools() -> None:
    assert get_args(RecordName) == RECORDS
    assert get_args(Tool) == TOOLS


def test_limit_takes_the_first_articles(claims: Invoke, tmp_path: Path) -> None:
    (tmp_path / "second.txt").write_text("Ida Rook said yes.", encoding="utf-8")
    result = claims("extract", "second.txt", "article.txt", "--limit", 1, "-o", "-")
    assert len(result.stdout.splitlines()) == 1


def test_too_many_errors_write_nothing(claims: Invoke, tmp_path: Path) -> None:
    result = claims("extract", "missing.txt", "article.txt", "--max-errors", 0)
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "article.txt", "--nonsense"],
        ["extract", "article.txt", "--limit", "-1"],
        ["extract", "article.txt", "--min-confidence", "7"],
        ["extract", "article.txt", "--published", "yesterday"],
        ["extract", "article.txt", "-o", "article.txt"],
        ["schema", "nonsense"],
        ["schema", "--for", "abacus"],
        ["evaluate", "missing.jsonl"],
        ["nonsense"],
    ],
)
def test_wrong_usage_says_so(claims: Invoke, arguments: list[str]) -> None:
    result = claims(*arguments)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_an_unknown_model_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["extract", "article.txt", "--model", "no_such_model"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: No model 'no_such_model' is installed")


@pytest.mark.parametrize(
    ("options", "config"),
    [
        ([], None),
        (["--scheme", "polnear"], {"news_encoder": {"scheme": "polnear"}}),
    ],
)
def test_gold_is_read_by_the_scheme_that_was_named(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    options: list[str],
    config: dict[str, dict[str, str]] | None,
) -> None:
    asked = []

    def note(*given: object) -> None:
        asked.append(given)
        raise KeyboardInterrupt

    monkeypatch.setattr(assembly, "load", note)
    (tmp_path / "own.jsonl").touch()
    arguments = ["evaluate", str(tmp_path / "own.jsonl"), "--model", "own", *options]
    assert CliRunner().invoke(app, arguments).exit_code == 130
    assert asked == [("own", config)]


def test_an_unknown_scheme_is_one_clear_line(tmp_path: Path) -> None:
    gold, model = tmp_path / "own.jsonl", ROOT / "models" / assembly.MODEL
    gold.write_bytes(orjson.dumps({"id": "1", "text": "Rain."}))
    arguments = ["evaluate", gold, "--model", model, "--scheme", "nonsense"]
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == 2
    expected = "Error: There is no annotation scheme 'nonsense'; name one of any, "
    assert result.stderr.startswith(expected)
    assert result.stdout == ""


def test_an_interrupt_ends_with_130_and_no_torn_file(
    claims: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupt(_model: str = "") -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(assembly, "load", interrupt)
    assert claims("extract", "article.txt", "-o", "run").exit_code == 130
    assert not (tmp_path / "run" / "claims.jsonl").exists()


@pytest.mark.parametrize("name", ["claim", "document", "rejection", "manifest"])
def test_schema_prints_the_published_schema(claims: Invoke, name: str) -> None:
    assert orjson.loads(claims("schema", name).stdout) == json_schema(name)


def test_schema_prints_column_types(claims: Invoke) -> None:
    assert "'negated': 'BOOLEAN'," in claims("schema", "--for", "duckdb").stdout


def test_version() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert result.stdout == f"claims {version('en-news-claims')}\n"


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    code = "from pipeline.cli import main; main()"
    command = [sys.executable, "-c", code, "schema"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        process.stdout.close()
        errors = process.stderr.read()
    assert b"Traceback" not in errors
    assert process.returncode in {0, 141}
