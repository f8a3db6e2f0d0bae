"""What training learns from: labels that the annotation allows, pointers, batches."""

import random
from pathlib import Path

import numpy as np
import pytest

from pipeline.gold import GoldAttribution, GoldDocument, GoldEntity
from pipeline.records import Span
from pipeline.stages.encoder.labels import (
    ENTITY_LABELS,
    PART_ROLES,
    POINTERS,
    begin,
    inside,
)
from pipeline.stages.encoder.pieces import PieceReader
from pipeline.training.examples import ALL_TASKS, Example, cut_example, make_example
from pipeline.training.recipe import Places, read_corpus, read_recipe

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "en_news_claims" / "news_encoder"
READER = PieceReader((MODEL / "tokenizer.json").read_bytes())
TEXT = "Ada Moss said the ferry was late.\n“It was full,” she added."


def span(passage: str) -> Span:
    start = TEXT.index(passage)
    return Span(start=start, end=start + len(passage))


def document(**fields: object) -> GoldDocument:
    return GoldDocument(id="test/1", text=TEXT, **fields)


ATTRIBUTIONS = (
    GoldAttribution(
        id="1",
        source=span("Ada Moss"),
        cue=span("said"),
        content=(span("the ferry was late"),),
    ),
    GoldAttribution(
        id="2", source=span("she"), cue=span("added"), content=(span("“It was full,”"),)
    ),
)


def example(document: GoldDocument, *tasks: str) -> Example:
    return make_example(document, READER, tasks=frozenset(tasks or ALL_TASKS))


def test_a_known_label_allows_itself_only_and_an_unknown_one_all() -> None:
    person = GoldEntity(start=0, end=8, label="PERSON")
    made = example(
        document(
            layers=frozenset({"entities"}),
            labels=frozenset({"PERSON", "ORG"}),
            partial_labels=frozenset({"ROLE"}),
            entities=(person,),
        )
    )
    allowed = made.allowed["entities"]
    kind = ENTITY_LABELS.index("PERSON")
    assert list(np.flatnonzero(allowed[0])) == [begin(kind)]
    assert list(np.flatnonzero(allowed[1])) == [inside(kind)]
    elsewhere = set(np.flatnonzero(allowed[2]))
    open_kinds = [
        n for n, label in enumerate(ENTITY_LABELS) if label not in "PERSON ORG"
    ]
    assert elsewhere == {0} | {f(n) for n in open_kinds for f in (begin, inside)}


def test_a_document_without_a_layer_teaches_nothing_of_it() -> None:
    assert example(document()).allowed == {}
    assert example(document()).arrows == ()


def test_a_corpus_teaches_only_what_the_recipe_lets_it() -> None:
    gold = document(layers=frozenset({"attributions"}), attributions=ATTRIBUTIONS)
    assert set(example(gold, "outer").allowed) == {"outer"}
    assert example(gold, "outer").arrows == ()


def test_contents_point_to_cues_and_cues_to_sources() -> None:
    gold = document(layers=frozenset({"attributions"}), attributions=ATTRIBUTIONS)
    made = example(gold)
    words = made.pieces.words
    named = {
        (POINTERS[head], words[a[0]].of(TEXT), words[b[0]].of(TEXT))
        for head, a, b in made.arrows
        if b is not None
    }
    assert (("cue", "source"), "said", "Ada") in named
    assert (("content", "cue"), "“", "added") in named
    assert (("content", "source"), "the", "Ada") in named


def test_the_cue_stands_above_the_content_and_what_it_cuts_begins_anew() -> None:
    whole = Span(start=0, end=TEXT.index("."))
    interrupted = GoldAttribution(id="1", content=(whole,), cue=span("said"))
    gold = document(layers=frozenset({"attributions"}), attributions=(interrupted,))
    allowed = example(gold).allowed["outer"]
    content, cue = PART_ROLES.index("content"), PART_ROLES.index("cue")
    labels = [int(np.flatnonzero(row)[0]) for row in allowed[:4]]
    assert labels == [begin(content), inside(content), begin(cue), begin(content)]


def test_a_window_keeps_pointers_whose_two_ends_it_shows() -> None:
    gold = document(layers=frozenset({"attributions"}), attributions=ATTRIBUTIONS)
    made = example(gold)
    (whole,) = cut_example(made, READER, size=100)
    assert len(whole.pointers) == len(made.arrows)
    halves = list(cut_example(made, READER, size=12))
    assert len(halves) > 1
    for half in halves:
        width = half.window.end - half.window.start
        for pointer in half.pointers:
            assert pointer.target is None or pointer.target < len(pointer.candidates)
            assert all(0 <= a < b <= width for a, b in pointer.candidates)


