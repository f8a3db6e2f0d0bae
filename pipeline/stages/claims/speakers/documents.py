"""Speakers that are documents: reports, letters, figures, and who issued them.

Rules of the speaker sieve: each looks at one source and answers or passes.
"""

import re
from dataclasses import replace
from typing import Final

from pipeline.records import Identity, Resolution, Resolved, Speaker
from pipeline.stages.claims.speakers.scene import Scene
from pipeline.stages.claims.speakers.sources import Source
from pipeline.stages.identities.words import DOCUMENTS, GENERIC_DOCUMENTS, words_of

_PUBLIC: Final = re.compile(
    r"\b(?:obtained|seen|read\s+out|leaked|revealed)\s+(?:[a-z]+\s+)?by\b"
)
_ISSUED: Final = re.compile(
    r"(?:^|.*?\b(?:compiled|published|issued|written|released|produced|prepared|submitted|"
    r"commissioned|conducted|drawn\s+up|carried\s+out)\b[^O]*?|)\s*"
    r"\b(?:by|from|of|for)\s+(?:the\s+)?(?:[\w'’-]+,?\s+){0,3}?(?:the\s+)?O\b"
)
_DESCRIBED: Final = re.compile(
    r"\b(?:by|from|for|of)\s+(?:(?:the|its|their)\s+)?((?:[a-z-]+\s+){0,2}?[a-z-]+)(?:['’]s)?(?=\s|,|$)"
)
#: Who a body's own reports are written for: "a report to the cabinet".
_TO: Final = re.compile(
    r"(?:(?:going|given|presented|put|submitted)\s+)?(?:before|to)\s+"
    r"(?:the\s+)?(?:(?:(?P<named>O)|(?P<owner>[a-z]+))['’]s?\s+)?(?:[a-z]+\s+){0,3}?"
    r"(?P<readers>board|cabinet|committee|councillors|governors|members|trustees)\b"
)
_OF_COUNCIL: Final = frozenset({"cabinet", "committee", "councillors", "members"})
#: Nouns that newspapers use in turn for one and the same document.
_SAME: Final = frozenset(
    {
        "analysis",
        "document",
        "inquiry",
        "report",
        "research",
        "review",
        "study",
        "survey",
    }
)
#: Attributions that a look back for a document covers.
_REACH: Final = 60
#: Characters of a sentence that are searched for the document.
_LONGEST: Final = 600
_WROTE: Final = {"letter": "wrote", "email": "emailed", "tweet": "tweeted"}


def document(scene: Scene, source: Source) -> Resolved | None:
    """The head of the source is a document; its issuing body is found around it."""
    if source.head not in DOCUMENTS:
        return None
    body = _issuer(scene, source)
    name, resolution = source.head, _resolution(source)
    if body is None and (source.definite or source.head in GENERIC_DOCUMENTS):
        known = _met(scene, source)
        if known:
            own = name if name != "document" else known.name or name
            longer = known.name if known.name and known.name.endswith(name) else own
            return _speaker(longer, known.organisation, "description")
        found = _antecedent(scene, source)
        body = found.name if found else None
    return _speaker(name, body, resolution)


def _speaker(name: str, body: str | None, resolution: Resolution) -> Resolved:
    speaker = Speaker(
        kind="document", name=name, organisation=body, resolution=resolution
    )
    confidence = 0.95 if body else 0.85
    return Resolved(
        speaker=speaker, confidence=confidence, reason="source is a document"
    )


def _resolution(source: Source) -> Resolution:
    return "description" if source.definite else "named"


def _issuer(scene: Scene, source: Source) -> str | None:
    """Return the body that the words of the source itself say issued it."""
    found: Identity | None = None
    if source.article in {"its", "their"}:
        found = scene.bodies.its(source.start)
    elif source.article == "whose":
        found = scene.bodies.last(source.start)
    elif "O" in re.findall(r"\b[A-Z]\b", source.chunk):
        found = scene.identity(source.bodies[0]) if source.bodies else None
    elif source.owner:
        found = scene.bodies.find(source.owner, source.start)
    else:
        size = len(source.head.split())
        found = scene.bodies.find(source.words[:-size], source.start)
    found = found or _issuer_behind(scene, source)
    return found.name if found else None


