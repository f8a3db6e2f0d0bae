"""Speakers who are named, or described by their post.

Rules of the speaker sieve: each looks at one source and answers or passes.
"""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from pipeline.records import Identity, Mention, Resolved, Span, Speaker
from pipeline.stages.claims.speakers.scene import (
    Scene,
    as_body,
    as_person,
    main_post,
    unsettled,
)
from pipeline.stages.claims.speakers.sources import Source
from pipeline.stages.identities.names import TITLE, read_name
from pipeline.stages.identities.roles import post_nouns
from pipeline.stages.identities.words import (
    DOCUMENTS,
    FORMER,
    SAME_POST,
    fold,
    words_of,
)

_PERSON: Final = re.compile(
    r"(?P<before>(?:(?!\bP\b(?!['’])).)*?)\bP\b(?!['’]s?\s+\w)", re.DOTALL
)
#: A noun with its clause, which a name explains: "The vet who came, Ada Moss,".
_APPOSED: Final = re.compile(
    r"(?:[Tt]he|[Aa]n?)\s+(?:[a-z-]+\s+){1,3}(?:who|whose|that)\s+(?:(?!\bP\b)[^,])+,\s+",
    re.DOTALL,
)
_CONSTITUENCY: Final = re.compile(r"\s+(?:MP|MSP|MS|MLA|AM|TD|MEP)\s+P\b")
_AFTER_SEAT: Final = re.compile(r"(?P<before>)P\s+\w+\s+P\b")
_TITLED: Final = re.compile(rf"\b{TITLE}\s+$")
_LETTER: Final = re.compile(r"\bP\b")
_RELATIVE: Final = re.compile(r"\b(?:who|whom|whose|which|that|said|told)\b")
_PREPOSITION: Final = re.compile(
    r"\b(?:about|against|around|behind|by|for|from|of|on|to|with)\s+(?:the\s+)?"
    r"(?:[A-Z][\w.]*\s+)*$"
)
_COUPLE: Final = re.compile(
    r"(?:(?!\bP\b)[^,])*\bP\s+and\s+(?:(?!\bP\b)[^,])*\bP\b(?!['’])"
    r"|P(?:,\s+\w+,)?\s+and\s+(?:his|her)\s+(?:(?:late|former)\s+)?"
    r"(?:brother|daughter|father|husband|mother|partner|sister|son|wife)\b"
)
_QUALIFIERS: Final = FORMER | {
    "acting",
    "assistant",
    "deputy",
    "depute",
    "interim",
    "opposition",
    "shadow",
    "temporary",
    "vice",
}
_PLACEHOLDERS: Final = frozenset("lnop")
_OF_NAME: Final = re.compile(r"\s(?:at|for|from|in|of|on)\s+(?:the\s+)?[OL]\b")
_NEAR: Final = 3
#: Names that are looked at on the way back.
_LOOKED_AT: Final = 60


def couple(scene: Scene, source: Source) -> Resolved | None:
    """Two people who speak at once are a group."""
    if not _COUPLE.match(source.skeleton):
        return None
    who = [scene.identity(mention) for mention in source.people[:2]]
    posts = [main_post(person) for person in who if person]
    bodies = {post.organisation for post in posts if post and post.organisation}
    body = bodies.pop() if len(bodies) == 1 else None
    speaker = Speaker(kind="group", organisation=body, resolution="named")
    return Resolved(speaker=speaker, confidence=0.9, reason="source names two people")


def named(scene: Scene, source: Source) -> Resolved | None:
    """The source holds a name that is no owner and no part of a relative clause."""
    found = _person_of(source.skeleton)
    if not found or not source.people:
        return None
    before = found["before"]
    if _APPOSED.fullmatch(before):
        before = ""
    if _RELATIVE.search(before) or _only_complement(before):
        return None
    at = len(_LETTER.findall(source.skeleton[: found.end()])) - 1
    mention = source.people[min(at, len(source.people) - 1)]
    who = scene.identity(mention)
    if who is None:
        return unsettled("more than one person has this name")
    body = _body_called(scene, who, source)
    if body:
        return as_body(body, "alias", "source has a shorter form of the name", 0.85)
    return _as_named(scene, who, mention)


def _person_of(skeleton: str) -> re.Match[str] | None:
    """Find the person; of "Penbury MP Ada Moss" the second, whatever the first is."""
    first = _PERSON.match(skeleton)
    ahead = _CONSTITUENCY.match(skeleton, first.end()) if first else None
    if first is None or ahead is None or first["before"]:
        return first
    return _AFTER_SEAT.match(skeleton)


def _only_complement(before: str) -> bool:
    """Tell whether the name only completes a noun: "a spokesman for Ada Moss"."""
    return bool(_PREPOSITION.search(before)) and before.strip() != ""


