"""Named parts of date expressions, and where dates stand in a text.

Reach for :func:`find_dates` for the date expressions that the grammar is sure of: full
dates, weekdays, months and years that a preposition places in time, financial years,
seasons, feasts, durations and relative times. What may as well be a name or a verb
("May", "April Jones", "Sunday Times", "march") is left alone, whatever that costs in
recall. The named parts serve the stage that resolves dates too.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.records import Span
from pipeline.stages.entities.numbers import GAP, NUMBER_BEGINNING, WORDS, any_of

_CALENDAR: Final = read_lexicon("calendar")


def _printed(words: Iterable[str]) -> str:
    """Return a pattern for the words as papers print them: titled or in capitals."""
    return any_of(form for word in words for form in (word.title(), word.upper()))


MONTH: Final = _printed(_CALENDAR["months"])
WEEKDAY: Final = _printed(_CALENDAR["weekdays"])
LONG_WEEKDAY: Final = _printed(w for w in _CALENDAR["weekdays"] if w.endswith("day"))
SEASON: Final = any_of(
    form for word in _CALENDAR["seasons"] for form in (word, word.title())
)
FEAST: Final = any_of(
    word.title().replace("'S", "'s").replace("’S", "’s")
    for word in (*_CALENDAR["feasts"], *_CALENDAR["movable"])
)
DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
YEAR: Final = r"(?:1[5-9]|20)\d\d(?![\d%]|[,.]\d|[-/–]\d)"
#: Financial and academic years, and spans of years: 2011-12, 2011/12, 1939-1945.
YEARS: Final = r"(?:1[5-9]|20)\d\d[-/–](?:(?:1[5-9]|20)\d\d|\d\d)(?![\d/-])"
DECADE: Final = r"(?:1[5-9]|20)\d0['’]?s\b"
UNIT: Final = rf"{any_of(_CALENDAR['units'])}"
PART_OF_MONTH: Final = r"(?:[Ee]arly|[Mm]id|[Ll]ate)"

#: Months whose names are nothing else; the others need a preposition before them.
_SURE_MONTH: Final = _printed(
    ["january", "february", "july", "september", "october", "november", "december"]
)
_OTHER_MONTH: Final = _printed(["march", "april", "may", "june", "august"])
_PLACED: Final = "".join(
    rf"|(?<=\b{word}[ \u00a0])"
    for word in (
        "in",
        "In",
        "since",
        "Since",
        "until",
        "during",
        "early",
        "late",
        "mid",
    )
)
_LAST: Final = r"(?:[Ll]ast|[Nn]ext|[Tt]his|[Tt]hat)"
_OF: Final = rf"(?:[Tt]he{GAP})?(?:[Ee]nd|[Ss]tart|[Bb]eginning|[Mm]iddle){GAP}of{GAP}"
_WHEN: Final = rf"(?:,?{GAP}{YEAR}|{GAP}(?:last|next|this){GAP}year\b)"

_DAY_AND_MONTH: Final = (
    rf"(?:{DAY}{GAP}(?:and|to|or){GAP})?{DAY}{GAP}(?:of{GAP})?{MONTH}\b{_WHEN}?"
    rf"|{MONTH}{GAP}{DAY}\b{_WHEN}?"
)
_FULL_DATE: Final = (
    rf"(?:{WEEKDAY},?{GAP})?(?:{_DAY_AND_MONTH})"
    rf"|{LONG_WEEKDAY}{GAP}{DAY}\b"
    r"|\b\d{4}-\d\d-\d\d\b|\b[0-3]?\d/[01]?\d/(?:\d\d)?\d\d\b"
)
_MONTH: Final = (
    rf"{MONTH}\b{_WHEN}"
    rf"|(?:{_LAST}{GAP})?{_SURE_MONTH}\b(?!{GAP}[A-Z])"
    rf"|(?:{_LAST}{GAP}|{_OF}|(?<=\bmid-)|(?<=\bMid-){_PLACED}){_OTHER_MONTH}\b(?!['’])"
)
_YEAR: Final = (
    rf"(?:(?<=\b[Ii]n[ \u00a0])|(?<=\b[Bb]y[ \u00a0]))(?:{YEAR})(?!{GAP}[a-z]+s\b)"
    rf"|(?:(?<=\b[Ss]ince[ \u00a0])|(?<=\b[Uu]ntil[ \u00a0])|(?<=\b[Ff]rom[ \u00a0])"
    rf"|(?<=\bduring[ \u00a0]))(?:{YEAR})|(?:[Tt]he{GAP})?{DECADE}"
    r"|(?:[Tt]he{GAP}financial{GAP}year{GAP})?".replace("{GAP}", GAP)
    + rf"{YEARS}"
)
_SEASON: Final = (
    rf"(?:[Tt]he{GAP})?{SEASON}{GAP}(?:of{GAP})?{YEAR}"
    rf"|{_LAST}{GAP}(?:{SEASON}|[Ee]aster|[Cc]hristmas)\b"
    rf"|{FEAST}(?![\w’'-]|{GAP}[A-Z])"
    rf"|Q[1-4]{GAP}{YEAR}"
)
_RELATIVE: Final = (
    r"\b(?:[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight)\b"
    rf"|{_LAST}{GAP}(?:night|week|weekend|month|year|decade|{LONG_WEEKDAY})\b"
    rf"|[Tt]he{GAP}weekend\b|{LONG_WEEKDAY}s?\b(?!-|{GAP}[A-Z])"
)
_SPAN_OF_TIME: Final = (
    rf"(?:[Tt]he{GAP}(?:last|past|next|first){GAP})?(?:\b\d{{1,3}}|\b(?i:{WORDS}))"
    rf"{GAP}(?:(?:working|calendar){GAP})?(?:days|weeks|fortnights|months|years|decades"
    rf"|centuries)\b(?!{GAP}old)(?:{GAP}ago\b)?"
    rf"|\b[Aa]{GAP}{UNIT}{GAP}ago\b"
)
#: Cheap to refuse by: what a date expression may begin with.
_BEGINNING: Final = (
    r"(?=[\dA-Z]|an?\b|early|end|start|beginning|middle|last|late|mid|next|th[aei]|to"
    rf"|yest|{any_of(_CALENDAR['seasons'])}|{NUMBER_BEGINNING})"
)
_DATE: Final = re.compile(
    rf"(?<![\w£$€.,/-]){_BEGINNING}(?:(?:{_OF}|{PART_OF_MONTH}(?:-|{GAP}))?"
    rf"(?:{_FULL_DATE}|{_MONTH}|{_SEASON}|{_YEAR}|{_RELATIVE}|{_SPAN_OF_TIME})"
    rf"|(?:{_OF}|{PART_OF_MONTH}(?:-|{GAP})){YEAR})"
)


def find_dates(text: str) -> Iterator[Span]:
    """Yield the passages that are certainly dates or durations, in order.

    >>> text = "May said on Tuesday that she would go by the end of 2012."
    >>> [span.of(text) for span in find_dates(text)]
    ['Tuesday', 'the end of 2012']
    """
    for match in _DATE.finditer(text):
        yield Span(start=match.start(), end=match.end())
