"""Dates inside a content, resolved to EDTF with their first and last day.

Reach for :class:`DateReader`, one a document, with the publication date. Expressions
are read by the grammar of :mod:`.absolute` and :mod:`.relative` with the words around
them ("since", "by", "the end of"); dateparser is asked only for leaves that name a day
in a form that the grammar does not know. Bare numbers, sums, names and verbs ("62",
"£30m", "May said", "march on") are never dates, and durations are none either. Without
a publication date whatever is relative stays unresolved.
"""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from importlib import import_module
from typing import Any, Final, Protocol

from pipeline.stages.claims import stretches as make
from pipeline.stages.claims.absolute import MONTH, WEEKDAY, read_absolute
from pipeline.stages.claims.clock import Clock, Tense
from pipeline.stages.claims.relative import (
    back_from,
    read_relative,
    reads_relative,
)
from pipeline.stages.claims.stretches import Stretch

_PARTS: Final = {
    "beginning": "start",
    "early": "start",
    "end": "end",
    "late": "end",
    "mid": "mid",
    "middle": "mid",
    "start": "start",
}
_PART_OF: Final = re.compile(
    r"(?:the )?(?:very )?(?P<part>end|start|beginning|middle) of (?P<whole>.+)"
    r"|(?P<early>early|mid|late)(?: in)?[- ](?P<rest>.+)"
)
_OPEN: Final = re.compile(r"(?P<word>since|by|until|till|from) (?P<rest>.+)")
_BOTH_ENDS: Final = re.compile(
    r"from (?P<one>.+?) (?:to|until) (?P<two>.+)"
    r"|between (?P<first>.+?) and (?P<last>.+)"
)
_RUN_UP: Final = re.compile(r"(?:the )?(?P<stretch>\S+ \w+?)s? to (?P<rest>.+)")
_SO_FAR: Final = re.compile(
    r"(?P<word>earlier|later) (?P<rest>this (?:week|month|year))"
)
_LEAD: Final = re.compile(
    r"(?:(?:on|in|at|over|during|for|within|of) )?(?:the (?!weekend))?"
)
_VAGUE: Final = {
    "past_ref": r"earlier(?: .+)?|recently|previously|formerly|in the past"
    r"|(?:several|a few|some|many) (?:day|week|month|year|decade)s ago|that .+",
    "present_ref": r"now|currently|nowadays|at present|at the moment|these days",
    "future_ref": r"soon|later|shortly|in (?:the )?future",
}
_TOKEN: Final = (
    rf"(?:{MONTH.replace('?P<month>', '?:')}|{WEEKDAY.replace('?P<weekday>', '?:')}"
    r"|\d\d?[:.]\d\d(?: ?[ap]m)?|\d{1,4}(?:st|nd|rd|th)?|at|gmt|bst|[ap]m)"
)
#: What dateparser may be asked for: nothing but the parts of a full date.
_LEAF: Final = re.compile(rf"{_TOKEN}(?:[ ,./-]+{_TOKEN})+")
_NUMERIC: Final = re.compile(r"\d\d?([/.])\d\d?\1(?:\d\d)?\d\d")
_HAS_MONTH: Final = re.compile(rf"\b{MONTH}(?!\w)")
_HAS_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
#: No date expression is longer; a runaway mention may be.
_LONGEST: Final = 80
_FOLD: Final = str.maketrans("’‘–\u00a0", "''- ")
_NAME_LIKE: Final = re.compile(rf"(?:{MONTH}|{WEEKDAY})")


class _Found(Protocol):
    date_obj: datetime | None
    period: str


class _Parser(Protocol):
    def get_date_data(self, date_string: str, /) -> _Found: ...


