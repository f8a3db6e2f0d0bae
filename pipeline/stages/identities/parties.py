"""Which party a person is of, as the words beside the name say.

Reach for :func:`party_beside` for "(Con)", "Labour's Ada Moss" and "Labour leader Ada
Moss", and :func:`party_named` for a single word. Parties are written out by their usual
names.
"""

import re
from typing import Final

from pipeline.stages.identities.names import TITLE
from pipeline.stages.identities.words import PARTIES, any_of, fold

_PARTY: Final = any_of(frozenset(PARTIES))
_BRACKETED: Final = re.compile(r"(?:\s+[A-Z]{2,3})?\s*\(([^(),/]+)[^()]*\)")
_BEFORE: Final = re.compile(
    rf"\b(?P<party>{_PARTY})(?:['’]s?)?(?:\s+\([^()]*\))?\s+"
    rf"(?:[\w'’-]+\s+){{0,6}}?(?:(?:{TITLE})\s+)*$",
    re.IGNORECASE,
)
_APPOSED: Final = re.compile(
    rf"\b(?P<party>{_PARTY})['’]s?\s+(?:[a-z][\w'’-]*\s+){{0,5}}[a-z][\w-]*$",
    re.IGNORECASE,
)
_SHORT: Final = {"pc", "sf", "ff", "fg", "ld", "ind", "con", "lab", "grn", "alba"}


def party_named(text: str) -> str | None:
    """Return the party that a word or abbreviation names.

    >>> party_named("Lib Dems")
    'Liberal Democrat'
    """
    plain = fold(" ".join(text.split())).removesuffix("'s").removesuffix("'")
    return PARTIES.get(plain.removeprefix("the "))


def party_beside(before: str, after: str) -> str | None:
    """Return the party printed right before or in brackets right after a name.

    >>> party_beside("said ", " (Lab, Penbury West) said")
    'Labour'
    """
    bracket = _BRACKETED.match(after)
    if bracket and (party := party_named(bracket[1])):
        return party
    return _before(before)


def _before(before: str) -> str | None:
    """Read "Labour's …", "Conservative MSP …" up to a name.

    A comma is read over only behind a post of the party: "Labour's one councillor, ".
    """
    *earlier, clause = re.split(r"[,;:.!?\"“”()\n]\s", before)
    found = _BEFORE.search(clause)
    if earlier and not clause and before.endswith(", "):
        found = _APPOSED.search(earlier[-1])
    if not found or fold(found["party"]) in _SHORT or not found["party"][0].isupper():
        return None
    return party_named(found["party"])


_BEHIND: Final = re.compile(
    r"(?:\s*\([^()]*\))?,\s+(?:the|an?|one of the)?\s*(?:only\s+)?(?:[\w-]+['’]s\s+)?"
    r"([A-Z][\w-]+(?:\s[A-Z][\w-]+)?)(?:(?:['’]s?)?\s+[\w-]+|,)"
)
_LEADS: Final = re.compile(
    r"(?:\s*\([^()]*\))?,\s+who\s+(?:heads|leads|led)\s+(?:the\s+)?(?:[\w-]+['’]s\s+)?"
    r"([A-Z][\w-]+(?:\s[A-Z][\w-]+)?)\s+(?:group|opposition|members|councillors)\b"
)


def party_behind(after: str) -> str | None:
    """Return the party in an apposition behind a name.

    >>> party_behind(", the Labour MP for Penbury,")
    'Labour'
    """
    found = _LEADS.match(after) or _BEHIND.match(after)
    if not found:
        return None
    return party_named(found[1]) or party_named(found[1].split()[0])


_OWNER: Final = re.compile(
    rf"\b({_PARTY})(?:['’]s?)?(?:\s*\([^()]*\))?\s+$", re.IGNORECASE
)


def party_of_post(before: str) -> str | None:
    """Return the party printed right before a post: "Labour's", "the Lib Dem".

    >>> party_of_post("said Labour's ")
    'Labour'
    """
    found = _OWNER.search(before)
    if not found or fold(found[1]) in _SHORT or not found[1][0].isupper():
        return None
    return party_named(found[1])
