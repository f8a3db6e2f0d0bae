"""The force and polarity of claims, cue by cue, and the lemmas that decide them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages.claims.force import CueReading, knows, read_cue
from pipeline.stages.claims.lemmas import lemma

CASES = Path(__file__).parents[1] / "cases" / "force"


def read(*names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        for line in (CASES / name).read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def cases(*names: str) -> Iterator[Any]:
    for case in read(*names):
        yield pytest.param(case, id=f"{case['cue']}: {case['why']}")


def expected_of(case: dict[str, Any]) -> CueReading:
    return CueReading(lemma=case["lemma"], force=case["force"], negated=case["negated"])


@pytest.mark.parametrize("case", list(cases("cues.jsonl")))
def test_cues_are_read(case: dict[str, Any]) -> None:
    assert read_cue(case["cue"], case["content"]) == expected_of(case)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", list(cases("known-failures.jsonl")))
def test_known_failures(case: dict[str, Any]) -> None:
    assert read_cue(case["cue"], case["content"]) == expected_of(case)


def test_the_pass_rate() -> None:
    table = list(read("cues.jsonl", "known-failures.jsonl"))
    passed = sum(
        read_cue(case["cue"], case["content"]) == expected_of(case) for case in table
    )
    share = passed / len(table)
    sys.stdout.write(f"force: {passed} of {len(table)} cues, {share:.1%}\n")
    assert share >= 0.95


def test_the_lexicon_knows_what_it_lists() -> None:
    assert knows("call for")
    assert not knows("blunter")


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
        ("treating", "treat"),
        ("rumoured", "rumour"),
        ("goes", "go"),
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
