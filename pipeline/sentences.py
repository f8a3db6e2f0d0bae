"""Sentences by rule: where printed English ends one, without a model.

Reach for :func:`split_sentences` where a passage needs its sentence for context. A
boundary is a full stop, question or exclamation mark, with any closing marks, before
white space and something that can begin a sentence; blank lines and the given breaks
are boundaries too. Abbreviations and initials are known, the rest is not guessed: an
unusual abbreviation before a capital splits its sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from pipeline.records import Span

_ABBREVIATION: Final = (
    r"(?:(?:[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof|[Rr]evd?|[Hh]on|[Cc]llrs?|[Ss]t|[Ss]gt|[Cc]apt"
    r"|[Cc]ol|[Gg]en|[Ll]t|[Mm]aj|vs?|etc|approx|cf|[Ff]ig|Jr|Sr|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Weds?|Thurs?|Fri|Sat|Sun)"
    r"|(?:[^\W\d_]\.)*[^\W\d_])\."
)
_BOUNDARY: Final = re.compile(
    r"(?P<stop>[.!?…]+)[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W_])"
    r"|(?P<line>\n[ \t]*\r?\n\s*)"
)
_ENDS_IN_ABBREVIATION: Final = re.compile(rf"(?:^|[\s(\"'“‘]){_ABBREVIATION}$")
#: "No. 10" goes on; "He said no." does not.
_NUMBER_ABBREVIATED: Final = re.compile(r"\b[Nn]os?\.$")
_DIGIT_NEXT: Final = re.compile(r"[ \u00a0]\d")
_LOWER_NEXT: Final = re.compile(r"[\"'”’)\]]*\s+[\"'“‘(\[]*[a-zà-öø-ÿ]")
_REACH: Final = 12


def split_sentences(text: str, *, breaks: Iterable[int] = ()) -> list[Span]:
    """Split a text into sentences, trimmed of white space and in order.

    ``breaks`` are offsets that no sentence crosses, such as the edges of blocks.

    >>> text = "Mr A. Lee said no. 'Why?' she asked.  Nobody knew."
    >>> [sentence.of(text) for sentence in split_sentences(text)]
    ['Mr A. Lee said no.', "'Why?' she asked.", 'Nobody knew.']
    """
    ends = {0, len(text), *(b for b in breaks if 0 < b < len(text))}
    ends |= {m.end() for m in _BOUNDARY.finditer(text) if _ends_sentence(text, m)}
    ordered = sorted(ends)
    spans = (_trim(text, start, end) for start, end in pairwise(ordered))
    return [span for span in spans if span is not None]


def sentence_at(sentences: Sequence[Span], offset: int) -> Span | None:
    """Return the sentence that holds the offset; None between sentences."""
    place = bisect_right(sentences, offset, key=lambda span: span.start) - 1
    if place >= 0 and offset < sentences[place].end:
        return sentences[place]
    return None


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match["line"] is not None:
        return True
    stop = match.end("stop")
    if _LOWER_NEXT.match(text, stop):
        return False
    if match["stop"] != ".":
        return True
    before = text[max(0, stop - _REACH) : stop]
    if _NUMBER_ABBREVIATED.search(before):
        return _DIGIT_NEXT.match(text, stop) is None
    return not _ENDS_IN_ABBREVIATION.search(before)


def _trim(text: str, start: int, end: int) -> Span | None:
    passage = text[start:end]
    left = start + len(passage) - len(passage.lstrip())
    right = start + len(passage.rstrip())
    return Span(start=left, end=right) if left < right else None
