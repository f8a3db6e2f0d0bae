"""Whether two wordings of a post or a party, one printed and one listed, agree.

Reach for :func:`same_role` and :func:`same_party`. Where neither wording settles it the
answer is ``open``.
"""

import re
from typing import Final, Literal

from pipeline.stages.identities.organisations import kinds_of
from pipeline.stages.identities.parties import party_named
from pipeline.stages.identities.roles import is_title, post_nouns
from pipeline.stages.identities.roster.reading import Row
from pipeline.stages.identities.words import (
    COUNCILLOR,
    FORMER,
    HONORIFICS,
    SAME_POST,
    fold,
    words_of,
)

Verdict = Literal["fits", "open", "contradicts"]

_COMPLEMENT: Final = re.compile(r"\b(?:at|for|in|of|on)\b")
#: Words that make another post of one with the same noun.
_STANDING: Final = frozenset(
    {"acting", "assistant", "associate", "chief", "deputy", "interim", "shadow"}
    | {"temporary", "vice"}
)


def same_role(printed: str, row: Row) -> Verdict:
    """Compare a printed post with that of a row.

    A title says little of the post that its bearer holds, and every member of a
    council's cabinet is a councillor too.
    """
    listed = row.role or ""
    one, other = _words(printed), _words(listed)
    if one == other:
        return "fits"
    if fold(printed) in COUNCILLOR and "council" in kinds_in(row.organisation):
        return "fits"
    titled = is_title(printed) or fold(printed).rstrip(".") in HONORIFICS
    if titled and not is_title(listed):
        return "open"
    heads, others = set(post_nouns(one)), set(post_nouns(other))
    synonyms = {word for head in heads for word in SAME_POST.get(head, ())}
    standing = _STANDING & (set(one) - heads) == _STANDING & (set(other) - others)
    alike = standing and others & (heads | synonyms) and not _apart(printed, listed)
    return "fits" if alike else "contradicts"


def same_party(printed: str, listed: str) -> Verdict:
    """Compare two parties, *Party* and *UK* apart.

    >>> same_party("Labour", "the Labour Party")
    'fits'
    """
    return "fits" if _plain(printed) == _plain(listed) else "contradicts"


def party_name(listed: str) -> str:
    """Return a party by the name that is usually written out.

    >>> party_name("Lib Dems")
    'Liberal Democrat'
    """
    short = re.sub(r"\s+party$", "", listed, flags=re.IGNORECASE)
    return party_named(listed) or party_named(short) or listed


def is_part(body: str | None) -> bool:
    """Tell whether a body is part of another, whose members hold posts in both."""
    return "committee" in kinds_in(body)


def kinds_in(body: str | None) -> set[str]:
    """Return the kinds of body that a name gives away; none without a name."""
    return kinds_of(body) if body and words_of(body) else set()


def _plain(party: str) -> str:
    return fold(party_name(party)).removesuffix(" party").removesuffix(" uk")


def _words(role: str) -> list[str]:
    words = words_of(role.replace("-", " "))
    return words[1:] if len(words) > 1 and words[0] in FORMER else words


def _apart(one: str, other: str) -> bool:
    """Tell whether two posts are completed by quite different words."""
    ones, others = (
        set(words_of(rest)) for rest in (_complement(one), _complement(other))
    )
    return bool(ones and others) and not ones & others


def _complement(role: str) -> str:
    found = _COMPLEMENT.search(fold(role))
    return role[found.end() :] if found else ""
