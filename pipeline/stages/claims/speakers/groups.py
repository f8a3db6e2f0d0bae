"""Speakers who are not named: spokespeople, parties, and groups of people.

Rules of the speaker sieve: each looks at one source and answers or passes.
"""

import re
from typing import Final

from pipeline.records import Identity, Resolved, Speaker
from pipeline.stages.claims.speakers.scene import (
    Scene,
    main_post,
)
from pipeline.stages.claims.speakers.sources import Source
from pipeline.stages.identities.organisations import clean_name
from pipeline.stages.identities.parties import party_named
from pipeline.stages.identities.roles import post_name
from pipeline.stages.identities.words import (
    BODY_NOUNS,
    GROUP_BODIES,
    GROUPS,
    QUANTITIES,
    SPOKESPEOPLE,
    words_of,
)

#: Members of a party on a council or in a parliament.
_GROUP: Final = re.compile(r"(?:the\s+)?N\s+(?:group|opposition)", re.IGNORECASE)
_COMPLEMENT: Final = re.compile(
    r"\s*(?:for|of|at|on|from|in|with)\s+(?:the\s+)?((?:[\w'’-]+\s+){0,2}?[\w'’-]+)"
)
_PLACED: Final = re.compile(r"\s+(?:in|inside|near|outside)\s")
_SHARE: Final = re.compile(r"%|\bper\s?cent\b")
_WITHIN: Final = frozenset({"officials", "staff", "auditors", "officers", "advisers"})


def spokesperson(scene: Scene, source: Source) -> Resolved | None:
    """Somebody unnamed who speaks for a body: "a council spokesman"."""
    if source.head not in SPOKESPEOPLE:
        return None
    body = _body_name(scene, source)
    if body is None:
        last = scene.bodies.its(source.start)
        body = last.name if last else None
    speaker = Speaker(
        kind="spokesperson",
        role=post_name(source.head),
        organisation=body,
        resolution="description",
    )
    confidence = 0.95 if body else 0.8
    return Resolved(
        speaker=speaker, confidence=confidence, reason="unnamed spokesperson"
    )


def _body_name(scene: Scene, source: Source) -> str | None:
    """Return the body that the words of a source name or describe."""
    if source.bodies:
        who = scene.identity(source.bodies[0])
        return who.name if who else clean_name(source.bodies[0].of(scene.text))
    found = _described_owner(scene, source)
    return found.name if found else _of_person(scene, source)


def _described_owner(scene: Scene, source: Source) -> Identity | None:
    """Resolve "the council's …", "a council …", "… for the company", "its …"."""
    if source.article in {"its", "their"}:
        return scene.bodies.its(source.start)
    owner = scene.bodies.find(source.owner, source.start)
    if owner:
        return owner
    found = scene.bodies.find(source.words[:-1], source.start)
    if found:
        return found
    complement = _COMPLEMENT.match(source.rest)
    return (
        scene.bodies.find(words_of(complement[1]), source.start) if complement else None
    )


def _of_person(scene: Scene, source: Source) -> str | None:
    """Resolve "a spokesman for him": the body of the person spoken of last."""
    named = [scene.identity(mention) for mention in source.people]
    if re.search(r"\bfor\s+(?:him|her)\b", source.rest):
        before = next(scene.named_before(source.start), None)
        named = [scene.identity(before)] if before else []
    post = main_post(named[0]) if named and named[0] else None
    return post.organisation if post else None


def party(scene: Scene, source: Source) -> Resolved | None:
    """A party and its members speak as a group: "Labour", "the Greens"."""
    if not (source.head == "N" or _GROUP.fullmatch(source.skeleton)) or source.people:
        return None
    names = scene.inside(source.span, "NORP")
    name = party_named(names[-1].of(scene.text)) if names else None
    if name is None:
        return None
    members = source.head != "N" or names[-1].of(scene.text).endswith("s")
    if source.definite and not members and not source.bodies:
        return None
    speaker = Speaker(kind="group", party=name, resolution="named")
    return Resolved(speaker=speaker, confidence=0.9, reason="source names a party")


def group(scene: Scene, source: Source) -> Resolved | None:
    """People who speak together and are not named: "councillors", "62% of members"."""
    if not _is_group(source):
        return None
    if _PLACED.match(source.rest):
        body = None
    else:
        body = _body_name(scene, source) or _implied(scene, source)
    speaker = Speaker(kind="group", organisation=body, resolution="description")
    return Resolved(speaker=speaker, confidence=0.9, reason="people who are not named")


def _is_group(source: Source) -> bool:
    counted = set(source.words) & QUANTITIES or _SHARE.search(source.chunk)
    if source.head in GROUPS or counted:
        return True
    plural = source.head.endswith("s") and not source.head.endswith(("ss", "us"))
    return (
        plural and source.head not in BODY_NOUNS and source.article not in {"a", "an"}
    )


def _implied(scene: Scene, source: Source) -> str | None:
    kind = GROUP_BODIES.get(source.head)
    if kind:
        who = scene.bodies.find([kind], source.start)
        return who.name if who else None
    outer = scene.outer()
    if outer and source.head in _WITHIN:
        return outer.speaker.organisation
    last = scene.last_spoken(source.start)
    if last is None:
        return None
    spoken = last.resolved.speaker
    sentence = scene.passages.sentence_number
    same = sentence(last.start) == sentence(source.start)
    if same and (source.head in _WITHIN or not source.rest.strip()):
        return spoken.organisation
    if "members" in source.skeleton:
        who = scene.bodies.its(source.start)
        return who.name if who else None
    return None
