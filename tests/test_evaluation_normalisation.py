"""Cases that were not written for news: which of them count, and what agrees."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation.agreement import (
    Days,
    date_agrees,
    duration_agrees,
    expected_days,
    figure_agrees,
)
from pipeline.evaluation.news_prose import (
    KINDS,
    LEAST,
    News,
    kind_left_out,
    read_news,
    shape,
)
from pipeline.evaluation.normalisation import (
    CLASSES,
    is_read,
    measure,
    reason_left_out,
    tell_normalisation,
)
from pipeline.evaluation.normalisation_cases import FILES, Case, read_cases
from pipeline.records import Figure
from pipeline.stages.claims.dates.reader import DateReader

NOTHING: dict[str, object] = {
    "reference": None,
    "timex": None,
    "value": None,
    "values": [],
    "unit": None,
}
PUBLISHED = date(2013, 2, 14)


def row(text: str, exact: str | None, type_: str | None, **fields: object) -> str:
    start = text.index(exact) if exact else None
    end = start + len(exact) if exact and start is not None else None
    span = {"start": start, "end": end, "exact": exact, "type": type_}
    return json.dumps(
        {"case": "Number/Model-0", "text": text} | NOTHING | span | fields
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = {
        "number.jsonl": [
            row("they saw 40 boats", "40", "number", value="40"),
            row("room 1e10", "1e10", "number", value="10000000000"),
            row("this is the one", None, None, case="Number/NumberModel-1"),
        ],
        "currency_unit.jsonl": [
            row("it cost £6m", "£6m", "currency", value="6000000", unit="Pound"),
            row("so many dollars", "dollars", "currency", unit="Dollar"),
        ],
        "datetime.jsonl": [
            row(
                "we met last november",
                "last november",
                "daterange",
                reference="2013-02-14T00:00:00",
                values=[{"start": "2012-11-01", "end": "2012-12-01"}],
            ),
            row("at 3pm", "3pm", "time"),
            row("we meet on the moon", "the moon", "date"),
        ],
    }
    for name in FILES:
        (tmp_path / name).write_text("\n".join(lines[name]) + "\n", encoding="utf-8")
    news = [
        {"text": "Last March 12 boats sank, at a cost of £3m. Last May 9 sank."},
        {"text": "Sums of £5m and £9m were paid."},
    ]
    text = "\n".join(map(json.dumps, news))
    (tmp_path / "news.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_cases_are_sorted_into_left_out_read_and_missed(folder: Path) -> None:
    cases = list(read_cases(folder))
    news = read_news((case.shape for case in cases), [folder / "news.txt"])
    reasons = [(case.exact, reason_left_out(case, news)) for case in cases]
    assert [exact for exact, reason in reasons if reason is None] == [
        *("40", "", "£6m", "last November"),
    ]
    outcome = measure(cases, news)
    assert outcome.rate(["number", "currency", "daterange", ""]) == (4, 4)
    report = "\n".join(outcome.lines())
    assert "clock time" in report
    assert "shape" in report


def test_the_command_prints_the_classes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_normalisation(folder, news=[folder / "news.txt"], misses=True)
    printed = capsys.readouterr().out
    assert all(name in printed for name in CLASSES)
    assert printed.startswith("8 results")


@pytest.mark.parametrize(
    ("expression", "type_", "left_out"),
    [
        ("half past nine", "time", True),
        ("in two hours", "datetime", True),
        ("every Friday", "set", True),
        ("the next day", "date", True),
        ("the week", "daterange", True),
        ("a few days ago", "date", True),
        ("11/20", "date", True),
        ("2012-3", "daterange", True),
        ("18", "date", True),
        ("1,3", "number", True),
        ("192.0.2.1", "number", True),
        ("one over two", "number", True),
        ("9 dollars 50", "currency", True),
        ("48 m", "dimension", True),
        ("last week", "daterange", False),
        ("the next two weeks", "daterange", False),
        ("2012", "daterange", False),
        ("£3m", "currency", False),
        ("12 million dollars", "currency", False),
        ("48 metres", "dimension", False),
        ("1,200", "number", False),
    ],
)
def test_kinds_that_do_not_count(expression: str, type_: str, left_out: object) -> None:
    assert (kind_left_out(expression, type_) is not None) is left_out


def test_every_reason_is_given_once() -> None:
    reasons = [reason for reason, _, _ in KINDS]
    assert len(reasons) == len(set(reasons))


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("3 March 2012", "28 July 1999", True),
        ("two weeks ago", "nine days ago", True),
        ("£3m", "£40m", True),
        ("12km", "40km", True),
        ("2 weeks ago", "two weeks ago", False),
        ("Oct2", "Oct 2", False),
        ("2012-13", "2012 -13", False),
    ],
)
def test_shapes(one: str, two: str, alike: object) -> None:
    assert (shape(one) == shape(two)) is alike


def test_news_prints_what_it_prints_often_enough() -> None:
    news = News([shape("last May"), shape("last week")])
    for _ in range(LEAST):
        assert not news.prints(shape("last March"))
        news.read("It closed last July.")
    assert news.prints(shape("last March"))
    assert not news.prints(shape("last week"))


@pytest.mark.parametrize(
    ("expression", "earliest", "latest", "agrees"),
    [
        ("last week", "2013-02-04", "2013-02-10", True),
        ("last week", "2013-02-05", "2013-02-12", False),
        ("from 2010 to 2012", "2010-01-01", "2011-12-31", True),
        ("two years ago", "2011-02-14", "2011-02-14", True),
        ("two years ago", "2010-02-14", "2010-02-14", False),
        ("the end of 2012", "2012-07-01", "2012-12-31", True),
        ("earlier this month", "2013-02-01", "2013-02-07", True),
        ("the past two weeks", "2013-01-31", "2013-02-13", True),
        ("since 2010", "2010-01-01", None, True),
        ("since 2010", "2010-01-01", "2013-02-14", False),
        ("that October", "2012-10-01", "2012-10-31", False),
    ],
)
def test_dates_agree_but_for_conventions(
    expression: str, earliest: str, latest: str | None, agrees: object
) -> None:
    found = DateReader(PUBLISHED).resolve(expression)
    days = Days(
        earliest=date.fromisoformat(earliest),
        latest=date.fromisoformat(latest) if latest else None,
    )
    assert found is not None
    assert date_agrees(found, days, expression) is agrees


def test_days_are_read_from_either_form_of_a_case() -> None:
    nested = [{"past": {"startDate": "2012-11-01", "endDate": "2012-12-01"}}]
    november = Days(earliest=date(2012, 11, 1), latest=date(2012, 11, 30))
    assert expected_days(nested, "daterange") == [november]
    day = Days(earliest=PUBLISHED, latest=PUBLISHED)
    assert expected_days([{"value": "2013-02-14 08:00:00"}], "datetime") == [day]
    assert expected_days([{"timex": "SU"}], "daterange") == []


@pytest.mark.parametrize(
    ("fields", "expected", "unit", "agrees"),
    [
        ({"value": 40, "unit": "boats"}, "40", None, True),
        ({"value": 1, "unit": None, "denominator": 4}, "0.25", None, True),
        ({"value": 0.5, "unit": "$"}, "50", "Cent", True),
        ({"value": 5, "unit": "$"}, "5", "Euro", False),
        ({"value": 30, "unit": "%"}, "30%", None, True),
        ({"value": 30, "unit": None, "modifier": "more than"}, "(30,)", None, True),
        ({"value": 30, "unit": None, "modifier": "up to"}, "(30,)", None, False),
        ({"value": None, "unit": None, "low": 5, "high": 7}, "[5,7)", None, True),
    ],
)
def test_figures_agree_but_for_conventions(
    fields: dict[str, Any], expected: str, unit: str | None, agrees: object
) -> None:
    figure = Figure(start=0, end=1, exact="x", **fields)
    assert figure_agrees(figure, expected, unit) is agrees


def test_durations_are_compared_in_seconds() -> None:
    figure = Figure(start=0, end=1, exact="x", value=45, unit="minute")
    assert duration_agrees(figure, "2700")
    assert not duration_agrees(figure, "45")


def test_where_nothing_stands_nothing_is_to_be_found(folder: Path) -> None:
    [case] = [case for case in read_cases(folder) if not case.type]
    assert isinstance(case, Case)
    assert is_read(case)
