"""The encoder stage around a scorer made by hand, and the trained one."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import spacy
from spacy.language import Language

from pipeline.errors import MissingWeightsError
from pipeline.layers import MENTIONS, PARTS
from pipeline.records import Block, EntityLabel, Role, Span
from pipeline.stages.encoder.component import Encoder
from pipeline.stages.encoder.labels import (
    ENTITY_LABELS,
    PART_ROLES,
    POINTER_WIDTH,
    POINTERS,
    TASKS,
    begin,
    inside,
    label_count,
    legal_transitions,
)
from pipeline.stages.encoder.links import DISTANCES
from pipeline.stages.encoder.pieces import PieceReader, Pieces
from pipeline.stages.encoder.predict import read_mentions, read_parts
from pipeline.stages.encoder.scores import Scores, TextScores, score_text
from pipeline.stages.encoder.windows import Window

MODEL = Path(__file__).parents[2] / "models" / "en_news_claims" / "news_encoder"
READER = PieceReader((MODEL / "tokenizer.json").read_bytes())
TEXT = "Ann Hale said the ferry was late."


def scores_of(words: int, **spans: list[tuple[str, int, int]]) -> Scores:
    """Make scores on which exactly the spans named are the best."""
    emissions = {}
    for task, kinds in TASKS.items():
        array = np.zeros((words, label_count(task)), dtype=np.float32)
        array[:, 0] = 4
        for label, start, end in spans.get(task, ()):
            kind = kinds.index(label)
            array[start, begin(kind)] = 9
            array[start + 1 : end, inside(kind)] = 9
        emissions[task] = array
    legal = {t: np.where(legal_transitions(t), 0, -1e4).astype("f") for t in TASKS}
    vectors = np.ones((words, len(POINTERS), POINTER_WIDTH), dtype=np.float32)
    none = np.zeros((len(POINTERS), POINTER_WIDTH), dtype=np.float32)
    distances = np.zeros((len(POINTERS), DISTANCES), dtype=np.float32)
    return Scores(emissions, legal, vectors, vectors, none, distances)


class OneAnswer:
    """Gives every window the same scores."""

    def __init__(self, scores: Scores) -> None:
        self.scores = scores

    def score(self, windows: Iterable[Window]) -> Iterator[Scores]:
        """Give each window the answer."""
        return (self.scores for _ in windows)


def read(**spans: list[tuple[str, int, int]]) -> tuple[Pieces, TextScores]:
    """Read the example as if exactly these spans stood out."""
    pieces = READER.read(TEXT, [Span(start=0, end=len(TEXT))])
    answer = OneAnswer(scores_of(len(pieces.words), **spans))
    return pieces, score_text(pieces, READER, answer)


def test_scores_become_mentions_and_linked_parts() -> None:
    found = read(
        entities=[("PERSON", 0, 2)],
        outer=[("source", 0, 2), ("cue", 2, 3), ("content", 3, 7)],
    )
    mentions = [(m.of(TEXT), m.label) for m in read_mentions(*found)]
    assert mentions == [("Ann Hale", "PERSON")]
    parts = [(p.of(TEXT), p.role, p.cue, p.source) for p in read_parts(*found)]
    assert parts == [
        ("Ann Hale", "source", None, None),
        ("said", "cue", None, 0),
        ("the ferry was late", "content", 1, 0),
    ]


def test_inner_parts_point_among_themselves() -> None:
    found = read(outer=[("cue", 2, 3)], inner=[("source", 3, 5), ("content", 5, 7)])
    parts = [(p.level, p.role, p.cue, p.source) for p in read_parts(*found)]
    assert parts == [
        ("outer", "cue", None, None),
        ("inner", "source", None, None),
        ("inner", "content", None, 1),
    ]


class CountingScorer:
    """Gives each word its own number and remembers what it was asked."""

    def __init__(self) -> None:
        self.windows: list[Window] = []

    def score(self, windows: Iterable[Window]) -> Iterator[Scores]:
        """Score each window, and keep it."""
        for window in windows:
            self.windows.append(window)
            scores = scores_of(window.end - window.start)
            number = np.arange(window.start, window.end, dtype=np.float32)
            scores.emissions["outer"][:, 1] = number
            yield scores


def test_windows_are_stitched_word_by_word() -> None:
    text = "\n".join(f"Line {number} has a few words." for number in range(120))
    pieces = READER.read(text, [Span(start=0, end=len(text))])
    scorer = CountingScorer()
    scores = score_text(pieces, READER, scorer)
    assert len(scorer.windows) > 2
    assert list(scores.emissions["outer"][:, 1]) == list(range(len(pieces.words)))
    assert scores.edges["outer"].shape == (label_count("outer"),) * 2


def test_an_encoder_without_weights_says_where_to_get_them() -> None:
    with pytest.raises(MissingWeightsError, match="has no weights"):
        Encoder("news_encoder").predict("Some text.", [])


def test_the_factory_makes_the_stage() -> None:
    assert spacy.blank("en").add_pipe("news_encoder").name == "news_encoder"


def test_labels_and_tasks_agree_with_the_records() -> None:
    assert set(PART_ROLES) == set(get_args(Role))
    assert set(ENTITY_LABELS) < set(get_args(EntityLabel))


def test_the_trained_encoder_reads_a_plain_attribution(nlp: Language) -> None:
    doc = nlp("Ofsted inspector Mary Fenn said on Monday that the school was unsafe.")
    parts = {part.role: part.of(doc.text) for part in PARTS.get(doc)}
    assert parts["cue"].startswith("said")
    assert parts["content"] == "that the school was unsafe"
    names = {(m.of(doc.text), m.label) for m in MENTIONS.get(doc)}
    assert ("Mary Fenn", "PERSON") in names


def test_furniture_is_not_read(nlp: Language) -> None:
    encoder = nlp.get_pipe("news_encoder")
    text = "Mary Fenn said the school was unsafe.\nPaul Orr said bins would go."
    line = text.index("\n")
    blocks = [
        Block(start=0, end=line, label="body", reason="test"),
        Block(start=line + 1, end=len(text), label="furniture", reason="test"),
    ]
    _, parts = encoder.predict(text, blocks)
    assert parts
    assert all(part.end <= line for part in parts)


def test_the_stage_survives_bytes(nlp: Language) -> None:
    encoder = nlp.get_pipe("news_encoder")
    twin = Encoder("twin").from_bytes(encoder.to_bytes())
    assert twin.predict(TEXT, []) == encoder.predict(TEXT, [])
