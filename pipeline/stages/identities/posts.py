"""Who holds which post: roles tied to the names beside them.

Reach for :func:`read_posts`. A post may stand before a name ("KCC leader Ada Moss"),
behind it ("Ada Moss, who is the leader of …"), or under it (pull quotes); the pieces
between the two are reduced to a skeleton in which names are single letters, so that
each pattern is one line.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from pipeline.records import Mention, Span
from pipeline.stages.identities.names import TITLE
from pipeline.stages.identities.passages import Passages

_LETTERS: Final = {
    "PERSON": "P",
    "ORG": "O",
    "LOC": "L",
    "NORP": "N",
    "DATE": "D",
    "CARDINAL": "C",
    "ROLE": "R",
}
_TITLES: Final = rf"(?:(?:R|the|{TITLE})\s+)*"
_BRACKET: Final = r"(?:\s*\([^()]*\))?"
_LETTERS_AFTER: Final = r"(?:\s+(?:QC|KC|[CMO]BE|MP|MSP))?"
_IN_BODY: Final = (
    r"(?:\s+(?:of|at|for|on|with|in|from)\s+(?:the\s+)?[OL](?:['’]s?)?"
    r"(?:\s*\([^()]*\))?(?:\s+[a-z-]+\s+committee|\s+in\s+the\s+[a-z]+)?|\s+(?:of|at|for|on|with|in)"
    r"(?:\s+[a-z'’-]+){1,4}(?:,\s+[OL])?)?"
)
_ARTICLES: Final = r"(?:(?:the|an?|its|his|her|their|both|one\s+of)\s+){0,3}"
_OWNER: Final = (
    rf"{_ARTICLES}(?:(?:own|sole|local)\s+)?"
    r"(?:(?:[OLN](?:['’]s?)?(?:\s*\([^()]*\))?"
    r"|(?:[a-z-]+\s+){0,2}[a-z][\w-]*['’]s?)\s+(?:own\s+)?){0,4}"
    r"(?:(?:new|current|local|long-serving)\s+)?"
)
_LINK: Final = (
    r"(?:\s+(?:is|was|has\s+been)\s+|(?:,|\s+[–—-])\s*(?:[CD],\s+)?"
    r"(?:(?:who\s+(?:is|was|has\s+been|became|works\s+as|serves\s+as)|now)\s+)?)"
)
_EVENT: Final = (
    r"(?:(?!\bP\b)[^.;:\"“”])*?\b(?:appointed|named|elected|confirmed|installed|became|"
    r"(?:taken|took|takes)\s+over\s+as|(?:retired|returned)\s+as|(?:stands?|stepped|stood)\s+down\s+as|works\s+as|serves\s+as)\s+(?:as\s+)?"
)
_BEFORE_NAME: Final = re.compile(
    rf"{_IN_BODY},?\s+(?:N(?:['’]s?)?\s+)?{_TITLES}|\s+by\s+{_TITLES}"
)
_BEHIND_NAME: Final = re.compile(
    rf"{_LETTERS_AFTER}{_BRACKET}(?:{_LINK}|{_EVENT}){_OWNER}"
)
_UNDER_NAME: Final = re.compile(r"[,\s–—-]*\n?[\s–—-]*")
_SECOND: Final = re.compile(rf"{_IN_BODY}\s+and\s+{_OWNER}")
_WHO_BECAME: Final = re.compile(rf"{_IN_BODY},?\s+(?:who|and)\s+{_EVENT}{_OWNER}")
_REPLACED: Final = re.compile(
    rf"(?:(?!\bP\b)[^.;:\"“”])*\b(?:replaced|succeeded)\s+as\s+{_OWNER}"
)

#: "Ada Moss, the mayor's daughter": the post is another's.
_OWNS: Final = re.compile(r"['’]s?\s+[a-z]")
#: Characters between a name and a post beyond which they are not tied.
_LONGEST: Final = 400
_ADDRESSED: Final = re.compile(
    r"(?:In|After|Asked|At|Speaking|Writing)\b[^,.;]*\b(?:by|to|with)\s+(?:the\s+)?"
)


@dataclass(frozen=True, slots=True)
class Holding:
    """A post and the mention of the person who holds it.

    ``former`` where the sentence tells that somebody else holds it now.
    """

    role: Span
    person: Mention
    former: bool = False


class Skeletons:
    """Passages with the names in them reduced to a letter each."""

    def __init__(
        self, text: str, mentions: tuple[Mention, ...], roles: list[Span]
    ) -> None:
        self._text = text
        named = [(m.start, m.end, _LETTERS.get(m.label, "C")) for m in mentions]
        known = {(start, end) for start, end, _ in named}
        named += [(r.start, r.end, "R") for r in roles if (r.start, r.end) not in known]
        self._named = sorted(named)
        self._starts = [start for start, _, _ in self._named]

    def of(self, start: int, end: int) -> str:
        """Return the passage with every name that begins in it as one letter."""
        pieces, here = [], start
        for at in range(bisect_left(self._starts, start), len(self._named)):
            left, right, letter = self._named[at]
            if left >= end:
                break
            if left >= here:
                pieces += [self._text[here:left], letter]
                here = right
        pieces.append(self._text[here:end])
        return "".join(pieces)


def read_posts(
    passages: Passages,
    skeletons: Skeletons,
    roles: list[Span],
    people: list[Mention],
) -> list[Holding]:
    """Return who holds which of the posts, as far as the sentences tell."""
    starts = [person.start for person in people]
    holdings: list[Holding] = []
    for role in roles:
        at = bisect_left(starts, role.start)
        behind = people[at - 1] if at else None
        ahead = people[at] if at < len(people) else None
        holdings += _holders(passages, skeletons, role, (behind, ahead), holdings)
    return holdings


def _holders(
    passages: Passages,
    skeletons: Skeletons,
    role: Span,
    around: tuple[Mention | None, Mention | None],
    holdings: list[Holding],
) -> list[Holding]:
    behind, ahead = around
    here = passages.sentence(role.start)
    limit = passages.block(role.start)
    before = passages.text[max(here.start, role.start - _LONGEST) : role.start]
    near = behind and role.start - behind.end <= _LONGEST
    if (
        behind
        and near
        and (behind.start >= here.start or _under(passages, behind, role))
    ):
        gap = skeletons.of(behind.end, role.start)
        former = bool(_REPLACED.fullmatch(gap))
        tied = former or _behind(gap) or _continues(skeletons, role, behind, holdings)
        if tied and not _is_others(passages.text, behind, role, ahead):
            found = [Holding(role, behind, former)]
            if former and ahead:
                found += _ahead(skeletons, before, role, ahead)
            return found
    if (
        ahead
        and ahead.start < min(here.end, role.end + _LONGEST)
        and (not limit or ahead.start < limit.end)
    ):
        return _ahead(skeletons, before, role, ahead)
    return []


def _is_others(text: str, behind: Mention, role: Span, ahead: Mention | None) -> bool:
    """Tell whether a post is not that of the name before: "Penbury MP Ada Moss"."""
    if _OWNS.match(text, role.end):
        return True
    gaps = {
        text[behind.end : role.start],
        text[role.end : ahead.start] if ahead else "",
    }
    return gaps == {" "}


def _behind(gap: str) -> bool:
    return bool(_BEHIND_NAME.fullmatch(gap) or _UNDER_NAME.fullmatch(gap))


def _under(passages: Passages, person: Mention, role: Span) -> bool:
    """Tell whether a post stands on the line below a name that stands alone."""
    gap = passages.text[person.end : role.start]
    label = passages.label(role.start)
    return "\n" in gap and not gap.strip() and label in {"pull_quote", "caption", None}


def _ahead(
    skeletons: Skeletons, before: str, role: Span, ahead: Mention
) -> list[Holding]:
    if ahead.start < role.end:
        return []
    gap = skeletons.of(role.end, ahead.start)
    if not _BEFORE_NAME.fullmatch(gap):
        return []
    # "In a letter to the leader, Supt Moss wrote": the rank opens the clause
    addressed = re.match(r",\s+R\s", gap) and _ADDRESSED.fullmatch(before)
    return [] if addressed else [Holding(role, ahead)]


def _continues(
    skeletons: Skeletons, role: Span, person: Mention, holdings: list[Holding]
) -> bool:
    """Tell whether a post goes on from the same person's last one: "… and chair"."""
    if not holdings or holdings[-1].person != person:
        return False
    last = holdings[-1].role
    if last.start < person.start:
        return False
    gap = skeletons.of(last.end, role.start)
    return bool(_SECOND.fullmatch(gap) or _WHO_BECAME.fullmatch(gap))
