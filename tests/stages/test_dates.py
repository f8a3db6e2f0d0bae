"""Date expressions of the news, resolved against Thursday 14 February 2013."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Mention, SaidOn, Span
from pipeline.stages.claims.dates.mentioned import find_dates, said_on, stated_days
from pipeline.stages.claims.dates.reader import DateReader
from pipeline.stages.claims.dates.stretches import (
    Stretch,
    easter,
    of_decade,
    of_season,
    shift,
)

CASES = Path(__file__).parents[1] / "cases" / "dates"
PUBLISHED = date(2013, 2, 14)


TABLES = ("fixture.jsonl", "more.jsonl", "news.jsonl")


def read(*names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        for line in (CASES / name).read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def cases(*names: str) -> Iterator[Any]:
    for case in read(*names):
        yield pytest.param(case, id=case["expression"])


def resolved(case: dict[str, Any]) -> Stretch | None:
    reader = DateReader(PUBLISHED)
    return reader.resolve(case["expression"], tense=case.get("tense"))


def expected_of(case: dict[str, Any]) -> Stretch:
    return Stretch(
        edtf=case["edtf"],
        earliest=case["earliest"] and date.fromisoformat(case["earliest"]),
        latest=case["latest"] and date.fromisoformat(case["latest"]),
        modifier=case["modifier"],
    )


@pytest.mark.parametrize("case", list(cases(*TABLES)))
def test_expressions_are_resolved(case: dict[str, Any]) -> None:
    assert resolved(case) == expected_of(case)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", list(cases("known-failures.jsonl")))
def test_known_failures(case: dict[str, Any]) -> None:
    assert resolved(case) == expected_of(case)


def test_the_pass_rate() -> None:
    table = list(read(*TABLES, "known-failures.jsonl"))
    passed = sum(resolved(case) == expected_of(case) for case in table)
    share = passed / len(table)
    sys.stdout.write(f"dates: {passed} of {len(table)} expressions, {share:.1%}\n")
    assert share >= 0.95


@pytest.mark.parametrize(
    "words",
    [
        *("may", "march", "62", "£30m", "three", "sat", "1,200"),
        *("three years", "18 months", "Theresa May", "31 June 2012", "half"),
        *("the Sunday Times", "and £30m", "Page 1 of 1", "10am", "a year", "now"),
        *("in two years", "week 31", "4/5", "2-1", "31 February", "the year"),
        "the second Monday of the month",
    ],
)
def test_what_is_no_date_is_none(words: str) -> None:
    found = DateReader(PUBLISHED).resolve(words)
    assert found is None or found.edtf is None


@pytest.mark.parametrize(
    "words", ["today", "last November", "two years ago", "1 April", "14 Feb at 10:30"]
)
def test_without_a_publication_date_the_relative_stays_unresolved(words: str) -> None:
    found = DateReader().resolve(words)
    assert found is not None
    assert (found.edtf, found.earliest, found.latest) == (None, None, None)


def test_without_a_publication_date_the_absolute_is_resolved() -> None:
    found = DateReader().resolve("by the end of 2012")
    assert found is not None
    assert found.edtf == "../2012-12~"


@pytest.mark.parametrize(
    ("words", "edtf"), [("Tuesday", "2013-02-19"), ("May", "2013-05")]
)
def test_where_the_text_looks_ahead_the_next_one_is_meant(
    words: str, edtf: str
) -> None:
    found = DateReader(PUBLISHED).resolve(f"on {words}", tense="future")
    assert found is not None
    assert found.edtf == edtf


def mentions(text: str, *names: str) -> Iterator[Mention]:
    for name in names:
        start = text.index(name)
        yield Mention(start=start, end=start + len(name), label="DATE")


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("costs rose since 2010", ["2010"], [("since 2010", "2010/..")]),
        ("it will open on Tuesday", ["Tuesday"], [("Tuesday", "2013-02-19")]),
        ("it opened on Tuesday", ["Tuesday"], [("Tuesday", "2013-02-12")]),
        ("it took three years", ["three years"], []),
        ("nobody rides on a wet Tuesday", ["Tuesday"], []),
        (
            "between 2009 and 2011 it fell",
            ["2009", "2011"],
            [("between 2009 and 2011", "2009/2011")],
        ),
    ],
)
def test_mentions_are_widened_by_the_words_that_place_them(
    text: str, names: list[str], expected: object
) -> None:
    found = find_dates(
        text,
        list(mentions(text, *names)),
        segment=Span(start=0, end=len(text)),
        reader=DateReader(PUBLISHED),
    )
    assert [(it.exact, it.edtf) for it in found] == expected


@pytest.mark.parametrize(
    ("text", "month", "edtf"),
    [
        ("work will begin in September", "September", "2013-09"),
        # reported speech
        ("said that work would begin in September", "September", "2013-09"),
        ("said it should open in May", "May", "2013-05"),
        ("said the school was to close in July", "July", "2013-07"),
        ("said they were due to meet in July", "July", "2013-07"),
        ("said the board planned to meet in July", "July", "2013-07"),
        ("hopes to open in May", "May", "2013-05"),
        ("said she aimed to stand in May", "May", "2013-05"),
        ("intends to sell in June", "June", "2013-06"),
        ("said talks were scheduled for June", "June", "2013-06"),
        ("said it wouldn’t open until May", "May", "../2013-05"),
        ("said it would have to close in May", "May", "2013-05"),
        ("said it would not be open in May", "May", "2013-05"),
        # what was not to be, and what nobody would tell
        ("said it would have opened in May", "May", "2012-05"),
        ("said it would never have opened in May", "May", "2012-05"),
        ("said it would’ve opened in May", "May", "2012-05"),
        ("said it should have opened in May", "May", "2012-05"),
        ("said it was to have opened in May", "May", "2012-05"),
        ("would not say if it opened in May", "May", "2012-05"),
        # habits
        ("said that they would often swim in May", "May", "2012-05"),
        ("said every year they would swim in May", "May", "2012-05"),
        # a verb that looks back is nearer
        ("said it would mend what had failed in May", "May", "2012-05"),
        ("will vote on the plan that was made in May", "May", "2012-05"),
        ("said it would be the first fall since May", "May", "2012-05/.."),
        ("said it would go. It opened in May", "May", "2012-05"),
        ("said work began in September", "September", "2012-09"),
    ],
)
def test_a_month_is_on_the_side_that_its_clause_looks_to(
    text: str, month: str, edtf: str
) -> None:
    [found] = find_dates(
        text,
        list(mentions(text, month)),
        segment=Span(start=0, end=len(text)),
        reader=DateReader(PUBLISHED),
    )
    assert found.edtf == edtf


def test_the_anchor_names_the_day_that_a_relative_date_was_counted_from() -> None:
    text = "in 2010 and last year"
    found = find_dates(
        text,
        list(mentions(text, "2010", "last year")),
        segment=Span(start=0, end=len(text)),
        reader=DateReader(PUBLISHED),
    )
    assert [it.anchor for it in found] == [None, "2013-02-14"]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("She said on Tuesday it was over.", "Tuesday", ("2013-02-12", "stated")),
        ("On Tuesday she said it was over.", "Tuesday", ("2013-02-12", "stated")),
        ("She said it was over by Tuesday.", "Tuesday", ("2013-02-14", "published")),
    ],
)
def test_the_day_of_a_claim_is_stated_or_that_of_publication(
    text: str, day: str, expected: object
) -> None:
    cue = Span(start=text.index("said"), end=text.index("said") + 4)
    reader = DateReader(PUBLISHED)
    stated = stated_days(
        text,
        list(mentions(text, day)),
        content=[Span(start=text.index("it was"), end=len(text) - 1)],
        cue=cue,
        sentence=Span(start=0, end=len(text)),
        reader=reader,
    )
    found = said_on(stated, reader)
    assert (found.edtf, found.basis) == expected


def test_without_any_day_the_basis_is_none() -> None:
    found = said_on([], DateReader())
    assert found == SaidOn(edtf=None, earliest=None, latest=None, basis="none")


@pytest.mark.parametrize(
    "words", ["May to " * 11, "mid-" * 19, "from " * 15, "end of " * 11, "1-2-" * 20]
)
def test_what_repeats_itself_is_read_in_no_time(words: str) -> None:
    begun = perf_counter()
    DateReader(PUBLISHED).resolve(f"{words}May 2010")
    assert perf_counter() - begun < 1.0


def test_calendar_arithmetic() -> None:
    assert [easter(year) for year in (2011, 2013, 2024)] == [
        date(2011, 4, 24),
        date(2013, 3, 31),
        date(2024, 3, 31),
    ]
    assert of_season(2011, 24).latest == date(2012, 2, 29)
    assert of_decade(1990).edtf == "199X"
    assert shift(date(2013, 3, 31), months=-1) == date(2013, 2, 28)


@settings(derandomize=True, max_examples=300)
@given(st.text(alphabet="0123456789/-. thendofJuneMaylst", max_size=24))
def test_bounds_stand_in_order_and_nothing_raises(words: str) -> None:
    found = DateReader(PUBLISHED).resolve(words)
    if found and found.earliest and found.latest:
        assert found.earliest <= found.latest


def test_dateparser_is_imported_only_when_a_leaf_needs_it() -> None:
    code = (
        "import sys, datetime as d\n"
        "from pipeline.stages.claims.dates.reader import DateReader\n"
        "DateReader(d.date(2013, 2, 14)).resolve('last November')\n"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
