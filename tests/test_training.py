"""What training learns from: labels that the annotation allows, pointers, losses."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.gold import GoldAttribution, GoldDocument, GoldEntity
from pipeline.records import Span
from pipeline.stages.encoder.labels import (
    ENTITY_LABELS,
    PART_ROLES,
    POINTERS,
    SCHEMES,
    begin,
    inside,
)
from pipeline.stages.encoder.pieces import PieceReader
from pipeline.training.cutting import cut_example
from pipeline.training.examples import ALL_TASKS, Example, make_example

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


PARTIAL = frozenset({"attributions"})


@pytest.mark.parametrize(
    ("role", "passage", "label", "following"),
    [
        ("source", "Ada Moss", "source", "said"),
        ("cue", "said", "cue", "the"),
        ("content", "the ferry was late", "content", "."),
        ("content", "“It was full,”", "content", "she"),
    ],
)
def test_a_span_that_others_may_stand_around_ends_where_it_ends(
    role: str, passage: str, label: str, following: str
) -> None:
    """All words outside are open, but the next one cannot go on with the span."""
    marked = (span(passage),) if role == "content" else span(passage)
    gold = document(
        partial_layers=PARTIAL,
        attributions=(GoldAttribution(id="1", **{"content": (), role: marked}),),
    )
    made = example(gold)
    allowed, kind = made.allowed["outer"], PART_ROLES.index(label)
    inner = [word for word in made.pieces.words if span(passage).overlaps(word)]
    next_one = next(
        word for word in made.pieces.words if word.start >= span(passage).end
    )
    assert next_one.of(TEXT) == following
    for word, labels in zip(made.pieces.words, allowed, strict=True):
        known = set(np.flatnonzero(labels))
        if word == inner[0]:
            assert known == {begin(kind)}
        elif word in inner:
            assert known == {inside(kind)}
        elif word == next_one:
            assert known == set(range(allowed.shape[1])) - {inside(kind)}
        else:
            assert labels.all(), word.of(TEXT)


@pytest.mark.parametrize(
    ("why", "fields", "lines"),
    [
        ("no layer, nothing known", {}, []),
        ("some are marked, but none here", {"partial_layers": PARTIAL}, []),
        ("all are marked: there is none", {"layers": PARTIAL}, [1, 2]),
        (
            "one is marked in the first line, the second stays open",
            {"partial_layers": PARTIAL, "attributions": ATTRIBUTIONS[:1]},
            [1],
        ),
        (
            "the other way round",
            {"partial_layers": PARTIAL, "attributions": ATTRIBUTIONS[1:]},
            [2],
        ),
        (
            "one whose source was not marked teaches nothing",
            {
                "partial_layers": PARTIAL,
                "attributions": (
                    replace(
                        ATTRIBUTIONS[0], source=None, unknown=frozenset({"source"})
                    ),
                ),
            },
            [],
        ),
    ],
)
def test_windows_that_teach_nothing_are_left_out(
    why: str, fields: dict[str, object], lines: list[int]
) -> None:
    """Windows of a line each; those named are kept."""
    made = example(document(**fields))
    kept = [
        TEXT.count("\n", 0, made.pieces.words[one.window.start].start) + 1
        for one in cut_example(made, READER, size=12)
    ]
    assert kept == lines, why


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_window_knows_how_its_text_is_annotated(scheme: str) -> None:
    made = make_example(
        document(layers=PARTIAL), READER, tasks=ALL_TASKS, scheme=scheme
    )
    windows = list(cut_example(made, READER, size=12))
    assert len(windows) == 2
    assert {SCHEMES[one.scheme] for one in (made, *windows)} == {scheme}


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
        hidden = network.encode(
            batch.ids, batch.casing, batch.gaps, batch.mask, batch.scheme
        )
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
