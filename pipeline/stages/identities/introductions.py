"""Posts and parties told apart from the name: in the lead, or on reference back.

Reach for :func:`read_introductions` after the posts beside names are known. Some habits
of newspapers are read: a lead that names the post and the paragraph below it that names
the holder ("The head of Penbury School has resigned. ¶ Ada Moss left …"), a speaker
called by a post or party not yet mentioned ("…, said the care assistant"), and one
called by the post whom the sentence behind brings in by name ("…, said its founder.
Ada Moss began in 1988 …").
"""

import re
from bisect import bisect_left
from typing import Final

from pipeline.records import Mention, Span
from pipeline.stages.identities.names import TITLE
from pipeline.stages.identities.passages import Passages
from pipeline.stages.identities.posts import Holding

_SAY: Final = (
    r"(?:accepted|added|admitted|agreed|alleged|argued|believes|called|claimed|claims|"
    r"complained|conceded|confirmed|continued|declared|denied|denies|described|"
    r"explained|fears|hopes|insisted|insists|joked|pledged|predicted|promised|recalled|"
    r"refused|rejected|remembered|said|says|stressed|suggested|"
    r"thinks|thought|told|urged|vowed|wants|warned|welcomed)\b"
)
#: Verbs that rather have the holder of a post as their object: "urged the minister".
_ADDRESSING: Final = (
    r"(?!(?:accepted|believes|called|described|fears|refused|rejected|remembered|"
    r"told|urged|wants|warned|welcomed)\b)"
)
_SAID_THE: Final = re.compile(rf"\b{_ADDRESSING}{_SAY}\s+the\s+(?:[\w-]+\s+)?$")
_THE: Final = re.compile(r"(?:^|[\s“\"‘'])[Tt]he\s+$")
_THEN_SAID: Final = re.compile(rf"\s+(?:also\s+|has\s+|had\s+|man\s+|then\s+)*{_SAY}")
_LEAD: Final = re.compile(
    r"(?:(?:THE|The|An?|AN?)\s+(?:[\w-]+\s+)?$)|.*\bby\s+(?:its|the|their)\s+$",
    re.DOTALL,
)
_OPENING: Final = re.compile(rf"(?:[^\n]{{0,60}},\s+)?(?:(?:{TITLE})\s+)*")
_BARE: Final = re.compile(rf"(?:[Tt]he\s+)?(?:(?:{TITLE})\s+)*")
_APPOSITION: Final = re.compile(
    r"(?:\s*\([^)]*\))?,\s+(?:\d+,\s+)?(?:an?|the|of|from|whose)\b"
)
_OWNED: Final = r"(?:[Tt]he|[Ii]ts|[Tt]heir|[^\s,.;]+(?:s['’]|['’]s))\s+"
#: A post that a sentence begins with, or that a speech or view is ascribed to.
_SUBJECT: Final = re.compile(
    rf"[^\w]*(?:[Tt]he\s+(?:[\w-]+\s+){{0,3}}?)?{_OWNED}(?:[\w-]+\s+)?"
    rf"|.*(?:\b(?:{_SAY}|according\s+to)|[\"”'’])\s+"
    rf"(?:[Tt]he\s+(?:[\w-]+\s+){{0,3}}?)?{_OWNED}(?:[\w-]+\s+)?",
    re.DOTALL,
)
#: Paragraphs over which a description may reach back to the last name.
_NEAR: Final = 2
#: Characters of a sentence before a post that are looked at.
_LONGEST: Final = 400


class Introductions:
    """What the article calls people without standing beside their names.

    ``people`` are the names in the running text outside quotations, in order.
    """

    def __init__(self, passages: Passages, people: list[Mention]) -> None:
        self.passages = passages
        self._people = people
        self._starts = [person.start for person in people]
        self._new_at: dict[str, int] = {}
        for person in people:
            self._new_at.setdefault(person.of(passages.text), person.start)

    def posts(self, roles: list[Span], holdings: list[Holding]) -> list[Holding]:
        """Return whose the posts are that no name stands beside, as far as told."""
        held = {holding.role for holding in holdings}
        posted = {holding.person for holding in holdings}
        found = []
        for role in roles:
            if role in held or self.passages.label(role.start) not in {"body", None}:
                continue
            person = (
                self.of_lead(role)
                or self.of_next(role)
                or self.of_speech(role.start, role.end)
            )
            if person and person not in posted:
                found.append(Holding(role, person))
        return found

    def of_lead(self, role: Span) -> Mention | None:
        """Return the person named in the paragraph below a lead that gives a post."""
        passages = self.passages
        paragraph = passages.paragraph(role.start)
        if role.start - paragraph.start > _LONGEST or self._first(paragraph):
            return None
        if not _LEAD.fullmatch(passages.text[paragraph.start : role.start]):
            return None
        below = passages.paragraph(_next_line(passages.text, paragraph.end))
        named = self._first(below)
        if not named or _APPOSITION.match(passages.text, named.end):
            return None
        opening = passages.text[below.start : named.start]
        return named if _OPENING.fullmatch(opening) else None

    def of_next(self, role: Span) -> Mention | None:
        """Return the person whom the sentence behind a post brings in by full name."""
        passages = self.passages
        here = passages.sentence(role.start)
        if role.start - here.start > _LONGEST or self._first(here):
            return None
        before = passages.text[here.start : role.start]
        if passages.quoted(role.start) or not _SUBJECT.fullmatch(before):
            return None
        at = bisect_left(self._starts, role.end)
        named = self._people[at] if at < len(self._people) else None
        if named is None or " " not in named.of(passages.text) or not self._new(named):
            return None
        gap = passages.paragraph_number(named.start) - passages.paragraph_number(
            role.start
        )
        opening = passages.text[passages.sentence(named.start).start : named.start]
        known = _APPOSITION.match(passages.text, named.end)
        return named if gap <= 1 and not known and _BARE.fullmatch(opening) else None

    def _new(self, named: Mention) -> bool:
        """Tell whether a name stands in the running text for the first time."""
        return self._new_at[named.of(self.passages.text)] == named.start

    def of_speech(self, start: int, end: int) -> Mention | None:
        """Return the subject of the last sentence with a name before "the …" speaks."""
        passages = self.passages
        here = max(passages.sentence(start).start, start - _LONGEST)
        before, after = passages.text[here:start], passages.text[end : end + 40]
        said = _SAID_THE.search(before)
        if not said and not (_THE.search(before) and _THEN_SAID.match(after)):
            return None
        at = bisect_left(self._starts, start)
        if not at or passages.quoted(start):
            return None
        last = self._people[at - 1].start
        gap = passages.paragraph_number(start) - passages.paragraph_number(last)
        return self._first(passages.sentence(last)) if gap <= _NEAR else None

    def _first(self, passage: Span) -> Mention | None:
        at = bisect_left(self._starts, passage.start)
        if at < len(self._people) and self._starts[at] < passage.end:
            return self._people[at]
        return None


def _next_line(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset
