"""Numbers that only look like counts, told from counts by what stands around them.

Reach for :func:`counts_something` once a number has been found that no unit follows. It
refuses years, days of the month, clock times, ordinals, telephone and list numbers,
names with a number in them ("Year 4"), the pronoun "one" and halves of matches. Only a
few characters on either side are read, so the cost does not depend on the text.
"""

import re
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.stages.entities.numbers import GAP, any_of

_MONTH: Final = any_of(read_lexicon("calendar")["months"])
_LABEL: Final = any_of(read_lexicon("units")["labels"]["words"])
#: Characters of the left context that the patterns below may need.
_REACH: Final = 24

_NAME_BEFORE: Final = re.compile(rf"(?<!\w){_LABEL}\.?[ \u00a0]$", re.IGNORECASE)
_DATE_BEFORE: Final = re.compile(rf"(?:\b{_MONTH}|\d)[ \u00a0]$", re.IGNORECASE)
_CALL_BEFORE: Final = re.compile(
    r"\b(?:call(?:ed|ing)?|dial(?:led|ling)?|r[aiu]ng|phoned?)[ \u00a0]$", re.IGNORECASE
)
_CLOCK: Final = rf"{GAP}?(?:[ap]\.?m\b|GMT|BST|hrs\b|o['’]clock)"
_DAY_OF_MONTH: Final = rf"(?:{GAP}(?:and|to|or){GAP}\d\d?)?{GAP}{_MONTH}\b"
_NO_COUNT_AFTER: Final = re.compile(
    rf"\w|[:/]\d|-[^\W\d_]|[ \u00a0]\d{{3}}|{_CLOCK}|{_DAY_OF_MONTH}", re.IGNORECASE
)
_LINE_START: Final = re.compile(r"(?:^|\n)[ \u00a0\t]*\(?$")
_LIST_NUMBER: Final = re.compile(r"\d\d?[.)]\s")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")

_PRONOUN_BEFORE: Final = re.compile(
    r"\b(?:the|th[ia]s|these|those|an?|each|every|no|any|which|other|another|first|new"
    r"|good|bad|big|small|old|only|\w+(?:al|ble|ous|ive|est|ful|less|ish))[ \u00a0\n]$",
    re.IGNORECASE,
)
_NOT_ONE_OF: Final = (
    r"(?:and|another|as|at|but|by|can|could|day|evening|for|from|had|has|if|in|is|may"
    r"|might|morning|must|night|on|or|she|should|that|the|to|was|we|when|where|which"
    r"|who|will|with|would)"
)
_SOMETHING_AFTER: Final = re.compile(rf"{GAP}(?!{_NOT_ONE_OF}\b)[^\W\d_]")

_HALF_BEFORE: Final = re.compile(
    r"\b(?:first|second|other|this|that|better|and an?)[ \u00a0\n]$", re.IGNORECASE
)
_HALF_AFTER: Final = re.compile(rf"-|{GAP}(?:an hour|past|time|term|\d)")
_PART: Final = re.compile(r"(?:an?|one)[ \u00a0\n-](?!quarter)\w+", re.IGNORECASE)
_PART_BEFORE: Final = re.compile(
    r"\b(?:by|of|to|almost|nearly|about|around|over|under|than|up|down|roughly|only"
    r"|just|some)[ \u00a0\n]$",
    re.IGNORECASE,
)
_COMPARATIVE: Final = (
    r"more|less|fewer|higher|lower|bigger|larger|smaller|greater|quicker|faster|slower"
    r"|cheaper|dearer|longer|shorter|older|younger|better|worse"
)
_PART_AFTER: Final = re.compile(rf"{GAP}(?:of|{_COMPARATIVE})\b|[.,;:)]|$")
#: Endings of "a hundred" and the like, which are no ordinals.
_WHOLE: Final = ("hundred", "thousand", "million", "billion", "trillion", "dozen")


def counts_something(text: str, start: int, end: int) -> bool:
    """Tell whether the number at ``text[start:end]``, without a unit, is a count."""
    if _NO_COUNT_AFTER.match(text, end):
        return False
    before = text[max(0, start - _REACH) : start]
    number = text[start:end].lower()
    if number[0].isdigit():
        return not _is_number_of_something(number, before, text[end : end + 2])
    if number == "one":
        return _is_one_of_several(text, end, before)
    return _is_part_of_whole(text, end, before, number=number)


def _is_part_of_whole(text: str, end: int, before: str, *, number: str) -> bool:
    """Tell shares from ordinals and halves of matches; other words are counts."""
    if number == "half":
        return not (_HALF_BEFORE.search(before) or _HALF_AFTER.match(text, end))
    if number == "a half":
        return not before.lower().endswith("and ")
    if _PART.fullmatch(number) and not number.endswith(_WHOLE):
        return bool(_PART_BEFORE.search(before) or _PART_AFTER.match(text, end))
    return True


def _is_number_of_something(number: str, before: str, after: str) -> bool:
    """Tell years, list numbers, telephone numbers and names from counts."""
    return bool(
        _YEAR.fullmatch(number)
        or (number[0] == "0" and number[1:].isdigit())
        or _NAME_BEFORE.search(before)
        or _DATE_BEFORE.search(before)
        or _CALL_BEFORE.search(before)
        or (_LINE_START.search(before) and _LIST_NUMBER.match(number + after))
        or before.endswith("• ")
        or (before.endswith("[") and after.startswith("]"))  # a note's mark
    )


def _is_one_of_several(text: str, end: int, before: str) -> bool:
    """Tell the numeral ("one of the three", "one lecturer") from the pronoun."""
    if _PRONOUN_BEFORE.search(before):
        return False
    return _SOMETHING_AFTER.match(text, end) is not None
