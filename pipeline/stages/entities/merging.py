"""One list of mentions out of what a model labels and what a grammar finds.

Reach for :func:`merge` after both have run. The answer is sorted, nothing in it
overlaps, and every mention has the edges that the annotation rules want: no white
space, no honorific before a person, no possessive ending.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.records import Mention
from pipeline.stages.entities.numbers import any_of

_HONORIFICS: Final = read_lexicon("honorifics")
_HONORIFIC: Final = any_of(
    word for kind in ("female", "male", "neutral") for word in _HONORIFICS[kind]
)
_TITLED: Final = re.compile(
    rf"(?:(?:the[ \u00a0])?{_HONORIFIC}\b\.?[ \u00a0\n]+)+(?=\S)", re.IGNORECASE
)
_POSSESSIVE: Final = re.compile(r"['’][sS]$|(?<=[sS])['’]$")
_NAMES: Final = frozenset({"PERSON", "ORG", "LOC", "NORP", "ROLE"})


def merge(
    text: str, read: Iterable[Mention], found: Iterable[Mention]
) -> list[Mention]:
    """Join what a model ``read`` with what a grammar ``found``, without overlaps.

    Sums and percentages of the grammar win over everything, names of the model over
    dates and counts; of two dates the longer one stays, the model's where they tie.
    """
    ranked = [(_rank(m), m.start - m.end, 1, m) for m in found]
    for mention in read:
        trimmed = trim(text, mention)
        if trimmed is not None:
            length = trimmed.start - trimmed.end
            ranked.append((_rank(trimmed), length, 0, trimmed))
    kept: list[Mention] = []
    taken = bytearray(len(text))
    for *_, mention in sorted(ranked):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
    return sorted(kept)


def _rank(mention: Mention) -> int:
    if mention.label in ("MONEY", "PERCENT"):
        return 0
    return 2 if mention.label == "CARDINAL" else 1


def trim(text: str, mention: Mention) -> Mention | None:
    """Cut white space, honorifics and the possessive off; None if nothing is left.

    >>> mention = Mention(start=0, end=11, label="PERSON")
    >>> trim("Ms Turner's plan", mention)
    Mention(start=3, end=9, label='PERSON', score=1.0, identity=None)
    """
    start, end = _strip(text, mention.start, mention.end)
    if mention.label == "PERSON" and (title := _TITLED.match(text[start:end])):
        start += title.end()
    if mention.label in _NAMES and (ending := _POSSESSIVE.search(text[start:end])):
        end = start + ending.start()
    start, end = _strip(text, start, end)
    if (start, end) == (mention.start, mention.end) and start < end:
        return mention
    return replace(mention, start=start, end=end) if start < end else None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    passage = text[start:end]
    left = start + len(passage) - len(passage.lstrip())
    return left, max(left, start + len(passage.rstrip()))
