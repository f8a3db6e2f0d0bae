"""Speakers of attributions that name no source, and of headlines that repeat the body.

Rules of the speaker sieve for what the other rules leave open.
"""

import re
from dataclasses import replace
from typing import Final

from pipeline.records import Attribution, Identity, Resolved, Speaker
from pipeline.stages.claims.speakers.scene import Scene, as_person
from pipeline.stages.identities.words import BODY_NOUNS, fold, words_of

_COORDINATED: Final = re.compile(
    r"\b(?:and|but|while|before|then)\b[^.;:“”\"]{0,40}$|,\s*$", re.IGNORECASE
)
_PASSIVE: Final = re.compile(
    r"\b(?:is|was|are|were|been|be|being)\b|\bit\b|\ballegedly\b|\breportedly\b",
    re.IGNORECASE,
)
#: A sentence up to its verb: "The leader, Ada Moss, who is 61,".
_SUBJECT: Final = re.compile(
    r"(?:(?:The|An?|His|Her|Their|Its)\s+)?(?:[\w'’.-]+,?\s+){0,5}?P(?:\s*\([^()]*\))?"
    r"(?:,\s+(?:(?:an?|the|who|whose|aged|\d+)\b[^,;.“”\"]*|[\dCD]+),)*\s*(?:[a-z]+ly\s+)?"
)
#: Characters that a subject and its apposition may take.
_LONGEST_SUBJECT: Final = 240
_REPLY: Final = re.compile(r"\b(?:came|reply|answer|response)\b", re.IGNORECASE)
_MARKS: Final = re.compile(r"(?<!\w)[“\"‘']([^“”\"]{8,}?)[”\"’'](?!\w)")
#: Paragraphs that a quotation without source may stand behind its speaker.
_FAR: Final = 2
#: Letters that a repeated passage has at the least.
_SHORTEST: Final = 10
#: Attributions that may stand in the same sentence, and that a headline may repeat.
_RECENT: Final = 12
_RECENT_BODY: Final = 200


def start_of(attribution: Attribution) -> int:
    """Return where an attribution begins to be read: its source, cue or content."""
    first = attribution.source or attribution.cue or attribution.content[0]
    return first.start


def pull_quote(scene: Scene, attribution: Attribution) -> Resolved | None:
    """The name line under a pull quote."""
    content = attribution.content[-1]
    if scene.passages.label(content.start) != "pull_quote":
        return None
    block = scene.passages.block(content.start)
    if block is None:
        return None
    for mention in scene.inside(block, "PERSON"):
        who = scene.identity(mention)
        if who and mention.start >= content.end:
            return as_person(who, "pull_quote", "name line of the pull quote", 0.95)
    return None


def coordinated(scene: Scene, attribution: Attribution) -> Resolved | None:
    """A second cue of the same sentence shares the first one's source."""
    cue = attribution.cue
    if cue is None or _PASSIVE.search(cue.of(scene.text)):
        return None
    sentence = scene.passages.sentence(cue.start)
    for spoken in reversed(scene.spoken[-_RECENT:]):
        first = spoken.attribution.cue
        if first and sentence.start <= spoken.start and first.end <= cue.start:
            before = scene.text[max(first.end, cue.start - 60) : cue.start]
            if _COORDINATED.search(before):
                reason = "second cue of the same sentence"
                return replace(spoken.resolved, reason=reason)
            return None
    return None


def subject(scene: Scene, attribution: Attribution) -> Resolved | None:
    """The one name that opens the sentence and stands before the cue is its subject."""
    cue = attribution.cue
    if cue is None or _PASSIVE.search(cue.of(scene.text)):
        return None
    start = scene.passages.sentence(cue.start).start
    near = max(start, cue.start - _LONGEST_SUBJECT)
    start = max(start, scene.text.rfind("\n", near, cue.start) + 1)
    if start < near:
        return None
    found = _SUBJECT.fullmatch(scene.skeletons.of(start, cue.start))
    named = scene.named_between(start, cue.start)
    who = scene.identity(named[0]) if found and len(named) == 1 else None
    if who is None or who.kind != "person":
        return None
    return as_person(who, "named", "name before the cue", 0.85)


def continuation(scene: Scene, attribution: Attribution) -> Resolved | None:
    """A quotation without cue or source goes on from the speaker before it."""
    start = attribution.content[0].start
    cue = attribution.cue
    reply = cue is not None and _REPLY.search(cue.of(scene.text))
    if cue is not None and not reply:
        return None
    if scene.heading(start) or not (reply or scene.passages.quoted(start + 1)):
        return None
    found = _person_before(scene, start, needed=bool(reply))
    if found:
        return as_person(found, "continuation", "person of the sentence before", 0.8)
    last = scene.last_spoken(start)
    if last is None or _paragraphs(scene, last.start, start) > _FAR:
        return None
    speaker = replace(last.resolved.speaker, resolution="continuation")
    reason = "quotation goes on from the last speaker"
    return replace(last.resolved, speaker=speaker, confidence=0.85, reason=reason)


def _person_before(scene: Scene, start: int, *, needed: bool) -> Identity | None:
    """Return who was named since the last speaker, in this paragraph or the last."""
    mention = next(scene.named_before(start), None)
    if mention is None or _paragraphs(scene, mention.start, start) > 1:
        return None
    last = scene.last_spoken(start)
    fresh = needed or last is None or mention.start > last.start
    return scene.identity(mention) if fresh else None


def _paragraphs(scene: Scene, start: int, offset: int) -> int:
    number = scene.passages.paragraph_number
    return number(offset) - number(start)


def agentless(_: Scene, attribution: Attribution) -> Resolved | None:
    """Passives and the like: nobody is meant to be known."""
    if attribution.cue is None:
        return None
    return Resolved(
        speaker=Speaker(), confidence=0.85, reason="the sentence names nobody"
    )


def echo(scene: Scene, attribution: Attribution) -> Resolved | None:
    """A headline whose quoted words come back in the body has that speaker."""
    passage = " ".join(segment.of(scene.text) for segment in attribution.content)
    parts = [_plain(found) for found in _MARKS.findall(passage)]
    parts = [part for part in parts if len(part) >= _SHORTEST]
    if not parts:
        return None
    source = attribution.source
    called = words_of(source.of(scene.text)) if source else []
    body_is_meant = bool(called) and called[-1] in BODY_NOUNS
    for spoken in scene.spoken[:_RECENT_BODY]:
        if scene.heading(spoken.start):
            continue
        if body_is_meant and spoken.resolved.speaker.kind == "person":
            continue
        segments = spoken.attribution.content
        body = _plain(" ".join(segment.of(scene.text) for segment in segments))
        if any(part in body for part in parts):
            return spoken.resolved
    return None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text).replace("'", "")))
