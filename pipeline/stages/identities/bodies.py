"""Which body a description means: "the council", "the watchdog", "its".

Reach for :class:`Bodies` once the organisations are known. A description matches a body
whose name holds its noun, that is introduced by it ("the charity Warm Hands"), or that
is of the same kind. Where several match, the one named before in the paragraph wins,
else the one the article is about; where that is unclear, nobody.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from pipeline.records import Identity
from pipeline.stages.identities.organisations import head_of, kinds_of
from pipeline.stages.identities.passages import Passages
from pipeline.stages.identities.words import (
    BODY_NOUNS,
    PLACE_KINDS,
    any_of,
    words_of,
)

_NOUN: Final = any_of(frozenset(BODY_NOUNS))
_BEFORE: Final = re.compile(
    rf"(?:(?:^|\b(?:the|an?)\s|\w['’]s?\s)\s*(?:own\s+)?((?:[\w'’-]+\s+){{0,2}}?{_NOUN}),"
    rf"|\b((?:[\w'’-]+\s+)?{_NOUN}))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"(?:\s*\([^)]*\))?,\s+(?:the|an?)\s+((?:[\w'’-]+\s+){{0,3}}?{_NOUN})\b",
    re.IGNORECASE,
)
_DESCRIPTION: Final = re.compile(
    rf"\b(?:[Tt]he|THE|[Ii]ts)\s+((?:[a-z][\w-]*['’]?\s+)?{_NOUN})(?=['’]?s?\b)"
    r"(?!\s+[A-Z])"
)

#: Kinds of body that stories quote more often than they are about them.
_COMMENTATORS: Final = {
    "committee",
    "court",
    "government",
    "media",
    "union",
    "watchdog",
}
#: Kinds that names such as "Warm Hands" do not tell.
_SILENT: Final = frozenset({"charity", "club", "group", "venue"})
#: Sentences, the present one included, that *its* may reach back over.
_SENTENCES: Final = 3
#: How many mentions it is worth to be the first body of its kind in the article.
_LEAD: Final = 1.5
_STOP: Final = {"the", "a", "an", "own", "new", "local", "whole", "entire", "that"}


class Bodies:
    """The organisations of a document, findable by how the text describes them."""

    def __init__(self, passages: Passages, identities: Sequence[Identity]) -> None:
        self.passages = passages
        bodies = [who for who in identities if who.kind == "organisation"]
        self._by_id = {body.id: body for body in bodies}
        self._by_name = {body.name: body for body in bodies}
        self._words: dict[str, set[str]] = {}
        self._kinds: dict[str, set[str]] = {}
        self._called: defaultdict[str, list[Identity]] = defaultdict(list)
        self._of_kind: defaultdict[str, list[Identity]] = defaultdict(list)
        self._kin = Counter(body.name.split()[0] for body in bodies)
        for body in bodies:
            self._learn(body)
        self._references = sorted(
            (mention.start, body.id) for body in bodies for mention in body.mentions
        )
        self._starts = [start for start, _ in self._references]
        self._references = sorted(self._references + self._described())
        self._starts = [start for start, _ in self._references]

    def of_name(self, name: str | None) -> Identity | None:
        """Return the body of that full name."""
        return self._by_name.get(name or "")

    def find(self, words: Sequence[str], offset: int) -> Identity | None:
        """Return the body that a description at this place means, if that is clear.

        ``words`` are folded, the noun comes last: ``["parish", "council"]``.
        """
        noun, modifiers = _split(words)
        if noun is None:
            return None
        kinds = set(BODY_NOUNS[noun])
        found = self._called.get(noun, []) or self._all_of(kinds - {"body"})
        if noun in PLACE_KINDS and "council" in kinds:
            # "the borough" is the borough council, whatever other council there is
            modifiers = []
            found = [body for body in found if noun in self._words[body.id]]
        if not found and "committee" in kinds:
            return self.find(["council"], offset)
        found = found or self._of_no_kind(kinds)
        for modifier in modifiers:
            narrower = [b for b in found if modifier in self._words[b.id]]
            found = narrower or found
        return self._choose(found, offset)

    def fits(self, body: Identity, words: Sequence[str]) -> bool:
        """Tell whether all that a description says of its noun is said of the body."""
        _, modifiers = _split(words)
        return self._words[body.id].issuperset(modifiers)

    @cached_property
    def principal(self) -> Identity | None:
        """The body that the article refers to most, if one stands out."""
        counts = Counter(
            who for _, who in self._references if not self._kinds[who] & _COMMENTATORS
        ).most_common(2)
        if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
            return None
        return self._by_id[counts[0][0]]

    def its(self, offset: int) -> Identity | None:
        """Return the body that *its* at this place means: the last subject."""
        end = offset
        for _ in range(_SENTENCES):
            start = self.passages.sentence(max(0, end - 1)).start
            at = bisect_right(self._starts, start - 1)
            if at < len(self._starts) and self._starts[at] < end:
                return self._by_id[self._references[at][1]]
            end = start
        return None

    def last(self, offset: int, *, since: int = 0) -> Identity | None:
        """Return the body referred to last before this place."""
        at = bisect_right(self._starts, offset - 1)
        if not at or self._starts[at - 1] < since:
            return None
        return self._by_id[self._references[at - 1][1]]

    def _learn(self, body: Identity) -> None:
        text = self.passages.text
        names = (body.name, *body.aliases)
        own = {kind for name in names for kind in kinds_of(name)}
        words = {word for name in names for word in words_of(name)}
        nouns: set[str] = set()
        for mention in body.mentions:
            phrases = _introductions(text, mention.start, mention.end)
            for phrase in phrases:
                noun, _ = _split(phrase)
                kinds = set(BODY_NOUNS.get(noun or "", ()))
                if noun and (not own or own & kinds or "body" in kinds):
                    nouns.add(noun)
                    words.update(phrase)
        told = {kind for noun in nouns for kind in BODY_NOUNS[noun]}
        # "the group" may be a company, but "the tenants' group Rooted" is none
        own |= told - {"company"} if nouns == {"group"} else told
        self._words[body.id] = words
        self._kinds[body.id] = own
        for noun in {*nouns, head_of(words_of(body.name))}:
            self._called[noun].append(body)
        for kind in own or {""}:
            self._of_kind[kind].append(body)

    def _all_of(self, kinds: set[str]) -> list[Identity]:
        """Return the bodies of any of the kinds, in the order of the document."""
        found = {
            body.id: body for kind in kinds for body in self._of_kind.get(kind, [])
        }
        return sorted(found.values(), key=lambda body: body.mentions[0])

    def _of_no_kind(self, kinds: set[str]) -> list[Identity]:
        """Return the bodies whose kind the article does not tell, if one may be meant.

        Companies rarely tell it in their names; other bodies mostly do, so that only
        a single one is trusted to be "the club".
        """
        open_kind = self._of_kind.get("", [])
        if "company" in kinds or (kinds & _SILENT and len(open_kind) == 1):
            return open_kind
        return []

    def _described(self) -> list[tuple[int, str]]:
        text = self.passages.text
        self._starts = [start for start, _ in self._references]
        found = []
        for match in _DESCRIPTION.finditer(text):
            body = self.find(words_of(match[1]), match.start())
            if body:
                found.append((match.start(), body.id))
        return found

    def _choose(self, found: list[Identity], offset: int) -> Identity | None:
        if len(found) <= 1:
            return found[0] if found else None
        first = min(found, key=lambda body: body.mentions[0])
        weights = {b.id: self._weight(b) + _LEAD * (b is first) for b in found}
        ranked = sorted(found, key=lambda body: -weights[body.id])
        top = ranked[0] if weights[ranked[0].id] > weights[ranked[1].id] else None
        here = bisect_left(self._starts, self.passages.paragraph(offset).start)
        near = [
            who
            for start, who in self._references[here : bisect_left(self._starts, offset)]
            if who in weights
        ]
        if near and (top is None or top.id not in near):
            return self._by_id[near[-1]]
        return top

    def _weight(self, body: Identity) -> float:
        """Count the mentions, and the bodies that share the first word of the name."""
        return len(body.mentions) + self._kin[body.name.split()[0]]


def _introductions(text: str, start: int, end: int) -> list[list[str]]:
    """Return the nouns that introduce a name: "bus operator Swift", "X, a charity"."""
    line = text[max(0, start - 60) : start].rpartition("\n")[2]
    before = _BEFORE.search(line)
    after = _AFTER.match(text[end : end + 80])
    found = [before[1] or before[2]] if before else []
    return [words_of(phrase) for phrase in (*found, *([after[1]] if after else []))]


def _split(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Split a description into its noun and the words before it."""
    for size in (2, 1):
        noun = " ".join(words[-size:])
        if noun in BODY_NOUNS:
            return noun, [w for w in words[:-size] if w not in _STOP]
    return None, []
