"""Ids of identities, made from their names.

Reach for :class:`Ids` once per document. One normalised name gives one id in every
document, whatever its accents, capitals and quotation marks; the second of two
identities of one document with the same id gets a number behind it. Another form of
the name ("KCC", "A. Moss") gives another id: only a roster can know that they are one.
"""

import re
from collections.abc import Iterable
from typing import Final, Literal

from pipeline.stages.identities.words import fold

Kind = Literal["person", "organisation"]

_NOT_WORD: Final = re.compile(r"[\W_]+")
_PREFIX: Final[dict[Kind, str]] = {"person": "p", "organisation": "o"}


def id_of(kind: Kind, name: str) -> str:
    """Return the id that a name makes.

    >>> id_of("person", "Ana Núñez")
    'p_ana-nunez'
    """
    slug = _NOT_WORD.sub("-", fold(name)).strip("-") or "unnamed"
    return f"{_PREFIX[kind]}_{slug}"


class Ids:
    """Gives every identity of a document an id of its own.

    Ids that are ``reserved`` belong to somebody and are given to nobody.
    """

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = set(reserved)
        self._counts: dict[str, int] = {}

    def make(self, kind: Kind, name: str) -> str:
        """Return the next free id that the name makes."""
        key = base = id_of(kind, name)
        while key in self._taken:
            self._counts[base] = self._counts.get(base, 1) + 1
            key = f"{base}-{self._counts[base]}"
        self._taken.add(key)
        return key
