"""What the text says about a person's gender, and nothing that it does not say.

Evidence are honorifics, nouns of kinship and office, and pronouns that can mean nobody
else. A given name is no such evidence, for names mislead: :func:`given_gender` is asked
apart, to rule somebody out or to choose between several, and the reason says so.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.records import Gender
from pipeline.stages.identities.names import TITLE, read_name
from pipeline.stages.identities.words import GENDERS, HONORIFICS, any_of, fold

_NOUN: Final = rf"(?P<noun>{any_of(frozenset(GENDERS))})"
_BEFORE: Final = re.compile(
    rf"\b(?i:{_NOUN})\.?,?\s+(?:(?:{TITLE})\s+)*$", re.IGNORECASE
)
_AFTER: Final = re.compile(
    rf"(?:\s*\([^)]*\))?,\s+(?:\d+,\s+)?(?:an?|the)\s+"
    rf"(?:[\w-]+\s+){{0,3}}?{_NOUN}\b",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(
    r"(?:\s*\([^)]*\))?,\s+who\b[^,.;\"“”]*?"
    r"\b(his|himself|herself|her(?!\s+(?:as|at|by|for|from|in|of|on|that|to|with)\b))\b",
    re.IGNORECASE,
)
PRONOUNS: Final[dict[str, Gender]] = {
    "he": "male",
    "him": "male",
    "himself": "male",
    "his": "male",
    "her": "female",
    "hers": "female",
    "herself": "female",
    "she": "female",
}

_GIVEN: Final[dict[str, Gender]] = {
    **dict.fromkeys(read_lexicon("given_names")["female"], "female"),
    **dict.fromkeys(read_lexicon("given_names")["male"], "male"),
}


def gender_before(text: str) -> Gender | None:
    """Return what the words right before a name say: "Mrs", "his daughter,".

    >>> gender_before("said his daughter, ")
    'female'
    """
    found = _BEFORE.search(text[-48:])
    if not found or (found["noun"].islower() and found["noun"] in HONORIFICS):
        return None  # "we miss Ada" is no honorific
    return GENDERS.get(fold(found["noun"]))


def gender_after(text: str) -> Gender | None:
    """Return what the words right after a name say: ", a mother of three,".

    >>> gender_after(", who lost his job")
    'male'
    """
    found = _AFTER.match(text)
    if found:
        return GENDERS.get(fold(found["noun"]))
    relative = _RELATIVE.match(text)
    return PRONOUNS[relative[1].lower()] if relative else None


def given_gender(name: str) -> Gender | None:
    """Return what the given name of a full name says, which may be wrong.

    >>> given_gender("Dr Ada Moss"), given_gender("Robin Moss"), given_gender("Ada")
    ('female', None, None)
    """
    read = read_name(name)
    return _GIVEN.get(read.tokens[0]) if read.full else None


def settle(evidence: Iterable[Gender | None]) -> Gender | None:
    """Return the gender that all evidence agrees on; None where it does not."""
    seen = Counter(gender for gender in evidence if gender)
    return next(iter(seen)) if len(seen) == 1 else None
