"""What a model is trained on, and what can be left out of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.gold import GoldDocument
from pipeline.training.examples import ALL_TASKS
from pipeline.training.recipe import (
    Corpus,
    Places,
    gather,
    read_corpus,
    read_recipe,
    take_share,
)

ROOT = Path(__file__).parents[1]
OWN = Places(corpora=ROOT / "nowhere", gold=ROOT / "corpus" / "gold")


def test_the_recipe_states_licence_and_tasks_of_every_corpus() -> None:
    recipe = read_recipe()
    assert all(corpus.licence and corpus.tasks <= ALL_TASKS for corpus in recipe)
    licensed = read_recipe(licensed_only=True)
    assert {c.name for c in recipe} - {c.name for c in licensed} == {"gmb", "polnear"}


def test_the_projects_own_articles_are_found() -> None:
    own = read_recipe()[0]
    assert own.name == "uk_news"
    assert own.own
    assert not any(corpus.own for corpus in read_recipe()[1:])
    assert sum(1 for _ in read_corpus(own, OWN)) >= 37


def names(corpora: list[Corpus]) -> list[str]:
    return [corpus.name for corpus in corpora]


EVERYTHING = names(read_recipe())


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ({}, EVERYTHING),
        ({"only": ["gum"]}, ["gum"]),
        ({"only": ["polnear", "uk_news"]}, ["uk_news", "polnear"]),
        ({"only": ["gum", "gmb"], "without": ["gmb"]}, ["gum"]),
        ({"without": ["gum", "gum"]}, [n for n in EVERYTHING if n != "gum"]),
        ({"only": ["gum", "gmb"], "licensed_only": True}, ["gum"]),
        ({"without": ["gmb"], "licensed_only": True, "only": ["gum"]}, ["gum"]),
    ],
)
def test_a_part_of_the_recipe_keeps_its_order(
    options: dict[str, list[str]], left: list[str]
) -> None:
    assert names(read_recipe(**options)) == left


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"only": ["gumm"]}, "no corpus 'gumm'; it has uk_news, polnear, "),
        ({"without": ["GUM"]}, "no corpus 'GUM'; it has uk_news, polnear, "),
        ({"only": ["gum"], "without": ["gum"]}, "leave no corpus"),
        ({"only": ["gmb"], "licensed_only": True}, "leave no corpus"),
    ],
)
def test_a_part_that_is_none_is_refused(
    options: dict[str, list[str]], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        read_recipe(**options)


MANY = [GoldDocument(id=f"made/{n}", text=f"Ferry {n} was late.") for n in range(60)]


@pytest.mark.parametrize(
    ("share", "count"), [(0.0, 0), (0.01, 1), (0.25, 15), (0.5, 30), (1.0, 60)]
)
def test_the_share_that_was_asked_for_is_taken(share: float, count: int) -> None:
    taken = take_share(iter(MANY), share)
    assert len(taken) == count
    assert taken == [document for document in MANY if document in taken]


@given(st.floats(min_value=0, max_value=1), st.floats(min_value=0, max_value=1))
def test_a_smaller_share_lies_in_a_larger_one(one: float, other: float) -> None:
    small, large = (
        {document.id for document in take_share(MANY, share)}
        for share in sorted((one, other))
    )
    assert small <= large


def test_the_order_of_reading_does_not_choose() -> None:
    forwards, backwards = take_share(MANY, 0.3), take_share(MANY[::-1], 0.3)
    assert forwards == backwards[::-1]


def test_only_the_own_training_articles_are_shared_out(tmp_path: Path) -> None:
    for folder in ("gold/train", "gold/dev", "gum"):
        (tmp_path / folder).mkdir(parents=True)
        lines = [
            f'{{"id": "{n}", "text": "Ferry {n}.", "layers": [], "meta":'
            ' {"group": "A"}}\n'
            for n in range(8)
        ]
        (tmp_path / folder / "train.jsonl").write_text("".join(lines), encoding="utf-8")
    places = Places(corpora=tmp_path, gold=tmp_path / "gold")
    recipe = read_recipe(only=["uk_news", "gum"])
    own, gum = gather(recipe, places, gold_share=0.25)
    assert len(list(own.documents)) == 2
    assert own.dev is not None
    assert len(list(own.dev)) == 8
    assert len(list(gum.documents)) == 8


@pytest.mark.train
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--only", "abacus"], "has no corpus 'abacus'"),
        (["--without", "gum", "--without", "abacus"], "has no corpus 'abacus'"),
        (["--gold-share", "1.5"], "--gold-share"),
        (["--gold-share", "-1"], "--gold-share"),
    ],
)
def test_the_command_says_what_is_wrong(
    tmp_path: Path, arguments: list[str], problem: str
) -> None:
    from pipeline.training.command import app  # noqa: PLC0415

    places = ["--corpora", str(tmp_path), "--out", str(tmp_path / "run")]
    result = CliRunner().invoke(app, ["train", *places, *arguments])
    assert result.exit_code == 2
    assert problem in result.stderr
    assert not (tmp_path / "run").exists()


@pytest.mark.train
def test_the_command_passes_its_options_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.training import command  # noqa: PLC0415

    seen = {}

    def note(materials: list[object], *_: object, **__: object) -> Path:
        seen.update({one.name: len(list(one.documents)) for one in materials})
        return tmp_path

    monkeypatch.setattr(command, "train_model", note)
    places = ["--corpora", tmp_path, "--out", tmp_path, "--gold", OWN.gold]
    options = [*places, "--only", "uk_news", "--gold-share", 0.5]
    result = CliRunner().invoke(command.app, ["train", *map(str, options)])
    assert result.exit_code == 0, result.output
    whole = len(list(read_corpus(read_recipe()[0], OWN)))
    assert seen == {"uk_news": round(whole / 2)}
