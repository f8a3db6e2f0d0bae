"""Figures inside contents, normalised, case by case."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Figure, Span
from pipeline.stages.claims.figures import find_figures
from pipeline.stages.entities.quantities import find_quantities

NOTHING: dict[str, Any] = {"value": None, "unit": None}
CASES = Path(__file__).parents[1] / "cases" / "figures"
TABLES = ("contents.jsonl", "news.jsonl")


def figures(text: str, *, dates: Sequence[Span] = ()) -> list[Figure]:
    whole = Span(start=0, end=len(text))
    quantities = list(find_quantities(text))
    return list(find_figures(text, quantities, segment=whole, dates=dates))


def read(*names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        for line in (CASES / name).read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def cases(*names: str) -> Iterator[Any]:
    for case in read(*names):
        yield pytest.param(case, id=f"{case['text']}: {case['why']}")


def expected_of(case: dict[str, Any]) -> list[Figure]:
    text = case["text"]
    expected = []
    for exact, fields in case["figures"]:
        start = text.index(exact)
        expected.append(
            Figure(
                start=start, end=start + len(exact), exact=exact, **(NOTHING | fields)
            )
        )
    return expected


@pytest.mark.parametrize("case", list(cases(*TABLES)))
def test_figures_are_normalised(case: dict[str, Any]) -> None:
    assert figures(case["text"]) == expected_of(case)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", list(cases("known-failures.jsonl")))
def test_known_failures(case: dict[str, Any]) -> None:
    assert figures(case["text"]) == expected_of(case)


def test_the_pass_rate() -> None:
    table = list(read(*TABLES, "known-failures.jsonl"))
    passed = sum(figures(case["text"]) == expected_of(case) for case in table)
    share = passed / len(table)
    sys.stdout.write(f"figures: {passed} of {len(table)} cases, {share:.1%}\n")
    assert share >= 0.93


def test_a_number_inside_a_date_is_no_figure() -> None:
    text = "it closed two years ago"
    date = Span(start=text.index("two"), end=len(text))
    assert figures(text, dates=[date]) == []


def test_figures_outside_the_segment_are_left_out() -> None:
    text = "40 men and 50 women"
    segment = Span(start=11, end=len(text))
    found = find_figures(text, list(find_quantities(text)), segment=segment)
    assert [figure.exact for figure in found] == ["50"]


@settings(derandomize=True, max_examples=200)
@given(st.text(alphabet="£1 2,0.-%mtofrmbewn and per centhird", max_size=60))
def test_every_figure_is_exact(text: str) -> None:
    for figure in figures(text):
        assert text[figure.start : figure.end] == figure.exact
