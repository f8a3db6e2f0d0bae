"""Whether what a document tells of somebody fits an entry of the roster.

Reach for :class:`Evidence`, made once per document. Each thing that both tell of, the
body, the post, the party and the day, either fits, contradicts, or stays open; where
one contradicts, the entry is somebody else or out of date, and nothing is tied to it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.records import Identity, Post
from pipeline.stages.identities.organisations import initials
from pipeline.stages.identities.roles import is_former
from pipeline.stages.identities.roster.days import in_force
from pipeline.stages.identities.roster.entries import Entry, Key, Roster, body_key
from pipeline.stages.identities.roster.posts import (
    Verdict,
    is_part,
    kinds_in,
    same_party,
    same_role,
)
from pipeline.stages.identities.roster.reading import Row

_ISO: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Findings:
    """What speaks for a tie, and the first thing that speaks against it."""

    fits: frozenset[str] = frozenset()
    contradiction: str | None = None


class Evidence:
    """What a document tells, to hold entries of the roster against.

    ``published`` is the day of publication, or None; ``bodies`` are the organisations
    of the document, those of the roster under their names there.
    """

    def __init__(
        self, roster: Roster, published: str | None, bodies: Iterable[Identity] = ()
    ) -> None:
        self._roster = roster
        found = _ISO.match(published or "")
        self.day = found[0] if found else None
        self._keys: dict[str, frozenset[Key]] = {}
        self._by_key: defaultdict[Key, set[str]] = defaultdict(set)
        self._by_kind: defaultdict[str, set[str]] = defaultdict(set)
        for body in bodies:
            self._learn(body)

    def of_body(self, entry: Entry) -> Findings:
        """Tell whether the body was there on the day."""
        if any(in_force(row, self.day) for row in entry.rows):
            return Findings()
        return Findings(contradiction=f"out of force on {self.day}")

    def of_person(self, who: Identity, entry: Entry) -> Findings:
        """Hold all that the document tells of a person against an entry."""
        rows = [row for row in entry.rows if in_force(row, self.day)]
        if not rows:
            return self._of_past(who, entry)
        organisation = self._organisation(who.posts, rows, entry.rows)
        role = _summed(
            self._role(post, rows) for post in who.posts if not is_former(post.role)
        )
        verdicts: dict[str, Verdict] = {
            "party": _party(who.party, rows),
            "organisation": organisation,
            "role": "open" if organisation == "fits" != role else role,
        }
        against = [name for name, said in verdicts.items() if said == "contradicts"]
        fits = frozenset(name for name, said in verdicts.items() if said == "fits")
        if against:
            return Findings(fits, f"the document gives another {against[0]}")
        return Findings(fits)

    def names(self, entry: Entry) -> bool:
        """Tell whether the document names a body that the entry is in on the day."""
        return any(self._called(body) for body in self._bodies(entry))

    def names_alone(self, entry: Entry) -> bool:
        """Tell whether it names such a body, and no second body of that kind."""
        return any(
            all(self._by_kind[kind] <= own for kind in kinds_in(body))
            for body in self._bodies(entry)
            if (own := self._called(body))
        )

    def same_body(self, printed: str, listed: str) -> Verdict:
        """Compare a body of the document with one that a row names."""
        ones = self._keys.get(printed, frozenset({body_key(printed)}))
        others = self._roster.body_keys(listed)
        if ones & others:
            return "fits"
        letters = {(initials(printed),), (initials(listed),)}
        return (
            "open" if is_part(printed) or letters & (ones | others) else "contradicts"
        )

    def name_of(self, listed: str) -> str:
        """Return a row's body by its name in the document, else in the roster."""
        printed = self._called(listed)
        return min(printed) if len(printed) == 1 else listed

    def _learn(self, body: Identity) -> None:
        self._keys[body.name] = _keys_of(body)
        for key in self._keys[body.name]:
            self._by_key[key].add(body.name)
        for kind in kinds_in(body.name):
            self._by_kind[kind].add(body.name)

    def _bodies(self, entry: Entry) -> list[str]:
        rows = [row for row in entry.rows if in_force(row, self.day)]
        return [row.organisation for row in rows if row.organisation]

    def _called(self, listed: str) -> set[str]:
        """Return the names that a row's body has in the document."""
        keys = self._roster.body_keys(listed)
        return {name for key in keys for name in self._by_key.get(key, ())}

    def _of_past(self, who: Identity, entry: Entry) -> Findings:
        """Let somebody who holds no post now be known by a former one."""
        former = [post for post in who.posts if is_former(post.role)]
        for post in former:
            body = self._organisation([post], entry.rows, entry.rows)
            if body == "fits" and self._role(post, entry.rows) == "fits":
                return Findings(frozenset({"role", "organisation"}))
        return Findings(contradiction=f"out of force on {self.day}")

    def _organisation(
        self, posts: Iterable[Post], rows: Sequence[Row], ever: Sequence[Row]
    ) -> Verdict:
        """Compare the bodies; a former post only ever speaks for a tie."""
        verdicts: list[Verdict] = []
        for post in posts:
            former = is_former(post.role)
            listed = [r.organisation for r in (ever if former else rows)]
            said = self._in_any(post.organisation, [name for name in listed if name])
            verdicts.append("open" if former and said != "fits" else said)
        return _summed(verdicts)

    def _in_any(self, printed: str | None, listed: list[str]) -> Verdict:
        if printed is None or not listed:
            return "open"
        return _best(self.same_body(printed, name) for name in listed)

    def _role(self, post: Post, rows: Iterable[Row]) -> Verdict:
        if not post.role or is_part(post.organisation):
            return "open"
        return _best(same_role(post.role, row) for row in rows if row.role)


def _party(printed: str | None, rows: Iterable[Row]) -> Verdict:
    if printed is None:
        return "open"
    return _best(same_party(printed, row.party) for row in rows if row.party)


def _keys_of(body: Identity) -> frozenset[Key]:
    return frozenset(map(body_key, (body.name, *body.aliases)))


def _best(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the kindest verdict; open where there is none."""
    said = set(verdicts)
    if "fits" in said:
        return "fits"
    return "contradicts" if said == {"contradicts"} else "open"


def _summed(verdicts: Iterable[Verdict]) -> Verdict:
    """Return what several posts say together: one that fits outweighs the others."""
    said = set(verdicts)
    if "fits" in said:
        return "fits"
    return "contradicts" if "contradicts" in said else "open"
