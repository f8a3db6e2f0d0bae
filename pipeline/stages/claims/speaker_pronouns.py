"""Speakers met as pronouns: *she*, *he*, *they*, *it*, *I*, *who*.

Rules of the speaker sieve. A pronoun means the last speaker or the subject of the last
sentence, if gender allows and nobody else is as near; where two people are, nobody.
"""

import re
from dataclasses import replace
from typing import Final

from pipeline.records import Attribution, Gender, Identity, Mention, Resolved, Speaker
from pipeline.stages.claims.speaker_scene import Scene, as_body, as_person, unsettled
from pipeline.stages.claims.speaker_sources import Source
from pipeline.stages.identities.gender import PRONOUNS
from pipeline.stages.identities.words import (
    DOCUMENTS,
    GENDERS,
    UNNAMED_PEOPLE,
    any_of,
    fold,
)

_UNNAMED: Final = re.compile(rf"\b(?i:an?)\s+(?:[\w-]+\s+)?{any_of(UNNAMED_PEOPLE)}\b")
#: A subject of the sentence before whom nobody names: "His aunt was unmoved."
_RELATIVE_OF: Final = re.compile(
    rf"[\s“\"‘']*(?:Her|His|Their)\s+(?:[a-z]+\s+)?{any_of(frozenset(GENDERS))}\b(?!,)"
)
_OPENING: Final = re.compile(
    r"[\s“\"‘']*(?:[A-Z]\w*(?:-\w+)?(?:ed|ing)\s+(?:by|to)|In\s+(?:a|an)\s+[\w-]+\s+(?:by|from|to|with))"
    r"\s[^,.;]*,(?=\s)"
)
_NOUN_BEFORE: Final = re.compile(r"\b([a-z]+),?\s+$")
#: "It has been disclosed", "it emerged": nobody is meant.
_IMPERSONAL: Final = re.compile(
    r"(?:(?:is|was)(?:\s+\w+ly)?\s+\w+(?:ed|own|ght|aid)\b"
    r"|\w+(?:\s+\w+)*\s+be(?:en|ing)?\b"
    r"|(?:also\s+)?(?:appear|emerge|seem|transpire)(?:s|d|ed)?\b)"
)
_SELF: Final = frozenset({"i", "me", "my", "our", "us", "we"})
_NEAR: Final = 3
#: Sentences that a pronoun may reach back over.
_SENTENCES: Final = 16
#: Attributions that may stand in the sentences just read.
_RECENT: Final = 12


def pronoun(scene: Scene, source: Source, attribution: Attribution) -> Resolved | None:
    """Resolve a source that is a pronoun and nothing else."""
    word = fold(source.skeleton.strip(" ,"))
    if word in _SELF:
        return _self(scene, attribution)
    if word in PRONOUNS:
        return _person(scene, source, word)
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


def _person(scene: Scene, source: Source, word: str) -> Resolved:
    """Choose the last speaker or subject that the gender allows."""
    offset = source.start
    gender = PRONOUNS[word]
    spoke = _last_speaker(scene, offset)
    if spoke and _may_be(spoke, gender):
        speaker = replace(spoke.speaker, resolution="pronoun")
        return replace(spoke, speaker=speaker, reason="pronoun for the spokesperson")
    candidates = [
        who for who in _candidates(scene, offset) if who.gender in {None, gender}
    ]
    if not candidates or _stranger(scene, offset):
        return unsettled("nobody near fits the pronoun")
    who = candidates[0]
    if spoke and spoke.speaker.id == who.id:
        return as_person(who, "pronoun", "pronoun for the last speaker", 0.94)
    return as_person(who, "pronoun", "pronoun for the last person named", 0.88)


def _may_be(spoke: Resolved, gender: Gender) -> bool:
    """Tell whether the last speaker is a spokesperson of that gender, or of any."""
    if spoke.speaker.kind != "spokesperson":
        return False
    return GENDERS.get(fold(spoke.speaker.role or ""), gender) == gender


