"""Speakers that are bodies: named, described, or met as a committee of one.

Rules of the speaker sieve: each looks at one source and answers or passes.
"""

import re
from typing import Final

from pipeline.records import Identity, Mention, Resolved, Span, Speaker
from pipeline.stages.claims.speakers.scene import (
    Scene,
    as_body,
    unsettled,
)
from pipeline.stages.claims.speakers.sources import Source
from pipeline.stages.identities.organisations import clean_name, kinds_of
from pipeline.stages.identities.words import (
    BODY_NOUNS,
    GROUPS,
    SPOKESPEOPLE,
    fold,
)

_NAMED: Final = re.compile(
    r"(?:the\s+|an?\s+)?(?:[\w'’-]+\s+){0,4}?(?:the\s+)?O\b(?!['’]s?\s+\w)"
    r"(?:\s+(?P<noun>[a-z][\w-]+))?"
    r"|(?:the\s+|an?\s+)?(?:[\w'’-]+\s+){1,4}?[\w'’-]+,\s+(?:the\s+)?O\b",
    re.IGNORECASE,
)
_SUBJECTS: Final = r"(?:[a-z][a-z’'-]*,?\s+){1,7}(?:sub-?)?(?:committee|panel)"
_COMMITTEE: Final = re.compile(
    rf"(?:(?:the\s+)?(?:O|[a-z]+)['’]s?\s+(?P<own>{_SUBJECTS})"
    rf"|(?:the\s+)?(?P<of>{_SUBJECTS})\s+(?:of|at|on)\s+(?:the\s+)?O)",
    re.IGNORECASE,
)
_BLANK: Final = re.compile(r"\s+(?:The\s+)?")
_APPOSED: Final = re.compile(r",\s+(?:the\s+)?([LO])[\s,]*$")
_FORCES: Final = frozenset({"garda", "gardai", "police"})
#: Where councils sit, printed for the councils themselves.
_SEATS: Final = frozenset({"city hall", "county hall", "shire hall", "town hall"})


def committee(_: Scene, source: Source) -> Resolved | None:
    """A committee that its subject names: "Penbury Council's planning committee"."""
    found = _COMMITTEE.fullmatch(source.skeleton.strip(" ,"))
    name = found and (found["own"] or found["of"])
    if not name:
        return None
    speaker = Speaker(kind="organisation", name=name, resolution="named")
    return Resolved(speaker=speaker, confidence=0.9, reason="source names a committee")


def named_body(scene: Scene, source: Source) -> Resolved | None:
    """The source is a body's name, with or without a noun that introduces it."""
    found = _NAMED.match(source.skeleton)
    if not found or not source.bodies or source.head in SPOKESPEOPLE:
        return None
    noun = fold(found["noun"] or "")
    if noun and noun not in BODY_NOUNS and source.rest.lstrip()[:1] != "":
        noun = noun if source.chunk.endswith(found[0]) else ""
    if source.head in GROUPS or (noun and noun not in BODY_NOUNS):
        return None
    if re.search(r"\b(?:at|by|for|from|in|of|on|to)\s+(?:the\s+)?O\b", found[0]):
        return None
    mention = source.bodies[0]
    who = scene.identity(mention)
    return _as_named(scene, source, mention, who) if who else None


def _as_named(
    scene: Scene, source: Source, mention: Mention, who: Identity
) -> Resolved | None:
    """Answer with the body of a name, or with the council that the name stands for."""
    if fold(who.name) in _SEATS:
        kind = fold(who.name).split()[0]
        seated = scene.bodies.find([kind, "council"], source.start)
        return as_body(seated, "alias", "seat of the body", 0.85) if seated else None
    longer = scene.called(who.name)
    if longer and not source.rest.strip():
        return as_body(longer, "alias", "source has a shorter form of the name", 0.85)
    full = fold(clean_name(mention.of(scene.text))) == fold(who.name)
    reason = (
        "source names the body" if full else "source has a shorter form of the name"
    )
    return as_body(who, "named" if full else "alias", reason, 0.97)


def introduced_body(scene: Scene, source: Source) -> Resolved | None:
    """A lead's "a charity" is the body whose name opens the next paragraph."""
    kinds = set(BODY_NOUNS.get(source.head, ()))
    if not source.indefinite or not kinds or scene.heading(source.start):
        return None
    lead, block = scene.passages.paragraph(source.start), _block(scene, source)
    person = next(scene.named_before(source.start), None)
    body = scene.bodies.last(source.start, since=lead.start)
    if person or body or lead.start > block.start:
        return None
    below = _BLANK.match(scene.text, lead.end)
    start = below.end() if below else lead.end
    named = scene.inside(Span(start=start, end=start + 80), "ORG")[:1]
    who = scene.identity(named[0]) if named and named[0].start <= start else None
    own = kinds_of(who.name) if who else set()
    if who is None or (own and not own & kinds):
        return None
    return as_body(who, "description", "the body named next", 0.88)


def _block(scene: Scene, source: Source) -> Span:
    return scene.passages.block(source.start) or Span(start=0, end=len(scene.text))


def apposed_body(scene: Scene, source: Source) -> Resolved | None:
    """The name behind the comma: "The charity that took them in, Warm Hands,"."""
    found = _APPOSED.search(source.rest)
    if found is None or source.head not in BODY_NOUNS or source.head in GROUPS:
        return None
    named = scene.inside(source.span, "ORG" if found[1] == "O" else "LOC")[-1:]
    who = scene.identity(named[0]) if named else None
    if who or not named or found[1] == "O":
        return as_body(who, "named", "name behind the noun", 0.93) if who else None
    name = clean_name(named[0].of(scene.text))
    speaker = Speaker(kind="organisation", name=name, resolution="named")
    return Resolved(speaker=speaker, confidence=0.8, reason="name behind the noun")


def described_body(scene: Scene, source: Source) -> Resolved | None:
    """A noun for a body that the article names: "the watchdog", "the council"."""
    if source.head not in BODY_NOUNS and " ".join(source.words[-2:]) not in BODY_NOUNS:
        return None
    if source.head in GROUPS:
        return None
    who = scene.bodies.find(source.words, source.start)
    if who is None:
        return None
    if source.indefinite and not _brought_in(scene, source, who):
        return None
    return as_body(who, "description", "the one such body of the article", 0.92)


def _brought_in(scene: Scene, source: Source, who: Identity) -> bool:
    """Tell whether "a health trust" may be the body: it has *health* in its name.

    "A court has heard" it from somebody.
    """
    if scene.heading(source.start):
        return True
    return source.head != "court" and scene.bodies.fits(who, source.words)


def nobody(_: Scene, source: Source) -> Resolved | None:
    """A noun for a body that the article names none of."""
    if source.head in _FORCES:
        force = Speaker(kind="group", resolution="description")
        reason = "police of no named force"
        return Resolved(speaker=force, confidence=0.7, reason=reason)
    if source.head in BODY_NOUNS:
        return unsettled("the article names no such body, or several")
    return None
