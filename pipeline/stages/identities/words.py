"""The word lists of names, posts and bodies, ready for look-up.

Reach for these where a rule asks whether a word is an honorific, heads a post or means
a body. All sets are lower case; :func:`fold` makes a printed form comparable to them
and to other printed forms.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any, Final

from pipeline.lexicon import read_lexicon
from pipeline.records import Gender

_HONORIFICS: Final = read_lexicon("honorifics")
_ROLES: Final = read_lexicon("roles")
_BODIES: Final = read_lexicon("bodies")
_DESCRIPTIONS: Final = read_lexicon("descriptions")
_DOCUMENTS: Final = read_lexicon("documents")
_GROUPS: Final = read_lexicon("groups")


def _set(source: dict[str, Any], *keys: str) -> frozenset[str]:
    return frozenset(word for key in keys for word in source[key])


HONORIFICS: Final = _set(_HONORIFICS, "female", "male", "neutral")
GIVEN_HONORIFICS: Final = _set(_HONORIFICS, "given")
LETTERS: Final = _set(_HONORIFICS, "letters")
COUNCILLOR: Final = _set(_ROLES, "councillor")
RANKS: Final = _set(_ROLES, "ranks")
ROLE_HEADS: Final = _set(_ROLES, "heads")
ROLE_MODIFIERS: Final = _set(_ROLES, "modifiers")
EVENTS: Final = _set(_ROLES, "events")
FORMER: Final = _set(_ROLES, "former")
IMPLIED_BODY: Final[dict[str, str]] = _ROLES["implied"]
BODY_NOUNS: Final[dict[str, list[str]]] = _BODIES["nouns"]
BODY_OPENINGS: Final[dict[str, list[str]]] = _BODIES["openings"]
PLACE_KINDS: Final = _set(_BODIES, "places")
SAME_POST: Final[dict[str, list[str]]] = _DESCRIPTIONS["same"]
CALLINGS: Final = _set(_DESCRIPTIONS, "callings")
UNNAMED_PEOPLE: Final = _set(_DESCRIPTIONS, "people")
DOCUMENTS: Final = _set(_DOCUMENTS, "nouns")
GENERIC_DOCUMENTS: Final = _set(_DOCUMENTS, "generic")
DOCUMENT_LINKERS: Final = _set(_DOCUMENTS, "linkers")
COMMISSIONERS: Final = _set(_DOCUMENTS, "commissioned")
GROUPS: Final = _set(_GROUPS, "nouns")
QUANTITIES: Final = _set(_GROUPS, "quantities")
GROUP_BODIES: Final[dict[str, str]] = _GROUPS["implied"]
SPOKESPEOPLE: Final = frozenset({"spokesman", "spokesperson", "spokeswoman"})

#: Word -> gender, for honorifics and for nouns such as *daughter*.
GENDERS: Final[dict[str, Gender]] = {
    **dict.fromkeys(_set(_HONORIFICS, "female"), "female"),
    **dict.fromkeys(_set(_DESCRIPTIONS, "female"), "female"),
    **dict.fromkeys(_set(_HONORIFICS, "male"), "male"),
    **dict.fromkeys(_set(_DESCRIPTIONS, "male"), "male"),
}

_QUOTES: Final = str.maketrans("‘’“”", "''\"\"")
_WORD: Final = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a form to compare by: lower case, no accents, straight quotation marks.

    >>> fold("Róisín O’Neill")
    "roisin o'neill"
    """
    plain = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a passage, folded, without possessive *'s*.

    >>> words_of("the council's own engineers")
    ['the', 'council', 'own', 'engineers']
    """
    return [bare(fold(word)) for word in _WORD.findall(text)]


#: Names as :func:`fold` gives them, with what they stand for.
KNOWN_BODIES: Final[dict[str, list[str]]] = {
    fold(name): kinds for name, kinds in _BODIES["known"].items()
}
PARTIES: Final[dict[str, str]] = {
    fold(name): party for name, party in read_lexicon("parties")["names"].items()
}


def bare(word: str) -> str:
    """Return a folded word without its possessive ending."""
    return word.removesuffix("'s").removesuffix("'")


def any_of(words: frozenset[str]) -> str:
    """Return a group of a regular expression that matches any of the words.

    The longest come first, so that *det insp* is not read as *det*.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"
