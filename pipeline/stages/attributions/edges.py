"""Where a content begins and ends: its own marks in, what stands beside it out.

Reach for :func:`clean_content` on every content that a model marks. It settles only
what the rules of annotation settle: quotation marks belong to what they enclose, a
comma or full stop outside them does not, and neither does a mark of something else.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.marks import Quotation, overlapping
from pipeline.records import Span

_OUTSIDE: Final = " \t\r\n\xa0,;:–—"
#: A full stop that is part of a word: a.m., U.S.
_ABBREVIATED: Final = re.compile(r"\b\w\.\w\.\Z")
_LONGEST_ABBREVIATION: Final = 8
#: A pronoun with one active verb; "it emerged" has nobody who says it.
_PRONOUN_CUE: Final = re.compile(
    r"(?P<source>I|[Ii]t|[HhSs]e|[Ss]he|[Tt]hey|[Ww]e)\s+(?:also\s+)?"
    r"(?P<verb>(?!(?:appear|emerge|seem|transpire)(?:s|d|ed)?$)[a-z]+(?:ed|es|s|id|und|old|rote))"
)


def clean_content(text: str, span: Span, quotations: Sequence[Quotation]) -> Span:
    """Set the edges of a content; returns it unchanged where nothing would be left."""
    held = overlapping(quotations, span)
    start, end = _trim(text, span, held)
    for quotation in held:
        start, end = _widen(text, quotation, start, end)
    for quotation in held:
        start, end = _drop_foreign(quotation, start, end)
    start, end = _trim(text, Span(start=start, end=end), held)
    return Span(start=start, end=end) if start < end else span


def _trim(text: str, span: Span, held: Sequence[Quotation]) -> tuple[int, int]:
    """Take off what stands outside all marks at either edge."""
    start, end = span.start, span.end
    while start < end and text[start] in _OUTSIDE and not _holds(held, start):
        start += 1
    while start < end and not _holds(held, end - 1):
        if text[end - 1] not in _OUTSIDE and not _stops(text, start, end):
            break
        end -= 1
    return start, end


def _stops(text: str, start: int, end: int) -> bool:
    """Tell whether the passage ends with the full stop of its sentence."""
    low = max(start, end - _LONGEST_ABBREVIATION)
    return (
        text[end - 1] == "."
        and text[end - 2 : end - 1] != "."
        and _ABBREVIATED.search(text[low:end]) is None
    )


def _holds(held: Sequence[Quotation], offset: int) -> bool:
    return any(quotation.start <= offset < quotation.end for quotation in held)


def _widen(text: str, quotation: Quotation, start: int, end: int) -> tuple[int, int]:
    """Take in the marks of a quotation that the content holds but for its edges."""
    begins = not any(map(str.isalnum, text[quotation.start : start]))
    ends = not any(map(str.isalnum, text[end : quotation.end]))
    if (begins or start <= quotation.start) and (ends or quotation.end <= end):
        return min(start, quotation.start), max(end, quotation.end)
    return start, end


def _drop_foreign(quotation: Quotation, start: int, end: int) -> tuple[int, int]:
    """Take off a mark at an edge whose quotation lies on the other side of it."""
    if quotation.start < start and quotation.inner_end <= start < quotation.end:
        start = quotation.end
    if end < quotation.end and quotation.start < end <= quotation.inner_start:
        end = quotation.start
    return start, end


def keep_apposition(
    text: str, segments: Sequence[Span], cue: Span | None
) -> tuple[Span, ...]:
    """Give back the comma that closes an apposition: *Mr Hale, the owner,* is said to.

    It is the one right before a cue that interrupts the content, where the segment has
    a comma already and none follows the cue.
    """
    if cue is None or len(segments) == 1 or text[cue.end : cue.end + 1] == ",":
        return tuple(segments)
    return tuple(
        Span(start=span.start, end=span.end + 1)
        if "," in span.of(text) and text[span.end : cue.start] == ", "
        else span
        for span in segments
    )


def free_pronoun(text: str, cue: Span) -> tuple[Span, Span] | None:
    """Return subject and verb of a cue that holds both: "It also found".

    None where the pronoun stands for nobody: "It emerged", "It is thought".
    """
    found = _PRONOUN_CUE.fullmatch(text, cue.start, cue.end)
    if found is None:
        return None
    source = Span(start=found.start("source"), end=found.end("source"))
    return source, Span(start=found.start("verb"), end=found.end("verb"))
