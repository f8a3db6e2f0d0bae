"""The body that a post is held in, or that a person speaks for.

Reach for :class:`Affiliations` with a post and its holder. The words nearest the post
decide first ("leader of Penbury Council", "Penbury Council's leader", "the council's
leader", "its leader"), then those around the name, then what the post itself implies;
a party in the body's place leaves it open.
"""

import re
from bisect import bisect_left
from typing import Final

from pipeline.records import Identity, Mention, Span
from pipeline.stages.identities.bodies import Bodies
from pipeline.stages.identities.names import TITLE
from pipeline.stages.identities.passages import Passages
from pipeline.stages.identities.posts import Skeletons
from pipeline.stages.identities.words import (
    BODY_NOUNS,
    COUNCILLOR,
    IMPLIED_BODY,
    PLACE_KINDS,
    fold,
    words_of,
)

_PREPOSITION: Final = r"\s+(?:of|at|for|with|in|on|to|from)\s+(?:the\s+)?"
_IN: Final = re.compile(
    r"(?:\s+and\s+(?:(?:an?|the)\s+)?R)?"
    rf"{_PREPOSITION}(?:[a-z'’-]+\s+){{0,3}}?(?:N\s+group\s+on\s+(?:the\s+)?)?O"
    r"|,\s+O(?=\s*(?:$|[\n.,)]))"
)
_IN_DESCRIBED: Final = re.compile(
    r"(?:\s+(?:of|at|for|on|with|in)\s+(?:(?:the|its|their)\s+)?)"
    r"((?:[a-z-]+['’]?\s+){0,2}?[a-z-]+)(?=\s*(?:$|[,.;\n]|['’]s\b|\s(?:since|who|and|has|"
    r"said|is|was|in|at|,)))"
)
_LINE_END: Final = re.compile(r",\s+((?:[a-z-]+\s+){0,3}[a-z-]+)\s*(?:\n|$)")
_OWNED_BY: Final = re.compile(r"\s+(?:of|at|for)\s+the\s+[^,.;]{1,40},\s+(?:the\s+)?O")
_OF_NAMED: Final = re.compile(
    r"O(?:['’]s?)?(?:\s*\([^()]*\))?(?:,\s+whose)?\s+(?:own\s+|N\s+)*$"
)
_OWNS_NAME: Final = re.compile(rf"O['’]s?\s+(?:{TITLE}\s+)*$")
_OF_PARTY: Final = re.compile(r"N(?:['’]s?)?(?:\s*\([^()]*\))?\s+$")
_OF_DESCRIBED: Final = re.compile(
    r"\b(?:the\s+)?((?:[a-z][\w-]*['’]?\s+){0,2}[a-z][\w-]*)['’]s?\s+"
    r"(?:own\s+)?(?:N\s+)?$",
    re.IGNORECASE,
)
_OF_PLAIN: Final = re.compile(
    r"(?:^|[.,;“\"]\s*|\b(?:the|a)\s+)([\w-]+\s+[\w-]+)\s+$", re.IGNORECASE
)
_ITS: Final = re.compile(r"\b(its|their)\s+(?:[a-zL][\w-]*\s+){0,3}$", re.IGNORECASE)
_HIS: Final = re.compile(r"\b(?:his|her)\s+(?:own\s+|new\s+)?$", re.IGNORECASE)
_NAME_OF: Final = re.compile(
    r"(?:\s+[QK]C)?(?:\s*\([^()]*\))?,?\s+(?:[a-z]+ing\s+)?"
    r"(?:of|from|at|for|on\s+behalf\s+of)\s+(?:the\s+)?(?:[a-z-]+['’]?\s+){0,3}O"
)
_NAME_FOR: Final = re.compile(
    r",\s+(?:[a-z]+ing\s+)?(?:for|from|of)\s+the\s+([a-z]+(?:\s+[a-z]+)?)(?=,|\s+said)"
)
_NAME_AN: Final = re.compile(
    r",\s+(?:[CD],\s+)?(?:an?|the)\s+(?:[\w-]+\s+){1,5}?(?:at|with|for|from)\s+(?:the\s+)?O"
)
_NAME_WHO: Final = re.compile(
    r"[^.;\"“]{0,60}?\bwho\s+(?:sits|works|represents|speaks|serves|chairs|leads|runs|heads|advises|organises"
    r"|campaigns|teaches|plays|rides|drives|volunteers|founded|owns)\b"
    r"(?:\s+(?:on|for|at|in|with))?\s+(?:the\s+)?"
    r"(?:(O)|((?:[a-z-]+\s+){0,2}?[a-z-]+(?:['’]s)?)\b)"
)
_TIE: Final = re.compile(
    r"(?:\s*\([^()]*\))?,\s+(?:who\s+(?:sits|serves|is)\s+on|(?:one|C)\s+of\s+the"
    r"|the\s+only\s+[\w-]+\s+on|an?\s+member\s+of)\b[^.,;\"“]{0,40}?"
    r"\b(?:committee|members?|council|panel|chamber|authority)\b"
)
#: Characters of a sentence before a post that are looked at.
_LONGEST: Final = 400
#: Nouns of posts that are held in whatever body the article is about.
_MANAGERS: Final = frozenset({"director", "head", "manager"})
_CABINET: Final = re.compile(
    r"(?:cabinet|executive|lead)\s+member\b|portfolio\s+holder|(?:deputy\s+)?group\s+leader"
)
#: Words that say how a post is held and not which it is.
_STAGE: Final = re.compile(r"(?:(?:acting|deputy|former|interim|temporary)\s+)+(?=\w)")