def _body_called(scene: Scene, who: Identity, source: Source) -> Identity | None:
    """Return the body that a name is short for: "Penbury has agreed" of its council."""
    if who.posts or source.skeleton.strip(" ,") != "P":
        return None
    body = scene.called(who.name)
    plain = all(_untitled(scene, mention) for mention in who.mentions[:_LOOKED_AT])
    return body if plain else None


def _untitled(scene: Scene, mention: Span) -> bool:
    before = scene.text[max(0, mention.start - 40) : mention.start]
    return not _TITLED.search(before)


def _as_named(scene: Scene, who: Identity, mention: Mention) -> Resolved:
    if scene.passages.label(mention.start) == "pull_quote":
        return as_person(who, "pull_quote", "name line of a pull quote", 0.95)
    if fold(read_name(mention.of(scene.text)).printed) == fold(who.name):
        return as_person(who, "named", "source names the speaker", 0.98)
    return as_person(who, "alias", "source has a shorter form of the name", 0.96)


def by_post(scene: Scene, source: Source) -> Resolved | None:
    """The post belongs to one person of the article: "the leader", "the judge"."""
    if source.head in _PLACEHOLDERS or source.head in DOCUMENTS:
        return None
    if source.article in {"another", "one", "some", "any", "my", "our"}:
        return None
    role = _role_words(source)
    if not role:
        return None
    wanted = {who.name for who in _bodies(scene, source)}
    fits = [
        (
            _fit(
                role,
                who,
                wanted,
                strict=source.indefinite and not _opens(scene, source),
            ),
            who,
        )
        for who in _holding(scene, role)
    ]
    best = max((score for score, _ in fits), default=0)
    if best == 0:
        return None
    found = [who for score, who in fits if score == best]
    who = found[0] if len(found) == 1 else _nearest(scene, found, source.start)
    if who is None:
        return unsettled("several people hold such a post")
    return as_person(who, "description", "post held by one person", 0.93)


def _opens(scene: Scene, source: Source) -> bool:
    """Tell whether nobody is named yet: the lead's "a coroner" is named below."""
    return next(scene.named_before(source.start), None) is None


def _holding(scene: Scene, role: list[str]) -> list[Identity]:
    """Return the people whose posts may be meant, in the order of the document."""
    noun = post_nouns(role)[0]
    found = {
        who.id: who
        for word in (noun, *SAME_POST.get(noun, ()))
        for who in scene.holders.get(word, ())
    }
    return sorted(found.values(), key=lambda who: who.mentions[0])


def _role_words(source: Source) -> list[str]:
    """Return the words of the post, complement included, names left out."""
    chunk = _OF_NAME.split(source.skeleton.split(",")[0].split("(")[0])[0]
    words = [word for word in words_of(chunk) if word not in _PLACEHOLDERS]
    opening = {"the", "a", "an", source.article, "own", "by", "ex-cabinet"}
    plain = [word for word in words if word not in opening]
    return ["former", "cabinet", *plain] if "ex-cabinet" in words else plain


def _bodies(scene: Scene, source: Source) -> Iterable[Identity]:
    """Yield the bodies that a post is said to be held in: "the borough's leader"."""
    yield from filter(None, (scene.identity(mention) for mention in source.bodies))
    owner = scene.bodies.find(source.owner, source.start)
    if owner:
        yield owner


def _fit(role: list[str], who: Identity, wanted: set[str], *, strict: bool) -> int:
    """Return how well a description fits a person's posts; 0 is not at all."""
    best = 0
    for post in who.posts:
        if wanted and post.organisation and post.organisation not in wanted:
            continue
        best = max(best, _fit_post(role, words_of(post.role), strict=strict))
    return best


def _fit_post(role: list[str], post: list[str], *, strict: bool) -> int:
    if not post or _QUALIFIERS & set(role) != _QUALIFIERS & set(post):
        # who was one is still called by it, where nobody is
        return int(_QUALIFIERS & set(post) <= FORMER and role == post[-len(role) :])
    if role == post or (role == post[: len(role)] and post[len(role)] == "and"):
        return 3
    if len(role) > 1 and role == post[-len(role) :]:  # "outgoing artistic director"
        return 3
    if strict:
        return 0
    head, heads = post_nouns(role)[0], post_nouns(post)
    if head in heads:
        return 2
    return 1 if {*heads, post[0]} & set(SAME_POST.get(head, ())) else 0


def _nearest(scene: Scene, found: list[Identity], offset: int) -> Identity | None:
    """Return the only one of several people named in the last paragraphs."""
    here = scene.passages.paragraph_number(offset)
    ids = {who.id: who for who in found}
    for mention in islice(scene.named_before(offset), _LOOKED_AT):
        if here - scene.passages.paragraph_number(mention.start) > _NEAR:
            return None
        if mention.identity in ids:
            return ids[mention.identity]
    return None
