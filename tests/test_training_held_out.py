"""Before a retraining begins: what is held out, and whose folder it is."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import BadGoldError, UnwritableFolderError
from pipeline.gold import GoldDocument
from pipeline.training.held_out import difference, split
from pipeline.training.plan import Retraining, describe, settle

MANY = [GoldDocument(id=f"made/{n}", text=f"Ferry {n} was late.") for n in range(500)]


def test_about_the_share_that_was_asked_for_is_held_out() -> None:
    learned, held_out = split(MANY, 0.2)
    assert 80 <= len(held_out) <= 120
    assert len(learned) + len(held_out) == len(MANY)


def test_a_document_keeps_its_side_when_others_come() -> None:
    before = {document.id for document in split(MANY[:250], 0.2)[1]}
    after = {document.id for document in split(MANY, 0.2)[1]}
    assert before == {name for name in after if int(name.split("/")[1]) < 250}


@given(
    st.sets(st.text(max_size=3), min_size=2, max_size=9),
    st.floats(min_value=0, max_value=1),
)
def test_both_sides_get_a_document(names: set[str], share: float) -> None:
    made = [GoldDocument(id=name, text=f"{name} said so.") for name in sorted(names)]
    learned, held_out = split(made, share)
    assert learned
    assert held_out
    assert not {d.id for d in learned} & {d.id for d in held_out}


def test_what_is_held_out_is_learned_under_no_other_name() -> None:
    _, held_out = split(MANY, 0.2)
    copy = GoldDocument(id="another", text=held_out[0].text)
    assert copy not in split([*MANY, copy], 0.2)[0]


def test_one_document_is_not_enough() -> None:
    with pytest.raises(BadGoldError, match="another to measure on"):
        split(MANY[:1], 0.2)


def test_a_figure_that_only_one_model_has_is_shown() -> None:
    table = difference(
        {"spans.cue.f1": 80.0, "spans.cue.gold": 9.0}, {"entities.micro.f1": 70.0}
    )
    assert [line.split() for line in table.splitlines()[1:]] == [
        ["spans,", "cue,", "f1", "80.0", "–"],
        ["entities,", "micro,", "f1", "–", "70.0"],
    ]


def test_a_folder_belongs_to_one_plan(tmp_path: Path) -> None:
    plan = describe(Retraining(gold=()), MANY)
    settle(tmp_path / "new", plan)
    settle(tmp_path / "new", plan)
    for other in (
        describe(Retraining(gold=(), epochs=9), MANY),
        describe(Retraining(gold=()), MANY[1:]),
    ):
        with pytest.raises(UnwritableFolderError, match="other gold, weights or opt"):
            settle(tmp_path / "new", other)


def test_the_plan_is_the_same_wherever_the_gold_lies() -> None:
    here, there = (Retraining(gold=(Path(name),)) for name in ("here", "there"))
    assert describe(here, MANY) == describe(there, MANY)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("chapter one", encoding="utf-8")
    with pytest.raises(UnwritableFolderError, match="no training"):
        settle(tmp_path, {})
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path) -> None:
    gold = tmp_path / "own.jsonl"
    gold.touch()
    # a None in sys.modules makes the import fail as if nothing were installed
    code = (
        "import sys; sys.modules['torch'] = None; from pipeline.cli import main;main()"
    )
    done = run(code, "train", gold, "-o", tmp_path / "new")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "Error: claims train needs an optional dependency; "
        "run: pip install 'en-news-claims[train]'\n"
    )
    assert not (tmp_path / "new").exists()


def test_help_loads_nothing_of_it() -> None:
    done = run(
        "import sys; from typer.testing import CliRunner; from pipeline.cli import app;"
        "assert CliRunner().invoke(app, ['train', '--help']).exit_code == 0;"
        "print(*sys.modules)"
    )
    assert done.returncode == 0, done.stderr
    assert not {"torch", "spacy", "pipeline.training"} & set(done.stdout.split())
