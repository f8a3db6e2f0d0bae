"""The force and polarity of claims, cue by cue, and the lemmas that decide them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages.claims.force import read_cue
from pipeline.stages.claims.lemmas import lemma

CASES = Path(__file__).parents[1] / "cases" / "force" / "cues.jsonl"


def cases() -> Iterator[Any]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield pytest.param(case, id=f"{case['cue']}: {case['why']}")


@pytest.mark.parametrize("case", list(cases()))
def test_cues_are_read(case: dict[str, Any]) -> None:
    reading = read_cue(case["cue"], case["content"])
    assert reading.lemma == case["lemma"]
    assert reading.force == case["force"]
    assert reading.negated == case["negated"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("said", "say"),
        ("says", "say"),
        ("denies", "deny"),
        ("denied", "deny"),
        ("stopped", "stop"),
        ("pledging", "pledge"),
        ("judges", "judge"),
        ("stated", "state"),
        ("stresses", "stress"),
        ("upheld", "uphold"),
        ("views", "view"),
        ("focus", "focus"),
    ],
)
def test_lemmas_are_found_without_a_list_of_regular_verbs(
    word: str, expected: object
) -> None:
    assert lemma(word) == expected


def test_a_known_lemma_wins_over_a_likelier_one() -> None:
    assert lemma("hoping", frozenset({"hope"})) == "hope"
    assert lemma("sensed", frozenset({"sense"})) == "sense"


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_cue_has_a_reading(cue: str, content: str) -> None:
    assert read_cue(cue, content).lemma.strip() == read_cue(cue, content).lemma
