"""Speakers met as pronouns: *she*, *he*, *they*, *it*, *I*, *who*.

Rules of the speaker sieve. *I* is who is quoted, *it* and *they* are what spoke last,
*who* is the name right before; the rules for *he* and *she* stand in
:mod:`pipeline.stages.claims.speakers.personal`.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.records import Attribution, Identity, Resolved, Span, Speaker
from pipeline.stages.claims.speakers.personal import by_gender, last_speaker
from pipeline.stages.claims.speakers.scene import Scene, as_body, as_person, unsettled
from pipeline.stages.claims.speakers.sources import Source
from pipeline.stages.identities.gender import PRONOUNS
from pipeline.stages.identities.words import DOCUMENTS, fold

_NOUN_BEFORE: Final = re.compile(r"\b([a-z]+),?\s+$")
#: "It has been disclosed", "it emerged": nobody is meant.
_IMPERSONAL: Final = re.compile(
    r"(?:(?:is|was)(?:\s+\w+ly)?\s+\w+(?:ed|own|ght|aid)\b"
    r"|\w+(?:\s+\w+)*\s+be(?:en|ing)?\b"
    r"|(?:also\s+)?(?:appear|emerge|seem|transpire)(?:s|d|ed)?\b)"
)
#: What may stand between a name and its relative clause, and how long it may be.
_ADJOINING: Final = re.compile(r"\s*(?:\([^()]*\))?(?:,\s+\d+)?,?\s*")
_LONGEST: Final = 80
#: A sentence up to its subject, and the length of a sentence that is looked at.
_ARTICLE: Final = re.compile(r"\s*(?:[Tt]he\s+)?")
_OPENING: Final = 40
_SENTENCE: Final = 400
_SELF: Final = frozenset({"i", "me", "my", "our", "us", "we"})


def pronoun(scene: Scene, source: Source, attribution: Attribution) -> Resolved | None:
    """Resolve a source that is a pronoun and nothing else."""
    word = fold(source.skeleton.strip(" ,"))
    if word in _SELF:
        return _self(scene, attribution)
    if word in PRONOUNS:
        return by_gender(scene, source, PRONOUNS[word])
    if word in {"it", "its"}:
        return _it(scene, source, attribution)
    if word in {"they", "their", "them"}:
        return _they(scene, source)
    return _relative(scene, source) if word in {"which", "who"} else None


def _self(scene: Scene, attribution: Attribution) -> Resolved:
    """Inside a quotation *I* is its speaker."""
    outer = scene.answers.get(attribution.nested_in or "")
    if outer is None:
        return unsettled("no quotation holds this pronoun")
    speaker = replace(outer.speaker, resolution="pronoun")
    return replace(outer, speaker=speaker, reason="I is who is quoted")


def _it(scene: Scene, source: Source, attribution: Attribution) -> Resolved:
    """*It* is the body or document of the sentence before: its speaker or subject."""
    cue = attribution.cue
    if cue is not None and _IMPERSONAL.match(fold(cue.of(scene.text))):
        return unsettled("it stands for nobody: the cue is impersonal")
    last = scene.last_spoken(source.start)
    number = scene.passages.sentence_number
    if last:
        near = number(source.start) - number(last.start) <= 1
        kind = last.resolved.speaker.kind
        if (near and kind == "organisation") or (
            kind == "document" and (near or scene.bodies.its(source.start) is None)
        ):
            speaker = replace(last.resolved.speaker, resolution="pronoun")
            reason = "it is what spoke last"
            return replace(last.resolved, speaker=speaker, reason=reason)
    who = _subject_before(scene, source)
    if who is None:
        return unsettled("nothing that spoke before fits the pronoun")
    return as_body(who, "pronoun", "it is the subject of the last sentence", 0.85)


def _subject_before(scene: Scene, source: Source) -> Identity | None:
    """Return the body whose name the sentence before begins with."""
    here = scene.passages.sentence(source.start).start
    before = scene.passages.sentence(max(0, here - 1))
    if source.start - here > _OPENING or here - before.start > _SENTENCE:
        return None
    named = scene.inside(before, "ORG")[:1]
    opening = scene.text[before.start : named[0].start] if named else "-"
    return scene.identity(named[0]) if _ARTICLE.fullmatch(opening) else None


def _they(scene: Scene, source: Source) -> Resolved:
    """*They* is the spokesperson or group that spoke last, else a group unnamed."""
    spoke = last_speaker(scene, source.start)
    if spoke and spoke.speaker.kind in {"spokesperson", "group"}:
        speaker = replace(spoke.speaker, resolution="pronoun")
        return replace(spoke, speaker=speaker, reason="they are who spoke last")
    group = Speaker(kind="group", resolution="pronoun")
    return Resolved(speaker=group, confidence=0.7, reason="they are nobody named")


def _relative(scene: Scene, source: Source) -> Resolved:
    """*Which* and *who* mean the name right before them."""
    start = scene.passages.sentence(source.start).start
    named = scene.named_between(start, source.start)[-1:]
    person = scene.identity(named[0]) if named else None
    noun = _NOUN_BEFORE.search(scene.text, max(start, source.start - 40), source.start)
    if noun and fold(noun[1]) in DOCUMENTS:
        paper = Speaker(kind="document", name=fold(noun[1]), resolution="pronoun")
        reason = "relative clause of a document"
        return Resolved(speaker=paper, confidence=0.8, reason=reason)
    body = scene.bodies.last(source.start, since=start)
    if body and _ends_before(scene, body.mentions, source):
        return as_body(body, "pronoun", "relative clause of the name", 0.9)
    if person and _ends_before(scene, named, source):
        return as_person(person, "pronoun", "relative clause of the name", 0.9)
    return unsettled("no name stands before the relative clause")


def _ends_before(scene: Scene, names: Sequence[Span], source: Source) -> bool:
    """Tell whether the last of the names so far stands right before the pronoun."""
    at = bisect_left(names, source.start, key=lambda name: name.start)
    if not at or source.start - names[at - 1].end > _LONGEST:
        return False
    return bool(_ADJOINING.fullmatch(scene.text, names[at - 1].end, source.start))