class Affiliations:
    """Finds the body of a post from the words around it."""

    def __init__(
        self,
        passages: Passages,
        skeletons: Skeletons,
        bodies: Bodies,
        owners: dict[Mention, Identity],
    ) -> None:
        self._passages = passages
        self._skeletons = skeletons
        self._bodies = bodies
        named = sorted(owners.items(), key=lambda pair: pair[0].start)
        self._owners = [body for _, body in named]
        self._starts = [mention.start for mention, _ in named]

    def of_post(
        self, role: Span, person: Mention, *, boss: Identity | None
    ) -> Identity | None:
        """Return the body that the post is held in.

        ``boss`` is the body of the person named before, for "his deputy".
        """
        behind = self.behind(role)
        if behind:
            return behind
        before = self._skeletons.of(self._sentence_start(role), role.start)
        if _OF_PARTY.search(before):
            beside = self._council_beside(before, role)
            return beside or self._in_council(before, role, person)
        if _HIS.search(before):
            return boss or self._bodies.its(role.start)
        found = self._before(before, role)
        found = found or self.of_name(person)
        if found or before.endswith(("’s ", "'s ")):
            return found
        return self._implied(role, person)

    def of_name(self, person: Mention) -> Identity | None:
        """Return the body that stands right behind a name: ", of Penbury Police"."""
        end = min(self._sentence_end(person), person.end + 160)
        rest = self._skeletons.of(person.end, end)
        described = _NAME_FOR.match(rest)
        if described:
            return self._bodies.find(words_of(described[1]), person.start)
        for pattern in (_NAME_OF, _NAME_AN):
            if pattern.match(rest):
                return self._first(person.end, end)
        who = _NAME_WHO.match(rest)
        if who and who[1]:
            return self._first(person.end, end)
        return self._bodies.find(words_of(who[2]), person.start) if who else None

    def owner(self, person: Mention) -> Identity | None:
        """Return the body that owns a name: "Penbury Council's Ada Moss"."""
        before = self._skeletons.of(self._sentence_start(person), person.start)
        return self._last(person.start) if _OWNS_NAME.search(before) else None

    def of_unheld(self, role: Span) -> Identity | None:
        """Return the body of a post that no name stands beside."""
        before = self._skeletons.of(self._sentence_start(role), role.start)
        named = self._last(role.start) if _OF_NAMED.search(before) else None
        return named or self.behind(role)

    def behind(self, role: Span) -> Identity | None:
        """Return the body that completes a post: "leader of Penbury Council"."""
        start, end = role.end, min(self._sentence_end(role), role.end + 120)
        rest = self._skeletons.of(start, end)
        if _IN.match(rest) or _OWNED_BY.match(rest):
            return self._first(start, end)
        described = _IN_DESCRIBED.match(rest) or _LINE_END.match(rest)
        return self._bodies.find(words_of(described[1]), start) if described else None

    def _before(self, before: str, role: Span) -> Identity | None:
        if _OF_NAMED.search(before):
            return self._last(role.start)
        if _ITS.search(before):
            return self._bodies.its(role.start)
        described = _OF_DESCRIBED.search(before) or _OF_PLAIN.search(before)
        if described is None:
            return self._bodies.find(words_of(before)[-1:], role.start)
        words = words_of(described[1])
        return self._bodies.find(words, role.start)

    def _council_beside(self, before: str, role: Span) -> Identity | None:
        """Read "the council's Labour spokesman": the party does not hide the body."""
        described = _OF_DESCRIBED.search(before)
        if described and not before[described.start() :].lstrip().startswith("N"):
            return self._bodies.find(words_of(described[1]), role.start)
        return None

    def _in_council(self, before: str, role: Span, person: Mention) -> Identity | None:
        """Read "the Labour cabinet member": a post that no party alone can give."""
        post = _CABINET.match(fold(role.of(self._passages.text)))
        own = post and not before.rstrip().endswith(("'s", "’s", "'", "’"))
        return self._implied(role, person) if own else None

    def _implied(self, role: Span, person: Mention) -> Identity | None:
        name = _STAGE.sub("", fold(role.of(self._passages.text)))
        plain = re.split(r" (?:and|for) ", name)[0]
        kind = IMPLIED_BODY.get(name) or IMPLIED_BODY.get(plain)
        if kind is None and _MANAGERS & {plain.split()[-1], name.split(" of ")[0]}:
            kind = "principal"
        if kind is None and BODY_NOUNS.get(name) == ["watchdog"]:  # "the ombudsman,"
            kind = name
        if kind == "principal":
            return self._bodies.principal
        if kind:
            return self._bodies.find([kind], role.start)
        place, _, post = name.partition(" ")
        if post in COUNCILLOR and place in PLACE_KINDS:
            return self._bodies.find([place, "council"], role.start)
        if name.split()[-1] in COUNCILLOR:
            return self._tied(person) or self._bodies.find(["council"], role.start)
        return None

    def _tied(self, person: Mention) -> Identity | None:
        """Return the council when the text calls a councillor a member of it."""
        end = min(self._sentence_end(person), person.end + 120)
        if _TIE.match(self._skeletons.of(person.end, end)):
            return self._bodies.find(["council"], person.start)
        return None

    def _first(self, start: int, end: int) -> Identity | None:
        at = bisect_left(self._starts, start)
        if at < len(self._starts) and self._starts[at] < end:
            return self._owners[at]
        return None

    def _last(self, offset: int) -> Identity | None:
        at = bisect_left(self._starts, offset)
        return self._owners[at - 1] if at else None

    def _sentence_end(self, span: Span) -> int:
        return self._passages.sentence(span.start).end

    def _sentence_start(self, span: Span) -> int:
        return max(self._passages.sentence(span.start).start, span.start - _LONGEST)
