"""What a model is trained on: reads ``recipe.toml`` and the corpora that it names."""

import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from pipeline.gold import GoldDocument, read_gold
from pipeline.stages.encoder.labels import OWN_SCHEME
from pipeline.training.held_out import place

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
    scheme: str
    dev: str | None = None
    groups: frozenset[str] = frozenset()

    @property
    def own(self) -> bool:
        """Whether these are the project's own articles."""
        return self.path.partition("/")[0] == _OWN


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
    scheme: str = OWN_SCHEME
    dev: Iterable[GoldDocument] | None = None


def read_recipe(
    *,
    licensed_only: bool = False,
    only: Collection[str] = (),
    without: Collection[str] = (),
) -> list[Corpus]:
    """Return the corpora of the recipe that comes with the package, in its order.

    ``only`` names those that are taken, all where it is empty; ``without`` those that
    are left out. Raises ``ValueError`` for a name that the recipe lacks, and where
    nothing is left.
    """
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
    known = [corpus.name for corpus in corpora]
    for name in (*only, *without):
        if name not in known:
            message = f"the recipe has no corpus {name!r}; it has {', '.join(known)}"
            raise ValueError(message)
    taken = set(only or known) - set(without)
    left = [
        corpus
        for corpus in corpora
        if corpus.name in taken and (corpus.licensed or not licensed_only)
    ]
    if not left:
        message = "these options leave no corpus of the recipe"
        raise ValueError(message)
    return left


def read_corpus(corpus: Corpus, places: Places) -> Iterator[GoldDocument]:
    """Read a corpus's training documents; of the groups named, where any are."""
    for document in read_gold(places.find(corpus.path)):
        if not corpus.groups or document.meta.get("group") in corpus.groups:
            yield document


def take_share(documents: Iterable[GoldDocument], share: float) -> list[GoldDocument]:
    """Return a share of the documents, in their order.

    A hash of their ids decides, so that a smaller share lies in every larger one.
    """
    given = list(documents)
    ranked = sorted(given, key=lambda document: place(document.id))
    chosen = {document.id for document in ranked[: round(share * len(given))]}
    return [document for document in given if document.id in chosen]


def gather(
    recipe: Iterable[Corpus], places: Places, *, gold_share: float = 1.0
) -> list[Material]:
    """Return the corpora of a recipe as what a run learns from, read when needed.

    ``gold_share`` is the part of the project's own training articles that is taken.
    """
    return [
        Material(
            name=corpus.name,
            documents=(
                take_share(read_corpus(corpus, places), gold_share)
                if corpus.own and gold_share < 1
                else read_corpus(corpus, places)
            ),
            tasks=corpus.tasks,
            share=corpus.share,
            scheme=corpus.scheme,
            dev=None if corpus.dev is None else read_gold(places.find(corpus.dev)),
        )
        for corpus in recipe
    ]
