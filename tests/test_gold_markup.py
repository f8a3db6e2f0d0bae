"""Marked-up articles: what the marks mean, and which mistakes are refused."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import BadGoldError
from pipeline.gold_markup import compile_markup

_SPEAKER = {"kind": "unknown"}


def compiled(body: str, **claims: object) -> dict[str, Any]:
    described = {key[1:]: value for key, value in claims.items()}
    tail = json.dumps({"id": "made", "claims": described})
    return compile_markup(f"{body}\n=====\n{tail}", "made")


def claim(**changes: object) -> dict[str, Any]:
    return {"type": "indirect", "speaker": _SPEAKER, **changes}


def test_marks_go_and_text_stays() -> None:
    body = "⟦s1 ⦃Ann|PERSON⦄⟧ ⟦c1 said⟧ ⟦q1 yes⟧ | ⟦q1 no⟧."
    data = compiled(body, k1=claim(negated=True))
    assert data["text"] == "Ann said yes | no.\n"
    assert data["entities"] == [{"start": 0, "end": 3, "label": "PERSON"}]
    (one,) = data["attributions"]
    assert (one["source"], one["cue"]) == ([0, 3], [4, 8])
    assert one["content"] == [[9, 12], [15, 17]]
    assert one["negated"] is True
    assert one["speaker"]["party"] is None


def test_marks_nest_and_a_source_can_be_shared() -> None:
    body = "⟦s1 ⟦s2 He⟧⟧ ⟦c1 praised⟧ ⟦q1 it⟧ and ⟦c2 vowed⟧ ⟦q2 more⟧."
    one, other = compiled(body, k1=claim(), k2=claim())["attributions"]
    assert one["source"] == other["source"] == [0, 2]


def test_blocks_run_to_the_next_one_without_the_blank_lines() -> None:
    data = compiled("@@headline\n\nA\n\n@@body\nB\nC ⟦x Share⟧\n")
    assert [
        (b["label"], data["text"][b["start"] : b["end"]]) for b in data["blocks"]
    ] == [
        ("headline", "A"),
        ("body", "B\nC Share"),
        ("furniture", "Share"),
    ]


def test_an_appearance_belongs_to_its_claim() -> None:
    body = "⟦a1 “No”⟧\n⟦q1 “No,”⟧ ⟦s1 she⟧ ⟦c1 said⟧."
    (one,) = compiled(body, k1=claim())["attributions"]
    assert one["appearances"] == [[0, 4]]


@pytest.mark.parametrize(
    ("body", "claims", "words"),
    [
        ("@@menu\nA", {}, "unknown block 'menu'"),
        ("⦃Ann|GPE⦄", {}, "unknown label 'GPE'"),
        ("⦃Ann⦄", {}, "stray '⦄'"),
        ("⟦z1 Ann⟧", {}, "stray '⟦'"),
        ("Ann⟧", {}, "closes nothing"),
        ("Ann|ORG⦄", {}, "closes nothing"),
        ("⦃Ann⟧", {}, "closes nothing"),
        ("⟦s1 Ann", {}, "'s1' is never closed"),
        ("⟦q1 no⟧", {}, "marks claims ['1'] but describes []"),
        ("no", {"k1": claim()}, "marks claims [] but describes ['1']"),
        ("⟦c1 said⟧", {"k1": claim()}, "claim 1: no content"),
        ("⟦q1 no ⟧", {"k1": claim()}, "white space at an edge of 'no '"),
        ("⟦q1 ⟧", {"k1": claim()}, "white space at an edge of ''"),
        ("⟦q1 a⟧ ⟦c1 b⟧ ⟦c1 c⟧", {"k1": claim()}, "more than one source or cue"),
        ("⟦q1 a⟧", {"k1": claim(speaker={"kind": "man"})}, "kind 'man'"),
        ("⟦q1 a⟧", {"k1": {"type": "direct"}}, "lacks 'speaker'"),
    ],
)
def test_a_mistake_is_refused_by_name(
    body: str, claims: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadGoldError, match=r"^made: ") as refused:
        compiled(body, **claims)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("text alone", "no ===== line"),
        ("text\n=====\n{", "no JSON"),
        ("text\n=====\n{}", "lacks 'id'"),
    ],
)
def test_the_description_is_asked_for(raw: str, words: str) -> None:
    with pytest.raises(BadGoldError, match=words):
        compile_markup(raw, "made")


@settings(derandomize=True)
@given(st.text(st.characters(exclude_characters="⟦⟧⦃⦄|@\ud800", codec="utf-8")))
def test_text_without_marks_is_kept_to_the_character(text: str) -> None:
    assert compiled(text)["text"] == text + "\n"
