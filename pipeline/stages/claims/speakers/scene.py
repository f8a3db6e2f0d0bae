"""What a speaker is resolved against: the article, its people and who spoke so far.

Reach for :class:`Scene` in every rule of the speaker sieve. It answers who was named
before a place, what the last speaker was, and makes the speaker records.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.records import (
    Attribution,
    Identity,
    Mention,
    Post,
    Resolution,
    Resolved,
    Span,
    Speaker,
)
from pipeline.stages.identities.bodies import Bodies
from pipeline.stages.identities.passages import Passages
from pipeline.stages.identities.posts import Skeletons
from pipeline.stages.identities.roles import is_former, is_title, post_nouns
from pipeline.stages.identities.words import fold, words_of

#: Labels of mentions that are names.
_NAMES: Final = frozenset({"PERSON", "ORG", "LOC", "NORP"})
#: Attributions that a look back at the last speakers covers.
_REACH: Final = 40
#: Blocks that sum the article up before it is told.
HEADINGS: Final = frozenset({"headline", "standfirst"})
_INFORMAL: Final = frozenset({"boss", "chief", "councillor", "deputy", ""})
UNKNOWN: Final = Resolved(
    speaker=Speaker(),
    confidence=0.5,
    reason="nothing in the text settles the speaker",
    flags=("speaker_unresolved",),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """An attribution with its speaker, and where it begins to be read."""

    start: int
    attribution: Attribution
    resolved: Resolved


class Scene:
    """An article with its identities, and the speakers resolved so far."""

    def __init__(
        self,
        passages: Passages,
        mentions: Sequence[Mention],
        identities: Sequence[Identity],
        attributions: Sequence[Attribution],
    ) -> None:
        self.passages = passages
        self.bodies = Bodies(passages, identities)
        self.identities = {who.id: who for who in identities}
        self.holders = _holders(identities)
        self._openings = _openings(identities)
        self.attributions = {one.id: one for one in attributions}
        self.answers: dict[str, Resolved] = {}
        self.spoken: list[Spoken] = []
        self.current: Attribution | None = None
        self._mentions = sorted(mentions)
        self._mention_starts = [mention.start for mention in self._mentions]
        named = tuple(one for one in self._mentions if one.label in _NAMES)
        self.skeletons = Skeletons(passages.text, named, [])
        self._people = [one for one in named if self._in_the_open(one)]
        self._starts = [mention.start for mention in self._people]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.passages.text

    def inside(self, span: Span, label: str) -> list[Mention]:
        """Return the mentions of one label within a passage."""
        left = bisect_left(self._mention_starts, span.start)
        right = bisect_left(self._mention_starts, span.end)
        return [
            mention
            for mention in self._mentions[left:right]
            if mention.label == label and mention.end <= span.end
        ]

    def identity(self, mention: Mention) -> Identity | None:
        """Return who or what a mention names, once that is settled."""
        return self.identities.get(mention.identity or "")

    def named_between(self, start: int, end: int) -> list[Mention]:
        """Return the people named outside quotation marks between two places."""
        left = bisect_left(self._starts, start)
        right = bisect_left(self._starts, end)
        return self._people[left:right]

    def named_before(self, offset: int) -> Iterator[Mention]:
        """Yield the people named outside quotation marks, the nearest first."""
        for at in range(bisect_left(self._starts, offset) - 1, -1, -1):
            yield self._people[at]

    def heading(self, offset: int) -> bool:
        """Tell whether the offset stands in a headline or standfirst."""
        return self.passages.label(offset) in HEADINGS

    def called(self, name: str) -> Identity | None:
        """Return the one body whose name begins with another, shorter one."""
        short = fold(name)
        longer = [
            body
            for body in self._openings.get(short.split()[0], [])
            if fold(body.name).startswith(f"{short} ")
        ]
        return longer[0] if len(longer) == 1 else None

    def answer(self, attribution: Attribution, start: int, resolved: Resolved) -> None:
        """Take in the speaker of an attribution that is read from ``start``."""
        self.answers[attribution.id] = resolved
        self.spoken.append(Spoken(start, attribution, resolved))

    def outer(self) -> Resolved | None:
        """Return the speaker of the attribution that the present one is nested in."""
        within = self.current.nested_in if self.current else None
        return self.answers.get(within) if within else None

    def last_spoken(self, offset: int) -> Spoken | None:
        """Return the last speaker before a place, headlines left out.

        Who is quoted inside another's words counts only inside the same words.
        """
        within = self.current.nested_in if self.current else None
        for spoken in reversed(self.spoken[-_REACH:]):
            outer = spoken.attribution.nested_in
            apart = outer is not None and outer != within
            if spoken.start < offset and not apart and not self.heading(spoken.start):
                return spoken
        return None

    def _in_the_open(self, mention: Mention) -> bool:
        """Tell whether a person is named in running text, in nobody's quotation."""
        return (
            mention.label == "PERSON"
            and not self.passages.quoted(mention.start)
            and self.passages.label(mention.start) in {"body", None}
        )


def _openings(identities: Sequence[Identity]) -> dict[str, list[Identity]]:
    """Return the bodies by the first word of their names."""
    found: defaultdict[str, list[Identity]] = defaultdict(list)
    for who in identities:
        if who.kind == "organisation":
            found[fold(who.name.split()[0])].append(who)
    return dict(found)


def _holders(identities: Sequence[Identity]) -> dict[str, list[Identity]]:
    """Return the people by the nouns of their posts, and by the first words."""
    found: defaultdict[str, dict[str, Identity]] = defaultdict(dict)
    for who in identities:
        for post in who.posts:
            words = words_of(post.role)
            for noun in {*post_nouns(words), *words[:1]}:
                found[noun][who.id] = who
    return {noun: list(people.values()) for noun, people in found.items()}


def main_post(who: Identity) -> Post | None:
    """Return the post a person is known by: held now, and no mere title."""
    ranked = sorted(
        who.posts,
        key=lambda post: (
            is_former(post.role),
            is_title(post.role) or fold(post.role) in _INFORMAL,
        ),
    )
    return ranked[0] if ranked else None


def as_person(
    who: Identity, resolution: Resolution, reason: str, confidence: float
) -> Resolved:
    """Make the speaker record of a known person."""
    post = main_post(who)
    speaker = Speaker(
        id=who.id,
        kind="person",
        name=who.name,
        role=(post.role or None) if post else None,
        organisation=post.organisation if post else None,
        party=who.party,
        resolution=resolution,
    )
    return Resolved(speaker=speaker, confidence=confidence, reason=reason)


def as_body(
    who: Identity, resolution: Resolution, reason: str, confidence: float
) -> Resolved:
    """Make the speaker record of a known organisation."""
    speaker = Speaker(
        id=who.id, kind="organisation", name=who.name, resolution=resolution
    )
    return Resolved(speaker=speaker, confidence=confidence, reason=reason)


def unsettled(reason: str) -> Resolved:
    """Make the answer for a source that nothing settles."""
    return replace(UNKNOWN, reason=reason)
