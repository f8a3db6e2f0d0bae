"""People of a document: which mentions of a name are one person.

Reach for :func:`group_people`. Full names are joined first, then surnames and given
names; a name that two people share is left open unless an honorific or the nearest
paragraphs settle whose it is.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.records import Gender, Mention
from pipeline.stages.identities.gender import (
    gender_after,
    gender_before,
    given_gender,
    settle,
)
from pipeline.stages.identities.names import (
    PARTICLES,
    PersonName,
    fuller,
    may_be_same,
    read_name,
)
from pipeline.stages.identities.passages import Passages
from pipeline.stages.identities.words import GIVEN_HONORIFICS, HONORIFICS, fold

#: Paragraphs within which a shared surname still means the person last named.
_NEAR: Final = 2


@dataclass(slots=True, eq=False)
class Person:
    """A person while the mentions are being gathered."""

    name: PersonName
    mentions: list[Mention] = field(default_factory=list)
    genders: list[Gender | None] = field(default_factory=list)
    byline: bool = False
    full_starts: list[int] = field(default_factory=list)

    @property
    def gender(self) -> Gender | None:
        """What honorifics and nouns around the mentions agree on."""
        return settle(self.genders)


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A mention with what its surroundings say."""

    mention: Mention
    name: PersonName
    honorific: str | None
    gender: Gender | None
    byline: bool
    paragraph: int


class _Roll:
    """The people found so far, by surname, given name and nickname."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        self._by_given: dict[str, list[Person]] = defaultdict(list)

    def of_surname(self, name: PersonName) -> list[Person]:
        tokens = [token for token in name.tokens if token not in PARTICLES]
        return self._by_surname[tokens[-1] if tokens else name.surname]

    def of_given(self, name: PersonName) -> list[Person]:
        return self._by_given[name.tokens[0]]

    def add(self, sighting: _Sighting) -> Person:
        person = Person(sighting.name, byline=sighting.byline)
        self.people.append(person)
        self.of_surname(sighting.name).append(person)
        if sighting.name.full:
            self._by_given[sighting.name.tokens[0]].append(person)
            if sighting.name.nickname:
                self._by_given[sighting.name.nickname].append(person)
        return person


def group_people(
    passages: Passages, mentions: tuple[Mention, ...]
) -> tuple[list[Person], dict[Mention, Person]]:
    """Return the people in the order of their first mention, and whose each mention is.

    Mentions in related links and furniture join a person but make none. A mention that
    the text does not settle is missing from the mapping.
    """
    sightings = [_sight(passages, mention) for mention in mentions]
    roll = _Roll()
    owners: dict[Mention, Person] = {}
    for sighting in sorted(sightings, key=lambda seen: not seen.name.full):
        person = _whose(roll, sighting, passages)
        if person:
            _take(person, sighting)
            owners[sighting.mention] = person
    for person in roll.people:
        person.mentions.sort()
    roll.people.sort(key=lambda person: person.mentions[0])
    return roll.people, owners


def _sight(passages: Passages, mention: Mention) -> _Sighting:
    text = passages.text
    before = text[max(0, mention.start - 48) : mention.start]
    after = text[mention.end : mention.end + 120]
    words = (before.split() or [""])[-1] + " " + mention.of(text)
    titles = [fold(w.strip("(.“‘'\"")) for w in words.split() if not w.islower()]
    honorific = next((word for word in titles if word in HONORIFICS), None)
    gender = gender_before(before + mention.of(text).split()[0] + " ")
    return _Sighting(
        mention=mention,
        name=read_name(mention.of(text)),
        honorific=honorific,
        gender=gender or gender_before(before) or gender_after(after),
        byline=passages.label(mention.start) in {"byline", "dateline"},
        paragraph=passages.paragraph_number(mention.start),
    )


def _take(person: Person, sighting: _Sighting) -> None:
    person.mentions.append(sighting.mention)
    if sighting.name.full:
        person.full_starts.append(sighting.mention.start)
    person.genders.append(sighting.gender)
    person.name = replace(
        fuller(person.name, sighting.name),
        nickname=person.name.nickname or sighting.name.nickname,
    )
    person.byline = person.byline and sighting.byline


def _whose(
    roll: _Roll,
    sighting: _Sighting,
    passages: Passages,
) -> Person | None:
    if sighting.name.full:
        same = [
            person
            for person in roll.of_surname(sighting.name)
            if may_be_same(person.name, sighting.name)
        ]
        exact = [p for p in same if p.name.tokens == sighting.name.tokens]
        if not same:
            return roll.add(sighting)
        return (exact or same)[0] if exact or len(same) == 1 else None
    candidates = _candidates(roll, sighting)
    if not candidates:
        return roll.add(sighting)
    return _settle_shared(candidates, sighting, passages)


def _candidates(roll: _Roll, sighting: _Sighting) -> list[Person]:
    """Return the people that a single name or surname may mean."""
    if sighting.honorific in GIVEN_HONORIFICS:
        found = roll.of_given(sighting.name) or roll.of_surname(sighting.name)
    else:
        found = roll.of_surname(sighting.name)
    if not found and sighting.honorific is None:
        found = roll.of_given(sighting.name)
    found = [person for person in found if not person.byline] or found
    wanted = sighting.gender if sighting.honorific else None
    return [p for p in found if not wanted or p.gender in {None, wanted}]


def _settle_shared(
    candidates: list[Person], sighting: _Sighting, passages: Passages
) -> Person | None:
    """Choose among people of one name by honorific, then by nearness; else nobody.

    Given names only rule people out: "Mrs Moss" is Ada where the other is Desmond.
    """
    if len(candidates) == 1:
        return candidates[0]
    if sighting.honorific and sighting.gender:
        certain = [p for p in candidates if p.gender == sighting.gender]
        if len(certain) == 1:
            return certain[0]
        named = {None, sighting.gender}
        left = [p for p in candidates if given_gender(p.name.printed) in named]
        if len(left) == 1:
            return left[0]
    near = [person for person in candidates if _near(person, sighting, passages)]
    return near[0] if len(near) == 1 else None


def _near(person: Person, sighting: _Sighting, passages: Passages) -> bool:
    """Tell whether a person was named in the last paragraphs.

    Full names are read first and in order, then short ones in order: the last of either
    before the place is found without a walk through all.
    """
    starts = [mention.start for mention in person.mentions[-1:]]
    at = bisect_left(person.full_starts, sighting.mention.start)
    starts += person.full_starts[max(0, at - 1) : at]
    return any(
        start < sighting.mention.start
        and sighting.paragraph - passages.paragraph_number(start) <= _NEAR
        for start in starts
    )
