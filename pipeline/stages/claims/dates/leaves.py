"""Full dates in forms that the grammar does not know, as dateparser reads them.

Reach for :class:`LeafReader` last. dateparser finds dates in almost anything, so it is
asked only for what consists of the parts of a full date and names a month, or is all
digits with a year; day before month, as Britain writes.
"""

import re
from datetime import date, datetime, time
from functools import cached_property
from importlib import import_module
from typing import Any, Final, Protocol

from pipeline.stages.claims.dates import stretches as make
from pipeline.stages.claims.dates.absolute import MONTH, WEEKDAY
from pipeline.stages.claims.dates.stretches import Stretch

_TOKEN: Final = (
    rf"(?:{MONTH.replace('?P<month>', '?:')}|{WEEKDAY.replace('?P<weekday>', '?:')}"
    r"|\d\d?[:.]\d\d(?: ?[ap]m)?|\d{1,4}(?:st|nd|rd|th)?|at|gmt|bst|[ap]m)"
)
_LEAF: Final = re.compile(rf"{_TOKEN}(?:[ ,./]+{_TOKEN})+")
_NUMERIC: Final = re.compile(r"\d\d?([/.-])\d\d?\1(?:\d\d)?\d\d")
_HAS_MONTH: Final = re.compile(rf"\b{MONTH}(?!\w)")
_HAS_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")


class _Found(Protocol):
    date_obj: datetime | None
    period: str


class _Parser(Protocol):
    def get_date_data(self, date_string: str, /) -> _Found: ...


class LeafReader:
    """Reads the full dates of a document that was printed on the day ``published``."""

    def __init__(self, published: date | None) -> None:
        self.published = published

    def read(self, words: str) -> Stretch | None:
        """Return the day; an empty stretch where its year cannot be told."""
        named = _LEAF.fullmatch(words) and _HAS_MONTH.search(words)
        if not named and not _NUMERIC.fullmatch(words):
            return None
        if self.published is None and not _HAS_YEAR.search(words):
            return Stretch()
        found = self._parser.get_date_data(words)
        if found.date_obj is None or found.period not in ("day", "time"):
            return None
        return make.of_day(found.date_obj.date())

    @cached_property
    def _parser(self) -> _Parser:
        settings: dict[str, Any] = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past"}
        if self.published is not None:
            settings["RELATIVE_BASE"] = datetime.combine(self.published, time())
        # imported late: it costs a tenth of a second and few documents need it
        module = import_module("dateparser.date")
        parser: _Parser = module.DateDataParser(languages=["en"], settings=settings)
        return parser
