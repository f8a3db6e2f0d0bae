"""Scores of hand-made readings: gold and prediction side by side in mark-up."""

import json
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from pipeline.evaluation.reading import Found, Reading
from pipeline.evaluation.scores import Scores
from pipeline.gold import GoldAttribution, GoldDocument, from_json
from pipeline.gold_markup import compile_markup
from pipeline.records import Block, Mention, Part, Span, Speaker

Case: TypeAlias = dict[str, Any]

_CASES = Path(__file__).parent / "cases" / "evaluation"


def _rows(name: str) -> list[Any]:
    lines = (_CASES / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [pytest.param(row, id=row["why"]) for row in rows]


def gold_of(
    marked: str,
    *,
    keys: str = "123",
    types: dict[str, str] | None = None,
    nested: dict[str, str] | None = None,
    **changes: object,
) -> GoldDocument:
    """Compile one marked-up passage, with claims described as plainly as possible."""
    claims = {
        key: {
            "type": (types or {}).get(key, "indirect"),
            "negated": key in changes.get("negated", ()),
            "nested_in": (nested or {}).get(key),
            "speaker": {"kind": "unknown"},
        }
        for key in keys
        if f"⟦q{key} " in marked
    }
    described = json.dumps({"id": "made", "claims": claims})
    data = compile_markup(f"{marked}\n=====\n{described}", "made")
    for key in ("layers", "partial_layers", "labels"):
        data[key] = changes.get(key, data.get(key, []))
    unknown = changes.get("unknown", {})
    for one in data["attributions"]:
        one["unknown"] = unknown.get(one["id"], [])
    return from_json(data, "made")


def found_of(one: GoldAttribution, **changes: object) -> Found:
    values = {
        "id": one.id,
        "content": one.content,
        "cue": one.cue,
        "source": one.source,
        "type": one.type,
        "nested_in": one.nested_in,
        "negated": bool(one.negated),
        "appearances": one.appearances,
    }
    return Found(**values | changes)


def reading_of(document: GoldDocument) -> Reading:
    """Take a gold document for what the pipeline found."""
    return Reading(
        blocks=tuple(
            Block(start=b.start, end=b.end, label=b.label, reason="made")
            for b in document.blocks
        ),
        mentions=tuple(
            Mention(start=e.start, end=e.end, label=e.label) for e in document.entities
        ),
        found=tuple(map(found_of, document.attributions)),
    )


def figures(*pairs: tuple[GoldDocument, Reading]) -> dict[str, float]:
    scores = Scores()
    for gold, reading in pairs:
        scores.add(gold, reading)
    return scores.report(gold="", weights=None).figures()


@pytest.mark.parametrize("row", _rows("spans.jsonl"))
def test_figures_of_one_passage(row: Case) -> None:
    names = ("layers", "partial_layers", "labels", "unknown", "nested", "negated")
    gold = gold_of(row["gold"], **{name: row[name] for name in names if name in row})
    predicted = gold_of(
        row["predicted"],
        types=row.get("predicted_types"),
        nested=row.get("predicted_nested"),
        negated=row.get("predicted_negated", ()),
    )
    assert gold.text == predicted.text
    measured = figures((gold, reading_of(predicted)))
    assert {name: measured.get(name) for name in row["figures"]} == row["figures"]


@pytest.mark.parametrize("row", _rows("speakers.jsonl"))
def test_figures_of_one_speaker(row: Case) -> None:
    content = (Span(start=0, end=5),)
    attribution = {"id": "1", "content": [[0, 5]], "speaker": row["gold"]}
    data = {"id": "made", "text": "It is", "attributions": [attribution]}
    layers = ["attributions", "speakers"]
    gold = from_json({**data, "layers": layers}, "made")
    speaker = Speaker(**row["predicted"])
    measured = figures(
        (gold, Reading(found=(Found(id="1", content=content, speaker=speaker),)))
    )
    wanted = {f"speakers.{name}": value for name, value in row["figures"].items()}
    assert {name: measured.get(name) for name in wanted} == wanted


def test_white_space_at_the_edges_does_not_count() -> None:
    gold = gold_of("⟦s1 Ann⟧ ⟦c1 said⟧ ⟦q1 no⟧.")
    one = found_of(
        gold.attributions[0], cue=Span(start=3, end=9), content=(Span(start=8, end=11),)
    )
    assert figures((gold, Reading(found=(one,))))["claims.whole_exact.f1"] == 100


def test_documents_are_pooled_not_averaged() -> None:
    right = gold_of("⟦s1 Ann⟧ ⟦c1 said⟧ ⟦q1 no⟧.")
    other = gold_of("⟦s1 Bo⟧ ⟦c1 said⟧ ⟦q1 yes⟧ and ⟦c2 meant⟧ ⟦q2 so⟧.")
    measured = figures((right, reading_of(right)), (other, Reading()))
    assert measured["spans.content.recall"] == 33.33
    assert measured["spans.content.precision"] == 100


def test_a_wrong_claim_is_not_excused_by_its_confidence() -> None:
    gold = gold_of("⟦s1 Ann⟧ ⟦c1 said⟧ ⟦q1 no⟧. Bo said yes.")
    right = found_of(gold.attributions[0], confidence=0.9)
    wrong = Found(id="2", content=(Span(start=22, end=25),), confidence=0.6)
    measured = figures((gold, Reading(found=(right, wrong))))
    assert measured["calibration.content_exact.error"] == pytest.approx(35)


def test_the_encoder_is_scored_on_its_outer_parts_alone() -> None:
    gold = gold_of("⟦s1 Ann⟧ ⟦c1 said⟧ ⟦q1 no⟧.")
    parts = (
        Part(start=0, end=3, role="source"),
        Part(start=4, end=8, role="cue"),
        Part(start=0, end=8, role="content", level="inner"),
        Part(start=8, end=11, role="content"),
    )
    measured = figures((gold, Reading(parts=parts)))
    assert measured["encoder.content.f1"] == 100
    assert measured["spans.content.f1"] == 0


def test_speakers_are_split_by_how_they_were_resolved() -> None:
    gold = gold_of("⟦s1 She⟧ ⟦c1 said⟧ ⟦q1 no⟧.")
    data = {"kind": "person", "name": "Ann Reed"}
    attribution = {"id": "1", "content": [[9, 11]], "speaker": data}
    layers = ["attributions", "speakers"]
    gold = from_json(
        {"id": "m", "text": gold.text, "layers": layers, "attributions": [attribution]},
        "made",
    )
    speaker = Speaker(**data, resolution="pronoun")
    found = Found(id="1", content=(Span(start=9, end=11),), speaker=speaker)
    measured = figures((gold, Reading(found=(found,))))
    assert measured["resolution.pronoun.right"] == 100


def test_misses_show_what_was_there_and_what_was_found_instead() -> None:
    gold = gold_of("⟦s1 Ann⟧ ⟦c1 said⟧ ⟦q1 the old bridge was safe⟧. Bo left.")
    one = found_of(gold.attributions[0], content=(Span(start=13, end=32),), cue=None)
    invented = Found(id="2", content=(Span(start=37, end=41),))
    scores = Scores()
    scores.add(gold, Reading(found=(one, invented)))
    misses = scores.report(gold="", weights=None).misses
    listed = [(miss.what, miss.gold, miss.predicted) for miss in misses]
    assert listed == [
        ("claim invented", None, "left"),
        ("content", "the old bridge was safe", "old bridge was safe"),
        ("cue", "said", None),
    ]
    assert misses[0].before == "Ann said the old bridge was safe. Bo "


def test_entity_and_block_misses_name_both_sides() -> None:
    gold = gold_of("@@body\n⦃Ann Reed|PERSON⦄ of ⦃Selby|LOC⦄")
    mentions = (Mention(start=0, end=3, label="PERSON"),)
    blocks = (Block(start=0, end=17, label="caption", reason="made"),)
    scores = Scores()
    scores.add(gold, Reading(mentions=mentions, blocks=blocks))
    misses = scores.report(gold="", weights=None).misses
    assert [(miss.what, miss.gold, miss.predicted) for miss in misses] == [
        ("entity invented", "PERSON Ann Reed", "PERSON Ann"),
        ("entity missed", "PERSON Ann Reed", "PERSON Ann"),
        ("entity missed", "LOC Selby", None),
        ("block", "body", "caption"),
    ]
