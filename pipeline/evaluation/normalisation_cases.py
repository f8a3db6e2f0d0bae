"""Test cases of numbers, sums, measures and dates, as their files hold them.

Reach for :func:`read_cases` with a folder that holds ``number.jsonl``,
``currency_unit.jsonl`` and ``datetime.jsonl``: one expected result a line. The texts of
the cases are written without capitals; names of months and days get theirs, for in news
a word without is no name.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from pipeline.evaluation.news_prose import shape
from pipeline.records import Span
from pipeline.stages.claims.dates.absolute import MONTH, WEEKDAY

FILES: Final = ("number.jsonl", "currency_unit.jsonl", "datetime.jsonl")
#: The day from which cases without a day of their own are read.
_SOME_DAY: Final = date(2016, 11, 7)
_CALENDAR_NAME: Final = re.compile(
    rf"(?<![^\W_])(?:{MONTH}|{WEEKDAY})(?![^\W_])", re.IGNORECASE
)
_EDGES: Final = "()[]{}<>\"'`.,;:!?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One expected result; ``type`` is empty where nothing is to be found."""

    name: str
    text: str
    span: Span
    type: str
    value: str | None
    values: Sequence[Any]
    unit: str | None
    timex: str | None
    reference: date

    @property
    def exact(self) -> str:
        """The expected passage."""
        return self.span.of(self.text)

    @property
    def words(self) -> str:
        """The passage widened to the white space around it, without outer marks."""
        lead = re.search(r"\S*$", self.text[: self.span.start])
        trail = re.match(r"\S*", self.text[self.span.end :])
        whole = f"{lead[0] if lead else ''}{self.exact}{trail[0] if trail else ''}"
        return whole.strip(_EDGES)

    @property
    def label(self) -> str:
        """The type; with a question mark if it only asks whether this is a date."""
        asks = self.type.startswith("date") and not self.values
        return f"{self.type}?" if asks else self.type

    @property
    def shape(self) -> tuple[str, ...]:
        """What the news has to print."""
        return shape(self.words)


def read_cases(folder: Path) -> Iterator[Case]:
    """Yield the cases of the three files, in order."""
    for name in FILES:
        with (folder / name).open(encoding="utf-8") as lines:
            for line in lines:
                yield _case(json.loads(line))


def _case(row: dict[str, Any]) -> Case:
    found = re.match(r"(?:date|set|time|duration)", row["type"] or "")
    text = _CALENDAR_NAME.sub(lambda m: m[0].title(), row["text"]) if found else None
    return Case(
        name=row["case"],
        text=text or row["text"],
        span=Span(start=row["start"] or 0, end=row["end"] or 0),
        type=row["type"] or "",
        value=row["value"],
        values=row["values"] or (),
        unit=row["unit"],
        timex=row["timex"],
        reference=date.fromisoformat((row["reference"] or str(_SOME_DAY))[:10]),
    )
