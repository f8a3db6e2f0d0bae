"""The wording of a claim: its content as a sentence that can be read alone.

Reach for :func:`read_alone`. The outermost quotation marks are left out, quotations
within quotations keep theirs, white space is folded, and segments are joined as the
article joins them: with a full stop where a sentence ends between them, else as one.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.marks import Quotation, overlapping
from pipeline.records import Span

_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|$)|\n\s*\n")
_ENDED: Final = re.compile(r"[.!?…:][\"'”’)\]]*$")
_SPACE: Final = re.compile(r"\s+")


def read_alone(
    text: str, content: Sequence[Span], quotations: Sequence[Quotation]
) -> str:
    """Return the content as running text; ``quotations`` are those of the document.

    A complete quotation whose full stop gave way to a comma ("It is late," she said)
    gets its full stop back; what the article prints as a fragment stays one.

    >>> from pipeline.marks import pair_marks
    >>> text = '"It is late," she said. "And cold," she added.'
    >>> read_alone(text, [Span(start=0, end=13)], pair_marks(text))
    'It is late.'
    >>> read_alone(
    ...     text, [Span(start=0, end=13), Span(start=24, end=35)], pair_marks(text)
    ... )
    'It is late. And cold.'
    """
    joined = ""
    for place, segment in enumerate(content):
        piece = _bare(text, segment, quotations)
        if place:
            gap = text[content[place - 1].end : segment.start]
            joined = _join(joined, piece, ended=bool(_SENTENCE_END.search(gap)))
        else:
            joined = piece
    if joined.endswith(",") and _is_sentence(text, content[-1], quotations):
        joined = f"{joined[:-1]}."
    return joined.strip(" ,;")


def _bare(text: str, segment: Span, quotations: Sequence[Quotation]) -> str:
    """Return the segment without the marks of its outermost quotations."""
    kept: list[str] = []
    reached = segment.start
    for quotation in overlapping(quotations, segment):
        if quotation.depth:
            continue
        for start, end in (
            (quotation.start, quotation.inner_start),
            (quotation.inner_end, quotation.end),
        ):
            if reached <= start and end <= segment.end:
                kept.append(text[reached:start])
                reached = end
    kept.append(text[reached : segment.end])
    return _SPACE.sub(" ", "".join(kept)).strip()


def _join(before: str, after: str, *, ended: bool) -> str:
    if ended and not _ENDED.search(before):
        before = f"{before.rstrip(' ,;')}."
    return f"{before} {after}".strip()


def _is_sentence(text: str, segment: Span, quotations: Sequence[Quotation]) -> bool:
    """Tell whether the segment ends as a quotation that closes at its end."""
    held = overlapping(quotations, segment)
    return bool(held) and held[-1].end >= segment.end and text[segment.end - 1] != ","