@pytest.mark.parametrize("size", [8, 12, 100])
def test_every_line_of_a_window_can_be_labelled(size: int) -> None:
    """No line begins with the inside of a span: no legal path would lead there."""
    broken = GoldAttribution(id="1", content=(Span(start=0, end=len(TEXT)),))
    gold = document(layers=frozenset({"attributions"}), attributions=(broken,))
    for window in cut_example(example(gold), READER, size=size):
        for start, _ in window.lines:
            first = np.flatnonzero(window.allowed["outer"][start])
            assert 0 in first or any(label % 2 for label in first)


def test_the_recipe_states_licence_and_tasks_of_every_corpus() -> None:
    recipe = read_recipe()
    assert all(corpus.licence and corpus.tasks <= ALL_TASKS for corpus in recipe)
    licensed = read_recipe(licensed_only=True)
    assert {c.name for c in recipe} - {c.name for c in licensed} == {"gmb", "polnear"}


def test_the_projects_own_articles_are_found() -> None:
    places = Places(corpora=ROOT / "nowhere", gold=ROOT / "corpus" / "gold")
    own = read_recipe()[0]
    assert own.name == "uk_news"
    assert sum(1 for _ in read_corpus(own, places)) >= 37


@pytest.mark.train
def test_a_batch_holds_what_its_windows_hold() -> None:
    from pipeline.training.batches import make_batches  # noqa: PLC0415

    gold = document(layers=frozenset({"attributions"}), attributions=ATTRIBUTIONS)
    windows = [
        w for _ in range(9) for w in cut_example(example(gold), READER, size=100)
    ]
    seeded = random.Random(1)
    batches = list(make_batches(windows, pieces=100, chance=seeded))
    assert sum(len(batch.windows) for batch in batches) == len(windows)
    for batch in batches:
        assert batch.ids.shape == batch.mask.shape
        lines = sum(len(window.lines) for window in batch.windows)
        assert batch.tasks["outer"].words.shape[0] == lines
        pointing = sum(len(p.spans) for p in batch.pointers if p is not None)
        assert pointing == sum(len(window.pointers) for window in batch.windows)


@pytest.mark.train
def test_crf_loss_is_the_log_probability_of_the_allowed_paths() -> None:
    import torch  # noqa: PLC0415

    from pipeline.training.losses import crf_loss  # noqa: PLC0415

    torch.manual_seed(0)
    emissions, edges = torch.randn(1, 3, 2), torch.randn(1, 3, 2, 2)
    mask = torch.ones(1, 3, dtype=torch.bool)

    def loss(*rows: tuple[bool, bool]) -> float:
        return float(crf_loss(emissions, edges, torch.tensor([rows]), mask))

    everything = loss((True, True), (True, True), (True, True))
    assert everything == pytest.approx(0, abs=1e-5)
    probabilities = [
        np.exp(-loss(*[(bool(n >> k & 1), not n >> k & 1) for k in range(3)]))
        for n in range(8)
    ]
    assert sum(probabilities) == pytest.approx(1, abs=1e-5)


@pytest.mark.train
@pytest.mark.slow
def test_a_trained_network_exports_to_the_same_answers(tmp_path: Path) -> None:
    """Overfit two sentences, export, and read the same spans with the runtime."""
    import torch  # noqa: PLC0415

    from pipeline.stages.encoder.predict import read_parts  # noqa: PLC0415
    from pipeline.stages.encoder.runtime import OnnxScorer  # noqa: PLC0415
    from pipeline.stages.encoder.scores import score_text  # noqa: PLC0415
    from pipeline.training.batches import collate  # noqa: PLC0415
    from pipeline.training.development import NetworkScorer  # noqa: PLC0415
    from pipeline.training.export import export  # noqa: PLC0415
    from pipeline.training.losses import batch_loss  # noqa: PLC0415
    from pipeline.training.start import load_start  # noqa: PLC0415

    torch.manual_seed(1)
    network, tokenizer = load_start(dropout=0.0)
    reader = PieceReader(tokenizer.read_bytes())
    gold = document(layers=frozenset({"attributions"}), attributions=ATTRIBUTIONS)
    made = make_example(gold, reader, tasks=ALL_TASKS)
    batch = collate(list(cut_example(made, reader, size=100)))
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
    for _ in range(40):
        hidden = network.encode(batch.ids, batch.casing, batch.gaps, batch.mask)
        loss = batch_loss(network.score(hidden, batch.first), batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    network.eval()
    learned = read_parts(
        made.pieces, score_text(made.pieces, reader, NetworkScorer(network))
    )
    assert {part.of(TEXT) for part in learned} >= {"Ada Moss", "said", "added"}
    for quantise in (False, True):
        path = tmp_path / f"{quantise}.onnx"
        export(network, path, quantise=quantise)
        scores = score_text(made.pieces, reader, OnnxScorer(path.read_bytes()))
        exported = read_parts(made.pieces, scores)
        assert [(p.start, p.end, p.role, p.cue, p.source) for p in exported] == [
            (p.start, p.end, p.role, p.cue, p.source) for p in learned
        ]
