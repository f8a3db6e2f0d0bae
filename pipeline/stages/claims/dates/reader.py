"""Dates inside a content, resolved to EDTF with their first and last day.

Reach for :class:`DateReader`, one a document, with the publication date. Expressions
are read by the grammar of :mod:`.absolute` and :mod:`.relative`, of their portions
(:mod:`.portions`) and of times with two ends (:mod:`.periods`), with the words around
them ("since", "by", "the end of"); dateparser is asked only for leaves that name a day
in a form that the grammar does not know. Bare numbers, sums, names and verbs ("62",
"£30m", "May said", "march on") are never dates, and durations are none either. Without
a publication date whatever is relative stays unresolved.
"""

import re
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from pipeline.stages.claims.dates import stretches as make
from pipeline.stages.claims.dates.absolute import MONTH, WEEKDAY, read_absolute
from pipeline.stages.claims.dates.clock import Clock, Tense
from pipeline.stages.claims.dates.counted import back_from, read_offset
from pipeline.stages.claims.dates.leaves import LeafReader
from pipeline.stages.claims.dates.openings import read_opening
from pipeline.stages.claims.dates.periods import read_both_ends
from pipeline.stages.claims.dates.portions import (
    in_full,
    is_bare_quarter,
    is_rest,
    read_portion,
)
from pipeline.stages.claims.dates.relative import read_relative, reads_relative
from pipeline.stages.claims.dates.stretches import Stretch

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
_RUN_UP: Final = re.compile(r"(?:the )?(?P<stretch>\S+ \w+?)s? to (?P<rest>.+)")
_SO_FAR: Final = re.compile(
    r"(?P<word>earlier|later)(?: in)? (?P<rest>(?:this|the) (?:week|month|year))"
)
_LEAD: Final = re.compile(
    r"(?:(?:on|in|at|over|during|for|within|of) )?(?:the (?!weekend))?"
)
_CLOCK: Final = (
    r"(?:at |around |about )?(?:\d\d?(?:[:.]\d\d)+(?: ?[ap]\.?m\.?)?|\d\d? ?[ap]\.?m\.?"
    r"|\d\d? o'clock|noon|midday|midnight)(?: (?:gmt|bst|est|et))?"
)
_TIMED: Final = re.compile(
    rf"(?:{_CLOCK},?(?: on)? (?P<day>.+)|(?P<date>.+?),? {_CLOCK})"
)
_DAY_NAME: Final = WEEKDAY.replace("?P<weekday>", "?:")
_BESIDE: Final = r"(?:the )?(?:same|previous|preceding|following)"
_AWAY: Final = (
    rf"(?:the )?next day|{_BESIDE} (?:day|week|weekend|month|year|{_DAY_NAME})"
    r"|(?:the )?(?:day|week|month|year|night|morning) (?:before|after)"
)
_VAGUE: Final = {
    "past_ref": r"earlier(?: .+)?|recently|previously|formerly|in the past|that .+"
    rf"|(?:several|(?:a )?few|some|many) (?:day|week|month|year|decade)s ago|{_AWAY}"
    r"|(?:the )?(?:past|last) (?:several|few) (?:day|week|month|year|decade)s",
    "present_ref": r"(?:right )?now|currently|nowadays|at present|at the moment"
    r"|these days|at this (?:time|moment)|to date",
    "future_ref": r"soon|later|shortly|in (?:the )?future"
    r"|(?:the )?(?:next|coming) (?:several|few) (?:day|week|month|year|decade)s",
}
#: No date expression is longer; a runaway mention may be.
_LONGEST: Final = 80
_FOLD: Final = str.maketrans("’‘–\u00a0", "''- ")
_NAME_LIKE: Final = re.compile(rf"(?:{MONTH}|{WEEKDAY})")
#: The genitive of a date, but not the plural of a decade: 1970's.
_GENITIVE: Final = re.compile(r"(?<!\d0)'s$")


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
        folded = _GENITIVE.sub("", folded).replace(" ,", ",")
        if len(folded) > _LONGEST or _NAME_LIKE.fullmatch(folded):
            return None  # "may", "march", "sat" in lower case are verbs
        try:
            return self.read(folded.lower(), tense=tense)
        except (ValueError, OverflowError):  # beyond the years of the calendar
            return None

    def is_absolute(self, expression: str) -> bool:
        """Tell whether an expression means the same without a publication date."""
        found = self._undated.resolve(expression)
        return found is not None and found.edtf is not None

    @cached_property
    def _undated(self) -> "DateReader":
        return DateReader()

    @cached_property
    def _leaves(self) -> LeafReader:
        return LeafReader(self.published)

    def read(self, words: str, *, tense: Tense | None) -> Stretch | None:
        """Read an expression that is folded and in lower case."""
        for ref, pattern in _VAGUE.items():
            if re.fullmatch(pattern, words) and not _SO_FAR.fullmatch(words):
                return Stretch(modifier=ref)
        lead = _LEAD.match(words)
        bare = words[lead.end() :] if lead else words
        return (
            read_absolute(bare)
            or self._relative(words, tense=tense)
            or self._relative(bare, tense=tense)
            or self._composed(words, tense=tense)
            or self._leaves.read(bare)
        )

    def _relative(self, words: str, *, tense: Tense | None) -> Stretch | None:
        if self.published is None:
            return Stretch() if reads_relative(words) else None
        return read_relative(words, Clock(today=self.published, tense=tense))

    def _composed(self, words: str, *, tense: Tense | None) -> Stretch | None:
        """Read what is made of another date and words around it."""

        def read(rest: str, looking: Tense | None = tense) -> Stretch | None:
            return self.read(rest, tense=looking)

        def read_end(rest: str, clock: Clock | None) -> Stretch | None:
            reader = DateReader(clock.today) if clock else self
            return reader.read(rest, tense=clock.tense if clock else tense)

        lead = _LEAD.match(words)
        bare = words[lead.end() :] if lead else words
        return (
            self._portion(bare, tense)
            or self._part(bare, tense)
            or self._so_far(words, tense)
            or self._run_up(words, tense)
            or read_both_ends(words, read_end, tense=tense)
            or read_opening(words, read, tense=tense)
            or read_offset(words, lambda rest: read(rest, tense))
            or self._timed(words, tense)
        )

    def _portion(self, words: str, tense: Tense | None) -> Stretch | None:
        found = read_portion(words, lambda rest: self.read(rest, tense=tense))
        today = self.published
        if found is None or today is None or found.earliest is None:
            return found
        if is_bare_quarter(words) and found.earliest > today and tense != "future":
            return self._portion(f"{words} last year", tense)
        if is_rest(words) and found.latest and found.earliest <= today <= found.latest:
            return make.of_days(today, found.latest)
        return found

    def _part(self, words: str, tense: Tense | None) -> Stretch | None:
        match = _PART_OF.fullmatch(words)
        if match is None:
            return None
        whole = in_full(match["whole"] or match["rest"])
        found = self.read(whole, tense=tense)
        if found is None or found.edtf is None:
            return found
        return make.part_of(found, _PARTS[match["part"] or match["early"]])

    def _so_far(self, words: str, tense: Tense | None) -> Stretch | None:
        """Read "earlier this year" as its days so far, "later" as the rest of them."""
        match = _SO_FAR.fullmatch(words)
        whole = match and self._relative(in_full(match["rest"]), tense=tense)
        if match is None or whole is None or self.published is None:
            return whole or None
        if whole.earliest is None or whole.latest is None:
            return whole
        if match["word"] == "earlier":
            return make.of_days(whole.earliest, self.published)
        return make.of_days(self.published, whole.latest)

    def _run_up(self, words: str, tense: Tense | None) -> Stretch | None:
        """Read "the 12 months to December"."""
        match = _RUN_UP.fullmatch(words)
        end = match and self.read(match["rest"], tense=tense)
        if match is None or end is None or end.latest is None:
            return None
        first = back_from(end.latest + timedelta(days=1), match["stretch"])
        return None if first is None else make.of_days(first, end.latest)

    def _timed(self, words: str, tense: Tense | None) -> Stretch | None:
        """Read the day of "8am on Tuesday" and "Tuesday at 10.30"."""
        match = _TIMED.fullmatch(words)
        return self.read(match["day"] or match["date"], tense=tense) if match else None
