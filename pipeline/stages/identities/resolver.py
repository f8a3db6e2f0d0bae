"""Identities of a document: its people and bodies, with everything said about them.

Reach for :func:`resolve_identities`. It is pure: text, blocks and mentions in; the same
mentions with identity ids, and the identities, out. A mention that the text does not
settle keeps no id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.records import Block, Identity, Mention, Span
from pipeline.stages.identities.bodies import Bodies
from pipeline.stages.identities.ids import Ids
from pipeline.stages.identities.organisations import (
    Organisation,
    group_organisations,
)
from pipeline.stages.identities.passages import divide
from pipeline.stages.identities.people import Person, group_people
from pipeline.stages.identities.portraits import Portrait, draw_portraits
from pipeline.stages.identities.roster.enrolment import Enrolment
from pipeline.stages.identities.roster.entries import Roster
from pipeline.stages.identities.roster.ties import Tie

_NO_ROSTER: Final = Roster()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The mentions with the ids of whom they name, the identities, and their ties."""

    mentions: tuple[Mention, ...]
    identities: tuple[Identity, ...]
    ties: tuple[Tie, ...] = ()


def resolve_identities(
    text: str,
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    *,
    roster: Roster = _NO_ROSTER,
    published: str | None = None,
) -> Resolution:
    """Group the names of a document into people and bodies, and describe them.

    Only PERSON and ORG mentions get an id, and none that stands in furniture or
    related links. People carry their posts with organisation and evidence, their party
    and, where the text tells, their gender. Who stands in the roster, which is held
    against the day of publication, has its id there.
    """
    passages = divide(text, tuple(blocks))
    inside = tuple(
        mention
        for mention in sorted(mentions)
        if passages.label(mention.start) not in {"furniture", "related"}
    )
    ids, enrolment = Ids(roster.entries), Enrolment(roster, published)
    groups, body_of = group_organisations(passages, _labelled(inside, "ORG"))
    bodies = enrolment.bodies(
        {id(group): _organisation(group, ids) for group in groups}
    )
    owners = {mention: bodies[id(group)] for mention, group in body_of.items()}
    people, person_of = group_people(passages, _labelled(inside, "PERSON"))
    portraits = draw_portraits(
        Bodies(passages, _each(bodies)), owners, inside, person_of
    )
    persons = enrolment.people(
        {
            id(person): _person(person, portraits[id(person)], ids, text)
            for person in people
        }
    )
    whose = {mention: body.id for mention, body in owners.items()}
    whose |= {mention: persons[id(one)].id for mention, one in person_of.items()}
    return Resolution(
        mentions=tuple(_named(mention, whose.get(mention)) for mention in mentions),
        identities=(*_each(persons), *_each(bodies)),
        ties=tuple(enrolment.ties),
    )


def _each(identities: Mapping[int, Identity]) -> tuple[Identity, ...]:
    """Return every identity once: what a roster joined stands under several keys."""
    return tuple(dict.fromkeys(identities.values()))


def _named(mention: Mention, identity: str | None) -> Mention:
    if mention.identity == identity:
        return mention
    return replace(mention, identity=identity)


def _labelled(mentions: tuple[Mention, ...], label: str) -> tuple[Mention, ...]:
    return tuple(mention for mention in mentions if mention.label == label)


def _organisation(group: Organisation, ids: Ids) -> Identity:
    name = group.name
    return Identity(
        id=ids.make("organisation", name),
        kind="organisation",
        name=name,
        aliases=tuple(form for form in group.forms if form != name),
        mentions=_plain(group.mentions),
    )


def _person(person: Person, portrait: Portrait, ids: Ids, text: str) -> Identity:
    name = person.name.printed
    forms = dict.fromkeys(" ".join(m.of(text).split()) for m in person.mentions)
    return Identity(
        id=ids.make("person", name),
        kind="person",
        name=name,
        aliases=tuple(form for form in forms if form != name),
        party=portrait.party,
        posts=portrait.posts,
        gender=portrait.gender,
        mentions=_plain(person.mentions),
    )


def _plain(mentions: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple(Span(start=m.start, end=m.end) for m in mentions)
