"""Names of people: their parts, and whether two forms may name one person.

Reach for :func:`read_name` to take a printed name apart. Honorifics, ranks and letters
after the name are no part of it; a nickname in quotation marks is. Nothing here looks
at the text around a name.
"""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.stages.identities.words import (
    COUNCILLOR,
    HONORIFICS,
    LETTERS,
    RANKS,
    any_of,
    fold,
)

#: Words between given name and surname that belong to the surname.
PARTICLES: Final = frozenset(
    {"al", "ap", "bin", "da", "de", "del", "der", "di", "du", "el", "ferch", "ibn"}
    | {"la", "le", "mac", "mc", "ni", "nic", "o", "st", "ui", "van", "von"}
)
TITLE: Final = rf"(?i:{any_of(HONORIFICS | RANKS | COUNCILLOR)})\.?"
_TITLES: Final = re.compile(rf"(?:the\s+)?(?:{TITLE}\s+)+", re.IGNORECASE)
_NICKNAME: Final = re.compile(r"(?:^|\s)[\"'“‘]([^\"”’]+)[\"'”’](?=\s|$)")
_POSSESSIVE: Final = re.compile(r"(?:['’]s|(?<=s)['’])$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts, folded for comparison; ``printed`` is what to show."""

    printed: str
    tokens: tuple[str, ...]
    nickname: str | None = None

    @property
    def surname(self) -> str:
        """The last word, by which newspapers call people again."""
        return self.tokens[-1]

    @property
    def full(self) -> bool:
        """Tell whether the name has more than a surname with its particles."""
        return sum(token not in PARTICLES for token in self.tokens) > 1


def strip_titles(text: str) -> str:
    """Return a name without the honorifics and ranks before and letters after it.

    >>> strip_titles("Dame Ada Moss QC")
    'Ada Moss'
    """
    found = _TITLES.match(text)
    words = text[found.end() if found else 0 :].split()
    while len(words) > 1 and words[-1].rstrip(",") in LETTERS:
        words.pop()
    return " ".join(words).rstrip(",") or text


def read_name(text: str) -> PersonName:
    """Take a printed name apart; "Moss, Ada" is read as "Ada Moss".

    >>> read_name('Ada "Tiny" Moss').tokens
    ('ada', 'moss')
    """
    printed = strip_titles(_POSSESSIVE.sub("", " ".join(text.split())))
    last, comma, first = printed.partition(", ")
    if comma and " " not in first.strip() and " " not in last:
        printed = f"{first} {last}"
    nickname = _NICKNAME.search(printed)
    plain = _NICKNAME.sub("", printed).replace(".", ". ")
    tokens = tuple(fold(token.strip(".,()")) for token in plain.split())
    tokens = tuple(token for token in tokens if token) or (fold(printed),)
    return PersonName(printed, tokens, fold(nickname[1]) if nickname else None)


def may_be_same(one: PersonName, other: PersonName) -> bool:
    """Tell whether two full names may be one person's.

    The surname must agree, and the given names as far as both give them: an initial
    agrees with a name, a middle name may be missing, a nickname may stand for all.
    """
    if one.surname != other.surname:
        return False
    ones, others = one.tokens[:-1], other.tokens[:-1]
    if one.nickname in others or other.nickname in ones:
        return True
    short, long = sorted((ones, others), key=len)
    return bool(short) and all(
        any(_agree(token, name) for name in long[at:]) if at else _agree(token, long[0])
        for at, token in enumerate(short)
    )


def _agree(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other


def fuller(one: PersonName, other: PersonName) -> PersonName:
    """Return the form to show: the one with more letters, capitals only if need be."""
    return max(one, other, key=_fullness)


def _fullness(name: PersonName) -> tuple[bool, int, int]:
    letters = sum(len(token) for token in name.tokens)
    return name.full, letters + len(name.nickname or ""), -name.printed.isupper()