class DateReader:
    """Reads the date expressions of one document, printed on the day ``published``."""

    def __init__(self, published: date | None = None) -> None:
        self.published = published

    def resolve(self, expression: str, *, tense: Tense | None = None) -> Stretch | None:
        """Return what an expression means, or None if it is no date.

        An empty stretch, or one with a modifier only, is a date that the text does not
        settle. ``tense`` says where the text looks from the day of publication.

        >>> DateReader(date(2013, 2, 14)).resolve("last November").edtf
        '2012-11'
        >>> DateReader().resolve("last November")
        Stretch(edtf=None, earliest=None, latest=None, modifier=None)
        """
        folded = " ".join(expression.translate(_FOLD).split()).strip(" ,.;:")
        folded = folded.removesuffix("'s")
        if len(folded) > _LONGEST or _NAME_LIKE.fullmatch(folded):
            return None  # "may", "march", "sat" in lower case are verbs
        return self._read(folded.lower(), tense=tense)

    def is_absolute(self, expression: str) -> bool:
        """Tell whether an expression means the same without a publication date."""
        found = self._undated.resolve(expression)
        return found is not None and found.edtf is not None

    @cached_property
    def _undated(self) -> "DateReader":
        return DateReader()

    def _read(self, words: str, *, tense: Tense | None) -> Stretch | None:
        for rule in (self._both_ends, self._open, self._part, self._so_far):
            found = rule(words, tense)
            if found is not None:
                return found
        for ref, pattern in _VAGUE.items():
            if re.fullmatch(pattern, words):
                return Stretch(modifier=ref)
        lead = _LEAD.match(words)
        bare = words[lead.end() :] if lead else words
        return (
            read_absolute(bare)
            or self._relative(bare, tense=tense)
            or self._run_up(words, tense=tense)
            or self._leaf(bare)
        )

    def _relative(self, words: str, *, tense: Tense | None) -> Stretch | None:
        if self.published is None:
            return Stretch() if reads_relative(words) else None
        return read_relative(words, Clock(today=self.published, tense=tense))

    def _both_ends(self, words: str, tense: Tense | None) -> Stretch | None:
        match = _BOTH_ENDS.fullmatch(words)
        if match is None:
            return None
        one = self._read(match["one"] or match["first"], tense=tense)
        two = self._read(match["two"] or match["last"], tense=tense)
        if one is None or two is None:
            return None
        if one.edtf is None or two.edtf is None:
            return Stretch()
        return Stretch(
            edtf=f"{_first(one.edtf)}/{_last(two.edtf)}",
            earliest=one.earliest,
            latest=two.latest,
        )

    def _open(self, words: str, _: Tense | None) -> Stretch | None:
        """Read "since X", open at its end, and "by X", open at its start."""
        match = _OPEN.fullmatch(words)
        if match is None:
            return None
        since = match["word"] == "since"
        found = self._read(match["rest"], tense="past" if since else "future")
        if found is None or found.edtf is None:
            return found
        if match["word"] in ("since", "from"):
            return replace(found, edtf=f"{_first(found.edtf)}/..", latest=None)
        return replace(found, edtf=f"../{_last(found.edtf)}", earliest=None)

    def _part(self, words: str, tense: Tense | None) -> Stretch | None:
        match = _PART_OF.fullmatch(words)
        if match is None:
            return None
        found = self._read(match["whole"] or match["rest"], tense=tense)
        if found is None or found.edtf is None:
            return found
        return make.part_of(found, _PARTS[match["part"] or match["early"]])

    def _so_far(self, words: str, tense: Tense | None) -> Stretch | None:
        """Read "earlier this year" as its days so far, "later" as the rest of them."""
        match = _SO_FAR.fullmatch(words)
        whole = match and self._relative(match["rest"], tense=tense)
        if match is None or whole is None or self.published is None:
            return whole or None
        if whole.earliest is None or whole.latest is None:
            return whole
        if match["word"] == "earlier":
            return make.of_days(whole.earliest, self.published)
        return make.of_days(self.published, whole.latest)

    def _run_up(self, words: str, *, tense: Tense | None) -> Stretch | None:
        """Read "the 12 months to December"."""
        match = _RUN_UP.fullmatch(words)
        if match is None:
            return None
        end = self._read(match["rest"], tense=tense)
        if end is None or end.latest is None:
            return end
        first = back_from(end.latest + timedelta(days=1), match["stretch"])
        return None if first is None else make.of_days(first, end.latest)

    def _leaf(self, words: str) -> Stretch | None:
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


def _first(edtf: str) -> str:
    return edtf.partition("/")[0]


def _last(edtf: str) -> str:
    return edtf.rpartition("/")[2]
