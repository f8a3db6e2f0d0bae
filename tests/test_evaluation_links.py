"""The encoder's pointers beside nearness: on gold spans, and through the pipeline."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from pipeline.evaluation.gold_links import (
    TO_CUE,
    TO_SOURCE,
    Chosen,
    GoldLinks,
    choose_by_nearness,
    choose_by_pointers,
)
from pipeline.evaluation.links import tell_links, whole_claims
from pipeline.evaluation.report import Report
from pipeline.gold import GoldAttribution, GoldBlock, GoldDocument
from pipeline.gold_passages import passages
from pipeline.records import Span
from pipeline.stages.encoder.labels import POINTERS
from pipeline.stages.encoder.links import DISTANCES
from pipeline.stages.encoder.pieces import Pieces
from pipeline.stages.encoder.scores import TextScores, View

ROOT = Path(__file__).parents[1]
TEXT = (
    "Ada Moss said the ferry was late. “It was full too.”\n"
    "“Nobody was told,” she added. It was claimed the quay was shut.\n"
    "“The bell rang twice.”\n"
)


def at(passage: str) -> Span:
    start = TEXT.index(passage)
    return Span(start=start, end=start + len(passage))


MOSS, SHE = at("Ada Moss"), at("she")
SAID, ADDED, CLAIMED = at("said"), at("added"), at("was claimed")
LATE, FULL, TOLD = at("the ferry was late"), at("“It was full too.”"), at("“Nobody")
SHUT, BELL = at("the quay was shut"), at("“The bell rang twice.”")
CLAIMS = (
    GoldAttribution(id="1", source=MOSS, cue=SAID, content=(LATE, FULL, BELL)),
    GoldAttribution(id="2", source=SHE, cue=ADDED, content=(TOLD,)),
    GoldAttribution(id="3", cue=CLAIMED, content=(SHUT,)),
    GoldAttribution(id="4", source=SHE, cue=CLAIMED, content=(BELL,), nested_in="1"),
)
GOLD = GoldDocument(
    id="test/1",
    text=TEXT,
    layers=frozenset({"attributions"}),
    attributions=CLAIMS,
)
RIGHT: Chosen = {
    (TO_CUE, LATE): SAID,
    (TO_CUE, FULL): SAID,
    (TO_CUE, BELL): SAID,
    (TO_CUE, TOLD): ADDED,
    (TO_CUE, SHUT): CLAIMED,
    (TO_SOURCE, SAID): MOSS,
    (TO_SOURCE, ADDED): SHE,
}


def pieces() -> Pieces:
    """Cut the text into words at white space and quotation marks."""
    words, lines = [], []
    for line in re.finditer(r".+\n", TEXT):
        found = re.finditer(r"\w+|[^\w\s]", line.group())
        begin = len(words)
        words += [
            Span(start=line.start() + w.start(), end=line.start() + w.end())
            for w in found
        ]
        lines.append((begin, len(words)))
    none = np.zeros(0, dtype=np.int64)
    return Pieces(tuple(words), tuple(lines), none, none, none, none)


def scores(agree: dict[Span, Span]) -> TextScores:
    """Say of each span that it agrees with one other and with nothing else."""
    words = pieces().words
    queries = np.zeros((len(words), len(POINTERS), len(agree) or 1), dtype=np.float32)
    keys = np.zeros_like(queries)
    for number, (span, other) in enumerate(agree.items()):
        for vectors, passage in ((queries, span), (keys, other)):
            inside = [n for n, word in enumerate(words) if passage.overlaps(word)]
            vectors[inside, :, number] = 10
    return TextScores(
        emissions={},
        edges={},
        views=(View(0, len(words), queries, keys),),
        best=np.zeros(len(words), dtype=np.int64),
        none=np.full((len(POINTERS), len(agree) or 1), 0.1, dtype=np.float32),
        distances=np.zeros((len(POINTERS), DISTANCES), dtype=np.float32),
    )


def test_pointers_choose_among_the_gold_spans() -> None:
    agree = {LATE: SAID, BELL: SAID, TOLD: SAID, ADDED: SHE}
    assert choose_by_pointers(GOLD, pieces(), scores(agree)) == {
        (TO_CUE, LATE): SAID,
        (TO_CUE, BELL): SAID,
        (TO_CUE, TOLD): SAID,
        (TO_SOURCE, ADDED): SHE,
    }


def test_a_span_that_is_not_read_points_nowhere() -> None:
    first_line = pieces()
    (line, *_) = first_line.lines
    cut = replace(first_line, words=first_line.words[: line[1]], lines=(line,))
    assert choose_by_pointers(GOLD, cut, scores({LATE: SAID, BELL: SAID})) == {
        (TO_CUE, LATE): SAID
    }


@pytest.mark.parametrize(
    ("why", "span", "chosen"),
    [
        ("the cue of the sentence", LATE, SAID),
        ("the only cue of the paragraph", FULL, SAID),
        ("the nearer of two cues", SHUT, CLAIMED),
        ("no cue in the paragraph", BELL, None),
    ],
)
def test_nearness_stays_in_the_paragraph(
    why: str, span: Span, chosen: Span | None
) -> None:
    del why
    assert choose_by_nearness(GOLD).get((TO_CUE, span)) == chosen


def test_nearness_never_says_that_there_is_no_source() -> None:
    assert choose_by_nearness(GOLD)[TO_SOURCE, CLAIMED] == SHE


def figures(gold: GoldDocument, chosen: Chosen) -> dict[str, tuple[object, object]]:
    links = GoldLinks()
    links.add(gold, {"encoder": RIGHT, "nearness": chosen})
    return {
        f"{link[1]} {name}": (row["nearness"], row["count"])
        for link in (TO_CUE, TO_SOURCE)
        for name, row in links.rows(link).items()
    }


def test_links_are_counted_by_where_the_right_span_stands() -> None:
    assert figures(GOLD, RIGHT) == {
        "cue all": (100, 5),
        "cue same_sentence": (100, 3),
        "cue another_sentence": (100, 1),
        "cue another_line": (100, 1),
        "cue nowhere": (None, 0),
        "source all": (100, 2),
        "source same_sentence": (100, 2),
        "source another_sentence": (None, 0),
        "source another_line": (None, 0),
        "source nowhere": (100, 1),
    }


@pytest.mark.parametrize(
    ("why", "wrong", "row", "share"),
    [
        ("another cue", {(TO_CUE, FULL): ADDED}, "cue another_sentence", 0),
        ("one of five", {(TO_CUE, FULL): ADDED}, "cue all", 80),
        ("a source where none is", {(TO_SOURCE, CLAIMED): SHE}, "source nowhere", 0),
        ("… which others do not feel", {(TO_SOURCE, CLAIMED): SHE}, "source all", 100),
    ],
)
def test_a_wrong_link_costs_its_own_rows(
    why: str, wrong: Chosen, row: str, share: float
) -> None:
    del why
    assert figures(GOLD, {**RIGHT, **wrong})[row][0] == share


def test_a_link_that_is_missing_is_wrong() -> None:
    assert figures(GOLD, {})["cue all"] == (0, 5)


@pytest.mark.parametrize(
    ("why", "changed", "row", "count"),
    [
        ("its cue is not marked", {"cue": None, "unknown": {"cue"}}, "cue all", 4),
        ("it has no cue", {"cue": None}, "cue nowhere", 1),
        ("its source is not marked", {"unknown": {"source"}}, "source nowhere", 0),
        ("it shares cue and source", {"cue": SAID, "source": MOSS}, "source all", 2),
    ],
)
def test_what_is_asked_of_a_claim(
    why: str, changed: dict[str, object], row: str, count: int
) -> None:
    del why
    claims = (*CLAIMS[:2], replace(CLAIMS[2], **changed))
    assert figures(replace(GOLD, attributions=claims), RIGHT)[row][1] == count


def block(passage: str, label: str) -> GoldBlock:
    span = at(passage)
    return GoldBlock(start=span.start, end=span.end, label=label)


FIRST_LINE, *_ = TEXT.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("why", "blocks", "annotated", "expected"),
    [
        ("no blocks are annotated", (), (), [TEXT]),
        (
            "furniture inside a line",
            (block("she added. ", "furniture"),),
            (),
            TEXT.split("she added. "),
        ),
        ("blocks only", (block(FIRST_LINE, "body"),), ("blocks",), [FIRST_LINE]),
    ],
)
def test_the_encoder_reads_what_it_was_trained_on(
    why: str,
    blocks: tuple[GoldBlock, ...],
    annotated: tuple[str, ...],
    expected: list[str],
) -> None:
    del why
    gold = replace(GOLD, blocks=blocks, layers=frozenset(annotated))
    assert [span.of(TEXT) for span in passages(gold)] == expected


def test_whole_claims_are_left_out_where_nothing_was_measured() -> None:
    def report(f1: float) -> Report:
        rows = {"whole_exact": {"f1": f1}, "whole_overlap": {"f1": f1 + 5}}
        return Report(documents=1, claims=3, sections={"claims": rows})

    ways = {"encoder": report(90.0), "nearness": report(80.0)}
    assert whole_claims(ways) == {
        "outer_exact_f1": {"encoder": 90, "nearness": 80},
        "outer_overlap_f1": {"encoder": 95, "nearness": 85},
    }


def test_the_command_prints_both_ways_side_by_side(tmp_path: Path) -> None:
    spans = [
        {
            "id": one.id,
            "cue": [one.cue.start, one.cue.end],
            "source": [one.source.start, one.source.end] if one.source else None,
            "content": [[span.start, span.end] for span in one.content],
        }
        for one in CLAIMS[:3]
    ]
    document = {"id": "test/1", "text": TEXT, "layers": ["attributions"]}
    path = tmp_path / "ferry.jsonl"
    path.write_text(json.dumps({**document, "attributions": spans}), encoding="utf-8")
    app = typer.Typer()
    app.command()(tell_links)
    model = str(ROOT / "models" / "en_news_claims")
    options = [str(path), "--model", model, "--scheme", "uk_news", "--json"]
    told = json.loads(CliRunner().invoke(app, options).stdout)
    to_cue, to_source, whole = told["scores"].values()
    assert [to_cue["all"]["count"], to_source["all"]["count"]] == [5, 2]
    assert to_cue["another_line"]["nearness"] == 0
    assert set(whole["outer_exact_f1"]) == {"encoder", "nearness"}
