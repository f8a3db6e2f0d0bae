"""A run is proved against its sources, and every kind of damage is told."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
import pytest
from spacy.language import Language
from typer.testing import CliRunner, Result

from pipeline import runs
from pipeline.batch import runner
from pipeline.batch.extractor import Extractor
from pipeline.batch.runner import extract_all, write_run
from pipeline.cli import app
from pipeline.reading import ReadOptions, read_inputs
from pipeline.records import Block, Exact
from pipeline.verification.passages import misplaced
from pipeline.verification.verifier import Summary, verify

FIRST = "Anna Brook said the weir would hold. Tom Vale said nothing of the kind.\n"
SECOND = "Ida Rook said the boats were safe.\n"
Row = dict[str, Any]
Damage = Callable[[Row], object]


@pytest.fixture(scope="module")
def made(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over two files and a record, made once with the shipped pipeline."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "b.jsonl").write_bytes(orjson.dumps({"text": SECOND}) + b"\n")
    (folder / "c.txt").write_bytes(b"")
    paths = [str(folder / name) for name in ("a.txt", "b.jsonl", "c.txt")]
    extractor = Extractor()
    extractor.nlp = nlp
    options = ReadOptions()
    results = extract_all(read_inputs(paths, options=options), extractor)
    write_run(results, folder / "out", nlp=nlp, options=asdict(options))
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    """A copy of the run, to be damaged; the sources are those of the original."""
    for path in (made / "out").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def _verify(folder: Path) -> tuple[Summary, list[str]]:
    problems: list[str] = []
    return verify(folder, problems.append), problems


def _damage(path: Path, change: Damage, *, line: int = 0) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    row = orjson.loads(lines[line])
    change(row)
    lines[line] = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    path.write_bytes(b"".join(lines))


def test_a_sound_run_has_no_problems(run: Path) -> None:
    summary, problems = _verify(run)
    assert problems == []
    assert (summary.documents, summary.claims, summary.rejected) == (2, 3, 1)
    assert summary.gone == ()


CLAIM_DAMAGE: list[tuple[Damage, str]] = [
    (lambda row: row["content"][0].update(start=0), "content[0]: text[0:"),
    (lambda row: row["source"].update(exact="Anna Brock"), "not 'Anna Brock'"),
    (lambda row: row["cue"].update(end=9_999), "is no passage of"),
    (lambda row: row.update(id="c_1"), "the id is not that of"),
    (lambda row: row.update(type="direct"), "the id is not that of"),
    (lambda row: row["speaker"].update(id="p_nobody"), "p_nobody is no identity"),
    (lambda row: row.update(nested_in="c_2"), "c_2 is no claim of the article"),
    (lambda row: row["document"].update(title="X"), "document.title is not"),
    (lambda row: row["context"].update(prefix="X"), "context.prefix is not"),
    (lambda row: row["context"].update(suffix="X"), "context.suffix is not"),
    (lambda row: row["context"]["sentence"].update(end=9_999), "context.sentence"),
    (lambda row: row.update(schema="claim/0.9"), "is no record of this version"),
    (lambda row: row.update(schema="boat/1.0"), "is no record of this version"),
    (lambda row: row.update(extra=1), "is written otherwise"),
    (lambda row: row.pop("flags"), "is written otherwise"),
    (lambda row: row.pop("text"), "is no record of this version: text"),
    (
        lambda row: row["mentions"].append(
            {"start": 0, "end": 4, "exact": "Anna", "label": "PERSON", "id": None}
        ),
        "stands outside the content",
    ),
]


@pytest.mark.parametrize(("change", "told"), CLAIM_DAMAGE)
def test_damage_to_a_claim_is_told(run: Path, change: Damage, told: str) -> None:
    _damage(run / runs.CLAIMS, change)
    summary, problems = _verify(run)
    assert summary.problems == len(problems) > 0
    assert any(told in problem for problem in problems), problems
    assert problems[0].startswith("claims.jsonl:1: ")


DOCUMENT_DAMAGE: list[tuple[Damage, str]] = [
    (lambda row: row.update(text=row["text"] + " "), "sha256 is not that of the text"),
    (lambda row: row.update(source="z.txt"), "the id is not that of this source"),
    (lambda row: row["entities"][0].update(exact="X"), "entities[0]: text["),
    (lambda row: row["entities"][0].update(id="p_x"), "p_x is no identity"),
    (lambda row: row["blocks"][0].update(end=9_999), "blocks[0]: [0:9999]"),
    (lambda row: row.update(claims=7), "claims is 7, not"),
]


@pytest.mark.parametrize(("change", "told"), DOCUMENT_DAMAGE)
def test_damage_to_an_article_is_told(run: Path, change: Damage, told: str) -> None:
    _damage(run / runs.DOCUMENTS, change)
    _, problems = _verify(run)
    assert any(told in problem for problem in problems), problems


MANIFEST_DAMAGE: list[tuple[Damage, str]] = [
    (lambda row: row.update(digest="0"), "digest is not that of the configuration"),
    (lambda row: row["counts"].update(claims=9), "claims=9"),
    (lambda row: row["inputs"].pop(), "inputs are not the articles"),
]


@pytest.mark.parametrize(("change", "told"), MANIFEST_DAMAGE)
def test_damage_to_the_manifest_is_told(run: Path, change: Damage, told: str) -> None:
    _damage(run / runs.MANIFEST, change)
    _, problems = _verify(run)
    assert any(told in problem for problem in problems), problems


def test_a_line_twice_is_told(run: Path) -> None:
    lines = (run / runs.CLAIMS).read_bytes().splitlines(keepends=True)
    (run / runs.CLAIMS).write_bytes(b"".join([lines[0], *lines]))
    _, problems = _verify(run)
    assert any("another claim of the article has the same id" in it for it in problems)


def test_claims_without_their_article_are_told_once(run: Path) -> None:
    lines = (run / runs.DOCUMENTS).read_bytes().splitlines(keepends=True)
    (run / runs.DOCUMENTS).write_bytes(lines[1])
    _, problems = _verify(run)
    assert sum("have no article in the order of" in it for it in problems) == 1


def test_an_unfinished_run_is_told(run: Path) -> None:
    (run / runs.MANIFEST).unlink()
    _, problems = _verify(run)
    assert problems == ["manifest.json is missing: the run is not finished"]


def test_a_source_that_changed_is_told(made: Path, run: Path) -> None:
    source = made / "a.txt"
    try:
        source.write_text(FIRST.replace("hold", "fold"), encoding="utf-8")
        _, problems = _verify(run)
        source.unlink()
        summary, without = _verify(run)
    finally:
        source.write_text(FIRST, encoding="utf-8")
    assert problems == [f"{source} has changed since the run"]
    assert without == []
    assert summary.gone == (str(source),)


def test_a_record_that_is_missing_from_its_file_is_told(made: Path, run: Path) -> None:
    records = made / "b.jsonl"
    before = records.read_bytes()
    try:
        records.write_bytes(b'{"text": "Nobody said so."}\n{"text": "No."}\n')
        _, changed = _verify(run)
        records.write_bytes(b"{}\n")
        _, unread = _verify(run)
    finally:
        records.write_bytes(before)
    assert changed == [f"{records}:1 has changed since the run"]
    assert unread == [f"{records}:1 can be read no more"]


@pytest.mark.parametrize(
    ("exact", "shown", "sound"),
    [
        ("<b>Anna</b> &amp; Tom", False, True),
        ("Anna & Tom", True, True),
        ("Anna & Tom", False, False),
        ("Anna & Tim", True, False),
    ],
)
def test_html_may_be_given_as_it_is_shown(exact: str, shown: bool, sound: bool) -> None:
    source = "<b>Anna</b> &amp; Tom"
    passage = Exact(start=0, end=len(source), exact=exact)
    assert (list(misplaced(passage, source, shown=shown)) == []) is sound


def test_spans_are_found_however_deep_they_stand() -> None:
    block = Block(start=2, end=1, label="body", reason="")
    assert list(misplaced((block, (block,)), "abc", shown=False)) == [
        "[0]: [2:1] is no passage of 3 characters",
        "[1][0]: [2:1] is no passage of 3 characters",
    ]


def test_the_names_of_the_files_are_those_that_a_run_writes() -> None:
    for name in ("CLAIMS", "DOCUMENTS", "REJECTED", "MANIFEST"):
        assert getattr(runs, name) == getattr(runner, name)


def _invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_the_command_ends_with_0_for_a_sound_run(run: Path) -> None:
    result = _invoke("verify", run)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == (
        "2 sources read again\n2 articles, 3 claims, 1 rejected input: no problems\n"
    )


def test_the_command_ends_with_1_and_tells_the_problems(run: Path) -> None:
    _damage(run / runs.CLAIMS, lambda row: row.update(id="c_1"))
    result = _invoke("verify", run)
    assert result.exit_code == 1
    assert result.stdout.startswith("claims.jsonl:1: c_1: the id is not")
    assert ": 1 problem\n" in result.stderr


def test_the_command_names_the_sources_that_are_gone(run: Path) -> None:
    def rename(row: Row) -> None:
        row["inputs"][0]["source"] = "elsewhere/a.txt"

    _damage(run / runs.MANIFEST, rename)
    result = _invoke("verify", run)
    assert "elsewhere/a.txt" in result.stderr
    told = "1 source is gone from here, so what documents.jsonl holds was taken for it"
    assert told in result.stderr
    assert result.stderr.index(told) < result.stderr.index("problem")
