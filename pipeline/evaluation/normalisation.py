"""How many test cases of numbers, sums, measures and dates are read as they should be.

Run ``python -m pipeline.evaluation.normalisation FOLDER`` with a folder that holds
``number.jsonl``, ``currency_unit.jsonl`` and ``datetime.jsonl``: a result a line, with
the text, the passage, its type and its value (the cases of Recognizers-Text laid out
so). ``--news FILE``, given once or more, names the news that decides which cases occur
in news, JSON Lines with a ``text``; without it the corpora beside FOLDER are taken.
``--misses`` prints what is missed. The rule by which cases are left out, with all its
reasons, is that of :mod:`.news_prose`; what counts as agreement is that of
:mod:`.agreement`. Beside each class stands how many of its cases are left out, and how
many of those are read all the same.

Numbers go through the two functions that the pipeline uses, on the whole text of a
case. Dates are read as the pipeline reads a mention, with the words of the case around
it; the cases are written without capitals, so names of months and days get theirs.
Cases without a value ask only whether an expression is one.

======================  =============================================================
class                   is read if
======================  =============================================================
number … dimension      a figure on the passage has the value
left alone              no figure stands on an ordinal, or on a passage without number
date, daterange …       the stretch agrees with one of the values, or something is read
======================  =============================================================
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated, Final

import typer

from pipeline.evaluation.agreement import (
    date_agrees,
    duration_agrees,
    expected_days,
    figure_agrees,
)
from pipeline.evaluation.news_prose import News, kind_left_out, read_news
from pipeline.evaluation.normalisation_cases import Case, read_cases
from pipeline.records import Figure, Span
from pipeline.stages.claims.dates.mentioned import tense_at
from pipeline.stages.claims.dates.reader import DateReader
from pipeline.stages.claims.figures import find_figures
from pipeline.stages.entities.calendar import find_dates
from pipeline.stages.entities.quantities import TIME_UNITS, find_quantities

NEWS: Final = (
    "gmb/train.jsonl",
    "polnear/train.jsonl",
    "raw/wikinews.jsonl",
    "uk_news/train.jsonl",
)
_UNSHAPED: Final = "its shape hardly ever stands in the news"
_NO_ANSWER: Final = "the case gives no value to compare"
_LEFT_ALONE: Final = frozenset({"ordinal", "ordinal.relative"})
_PRESENT: Final = "PRESENT_REF"
_DAYS: Final = ("date", "date?")
_STRETCHES: Final = ("daterange", "daterange?")
_TIMED: Final = (
    *("datetime", "datetime?", "datetimerange", "datetimerange?", "DateTimeModel"),
)
_DATES: Final = (*_DAYS, *_STRETCHES, *_TIMED)
#: What must not be found where a case of a class holds nothing.
_NEGATIVES: Final = {
    "AgeModel": {"age"},
    "CurrencyModel": {"money"},
    "DimensionModel": {"measure"},
    "NumberModel": {"count"},
    "NumberRange": {"count"},
    "Ordinal": {"count"},
    "Percent": {"percent"},
    "Temperature": {"measure"},
}
#: The classes that are reported, by the types that make them up.
CLASSES: Final = {
    "Number": ("number",),
    "Percentage": ("percentage",),
    "Currency": ("currency",),
    "Age": ("age",),
    "Dimension": ("dimension",),
    "Date": _DAYS,
    "Stretch of days": _STRETCHES,
    "Date with a time": _TIMED,
    "DateTime, all": _DATES,
    "  of these by value": tuple(name for name in _DATES if name[-1] != "?"),
    "Range of numbers": ("numberrange",),
    "Temperature": ("temperature",),
    "Duration": ("duration",),
    "Ordinals left alone": ("ordinal", "ordinal.relative"),
    "Nothing to find": ("",),
}


def reason_left_out(case: Case, news: News) -> str | None:
    """Return why a case does not count; None for one that occurs in news."""
    if not case.type:
        return None
    kind = kind_left_out(case.words, case.type)
    if kind is None and case.type.startswith("date"):
        kind = kind_left_out(case.exact, case.type)
    if kind is not None:
        return kind
    if _has_no_answer(case):
        return _NO_ANSWER
    return None if news.prints(case.shape) else _UNSHAPED


def _has_no_answer(case: Case) -> bool:
    if case.type.startswith("date"):
        days = expected_days(case.values, case.type)
        return bool(case.values) and not days and case.timex != _PRESENT
    return case.type not in _LEFT_ALONE and (case.value or "null") == "null"


def is_read(case: Case) -> bool:
    """Tell whether the project reads a case as it should be read."""
    if case.type.startswith("date"):
        return _date_is_read(case)
    figures = _figures(case.text)
    on_it = [it for it in figures if it.start < case.span.end > case.span.start]
    on_it = [it for it in on_it if it.end > case.span.start]
    if not case.type:
        return _nothing_is_read(case)
    if case.type in _LEFT_ALONE:
        return not on_it
    if case.type == "duration":
        return any(duration_agrees(it, case.value or "") for it in on_it)
    return any(figure_agrees(it, case.value or "", case.unit) for it in on_it)


def _figures(text: str) -> list[Figure]:
    whole = Span(start=0, end=len(text))
    return list(find_figures(text, list(find_quantities(text)), segment=whole))


def _nothing_is_read(case: Case) -> bool:
    """Tell whether nothing of the kind that the case is about is found."""
    if case.name.startswith("DateTime"):
        reader = DateReader(case.reference)
        found = (reader.resolve(span.of(case.text)) for span in find_dates(case.text))
        return not any(stretch and stretch.edtf for stretch in found)
    kinds = next(kinds for name, kinds in _NEGATIVES.items() if name in case.name)
    return not any(
        quantity.kind in kinds and quantity.unit not in TIME_UNITS
        for quantity in find_quantities(case.text)
    )


def _date_is_read(case: Case) -> bool:
    tense = tense_at(case.text, case.span)
    found = DateReader(case.reference).resolve(case.exact, tense=tense)
    if found is None or not case.values:
        return found is not None
    if case.timex == _PRESENT:
        return found.modifier == "present_ref" or found.earliest == case.reference
    days = expected_days(case.values, case.type)
    return any(date_agrees(found, it, case.exact) for it in days)


def measure(cases: Sequence[Case], news: News) -> "Outcome":
    """Sort the cases into left out, read and missed."""
    outcome = Outcome()
    for case in cases:
        reason = reason_left_out(case, news)
        if reason is not None:
            outcome.left_out[reason, case.label] += 1
            outcome.read_anyway[reason, case.label] += is_read(case)
        elif is_read(case):
            outcome.read[case.label] += 1
        else:
            outcome.missed[case.label].append(case)
    return outcome


class Outcome:
    """What became of the cases, by type and by reason."""

    def __init__(self) -> None:
        self.read: Counter[str] = Counter()
        self.missed: defaultdict[str, list[Case]] = defaultdict(list)
        self.left_out: Counter[tuple[str, str]] = Counter()
        self.read_anyway: Counter[tuple[str, str]] = Counter()

    def rate(self, types: Sequence[str]) -> tuple[int, int]:
        """Return how many cases of the types are read, and how many there are."""
        read = sum(self.read[it] for it in types)
        return read, read + sum(len(self.missed[it]) for it in types)

    def lines(self) -> Iterator[str]:
        """Yield the report, line by line."""
        yield f"{'class':<20}{'read':>6}{'of':>6}{'%':>7}   {'left out, read':>16}"
        for name, types in CLASSES.items():
            read, whole = self.rate(types)
            out, anyway = self._left(types=types)
            share = 100 * read / whole if whole else 0.0
            yield f"{name:<20}{read:>6}{whole:>6}{share:>7.1f}   {out:>9}{anyway:>7}"
        yield "left out because (how many, how many of them are read all the same)"
        for reason in sorted({reason for reason, _ in self.left_out}):
            out, anyway = self._left(reason=reason)
            yield f"{out:>6}{anyway:>6}  {reason}"

    def _left(
        self, *, types: Sequence[str] | None = None, reason: str | None = None
    ) -> tuple[int, int]:
        keys = [
            (why, type_)
            for why, type_ in self.left_out
            if (types is None or type_ in types) and reason in (None, why)
        ]
        out = sum(self.left_out[key] for key in keys)
        return out, sum(self.read_anyway[key] for key in keys)


def tell_normalisation(
    folder: Annotated[Path, typer.Argument(help="Folder of the three files.")],
    *,
    news: Annotated[
        list[Path] | None, typer.Option(help="News to hold the cases against.")
    ] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="Print what is missed.")
    ] = False,
) -> None:
    """Print pass rates by class, and what is left out and why."""
    cases = list(read_cases(folder))
    beside = (folder.parent / name for name in NEWS)
    paths = news or [path for path in beside if path.exists()]
    printed = read_news((case.shape for case in cases if case.type), paths)
    outcome = measure(cases, printed)
    typer.echo(f"{len(cases)} results, held against {printed.tokens:,} words of news")
    typer.echo("\n".join(outcome.lines()))
    for case in chain.from_iterable(outcome.missed.values()) if misses else ():
        typer.echo(f"missed {case.type or 'nothing'}: {case.exact!r} in {case.text!r}")


if __name__ == "__main__":
    typer.run(tell_normalisation)