def _issuer_behind(scene: Scene, source: Source) -> Identity | None:
    rest = source.rest.lstrip(" ,")[:_LONGEST]
    if _PUBLIC.match(rest):
        return None
    if "internal" in source.words:
        return scene.bodies.principal
    if written := _TO.match(rest):
        return _reported_to(scene, source, written)
    if source.bodies and (issued := _ISSUED.match(rest)):
        behind = len(re.findall(r"\bO\b", rest[issued.end() :]))
        return scene.identity(source.bodies[-1 - behind])
    for described in _DESCRIBED.finditer(rest):
        found = scene.bodies.find(words_of(described[1]), source.start)
        if found:
            return found
    return scene.bodies.principal if source.head == "minutes" else None


def _reported_to(
    scene: Scene, source: Source, written: re.Match[str]
) -> Identity | None:
    """Return the body whose cabinet, board or members a report is written for."""
    if written["named"]:
        return scene.identity(source.bodies[0]) if source.bodies else None
    if written["owner"]:
        return scene.bodies.find([written["owner"]], source.start)
    if written["readers"] in _OF_COUNCIL:
        return scene.bodies.find(["council"], source.start)
    return scene.bodies.principal


def _met(scene: Scene, source: Source) -> Speaker | None:
    """Return the document of this name that spoke before."""
    for spoken in reversed(scene.spoken[-_REACH:]):
        speaker = spoken.resolved.speaker
        if spoken.start >= source.start or speaker.kind != "document":
            continue
        name = speaker.name or ""
        if name.endswith(source.head) or source.head in GENERIC_DOCUMENTS:
            return speaker
    return None


def _antecedent(scene: Scene, source: Source) -> Identity | None:
    """Return the subject of the sentence that brought the document up."""
    if scene.heading(source.start):
        return None
    end = source.start
    word = _WROTE.get(source.head, source.head)
    for _ in range(4):
        start = scene.passages.sentence(max(0, end - 1)).start
        start = max(start, end - _LONGEST)
        passage = scene.text[start:end]
        found = re.search(rf"(?:\b(\w+)\s+)?\b(?:{word}|{source.head})\b", passage)
        if found:
            return _beside(scene, found[1], start, start + found.start())
        end = start
    return None


def _beside(scene: Scene, word: str | None, start: int, offset: int) -> Identity | None:
    """Return the body named before a document, or that of the person who wrote it."""
    described = scene.bodies.find([word.lower()], offset) if word else None
    if described:
        return described
    last = scene.bodies.last(offset, since=start)
    if last:
        return last
    end = scene.passages.sentence(offset).end
    for spoken in scene.spoken[-_REACH:]:
        speaker = spoken.resolved.speaker
        if start <= spoken.start < end and speaker.kind == "person":
            return scene.bodies.of_name(speaker.organisation)
    return None


def complete(answers: dict[str, Resolved]) -> dict[str, Resolved]:
    """Give documents what the article tells of them elsewhere.

    "Review" is written out where there is one "serious case review", and *review*,
    *study* and *report* of one article get the one body that issued any of them.
    """
    names = {
        one.speaker.name: None
        for one in answers.values()
        if one.speaker.kind == "document" and one.speaker.name
    }
    full = {key: _named_fully(one, list(names)) for key, one in answers.items()}
    issuers = {
        one.speaker.organisation
        for one in full.values()
        if _is_report(one) and one.speaker.organisation
    }
    issuer = issuers.pop() if len(issuers) == 1 else None
    return {key: _issued_by(one, issuer) for key, one in full.items()}


def _is_report(one: Resolved) -> bool:
    name = one.speaker.name or ""
    return (
        one.speaker.kind == "document"
        and name.split()[-1:] != []
        and (name.split()[-1] in _SAME)
    )


def _named_fully(one: Resolved, names: list[str]) -> Resolved:
    if one.speaker.kind != "document":
        return one
    longer = [name for name in names if name.endswith(f" {one.speaker.name}")]
    if len(longer) != 1:
        return one
    return replace(one, speaker=replace(one.speaker, name=longer[0]))


def _issued_by(one: Resolved, issuer: str | None) -> Resolved:
    if issuer is None or one.speaker.organisation or not _is_report(one):
        return one
    return replace(one, speaker=replace(one.speaker, organisation=issuer))
