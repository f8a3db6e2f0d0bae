"""Speakers met as *he* and *she*: the last speaker or subject whom the gender allows.

Rules of the speaker sieve. The text is read backwards, sentence by sentence; names that
stand behind "she" in a sentence about *her* are passed over, and so is who was called
otherwise before. Where only nearness speaks for one of several people, nobody is meant.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain
from typing import Final, TypeAlias

from pipeline.records import Gender, Identity, Mention, Resolved
from pipeline.stages.claims.speakers.scene import Scene, as_person, unsettled
from pipeline.stages.claims.speakers.sources import Source
from pipeline.stages.identities.gender import PRONOUNS, given_gender
from pipeline.stages.identities.names import TITLE
from pipeline.stages.identities.words import (
    GENDERS,
    UNNAMED_PEOPLE,
    any_of,
    fold,
    words_of,
)

#: People of one sentence, the likeliest first; None is a name that several share.
People: TypeAlias = list[Identity | None]

_UNNAMED: Final = re.compile(rf"\b(?i:an?)\s+(?:[\w-]+\s+)?{any_of(UNNAMED_PEOPLE)}\b")
#: A subject of the sentence before whom nobody names: "His aunt was unmoved."
_RELATIVE_OF: Final = re.compile(
    rf"[\s“\"‘']*(?:Her|His|Their)\s+(?:[a-z]+\s+)?{any_of(frozenset(GENDERS))}\b(?!,)"
)
_OPENING: Final = re.compile(
    r"[\s“\"‘']*(?:[A-Z]\w*(?:-\w+)?(?:ed|ing)\s+(?:by|to)|In\s+(?:a|an)\s+[\w-]+\s+(?:by|from|to|with))"
    r"\s[^,.;]*,(?=\s)"
)
#: The words that go on about somebody, up to a name behind them.
_GOING_ON: Final[dict[Gender, re.Pattern[str]]] = {
    "female": re.compile(r"\b(?:[Ss]he|Her)\b"),
    "male": re.compile(r"\b(?:[Hh]e|His)\b"),
}
#: An opening phrase that looks ahead: "When she was 14, Ada Moss left."
_AHEAD: Final = re.compile(rf"[^,.;]*,\s+(?:(?:{TITLE})\s+)*")
#: Paragraphs that a pronoun may reach back over.
_NEAR: Final = 3
#: Sentences that a pronoun may reach back over.
_SENTENCES: Final = 16
#: Characters of a sentence that are read back over.
_LONGEST: Final = 2000
#: Attributions whose pronouns are remembered.
_SPOKEN: Final = 40


def by_gender(scene: Scene, source: Source, gender: Gender) -> Resolved:
    """Resolve *he* or *she* to the last speaker or subject that the gender allows."""
    offset = source.start
    spoke = last_speaker(scene, offset)
    if spoke and _may_be(spoke, gender):
        speaker = replace(spoke.speaker, resolution="pronoun")
        return replace(spoke, speaker=speaker, reason="pronoun for the spokesperson")
    near = _fitting(scene, offset, gender)
    kept = [[who for who in people if _named_for(who, gender)] for people in near]
    kept = [people for people in kept if people]
    if not kept or _stranger(scene, offset) or _unnamed_spoke(scene, offset, gender):
        return unsettled("nobody near fits the pronoun")
    found = _choose(kept, spoke)
    if kept[0][0] is near[0][0] or found.speaker.id is None:
        return found
    return replace(found, reason=f"{found.reason}; a given name rules out another")


def last_speaker(scene: Scene, offset: int) -> Resolved | None:
    """Return who spoke last in the paragraphs before a place."""
    last = scene.last_spoken(offset)
    if last is None:
        return None
    passages = scene.passages
    gap = passages.paragraph_number(offset) - passages.paragraph_number(last.start)
    return last.resolved if gap <= _NEAR else None


def _choose(near: Sequence[People], spoke: Resolved | None) -> Resolved:
    """Take the likeliest, unless nothing but nearness speaks against the others."""
    who = near[0][0]
    if who is None:
        return unsettled("several people share the nearest name")
    if spoke and spoke.speaker.id == who.id:
        return as_person(who, "pronoun", "pronoun for the last speaker", 0.94)
    if who.gender:
        return as_person(who, "pronoun", "pronoun for the last person named", 0.88)
    given = given_gender(who.name)
    rivals = near[0] if given else chain.from_iterable(near)
    if any(other is not who for other in rivals):
        return unsettled("several people near fit the pronoun")
    if given:
        reason = "pronoun for the last person named, whose given name fits"
        return as_person(who, "pronoun", reason, 0.85)
    return as_person(who, "pronoun", "pronoun for the only person near", 0.85)


def _fitting(scene: Scene, offset: int, gender: Gender) -> list[People]:
    """Return the people near the place, as far as the text allows the gender."""
    ruled_out = _called_otherwise(scene, gender) | _quoted_speaker(scene, offset)
    near = (
        [who for who in people if who is None or _fits(who, gender, ruled_out)]
        for people in _candidates(scene, offset, gender)
    )
    return [people for people in near if people]


def _fits(who: Identity, gender: Gender, ruled_out: AbstractSet[str]) -> bool:
    return who.gender in {None, gender} and who.id not in ruled_out


def _named_for(who: Identity | None, gender: Gender) -> bool:
    """Tell whether the given name does not object, which tells less than the text."""
    return who is None or given_gender(who.name) in {None, gender}


def _called_otherwise(scene: Scene, gender: Gender) -> set[str]:
    """Return the people whom a pronoun of the other gender has just been taken for."""
    return {
        past.resolved.speaker.id or ""
        for past in scene.spoken[-_SPOKEN:]
        if past.resolved.speaker.resolution == "pronoun"
        and past.attribution.source
        and PRONOUNS.get(fold(past.attribution.source.of(scene.text)), gender) != gender
    }


def _quoted_speaker(scene: Scene, offset: int) -> set[str]:
    """Return whoever is quoted: inside a quotation *he* is not its speaker."""
    outer = scene.outer() if scene.passages.quoted(offset) else None
    return {outer.speaker.id} if outer and outer.speaker.id else set()


def _may_be(spoke: Resolved, gender: Gender) -> bool:
    """Tell whether the last speaker is a spokesperson of that gender, or of any."""
    if spoke.speaker.kind != "spokesperson":
        return False
    return GENDERS.get(fold(spoke.speaker.role or ""), gender) == gender


def _candidates(scene: Scene, offset: int, gender: Gender) -> Iterator[People]:
    """Yield the people near the place, sentence by sentence, the nearest first."""
    passages = scene.passages
    end = offset
    here = passages.paragraph_number(offset)
    for _ in range(_SENTENCES):
        if not end or here - passages.paragraph_number(end - 1) > _NEAR:
            break
        start = max(passages.sentence(end - 1).start, end - _LONGEST)
        until = _going_on(scene, start, end, gender)
        yield _by_rank(scene, start, end, until)
        end = start


def _going_on(scene: Scene, start: int, end: int, gender: Gender) -> int:
    """Return where a sentence goes on about the person before it, else its end.

    Whoever is named behind "she" in "She met Ada Moss." is not she, nor is she meant by
    the next *she*.
    """
    for found in _GOING_ON[gender].finditer(scene.text, start, end):
        if not scene.passages.quoted(found.start()):
            ahead = _AHEAD.match(scene.text, found.end(), end)
            named = ahead and scene.named_between(ahead.end(), ahead.end() + 1)
            return end if named else found.start()
    return end


def _by_rank(scene: Scene, start: int, end: int, until: int) -> list[Identity | None]:
    """Return the people of a sentence, its speaker in place, owners ("Ada's") last."""
    owners: list[tuple[int, Identity | None]] = []
    others: list[tuple[int, Identity | None]] = []
    for mention in _named_in(scene, start, until):
        owns = scene.text[mention.end : mention.end + 1] in {"'", "’"}
        (owners if owns else others).append((mention.start, scene.identity(mention)))
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


def _spoke_in(scene: Scene, start: int, end: int) -> list[tuple[int, Identity | None]]:
    """Return the person who spoke last before the end, if that was in this sentence."""
    spoke = scene.last_spoken(end)
    if spoke is None or spoke.start < start:
        return []
    who = scene.identities.get(spoke.resolved.speaker.id or "")
    return [(spoke.start, who)] if who and who.kind == "person" else []


def _unnamed_spoke(scene: Scene, offset: int, gender: Gender) -> bool:
    """Tell whether the last to speak is nobody named, and nobody was named since."""
    last = scene.last_spoken(offset)
    source = last.attribution.source if last else None
    if last is None or source is None or last.resolved.speaker.kind != "unknown":
        return False
    words = words_of(source.of(scene.text)[:_LONGEST])
    told = {GENDERS[word] for word in words if word in GENDERS}
    if told and gender not in told:
        return False
    return not scene.named_between(source.end, offset)


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
