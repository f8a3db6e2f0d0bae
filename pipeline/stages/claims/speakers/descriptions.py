"""Speakers described by neither name nor post: "the winger", "mum", "another mother".

Rules of the speaker sieve that come last: each looks at one source and answers or
passes.
"""

import re
from itertools import islice
from typing import Final

from pipeline.records import Resolved, Speaker
from pipeline.stages.claims.speakers.scene import Scene, as_person
from pipeline.stages.claims.speakers.sources import Source
from pipeline.stages.identities.words import (
    BODY_NOUNS,
    CALLINGS,
    DOCUMENTS,
    GENDERS,
    RANKS,
    ROLE_HEADS,
    SPOKESPEOPLE,
)

#: Paragraphs over which a description may reach back to the last speaker.
_NEAR: Final = 3
#: Names that are looked at on the way back to an age.
_LOOKED_AT: Final = 200
_AGED: Final = re.compile(r"(\d{1,3})-year-old$")
#: A description that goes on, or is printed like a name, brings in somebody new.
_NEW: Final = re.compile(
    r"[,(]|['’]s?\s|\b[A-Z][a-z][\w-]*$|\s(?:he|she|they|who|whom|that|which)\b"
    r"|^(?:(?:first|second|third|fourth|fifth|other|next|new|rival)|.*-elect)\b"
)


def by_age(scene: Scene, source: Source) -> Resolved | None:
    """*The 31-year-old* is the one person of whom that age is printed."""
    age = _AGED.search(source.chunk)
    if age is None or not source.definite:
        return None
    printed = re.compile(
        rf"(?:\s*\([^()]*\))?(?:,\s+(?:aged\s+)?|\s+\(){age[1]}\b[,.;)]"
    )
    named = islice(scene.named_before(source.start), _LOOKED_AT)
    found = {one.identity for one in named if printed.match(scene.text, one.end)}
    who = scene.identities.get(found.pop() or "") if len(found) == 1 else None
    if who is None:
        return None
    return as_person(who, "description", "the one person of that age", 0.92)


def by_salience(scene: Scene, source: Source) -> Resolved | None:
    """A description nobody else fits, right after one person spoke: "the winger"."""
    if not source.definite or not _may_be_person(source) or _brings_in(source):
        return None
    last = scene.last_spoken(source.start)
    if last is None or last.resolved.speaker.kind != "person":
        return None
    who = scene.identities.get(last.resolved.speaker.id or "")
    if who is None or _far(scene, last.start, source.start):
        return None
    others = scene.named_between(last.start, source.start)
    if any(mention.identity != who.id for mention in others):
        return None
    gender = GENDERS.get(source.head)
    if gender and who.gender not in {None, gender}:
        return None
    return as_person(who, "description", "description of the last speaker", 0.85)


def _brings_in(source: Source) -> bool:
    """Tell whether a description may introduce somebody: "The woman, who …"."""
    if _AGED.search(source.chunk):
        return False
    return bool(_NEW.search(source.skeleton[len(source.article) :].strip(" ,")))


def _far(scene: Scene, start: int, offset: int) -> bool:
    paragraphs = scene.passages.paragraph_number
    return paragraphs(offset) - paragraphs(start) > _NEAR


def _may_be_person(source: Source) -> bool:
    """Tell whether a noun means one person: "the winger", not "the bereaved"."""
    head = source.head
    if head == "N":
        return not source.chunk.endswith("s")
    if head in ROLE_HEADS or head in RANKS:
        return False  # whoever holds a post has been found by it already
    return head in CALLINGS or head in GENDERS or _AGED.search(source.chunk) is not None


def by_kinship(scene: Scene, source: Source) -> Resolved | None:
    """A headline's *mum* is the one person the article tells of her children."""
    kin = {"mum": "mother", "dad": "father"}.get(source.head, source.head)
    if kin not in {"mother", "father"} or not scene.heading(source.start):
        return None
    parent = re.compile(
        rf"(?:\s*\([^()]*\))?,\s+(?:an?\s+{kin}\b|whose\s+(?:\w+\s+)?(?:son|daughter|child|"
        rf"children|baby|twins|boy|girl)\b)"
    )
    found = {
        mention.identity
        for mention in scene.named_between(0, len(scene.text))
        if parent.match(scene.text, mention.end)
    }
    who = scene.identities.get(found.pop() or "") if len(found) == 1 else None
    if who is None:
        return None
    return as_person(who, "description", "the article's only such parent", 0.85)


def unnamed(_: Scene, source: Source) -> Resolved | None:
    """Somebody the article does not name: "another mother", "one lecturer"."""
    plural = source.head.endswith("s") and not source.head.endswith("ss")
    if not source.indefinite or plural or source.head in BODY_NOUNS:
        return None
    if source.head in DOCUMENTS or source.head in SPOKESPEOPLE:
        return None
    return Resolved(
        speaker=Speaker(), confidence=0.9, reason="the article does not name them"
    )
