"""What a document tells of each person: posts, party and gender.

Reach for :func:`draw_portraits` once people and bodies are known.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.records import Gender, Identity, Mention, Post
from pipeline.stages.identities.affiliations import Affiliations
from pipeline.stages.identities.bodies import Bodies
from pipeline.stages.identities.careers import Careers
from pipeline.stages.identities.gender import PRONOUNS
from pipeline.stages.identities.introductions import Introductions
from pipeline.stages.identities.parties import (
    party_behind,
    party_beside,
    party_named,
    party_of_post,
)
from pipeline.stages.identities.passages import Passages
from pipeline.stages.identities.people import Person
from pipeline.stages.identities.posts import Skeletons, read_posts
from pipeline.stages.identities.roles import find_roles
from pipeline.stages.identities.words import fold, words_of

_PRONOUN: Final = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_PARTY_NOUN: Final = re.compile(r"(?:\s*\([^()]*\))?\s+(?!said|told|says)[\w-]+")


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is told of one person."""

    posts: tuple[Post, ...]
    party: str | None
    gender: Gender | None


def draw_portraits(
    bodies: Bodies,
    owners: dict[Mention, Identity],
    mentions: tuple[Mention, ...],
    person_of: dict[Mention, Person],
) -> dict[int, Portrait]:
    """Return the portrait of every person, by the person's ``id()``."""
    passages = bodies.passages
    named = sorted(person_of)
    roles = find_roles(passages.text, mentions)
    skeletons = Skeletons(passages.text, mentions, roles)
    affiliations = Affiliations(passages, skeletons, bodies, owners)
    careers = Careers(passages.text, affiliations, person_of)
    holdings = read_posts(passages, skeletons, roles, named)
    told = Introductions(passages, _in_the_open(passages, named))
    careers.add(holdings)
    careers.place(roles, holdings)
    careers.add_told(told.posts(roles, holdings))
    careers.add_plain(named)
    genders = _pronouns(passages, named, person_of)
    parties = _parties_told(told, mentions, careers.posts, person_of)
    people = {id(person): person for person in person_of.values()}
    return {
        id(person): Portrait(
            posts=tuple(careers.posts[id(person)]),
            party=_party(person, careers.posts[id(person)], passages.text)
            or parties.get(id(person)),
            gender=person.gender or genders.get(id(person)),
        )
        for person in people.values()
    }


def _in_the_open(passages: Passages, named: Sequence[Mention]) -> list[Mention]:
    """Return the names of the running text that stand in nobody's quotation."""
    return [
        mention
        for mention in named
        if not passages.quoted(mention.start)
        and passages.label(mention.start) in {"body", None}
    ]


def _party(person: Person, posts: list[Post], text: str) -> str | None:
    """Return the party printed beside a name, or before one of the posts."""
    for mention in person.mentions:
        before = text[max(0, mention.start - 90) : mention.start]
        after = text[mention.end : mention.end + 120]
        party = party_beside(before, after) or party_behind(after)
        if party:
            return party
    befores = (text[max(0, post.start - 60) : post.start] for post in posts)
    return next(filter(None, map(party_of_post, befores)), None)


def _parties_told(
    told: Introductions,
    mentions: tuple[Mention, ...],
    posts: dict[int, list[Post]],
    person_of: dict[Mention, Person],
) -> dict[int, str]:
    """Read the party from "the Labour member said", right after the member's name."""
    text = told.passages.text
    holders: defaultdict[str, set[int]] = defaultdict(set)
    for who, held in posts.items():
        for post in held:
            for word in words_of(post.role):
                holders[word].add(who)
    found: dict[int, str] = {}
    for mention in mentions:
        party = party_named(mention.of(text)) if mention.label == "NORP" else None
        if party is None:
            continue
        noun = _PARTY_NOUN.match(text, mention.end)
        called = holders.get(fold(noun[0].split()[-1]), set()) if noun else set()
        person = told.of_speech(mention.start, noun.end() if noun else mention.end)
        if len(called) == 1:
            found.setdefault(next(iter(called)), party)
        elif person and not called:
            found.setdefault(id(person_of[person]), party)
    return found


def _pronouns(
    passages: Passages, named: Sequence[Mention], person_of: dict[Mention, Person]
) -> dict[int, Gender]:
    """Read the gender of people from pronouns that can mean nobody else.

    The sentence of the pronoun names one person before it, or names nobody and the
    sentence before names one person; quotations do not count.
    """
    seen: defaultdict[int, set[int]] = defaultdict(set)
    first: dict[int, int] = {}
    for mention in named:
        if not passages.quoted(mention.start):
            number = passages.sentence_number(mention.start)
            seen[number].add(id(person_of[mention]))
            first.setdefault(number, mention.start)
    votes: defaultdict[int, set[Gender]] = defaultdict(set)
    for match in _PRONOUN.finditer(passages.text):
        number = passages.sentence_number(match.start())
        here = seen.get(number, set())
        early = here and first[number] > match.start()
        before = here or seen.get(number - 1, set())
        if len(before) == 1 and not early and not passages.quoted(match.start()):
            votes[next(iter(before))].add(PRONOUNS[match[0].lower()])
    return {who: said.pop() for who, said in votes.items() if len(said) == 1}
