"""Numbers that count something: money, shares, measures, ages and plain counts.

Reach for :func:`find_quantities` wherever a number in running text matters. Numbers
that only look like counts are passed over (see :mod:`.lookalikes`), and so is whatever
the text does not settle: scores, ranges that fall, years that follow one another.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.records import Span
from pipeline.stages.entities.counted_in import Quantity, QuantityKind, with_unit
from pipeline.stages.entities.lookalikes import counts_something
from pipeline.stages.entities.numbers import (
    DIGITS,
    GAP,
    SCALE,
    SLASHED,
    WORDS,
    any_of,
    read_number,
)

__all__ = ["TIME_UNITS", "Quantity", "QuantityKind", "find_quantities", "quantities_of"]

_UNITS: Final = read_lexicon("units")
_CURRENCIES: Final[dict[str, str]] = _UNITS["currencies"]
_COINS: Final[dict[str, int]] = read_lexicon("numbers")["money_words"]
#: Measures of time: a number of them is a duration.
TIME_UNITS: Final = frozenset(
    {"second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade"}
)


_MINUS: Final = rf"(?:minus{GAP}(?=[\w£$€¥])|(?<!\d[ \u00a0])[-−](?=[£$€¥]?\d))"
_SCAN: Final = re.compile(
    rf"(?:(?<![\w.,:/£$€¥)-])|(?<=\w-)(?=[£$€¥]))(?P<minus>{_MINUS})?"
    rf"(?:(?P<coin>an?{GAP}{any_of(_COINS)})\b"
    rf"|(?P<sign>{any_of(_CURRENCIES)})?(?(sign){GAP}?)"
    rf"(?P<number>{SLASHED}|{DIGITS}(?!\d|\.\d)(?P<scale>{SCALE})?|{WORDS})"
    rf"(?:[-–](?P<high>{DIGITS})(?!\d)(?P<high_scale>{SCALE})?)?)",
    re.IGNORECASE,
)
_WORD_AFTER: Final = re.compile(rf"{GAP}[^\W\d_]")
_PLURAL_AFTER: Final = re.compile(rf"{GAP}(?:[^\W\d_]+s|people|children|staff)\b")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
#: What tells metres from millions: 1.8m tall, a 48m high crane, the 100m sprint.
_LETTER_M: Final = frozenset({"m", " m"})
_LONG: Final = re.compile(
    rf"{GAP}(?:tall|high|long|wide|deep|sprint|race|final|hurdles|freestyle)\b"
)
_AGE: Final = re.compile(r"1?\d?\d")
_AGED_BEFORE: Final = re.compile(r"\b[Aa]ge(?:d|s)?(?:[ \u00a0]of)?[ \u00a0]$")
_NAME_BEFORE: Final = re.compile(r"(?:^|\W)[^\W\d_a-z]\w*, $")
#: Characters of the left context that the patterns above may need.
_REACH: Final = 40


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities of a text in order; they never overlap.

    >>> [q.of(t) for t in ["nearly 2,700 in Year 4"] for q in find_quantities(t)]
    ['2,700']
    """
    done = 0
    for match in _SCAN.finditer(text):
        quantity = _read(text, match) if match.start() >= done else None
        if quantity is not None:
            done = quantity.end
            yield quantity


@lru_cache(maxsize=1)
def quantities_of(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text, remembered until the next text.

    The stage that labels figures and the stage that normalises them ask in turn.
    """
    return tuple(find_quantities(text))


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    found = _read_positive(text, match)
    if found is None or not match["minus"] or _is_item(text, match):
        return found
    return replace(found, start=match.start(), value=-found.value)


def _is_item(text: str, match: re.Match[str]) -> bool:
    """Tell the dash before an item of a list from a minus."""
    opens = match.start() == 0 or text[match.start() - 1] == "\n"
    return bool(
        opens and match["minus"] == "-" and _WORD_AFTER.match(text, match.end())
    )


def _read_positive(text: str, match: re.Match[str]) -> Quantity | None:
    plain = _plain(match)
    if plain.high is not None and (
        plain.high <= plain.value or _YEAR.fullmatch(match["number"])
    ):
        return None
    if match["coin"]:
        return replace(plain, kind="money", unit="£")
    if match["scale"] in _LETTER_M and _LONG.match(text, match.end()):
        number = read_number(match["number"].rstrip(" mM\u00a0")) or 0.0
        return replace(plain, kind="measure", value=number, unit="m")
    if match["sign"]:
        unit = _CURRENCIES[match["sign"].upper()]
        return replace(plain, kind="money", unit=unit)
    return with_unit(text, plain) or _count(text, plain)


def _plain(match: re.Match[str]) -> Quantity:
    """Read the number, or both ends of a range, which share their scale."""
    span = Span(
        start=match.end("minus") if match["minus"] else match.start(), end=match.end()
    )
    if match["coin"]:
        low: float | None = float(_COINS[match["coin"].split()[-1].lower()])
    else:
        low = read_number(match["number"])
    scale = match["high_scale"] or ""
    if scale and not match["scale"]:
        low = read_number(match["number"] + scale)
    return Quantity(
        start=span.start,
        end=span.end,
        kind="count",
        number=span,
        value=low or 0.0,
        high=read_number(match["high"] + scale) if match["high"] else None,
    )


def _count(text: str, plain: Quantity) -> Quantity | None:
    start, end = plain.start, plain.end
    if not counts_something(text, start, end):
        return None
    if plain.high is not None and not _PLURAL_AFTER.match(text, end):
        return None
    before = text[max(0, start - _REACH) : start]
    aged = _AGED_BEFORE.search(before)
    set_off = _NAME_BEFORE.search(before) and text[end : end + 1] == ","
    if _AGE.fullmatch(plain.of(text)) and (aged or set_off):
        return replace(plain, kind="age", unit="year")
    return plain
