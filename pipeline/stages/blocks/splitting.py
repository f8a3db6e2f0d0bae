"""Cut off, at the character, what a page glues to the lines of its story.

Notices, buttons and calls to the reader lose the line break before them when a page is
pasted as text ("… about cookies.Learn MoreBridge to close"). A sentence is cut off
only where its wording is furniture; one that holds a quotation or a verb of saying is
never cut, because it may be the story's.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.records import BlockLabel
from pipeline.stages.blocks import page, people, prose
from pipeline.stages.blocks.phrases import SPOKEN, furniture, furniture_sentence

_MARK: Final = re.compile(r"[\"“‘']?\s*(?:Start|End) Quote\b")
_HEADING: Final = re.compile(r"#{1,6}\s+(?=\S)")
_BUTTON: Final = re.compile(
    r"(?:Close|Find [Oo]ut [Mm]ore|Learn [Mm]ore|Read [Mm]ore|Share|Subscribe|Tweet)"
    r"(?=[A-Z‘“'\"]|$)"
)
# After a stop, with or without a space: the space is what gluing loses.
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’')\]]{0,3}(?:\s+|(?=[A-Z‘“]))")
_STAMP: Final = re.compile(
    r"(?<=[.!?\"”’'])\s*\d{1,2}[:.]\d\d ?[ap]m (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
)
_META_GAP: Final = re.compile(r"\s{2,}|\s*[|•·]\s*|\s//\s")
_TO_READER: Final = re.compile(
    r"\W*(?:Are you|Did you|Do you|Got an?|Have you|Know an?|Like (?:this|what)"
    r"|Want (?:the|to)|Were you)\b.*\?\s*$"
)
_CONTACT: Final = re.compile(
    r"(?:Email|Call|Contact|Ring|Text|Write to|Get in touch|Have your say)\b"
    r"|Let us know\b"
)
_ADDRESS: Final = re.compile(r"\S@\S|\d{4}|comments|below|form|touch", re.IGNORECASE)
# Words that stand in the middle of a paragraph as a link to something else.
_INSERT: Final = re.compile(
    r"\[(?:AUDIO|CLICK|GALLERY|LISTEN|MAP|MORE|PHOTOS?|READ|VIDEO|WATCH)"
    r"(?::[^\[\]]{1,80}|[A-Z ]{0,60})\]"
)
# A promotion ends in what the reader is to press.
_LAST_BUTTON: Final = re.compile(
    r"(?:[.!?:…\]]|\s{2})\s*"
    r"(?:Donate|Enter|Find out more|Join(?: now)?|Log (?:in|out)|Read more|Register"
    r"|Sign up(?: here| now)?|Subscribe(?: now)?)[^\w.]*$"
)
#: Longer sentences are prose; looking for furniture in them costs and finds nothing.
_LONGEST: Final = 300
#: A picture credit is a few words at the end of a caption.
_LONGEST_CREDIT: Final = 100

CALL: Final = "call to the reader"
MARK_UP: Final = "mark-up"
CREDIT: Final = "picture credit"
QUOTE_MARK: Final = "mark of a pull quote"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a line; ``label`` and ``reason`` where the cutting itself decides."""

    start: int
    end: int
    label: BlockLabel | None = None
    reason: str | None = None


def split_line(line: str) -> list[Segment]:
    """Split a trimmed line into segments that cover it.

    >>> line = "Work begins in May.Got a story? Call 01632 960999"
    >>> [line[part.start : part.end] for part in split_line(line)]
    ['Work begins in May.', 'Got a story? ', 'Call 01632 960999']
    """
    head = _head(line)
    start = head[-1].end if head else 0
    if start < len(line):
        head.extend(_rest(line, start))
    return head


def _head(line: str) -> list[Segment]:
    """Cut what may open a line: a Markdown heading, a mark, place and agency."""
    if found := _HEADING.match(line):
        return [Segment(0, found.end(), "furniture", MARK_UP)]
    if found := _MARK.match(line):
        return [Segment(0, found.end(), "furniture", QUOTE_MARK)]
    if end := people.place_and_agency(line):
        return [Segment(0, end, "dateline", "place and agency")]
    return []


