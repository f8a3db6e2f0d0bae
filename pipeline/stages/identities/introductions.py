"""Posts and parties told apart from the name: in the lead, or on reference back.

Reach for :func:`read_introductions` after the posts beside names are known. Two habits
of newspapers are read: a lead that names the post and the paragraph below it that names
the holder ("The head of Penbury School has resigned. ¶ Ada Moss left …"), and a
speaker called by a post or party not yet mentioned ("…, said the care assistant").
"""

import re
from bisect import bisect_left
from typing import Final

from pipeline.records import Mention, Span
from pipeline.stages.identities.names import TITLE
from pipeline.stages.identities.passages import Passages
from pipeline.stages.identities.posts import Holding

_SAY: Final = (
    r"(?:added|admitted|argued|claimed|continued|declared|denied|explained|insisted|"
    r"insists|rejected|replied|said|says|stressed|told|urged|wants|warned)\b"
)
#: Verbs that rather have the holder of a post as their object: "urged the minister".
_ADDRESSING: Final = r"(?!(?:rejected|told|urged|wants|warned)\b)"
_SAID_THE: Final = re.compile(rf"\b{_ADDRESSING}{_SAY}\s+the\s+(?:[\w-]+\s+)?$")
_THE: Final = re.compile(r"(?:^|[\s“\"‘'])[Tt]he\s+$")
_THEN_SAID: Final = re.compile(rf"\s+(?:also\s+|has\s+|had\s+|man\s+|then\s+)*{_SAY}")
_LEAD: Final = re.compile(
    r"(?:(?:THE|The|An?|AN?)\s+(?:[\w-]+\s+)?$)|.*\bby\s+(?:its|the|their)\s+$",
    re.DOTALL,
)
_OPENING: Final = re.compile(rf"(?:[^\n]{{0,60}},\s+)?(?:(?:{TITLE})\s+)*")
_APPOSITION: Final = re.compile(
    r"(?:\s*\([^)]*\))?,\s+(?:\d+,\s+)?(?:an?|the|of|from|whose)\b"
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

    def posts(self, roles: list[Span], holdings: list[Holding]) -> list[Holding]:
        """Return whose the posts are that no name stands beside, as far as told."""
        held = {holding.role for holding in holdings}
        posted = {holding.person for holding in holdings}
        found = []
        for role in roles:
            if role in held or self.passages.label(role.start) not in {"body", None}:
                continue
            person = self.of_lead(role) or self.of_speech(role.start, role.end)
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
