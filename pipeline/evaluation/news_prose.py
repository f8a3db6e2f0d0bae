"""Which expressions occur in news prose: by what they are, and by what news prints.

Reach for :func:`kind_left_out` with a test case of numbers, sums or dates that was not
written for news, and with the :class:`News` that it is held against. A case is left out
for one of two reasons. Either it is of a kind that the records do not hold or that no
paper prints, the table :data:`KINDS`; or the news given does not print it: the shape of
the expression, digits, number words, units, months and days generalised, has to stand
in that news at least :data:`LEAST` times. Whether this project reads a case plays no
part in either.

====================================  ================================================
left out                              because
====================================  ================================================
"from 3 to 4pm", "in an hour"         the records hold days
"every Tuesday"                       the records hold single dates
"the next day", "that week", "later"  counted from a day named before; left open
"the week", "my day", "end of day"    a stretch without a name is no date by itself
"the past few days"                   an unsettled count; left open
"5/17/2018", "11/20"                  month first; British news puts the day first
"2016, Nov", "2015-3"                 how forms and logs write a month
"18", "the 27", "week 31"             a number alone is never a date here
"192.168.1.2", "22,24,26"             parts of addresses, names and lists
"1e10", "one over three", "-4/5"      arithmetic, and negative numbers without a unit
"1,3", "1.111,11", "40 000"           decimals and groups as other languages print them
"two   thousand"                      typing
"15 dollars 50"                       said, not printed
"12 m", "2 pm"                        millions and the afternoon in news
"SU", "dollar"                        the case gives no value to compare
whatever else is not printed          its shape stands in the news less than twice
====================================  ================================================
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from pipeline.lexicon import read_lexicon
from pipeline.stages.entities.numbers import any_of

#: How often news has to print a shape; once may be a slip of the pen.
LEAST: Final = 2

_CALENDAR: Final = read_lexicon("calendar")
_NUMBERS: Final = read_lexicon("numbers")
_UNITS: Final = read_lexicon("units")
_CLASSES: Final[dict[str, str]] = {
    **{sign.lower(): "MONEY" for sign in _UNITS["currencies"]},
    **dict.fromkeys(_UNITS["currency_names"], "MONEY"),
    **dict.fromkeys(_UNITS["measures"], "MEASURE"),
    **dict.fromkeys(_CALENDAR["months"], "MONTH"),
    **dict.fromkeys(_CALENDAR["weekdays"], "WEEKDAY"),
    **{f"{word}s": "WEEKDAY" for word in _CALENDAR["weekdays"] if "day" in word},
    **dict.fromkeys(_CALENDAR["seasons"], "SEASON"),
    **dict.fromkeys(_CALENDAR["day_words"], "ORDINAL"),
    **dict.fromkeys(_CALENDAR["units"], "UNIT"),
    **{f"{word}s": "UNIT" for word in _CALENDAR["units"]},
    **{
        word: "NUMBER" for part in ("units", "teens", "tens") for word in _NUMBERS[part]
    },
    "may": "MONTH",
    "second": "ORDINAL",
}
#: A mark that white space parts from one neighbour only is no joining mark.
_TOKEN: Final = re.compile(
    r"(?P<ordinal>\d+(?:st|nd|rd|th)\b)|(?P<decade>\d+['’]?s\b)"
    r"|(?P<year>(?:1[5-9]|20)\d\d(?!\w|[.,]\d))"
    r"|(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:(?![^\W_])|(?={any_of(_UNITS['measures'])}(?!\w)))"
    r"|(?P<dash>\s+-\s*|-\s+)|(?P<word>\w+)|[^\w\s]"
)
_DIGIT: Final = re.compile(r"\d+")

_SPAN: Final = r"(?:days?|weeks?|weekends?|months?|quarters?|years?|decades?)"
_BACK: Final = (
    rf"(?:the )?(?:same|following|previous|next day|next {_SPAN}s|that (?!.*year)).*"
    rf"|(?:the )?{_SPAN} (?:before|after)|.* (?:later|after(?: the)? next)"
    r"|(?:the )?next day"
)
_NAMELESS: Final = (
    rf"(?:(?:the|my|a|this|last|past) )?(?:last )?day|(?:(?:the|my|a) )?{_SPAN}"
    r"|(?:the )?fortnight|(?:the )?(?:end|rest) of (?:the|this|my) day"
    r"|as soon as possible|fiscal year"
)
_MONTHS: Final = "|".join(_CALENDAR["months"])
_YEAR: Final = r"(?:19|20)\d\d"
_TURNED: Final = (
    rf"{_YEAR} ?[,./ -] ?(?:\d\d?|{_MONTHS})|\d\d? ?[/.-] ?{_YEAR}|{_YEAR}\.\d+\.\d+"
)
_ALONE: Final = (
    r"(?:the )?(?:\d{1,2}|\d{5,})|\w+ (?:at|on) \d+|\d+ at .*|week \d+|year \d{3}"
)
_IDENTIFIER: Final = (
    r".*\d[./:-]\d+[./:-]\d.*|.*://.*|.*\d/\d{3}.*|.*\d,\d\d,\d.*|.*[a-z]-\d.*"
    r"|\d+ \d{4,}.*|0\d+"
)
_ARITHMETIC: Final = (
    r".*\^.*|.*\de[+-]?\d.*|.* over .*|.*x10.*|negative .*|[-–] ?\d.*/.*"
    r"|[-–] ?\d[\d.]*|minus \w+|.*[<>=].*"
)
_SPOKEN_SUM: Final = (
    r".*(?:\b(?:dollars?|usd)|\$ ?\d+)(?: and)? (?:\d+|(?:[a-z]+[ -]?){1,2})"
    r"(?<!million)(?<!billion)(?<!cents)(?<!cent)"
)
_DATES: Final = r"date.*"
_FIGURES: Final = r"number(?:range)?|percentage|currency|age|dimension|temperature"
#: (reason, types of the case, pattern of the whole expression)
KINDS: Final[tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]] = tuple(
    (reason, re.compile(types), re.compile(pattern, re.IGNORECASE))
    for reason, types, pattern in (
        ("a clock time; the records hold days", r"time|timerange|timezone", r".*"),
        (
            "counted in hours or less; the records hold days",
            _DATES,
            r".*(?:\b|\d)(?:hours?|hrs?|minutes?|mins?|seconds?|secs?)\b.*",
        ),
        ("a recurring time; the records hold single dates", r"set", r".*"),
        ("counted from a day named before; the records leave it open", _DATES, _BACK),
        ("a stretch without a name; no date by itself", _DATES, _NAMELESS),
        (
            "an unsettled count; the records leave it open",
            _DATES,
            r".*\b(?:few|several|some|many)\b.*",
        ),
        (
            "digits only, month first; British news puts the day first",
            _DATES,
            r"(?:\w+ )?\d\d?[-/.]\d\d?(?:[-/., ]+\d+)?.*",
        ),
        ("a month in digits or behind its year; a form, not prose", _DATES, _TURNED),
        (
            "a number alone, or of a week; never a date here",
            _DATES,
            _ALONE,
        ),
        ("part of an address, a date, a name or a list", _FIGURES, _IDENTIFIER),
        ("arithmetic, or a bare negative number", _FIGURES, _ARITHMETIC),
        (
            "decimals after a comma, or digits grouped by spaces; not English",
            _FIGURES,
            r"\d+,\d{1,2}|.*\.\d{3},.*|\d{1,3}(?:\s\d{3})+.*",
        ),
        ("typed with double spaces", _FIGURES, r".*\S\s{2,}\S.*"),
        ("a sum without the name of its smaller unit", r"currency", _SPOKEN_SUM),
        (
            "a bare m or pm; millions and the afternoon in news",
            r"dimension",
            r"[\d.]+ ?p?m",
        ),
    )
)


def shape(text: str) -> tuple[str, ...]:
    """Return the words of a text with numbers, units and names of times generalised.

    >>> shape("Friday 22nd March 2013")
    ('WEEKDAY', 'DIGITSTH', 'MONTH', 'YEAR')
    """
    return tuple(_words(text))


def _words(text: str) -> Iterator[str]:
    folded = text.lower().replace("’", "'").replace("–", "-")
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup
        if kind == "word":
            word = match[0]
            yield _CLASSES.get(word) or _DIGIT.sub("9", word)
        elif kind == "dash":
            yield " -"
        elif kind == "ordinal":
            yield "DIGITSTH"
        else:
            yield kind.upper() if kind else _CLASSES.get(match[0], match[0])


class News:
    """How often each of some shapes stands in a body of news."""

    def __init__(self, wanted: Iterable[tuple[str, ...]]) -> None:
        self.tokens = 0
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._trie: dict[str, Any] = {}
        for words in wanted:
            node = self._trie
            for word in words:
                node = node.setdefault(word, {})
            node[""] = words

    def read(self, text: str) -> None:
        """Count the shapes of one article."""
        words = shape(text)
        self.tokens += len(words)
        for start in range(len(words)):
            node: dict[str, Any] | None = self._trie
            for place in range(start, len(words)):
                node = node.get(words[place]) if node else None
                if node is None:
                    break
                if "" in node:
                    self._counts[node[""]] += 1

    def prints(self, words: tuple[str, ...]) -> bool:
        """Tell whether the news prints a shape often enough."""
        return self._counts[words] >= LEAST


def read_news(wanted: Iterable[tuple[str, ...]], paths: Iterable[Path]) -> News:
    """Count the wanted shapes in files of JSON Lines that hold a ``text``."""
    news = News(wanted)
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                news.read(json.loads(line)["text"])
    return news


def kind_left_out(expression: str, type_: str) -> str | None:
    """Return why a kind of expression is left out whatever the news prints."""
    for reason, types, pattern in KINDS:
        if types.fullmatch(type_) and pattern.fullmatch(expression.strip()):
            return reason
    return None
