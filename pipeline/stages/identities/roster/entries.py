"""The people and bodies that a user knows, findable by their names.

Reach for :class:`Roster` with the rows that ``reading`` gives. It answers who is called
what, and nothing more: whether somebody of that name is meant is for ``evidence`` to
say, and what follows from it for ``ties``.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from pipeline.stages.identities.ids import Kind
from pipeline.stages.identities.names import PersonName, may_be_same, read_name
from pipeline.stages.identities.organisations import clean_name
from pipeline.stages.identities.roster.reading import Row
from pipeline.stages.identities.words import words_of

#: Legal forms that newspapers leave out of a company's name.
_LEGAL: Final = frozenset({"inc", "limited", "llp", "ltd", "plc"})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person or body of the roster with all of its rows, in the roster's order."""

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...]
    rows: tuple[Row, ...]


class Roster:
    """The entries of a roster by all names that they go by; empty without rows."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._people: defaultdict[Key, list[Entry]] = defaultdict(list)
        self._surnames: defaultdict[str, list[Entry]] = defaultdict(list)
        self._bodies: defaultdict[Key, list[Entry]] = defaultdict(list)
        self.entries = {entry.id: entry for entry in _entries(rows)}
        for entry in self.entries.values():
            if entry.kind == "organisation":
                self._add_body(entry)
        for entry in self.entries.values():
            if entry.kind == "person":
                whole = replace(entry, rows=tuple(map(self._spelled_out, entry.rows)))
                self._add_person(whole)

    def people_called(self, name: PersonName) -> list[Entry]:
        """Return the people with this very name or alias."""
        return self._people.get(person_key(name), [])

    def people_of_surname(self, name: PersonName) -> list[Entry]:
        """Return the people that a surname, with initials or without, may mean."""
        initials = len(name.tokens) > 1
        return [
            entry
            for entry in self._surnames.get(name.surname, [])
            if not initials
            or any(may_be_same(read_name(form), name) for form in entry.names)
        ]

    def bodies_called(self, name: str) -> list[Entry]:
        """Return the bodies with this very name or alias, *the* and *Ltd* apart."""
        return self._bodies.get(body_key(name), [])

    def body_keys(self, name: str) -> frozenset[Key]:
        """Return the keys of all names of a body, where the roster has that one."""
        found = self.bodies_called(name)
        names = found[0].names if len(found) == 1 else ()
        return frozenset(map(body_key, (name, *names)))

    def _spelled_out(self, row: Row) -> Row:
        """Return a row with its body's own name, where the roster has that body."""
        found = self.bodies_called(row.organisation) if row.organisation else []
        return replace(row, organisation=found[0].name) if len(found) == 1 else row

    def _add_body(self, entry: Entry) -> None:
        for key in dict.fromkeys(map(body_key, entry.names)):
            self._bodies[key].append(entry)

    def _add_person(self, entry: Entry) -> None:
        names = [read_name(name) for name in entry.names]
        for key in dict.fromkeys(map(person_key, names)):
            self._people[key].append(entry)
        for surname in dict.fromkeys(name.surname for name in names):
            self._surnames[surname].append(entry)


def _entries(rows: Iterable[Row]) -> list[Entry]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.id].append(row)
    return [_entry(group) for group in grouped.values()]


def _entry(rows: list[Row]) -> Entry:
    first = rows[0]
    person = first.kind == "person"
    name = read_name(first.name).printed if person else first.name
    aliases = (alias for row in rows for alias in row.aliases)
    return Entry(
        id=first.id,
        kind=first.kind,
        name=name,
        names=tuple(dict.fromkeys((name, *aliases))),
        rows=tuple(rows),
    )


def person_key(name: PersonName) -> Key:
    """Return what a person's name is compared by.

    >>> person_key(read_name("Cllr Anne-Marie Moss"))
    ('anne', 'marie', 'moss')
    """
    return tuple(" ".join(name.tokens).replace("-", " ").split())


def body_key(name: str) -> Key:
    """Return what a body's name is compared by.

    >>> body_key("the Penbury Ferries Ltd")
    ('penbury', 'ferries')
    """
    words = [word.replace(".", "") for word in words_of(clean_name(name))]
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return tuple(words) or (name,)
