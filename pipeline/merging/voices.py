"""Whose voice a claim is in, comparable across articles.

Reach for :func:`voice_of`. Articles name one person in full and another by the surname,
one body by itself and another by its spokesman; claims of voices that do not fit are
never one claim. A speaker whom nothing identifies is comparable word for word only.
"""

from dataclasses import dataclass

from pipeline.records import Claim, Force
from pipeline.stages.identities.words import fold

#: Forces that tell another claim of the same words.
_APART: frozenset[Force] = frozenset({"ask", "decline", "deny"})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """``key`` is shared by all who may be the same; ``name`` is a person's full one.

    Where the voice is not ``settled``, only the very same words are the same claim.
    """

    key: Key
    name: str
    settled: bool = True

    @property
    def named(self) -> bool:
        """Whether this is a body, or a person whose given name is known too."""
        kind = self.key[0]
        whole = kind == "body" or (kind == "person" and " " in self.name)
        return self.settled and whole


def voice_of(claim: Claim) -> Voice:
    """Return who speaks, in which polarity, in a form to compare by."""
    force = claim.force if claim.force in _APART else ""
    kind, name, settled = _speaker(claim)
    words = name.split()
    last = words[-1] if kind == "person" and words else name
    return Voice((kind, last, str(claim.negated), force), name, settled)


def fit(one: str, other: str) -> bool:
    """Tell whether two full names may be one person's: one leaves given names out.

    >>> fit("brook", "anna brook"), fit("tom brook", "anna brook")
    (True, False)
    """
    few, many = sorted((one.split(), other.split()), key=len)
    rest = iter(many)
    return all(word in rest for word in few)


def _speaker(claim: Claim) -> tuple[str, str, bool]:
    """Return the kind of voice, its name, and whether that tells who it is."""
    speaker = claim.speaker
    name = _plain(speaker.name)
    body = _plain(speaker.organisation)
    source = _plain(claim.source.exact) if claim.source else ""
    match speaker.kind:
        case "person" if name:
            return "person", name, True
        case "organisation" if name:
            return "body", name, True
        case "spokesperson" if body:
            return "body", body, True
        case "document" if body:
            return "document", f"{body}: {name}", True
        case "group" if body:
            return "group", f"{body}: {source}", True
    return speaker.kind, name or body or source, False


def _plain(text: str | None) -> str:
    """Return a name folded, without *the* and with one kind of space."""
    return " ".join(fold(text or "").split()).removeprefix("the ")
