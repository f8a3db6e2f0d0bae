"""The furniture lexicon as questions: is this line, or this sentence, furniture?

Reach for it to learn whether the wording of a line gives it away; where it stands on
the page is the business of :mod:`pipeline.stages.blocks.region`. Matching folds case,
typographic marks and white space, and never looks at more than the first 400
characters, so that its cost does not grow with the line.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from pipeline.lexicon import read_lexicon
from pipeline.records import BlockLabel
from pipeline.stages.blocks.prose import LINES

Effect = Literal["page", "end", "comments", "related", "lists"]
Finder = Callable[[str], re.Match[str] | None]
#: Effects of lines that head a list of other stories.
HEADS_LIST: Final = frozenset({"related", "lists"})

_REACH: Final = 400
_MARKS: Final = str.maketrans("‘’‛“”„\u00a0\u2009\u202f", "'''\"\"\"   ")
_SPACE: Final = re.compile(r"\s+")
# Bullets, arrows, rules and emoji before the first word; © and marks carry meaning.
_LEAD: Final = re.compile(r"^[^\w\"'(©@]+")
_NUMBER: Final = r"\d[\d.,]*[km]?"
_FEW_WORDS: Final = r".{1,60}?"
#: Somebody speaks: the sentence may be the story's, whatever else it holds.
SPOKEN: Final = re.compile(r"\b(?:said|says|told|added|asked)\b|[\"“”]")
#: A phrase of so many words is telling enough to overrule the look of running prose.
_TELLING: Final = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of furniture: why it is that, and what it says of the lines after it.

    ``label`` is *related* for lines that are nothing but the heading of such a list.
    """

    reason: str
    effect: Effect
    label: BlockLabel = "furniture"
    inline: bool = False
    any_phrase: Finder = re.compile(r"(?!)").match
    long_phrase: Finder = re.compile(r"(?!)").match


# "Ann on May 3, 2024 at 4:47 pm said:", over what a reader writes.
_COMMENT_HEAD: Final = re.compile(
    r".{2,60}? (?:on|at|[|–—-]) (?=.*\d).{0,40}\d[:.]\d\d ?(?:[ap]\.?m\.?)?,?"
    r" (?:said|says|wrote|writes):?"
    r"|.{2,40} (?:says|writes):\W*\d.*"
)
_LONGEST_HEAD: Final = 120


@lru_cache(maxsize=LINES)
def fold(text: str) -> str:
    """Fold what typography varies: case, quotation marks, white space, bullets.

    >>> fold("• Read\u00a0more:  ‘Bridge closed’")
    "read more: 'bridge closed'"
    """
    straight = text[:_REACH].translate(_MARKS).casefold()
    return _LEAD.sub("", _SPACE.sub(" ", straight).strip())


_COMMENT: Final = Kind(reason="readers' comments", effect="comments")


def furniture(text: str, *, prose: bool = False) -> Kind | None:
    """Return the kind of furniture that a whole line is by its wording, if any.

    ``prose``: the line reads as running text, so that a short phrase at its head
    ("Search …", "Share …") does not convict it unless the lexicon says so,
    and nothing does where somebody speaks.
    """
    folded = fold(text)
    if len(folded) <= _LONGEST_HEAD and _COMMENT_HEAD.fullmatch(folded):
        return _COMMENT
    if prose and SPOKEN.search(text, 0, _REACH):
        return None
    for kind in _kinds():
        telling = kind.long_phrase if prose and not kind.inline else kind.any_phrase
        if telling(folded):
            return kind
    return None


def furniture_sentence(text: str) -> Kind | None:
    """Return the kind of furniture that one sentence of a line of prose is, if any."""
    folded = fold(text)
    for kind in _kinds():
        if kind.inline and kind.any_phrase(folded):
            return kind
    return None


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            reason=entry["reason"],
            effect=entry["effect"],
            label=_label(entry["effect"], entry["place"]),
            inline=entry["inline"],
            any_phrase=_compile(entry["phrases"], entry["place"]),
            long_phrase=_compile(
                (p for p in entry["phrases"] if len(p.split()) >= _TELLING),
                entry["place"],
            ),
        )
        for entry in read_lexicon("furniture")["kind"]
    )


def _label(effect: Effect, place: str) -> BlockLabel:
    """Return what a line of the kind is: a heading over links belongs to them."""
    return "related" if (effect, place) == ("related", "whole") else "furniture"


def either(entries: Iterable[str]) -> str:
    """Return an expression for any of the entries, as they stand."""
    return "|".join(map(re.escape, _longest_first(entries)))


def _longest_first(entries: Iterable[str]) -> list[str]:
    # An alternation takes the first branch that fits.
    return sorted(entries, key=len, reverse=True)


def _compile(phrases: Iterable[str], place: str) -> Finder:
    branches = "|".join(map(_branch, _longest_first(phrases))) or r"(?!)"
    if place == "whole":
        return re.compile(rf"(?:{branches})\W*$").match
    if place == "start":
        return re.compile(rf"(?:{branches})").match
    return re.compile(rf"(?<!\w)(?:{branches})").search


def _branch(phrase: str) -> str:
    pattern = re.escape(phrase).replace(r"\#", _NUMBER).replace(r"\*", _FEW_WORDS)
    return pattern + (r"(?!\w)" if phrase[-1].isalnum() else "")
