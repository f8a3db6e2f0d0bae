"""Quotation marks are paired as newspapers set them, and never beyond a paragraph."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.lexicon import read_lexicon
from pipeline.marks import Quotation, claim_type, divide, pair_marks, quoted_share
from pipeline.records import Span

CASES = Path(__file__).parent / "cases" / "marks" / "pairs.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]

#: Mostly marks and what stands beside them, so that any text is tried on odd ones.
TANGLES = st.text(st.sampled_from("\"'“”‘’«»„` \n.,s9aT—(<>&;"), max_size=80)
TEXTS = TANGLES | st.text(max_size=80)


def flags(quotation: Quotation) -> list[str]:
    named = {
        "unopened": not quotation.opened,
        "unclosed": not quotation.closed,
        "reopened": quotation.reopened,
        "continued": quotation.continued,
    }
    return [name for name, holds in named.items() if holds]


def span(text: str, passage: str) -> Span:
    start = text.index(passage)
    return Span(start=start, end=start + len(passage))


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_pairs(row: dict[str, Any]) -> None:
    text = row["text"]
    found = [
        {"exact": q.of(text), "depth": q.depth, "flags": flags(q)}
        for q in pair_marks(text)
    ]
    assert found == [{"depth": 0, "flags": [], **q} for q in row["quotations"]]


@given(TEXTS)
@settings(derandomize=True, max_examples=500)
def test_any_text_gives_quotations_in_bounds_that_nest_or_are_apart(text: str) -> None:
    quotations = pair_marks(text)
    around: list[Quotation] = []
    for quotation in quotations:
        inner = quotation.inner
        assert 0 <= quotation.start <= inner.start < inner.end <= quotation.end
        assert quotation.end <= len(text)
        while around and around[-1].end <= quotation.start:
            around.pop()
        assert all(outer.covers(quotation) for outer in around)
        assert quotation.depth == len(around)
        around.append(quotation)


@given(TEXTS, TEXTS)
@settings(derandomize=True, max_examples=200)
def test_a_missing_mark_never_reaches_beyond_a_blank_line(one: str, two: str) -> None:
    text = f"{one}\n\nNothing stands in marks here.\n\n{two}"
    middle = span(text, "\n\nNothing stands in marks here.\n\n")
    assert not any(q.covers(middle) for q in pair_marks(text))


@given(TEXTS)
@settings(derandomize=True)
def test_paragraphs_cover_every_word(text: str) -> None:
    held = "".join(paragraph.of(text) for paragraph in divide(text))
    assert "".join(held.split()) == "".join(text.split())


def test_paragraphs_left_out_are_not_looked_at() -> None:
    text = '"I agree.\n\nA "pull quote with one mark\n\n"Twice."'
    first, _, third = divide(text)
    found = pair_marks(text, paragraphs=[first, third])
    assert [q.of(text) for q in found] == ['"I agree.', '"Twice."']
    assert [q.unbalanced for q in found] == [False, False]


@pytest.mark.parametrize("glyphs", ['"', "'", "“", '"a\n\n', "‘“", "s' ", '6" '])
def test_a_text_full_of_marks_is_read_in_one_pass(glyphs: str) -> None:
    text = glyphs * (60_000 // len(glyphs))
    assert all(q.end <= len(text) for q in pair_marks(text))


@pytest.mark.parametrize(
    ("content", "expected", "why"),
    [
        (['"We go,"', '"Now."'], "direct", "every segment in marks"),
        (['"We go,"', "he was tired"], "mixed", "one of two segments"),
        (['the plan was "mad"'], "mixed", "a quoted word"),
        (["he was tired"], "indirect", "no marks"),
        (['"Now."'], "direct", "the full stop stands inside"),
        (['"Never".'], "direct", "a full stop outside is no content"),
        (['"Yes," "no" and'], "mixed", "a word between"),
        (['"Yes," "no"'], "direct", "a space between"),
    ],
)
def test_claim_type(content: list[str], expected: str, why: str) -> None:
    text = (
        'He said "We go," he was tired, the plan was "mad" and so on: "Now." '
        '"Never". "Yes," "no" and no more'
    )
    quotations = pair_marks(text)
    segments = [span(text, passage) for passage in content]
    assert claim_type(segments, quotations, text=text) == expected, why


def test_without_the_text_one_character_at_an_edge_does_not_count() -> None:
    text = 'He said "Never". It was "so" she said'
    quotations = pair_marks(text)
    assert quoted_share([span(text, '"Never".')], quotations) == "wholly"
    assert quoted_share([span(text, 'was "so"')], quotations) == "partly"
    assert quoted_share([span(text, "she said")], quotations) == "not"


@pytest.mark.parametrize("name", ["heads", "tails"])
def test_elisions_are_sorted_and_unique(name: str) -> None:
    words = read_lexicon("elisions")[name]
    assert words == sorted(set(words))
    assert all(word == word.lower() and word.isalpha() for word in words)