def _candidates(scene: Scene, offset: int) -> list[Identity]:
    """Return the people near the place, most likely first: subjects, then others."""
    found: dict[str, Identity] = {}
    passages = scene.passages
    end = offset
    here = passages.paragraph_number(offset)
    for _ in range(_SENTENCES):
        if not end or here - passages.paragraph_number(end - 1) > _NEAR:
            break
        start = passages.sentence(end - 1).start
        for who in _by_rank(scene, start, end):
            found.setdefault(who.id, who)
        end = start
    return list(found.values())


def _by_rank(scene: Scene, start: int, end: int) -> list[Identity]:
    """Return the people of a sentence, its speaker in place, owners ("Ada's") last."""
    owners: list[tuple[int, Identity]] = []
    others: list[tuple[int, Identity]] = []
    for mention in _named_in(scene, start, end):
        who = scene.identity(mention)
        owns = scene.text[mention.end : mention.end + 1] in {"'", "’"}
        if who:
            (owners if owns else others).append((mention.start, who))
    others += _spoke_in(scene, start, end)
    others.sort(key=lambda one: one[0])
    return [who for _, who in (*others, *owners)]


def _named_in(scene: Scene, start: int, end: int) -> list[Mention]:
    """Return the people named in a sentence, without those an opening phrase names."""
    mentions = scene.named_between(start, end)
    opened = _OPENING.match(scene.text, start, end)
    if opened:  # "Asked by Ada Moss, he said": he is not she
        mentions = [one for one in mentions if one.start > opened.end()]
    return mentions


def _spoke_in(scene: Scene, start: int, end: int) -> list[tuple[int, Identity]]:
    """Return the person who spoke last before the end, if that was in this sentence."""
    spoke = scene.last_spoken(end)
    if spoke is None or spoke.start < start:
        return []
    who = scene.identities.get(spoke.resolved.speaker.id or "")
    return [(spoke.start, who)] if who and who.kind == "person" else []


def _last_speaker(scene: Scene, offset: int) -> Resolved | None:
    last = scene.last_spoken(offset)
    if last is None:
        return None
    passages = scene.passages
    gap = passages.paragraph_number(offset) - passages.paragraph_number(last.start)
    return last.resolved if gap <= _NEAR else None


def _stranger(scene: Scene, offset: int) -> bool:
    """Tell whether the sentence before brings in somebody unnamed and nobody named."""
    here = scene.passages.sentence(offset).start
    if scene.named_between(here, offset):
        return False
    before = scene.passages.sentence(max(0, here - 1)).start
    kin = _RELATIVE_OF.match(scene.text, before, here)
    inside = kin and scene.passages.quoted(kin.end() - 1)
    if kin and not inside and not scene.named_between(kin.start(), here):
        return True
    for found in _UNNAMED.finditer(scene.text, before, here):
        if scene.passages.quoted(found.start()):
            continue
        if not scene.named_between(before, here):
            return True
    return False


def _it(scene: Scene, source: Source, attribution: Attribution) -> Resolved:
    """*It* is the body or document that spoke, else the last sentence's body."""
    cue = attribution.cue
    if cue is not None and _IMPERSONAL.match(fold(cue.of(scene.text))):
        return unsettled("it stands for nobody: the cue is impersonal")
    last = scene.last_spoken(source.start)
    number = scene.passages.sentence_number
    who = scene.bodies.its(source.start)
    if last:
        near = number(source.start) - number(last.start) <= 1
        kind = last.resolved.speaker.kind
        if (near and kind == "organisation") or (
            kind == "document" and (near or who is None)
        ):
            speaker = replace(last.resolved.speaker, resolution="pronoun")
            reason = "it is what spoke last"
            return replace(last.resolved, speaker=speaker, reason=reason)
    if who is None:
        return unsettled("no body near fits the pronoun")
    return as_body(who, "pronoun", "it is the body of the last sentence", 0.88)


def _they(scene: Scene, source: Source) -> Resolved:
    """*They* is who spoke last, if that is no single named person; else a group."""
    spoke = _last_speaker(scene, source.start)
    if spoke and spoke.speaker.kind in {"spokesperson", "organisation", "group"}:
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
    since = named[0].end if named else start
    body = scene.bodies.last(source.start, since=since)
    if body:
        return as_body(body, "pronoun", "relative clause of the name", 0.9)
    if person:
        return as_person(person, "pronoun", "relative clause of the name", 0.9)
    return unsettled("no name stands before the relative clause")
