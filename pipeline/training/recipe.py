"""What a model is trained on: reads ``recipe.toml`` and the corpora that it names."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from pipeline.gold import GoldDocument, read_gold

#: The folder, in a recipe's paths, that stands for the project's own gold articles.
_OWN: Final = "gold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """One table of the recipe; the file itself explains the fields."""

    name: str
    path: str
    tasks: frozenset[str]
    share: float
    licence: str
    licensed: bool
    dev: str | None = None
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the corpora of a recipe lie: the shared ones and the project's own."""

    corpora: Path
    gold: Path

    def find(self, path: str) -> Path:
        """Return where a path of the recipe lies."""
        head, _, tail = path.partition("/")
        return self.gold / tail if head == _OWN else self.corpora / path


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Documents to learn from, the tasks that they may teach, and how often.

    Documents are read once, so that an iterator will do; ``dev`` are those that
    progress is measured on.
    """

    name: str
    documents: Iterable[GoldDocument]
    tasks: frozenset[str]
    share: float = 1.0
    dev: Iterable[GoldDocument] | None = None


def read_recipe(*, licensed_only: bool = False) -> list[Corpus]:
    """Return the corpora of the recipe that comes with the package, in its order."""
    text = files("pipeline.training").joinpath("recipe.toml").read_text("utf-8")
    corpora = [
        Corpus(
            **{
                **table,
                "tasks": frozenset(table["tasks"]),
                "groups": frozenset(table.get("groups", ())),
            }
        )
        for table in tomllib.loads(text)["corpus"]
    ]
    return [corpus for corpus in corpora if corpus.licensed or not licensed_only]


def read_corpus(corpus: Corpus, places: Places) -> Iterator[GoldDocument]:
    """Read a corpus's training documents; of the groups named, where any are."""
    for document in read_gold(places.find(corpus.path)):
        if not corpus.groups or document.meta.get("group") in corpus.groups:
            yield document


def gather(recipe: Iterable[Corpus], places: Places) -> list[Material]:
    """Return the corpora of a recipe as what a run learns from, read when needed."""
    return [
        Material(
            name=corpus.name,
            documents=read_corpus(corpus, places),
            tasks=corpus.tasks,
            share=corpus.share,
            dev=None if corpus.dev is None else read_gold(places.find(corpus.dev)),
        )
        for corpus in recipe
    ]