def _rest(line: str, start: int) -> list[Segment]:
    rest = line[start:] if start else line
    if _is_promotion(rest):
        return [Segment(start, len(line), "furniture", CALL)]
    for way in (_after_stamp, _after_meta, _after_caption):
        if at := way(rest):
            return [Segment(start, start + at), _tail(way, start + at, len(line))]
    return list(_around_inserts(line, start))


def _is_promotion(line: str) -> bool:
    """Tell whether a short line that nobody speaks in ends with a button."""
    if len(line) > _LONGEST or SPOKEN.search(line):
        return False
    return _LAST_BUTTON.search(line) is not None


def _tail(way: Callable[[str], int], start: int, end: int) -> Segment:
    if way is _after_caption:
        return Segment(start, end, "caption", CREDIT)
    return Segment(start, end, "furniture", "page tools")


def _after_stamp(line: str) -> int:
    """Return where a time stamp glued to the last sentence begins, or 0."""
    found = _STAMP.search(line, max(0, len(line) - _LONGEST))
    return found.start() if found else 0


def _after_meta(line: str) -> int:
    """Return where the counters and buttons behind a date or a byline begin, or 0."""
    if len(line) > _LONGEST or prose.is_prose(line) or page.tells_weather(line):
        return 0
    gaps = list(_META_GAP.finditer(line))
    if not gaps:
        return 0
    first = line[: gaps[0].start()]
    if not (people.is_dateline(first) or people.is_byline(first)):
        return 0
    ends = [*(gap.start() for gap in gaps[1:]), len(line)]
    for gap, end in zip(gaps, ends, strict=True):
        item = line[gap.end() : end]
        if furniture(item) or page.menu_reason(item) or people.tells_age(item):
            return gap.start()
    return 0


def _after_caption(line: str) -> int:
    """Return where the credit behind a caption begins, or 0."""
    if len(line) > 2 * _LONGEST:
        return 0
    at = page.credit_start(line) or 0
    return at if len(line) - at <= _LONGEST_CREDIT else 0


def _around_inserts(line: str, start: int) -> Iterator[Segment]:
    """Cut out what stands in square brackets as a link, and look at the sentences."""
    for found in _INSERT.finditer(line, start):
        yield from _sentences(line, start, found.start())
        yield Segment(found.start(), found.end(), "furniture", "link in the text")
        start = found.end()
    yield from _sentences(line, start, len(line))


def _sentences(line: str, start: int, stop: int) -> Iterator[Segment]:
    """Give furniture sentences as segments of their own, the rest in one piece."""
    ends = (m.end() for m in _SENTENCE_END.finditer(line, start, stop))
    bounds = [start, *ends, stop]
    sentences = [pair for pair in pairwise(bounds) if pair[0] < pair[1]]
    kept = start
    before: str | None = None
    for index, (left, right) in enumerate(sentences):
        after = sentences[index + 1] if index + 1 < len(sentences) else None
        reason = _reason(line[left:right], line[slice(*after)] if after else "", before)
        before = reason
        end = right
        if found := _BUTTON.match(line, left, right):
            reason, end = CALL, found.end()
        if reason:
            yield from [Segment(kept, left)] if kept < left else []
            yield Segment(left, end, "furniture", reason)
            kept = end
    if kept < stop:
        yield Segment(kept, stop)


def _invites(sentence: str) -> bool:
    """Tell whether the sentence asks the reader to write, ring, subscribe."""
    if _CONTACT.match(sentence) and _ADDRESS.search(sentence):
        return True
    return len(sentence) <= _LONGEST and furniture_sentence(sentence) is not None


def _reason(sentence: str, following: str, before: str | None) -> str | None:
    """Say why a sentence is furniture, given its neighbours, if it is."""
    if len(sentence) > _LONGEST or SPOKEN.search(sentence):
        return None
    if _TO_READER.match(sentence) and _invites(following):
        return CALL
    if before == CALL and _CONTACT.match(sentence):
        return CALL
    kind = furniture_sentence(sentence)
    return kind.reason if kind else None
