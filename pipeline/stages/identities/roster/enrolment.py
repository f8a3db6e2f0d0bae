"""Identities of a document under the ids and names that a roster has for them.

Reach for :class:`Enrolment` while identities are made: first with the bodies, by whose
full names the posts of people are then told, then with the people. Identities that are
one entry become one. Without a roster everything passes through untouched.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from pipeline.records import Identity
from pipeline.stages.identities.roster.entries import Entry, Roster, body_key
from pipeline.stages.identities.roster.evidence import Evidence
from pipeline.stages.identities.roster.facts import Added, add_facts
from pipeline.stages.identities.roster.matching import AMBIGUOUS, Match, Matcher
from pipeline.stages.identities.roster.ties import Tie

K = TypeVar("K", bound=Hashable)

_TWO: Final = Match(None, "two people of the document match one entry", flag=AMBIGUOUS)


class Enrolment:
    """Ties the identities of one document to a roster; ``ties`` tells what it did."""

    def __init__(self, roster: Roster, published: str | None = None) -> None:
        self.ties: list[Tie] = []
        self._roster = roster
        self._published = published
        self._evidence = Evidence(roster, published)

    def bodies(self, found: Mapping[K, Identity]) -> dict[K, Identity]:
        """Return the bodies, those of the roster under its ids and fullest names."""
        matcher = Matcher(self._roster, self._evidence)
        matches = {key: matcher.body(who) for key, who in found.items()}
        enrolled = self._enrol(found, matches)
        named = dict.fromkeys(enrolled.values())
        self._evidence = Evidence(self._roster, self._published, named)
        return enrolled

    def people(self, found: Mapping[K, Identity]) -> dict[K, Identity]:
        """Return the people, those of the roster with its ids and what it adds."""
        matcher = Matcher(self._roster, self._evidence)
        matches = {key: matcher.person(who) for key, who in found.items()}
        return self._enrol(found, _settled(found, matches))

    def _enrol(
        self, found: Mapping[K, Identity], matches: Mapping[K, Match | None]
    ) -> dict[K, Identity]:
        enrolled = dict(found)
        for key, match in matches.items():
            if match and match.entry is None:
                self._tell(found[key], match, ())
        for entry, keys in _by_entry(matches).items():
            match = matches[keys[0]] or _TWO
            who = _joined([found[key] for key in keys])
            who, added = self._entered(who, entry, match)
            self._tell(who, match, added)
            enrolled |= dict.fromkeys(keys, who)
        return enrolled

    def _entered(
        self, who: Identity, entry: Entry, match: Match
    ) -> tuple[Identity, tuple[Added, ...]]:
        """Return an identity as its entry has it, and what that added."""
        who = replace(who, id=entry.id)
        if entry.kind == "organisation":
            return _renamed(who, entry) if _lacks(who, entry) else (who, ())
        who, name = (who, ()) if match.full else _renamed(who, entry)
        who, facts = (who, ()) if match.flag else add_facts(who, entry, self._evidence)
        return who, (*name, *facts)

    def _tell(self, who: Identity, match: Match, added: tuple[Added, ...]) -> None:
        tie = Tie(
            identity=who.id,
            kind=who.kind,
            name=who.name,
            entry=match.entry.id if match.entry else None,
            reason=match.reason,
            added=added,
            flags=(match.flag,) if match.flag else (),
        )
        self.ties.append(tie)


def _lacks(who: Identity, entry: Entry) -> bool:
    """Tell whether the document never prints the entry's own, fuller name."""
    printed = {body_key(form) for form in (who.name, *who.aliases)}
    return body_key(entry.name) not in printed and len(entry.name) > len(who.name)


def _renamed(who: Identity, entry: Entry) -> tuple[Identity, tuple[Added, ...]]:
    printed = dict.fromkeys((who.name, *who.aliases))
    printed.pop(entry.name, None)
    return replace(who, name=entry.name, aliases=tuple(printed)), ("name",)


def _by_entry(matches: Mapping[K, Match | None]) -> dict[Entry, list[K]]:
    """Return the identities that match each entry."""
    shared: dict[Entry, list[K]] = {}
    for key, match in matches.items():
        if match and match.entry:
            shared.setdefault(match.entry, []).append(key)
    return shared


def _settled(
    found: Mapping[K, Identity], matches: Mapping[K, Match | None]
) -> dict[K, Match | None]:
    """See that no two people become one entry, unless they may well be one.

    A surname gives way to a full name; people whom the document tells apart by gender
    or party stay apart, and neither is tied.
    """
    settled = dict(matches)
    for keys in _by_entry(matches).values():
        full = [key for key in keys if (match := matches[key]) and match.full]
        settled |= dict.fromkeys(set(keys) - set(full) if full else ())
        if not _may_be_one([found[key] for key in full or keys]):
            settled |= dict.fromkeys(full or keys, _TWO)
    return settled


def _may_be_one(people: list[Identity]) -> bool:
    genders = {who.gender for who in people if who.gender}
    parties = {who.party for who in people if who.party}
    return len(genders) <= 1 and len(parties) <= 1


def _joined(identities: list[Identity]) -> Identity:
    """Return one identity with all that is told of several; the fullest name stands."""
    if len(identities) == 1:
        return identities[0]
    who = max(identities, key=lambda one: len(one.name))
    forms = (form for one in identities for form in (one.name, *one.aliases))
    posts = {
        (post.role, post.organisation): post for one in identities for post in one.posts
    }
    return replace(
        who,
        aliases=tuple(form for form in dict.fromkeys(forms) if form != who.name),
        party=next((one.party for one in identities if one.party), None),
        gender=next((one.gender for one in identities if one.gender), None),
        posts=tuple(posts.values()),
        mentions=tuple(sorted(span for one in identities for span in one.mentions)),
    )
