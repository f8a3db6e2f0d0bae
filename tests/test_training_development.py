"""How good a network in training is said to be."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from pipeline.gold import GoldAttribution, GoldDocument, GoldEntity
from pipeline.records import Span
from pipeline.stages.encoder.labels import (
    POINTER_WIDTH,
    POINTERS,
    TASKS,
    begin,
    inside,
    label_count,
    legal_transitions,
)
from pipeline.stages.encoder.links import DISTANCES
from pipeline.stages.encoder.pieces import PieceReader
from pipeline.stages.encoder.scores import Scores
from pipeline.stages.encoder.windows import Window
from pipeline.training.recipe import Material

pytestmark = pytest.mark.train

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "en_news_claims" / "news_encoder"
READER = PieceReader((MODEL / "tokenizer.json").read_bytes())
TEXT = "Ada Moss said the ferry was late."
#: Words of a span, and how much heavier its labels are than "outside".
Marked = Mapping[tuple[str, str, int, int], float]

GOLD = GoldDocument(
    id="made/1",
    text=TEXT,
    layers=frozenset({"attributions", "entities"}),
    labels=frozenset({"PERSON"}),
    entities=(GoldEntity(start=0, end=8, label="PERSON"),),
    attributions=(
        GoldAttribution(
            id="1",
            source=Span(start=0, end=8),
            cue=Span(start=9, end=13),
            content=(Span(start=14, end=32),),
        ),
    ),
)
RIGHT: Marked = {
    ("outer", "source", 0, 2): 9.0,
    ("outer", "cue", 2, 3): 9.0,
    ("outer", "content", 3, 7): 9.0,
    ("entities", "PERSON", 0, 2): 9.0,
}


class MadeScorer:
    """Says of a text of one window what it is told to say."""

    def __init__(self, marked: Marked) -> None:
        self._marked = marked

    def score(self, windows: Iterable[Window]) -> Iterator[Scores]:
        """Say the same of every window."""
        for window in windows:
            count = len(window.first)
            emissions = {
                task: np.full((count, label_count(task)), -9, np.float32)
                for task in TASKS
            }
            for table in emissions.values():
                table[:, 0] = 0
            for (task, name, first, end), weight in self._marked.items():
                kind = TASKS[task].index(name)
                emissions[task][first, begin(kind)] = weight
                emissions[task][first + 1 : end, inside(kind)] = weight
            vectors = np.zeros((count, len(POINTERS), POINTER_WIDTH), np.float32)
            yield Scores(
                emissions=emissions,
                edges={
                    task: np.where(legal_transitions(task), 0, -1e4).astype(np.float32)
                    for task in TASKS
                },
                queries=vectors,
                keys=vectors,
                none=vectors[0],
                distances=np.zeros((len(POINTERS), DISTANCES), np.float32),
            )


@pytest.mark.parametrize(
    ("why", "marked", "figures"),
    [
        ("all is found", RIGHT, [100, 100, 100, 100]),
        ("nothing is found", {}, [0, 0, 0, 0]),
        (
            "a content too long is none, and one that is not there counts",
            {**RIGHT, ("outer", "content", 3, 8): 9.0},
            [0, 100, 100, 100],
        ),
        (
            "a name of a kind that the corpus does not mark is left out",
            {**RIGHT, ("entities", "LOC", 4, 5): 9.0},
            [100, 100, 100, 100],
        ),
        (
            "a content less likely there than not is a candidate only",
            {**RIGHT, ("outer", "content", 7, 8): -1.0},
            [100, 100, 100, 100],
        ),
        (
            "a content more likely there than not is one too many",
            {**RIGHT, ("outer", "content", 7, 8): 1.0},
            [66.67, 100, 100, 100],
        ),
    ],
)
def test_spans_count_where_they_are_exactly_right(
    why: str, marked: Marked, figures: list[float]
) -> None:
    from pipeline.training.development import read_dev_sets  # noqa: PLC0415

    material = Material(
        name="made",
        documents=(),
        tasks=frozenset({"entities", "outer"}),
        scheme="gum",
        dev=[GOLD, GoldDocument(id="made/2", text=" \n")],
    )
    (dev,) = read_dev_sets([material], READER)
    assert (dev.name, dev.scheme, len(dev.documents)) == ("made", "gum", 1)
    names = ("content", "cue", "entities", "source")
    wanted = dict(zip(names, figures, strict=True))
    assert dev.measure(MadeScorer(marked)) == wanted, why


def test_nested_spans_do_not_choose_the_epoch() -> None:
    from pipeline.training.development import overall_figure  # noqa: PLC0415

    figures = {"one": {"cue": 80.0, "inner cue": 0.0}, "other": {"entities": 60.0}}
    assert overall_figure(figures) == 70
    assert overall_figure({}) == 0
