"""What a threshold leaves out, and what becomes of a speaker who is not sure enough."""

import pytest
import spacy

from pipeline import layers
from pipeline.records import (
    Attribution,
    Block,
    Part,
    PartScores,
    Resolved,
    Span,
    Speaker,
)
from pipeline.stages.attributions.assembly import content_evidence, find_attributions
from pipeline.stages.claims.abstention import (
    speaker_evidence,
    sure_attributions,
    sure_speakers,
)

TEXT = "Ada Moss said the ferry was late."
MOSS = Resolved(
    speaker=Speaker(
        id="p_ada-moss", kind="person", name="Ada Moss", resolution="named"
    ),
    confidence=0.9,
    reason="source names the speaker",
    flags=("markup",),
)
WEIGHTS = {"intercept": 0.0, "content": 1.0, "cue": 0.5, "source": 0.5}


def attribution(name: str, confidence: float, outer: str | None = None) -> Attribution:
    return Attribution(
        id=name,
        content=(Span(start=0, end=4),),
        confidence=confidence,
        nested_in=outer,
    )


@pytest.mark.parametrize(
    ("least", "kept"),
    [(0.0, ["a1", "a2", "a3"]), (0.5, ["a2", "a3"]), (0.51, ["a3"]), (1.0, [])],
)
def test_what_is_less_sure_is_left_out(least: float, kept: list[str]) -> None:
    all_ = [
        attribution("a1", 0.2),
        attribution("a2", 0.5),
        attribution("a3", 0.9, outer="a1"),
    ]
    assert [one.id for one in sure_attributions(all_, least)] == kept


def test_the_nested_outlive_what_they_stand_in() -> None:
    found = [attribution("a1", 0.2), attribution("a2", 0.9, outer="a1")]
    assert sure_attributions(found, 0.0) == found
    assert [one.nested_in for one in sure_attributions(found, 0.5)] == [None]


def test_a_speaker_not_sure_enough_is_unknown_and_flagged() -> None:
    taken = sure_speakers({"a1": MOSS}, {}, least=0.95)["a1"]
    assert taken.speaker == Speaker()
    assert taken.flags == ("markup", "speaker_unresolved")
    assert taken.confidence == MOSS.confidence
    assert MOSS.reason in taken.reason
    assert sure_speakers({"a1": MOSS}, {}, least=0.9) == {"a1": MOSS}


def test_speakers_are_as_sure_as_their_kind_of_resolution() -> None:
    stated = sure_speakers({"a1": MOSS}, {"intercept": 1.0, "named": 1.0})["a1"]
    assert stated.confidence == pytest.approx(0.8808)
    assert speaker_evidence("pronoun") == {"pronoun": 1.0}


def parts(content: float, cue: float, source: float) -> list[Part]:
    return [
        Part(start=0, end=8, role="source", score=source),
        Part(start=9, end=13, role="cue", score=cue, source=0),
        Part(start=14, end=32, role="content", score=content, cue=1),
    ]


@pytest.mark.parametrize(
    ("scores", "plain", "calibrated"),
    [
        pytest.param((0.8, 0.9, 0.5), 0.8, 0.9231, id="as sure as the content"),
        pytest.param((0.9, 0.8, 0.5), 0.8, 0.9474, id="as sure as the cue"),
        pytest.param((0.5, 0.5, 0.8), 0.5, 0.6667, id="a sure source counts"),
    ],
)
def test_confidence_from_the_scores_of_the_parts(
    scores: tuple[float, float, float], plain: float, calibrated: float
) -> None:
    (one,) = find_attributions(TEXT, [], parts(*scores))
    assert one.confidence == plain
    (one,) = find_attributions(TEXT, [], parts(*scores), calibration=WEIGHTS)
    assert one.confidence == calibrated
    content, cue, source = scores
    assert one.scores == PartScores(content=content, cue=cue, source=source)


def test_a_part_that_is_missing_speaks_neither_way() -> None:
    assert content_evidence(PartScores(content=0.5)) == {"content": 0.0}


@pytest.mark.parametrize(("least", "claims"), [(0.0, 1), (0.6, 1), (0.7, 0)])
def test_the_stage_leaves_out_what_is_not_sure(least: float, claims: int) -> None:
    nlp = spacy.blank("en")
    stage = nlp.create_pipe("news_claims", config={"min_confidence": least})
    doc = nlp.make_doc(TEXT)
    layers.BLOCKS.set(doc, [Block(start=0, end=len(TEXT), label="body", reason="")])
    layers.ATTRIBUTIONS.set(
        doc, find_attributions(TEXT, layers.BLOCKS.get(doc), parts(0.6, 0.9, 0.9))
    )
    stage(doc)
    assert len(layers.CLAIMS.get(doc)) == claims
    assert len(layers.ATTRIBUTIONS.get(doc)) == claims
