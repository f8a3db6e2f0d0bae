"""The wording of a claim: its content as a sentence that can be read alone.

Reach for :func:`read_alone`. The outermost quotation marks are left out, but for those
around words in the first person beside the reporter's own ("she was 'a prisoner in my
own home'"). Quotations within quotations keep their marks, white space is folded, an
opening "that" which only joins a clause is left out, and segments are joined as the
article joins them: with a full stop where a sentence ends between them, with the colon
or semicolon that stands there, with a semicolon where a line ends, else as one.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.marks import Quotation, overlapping, quoted_share
from pipeline.records import Span
from pipeline.stages.identities.words import any_of

_REFERENCES: Final = read_lexicon("references")

_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|$)|\n\s*\n")
_ENDED: Final = re.compile(r"[.!?…:][\"'”’)\]]*$")
_PAUSED: Final = re.compile(r"[,;–—-][\"'”’)\]]*$")
_COLON: Final = re.compile(r"\s*([:;])")
_SPACE: Final = re.compile(r"\s+")
_LINE: Final = re.compile(r"[\n\r\u2028\u2029]")
#: The words for oneself; "US" is a country and "Phase I" a phase wherever they stand.
_FIRST_PERSON: Final = re.compile(
    rf"\b(?!(?-i:US)\b){any_of(frozenset(_REFERENCES['first']))}\b(?!\.\w)",
    re.IGNORECASE,
)
_JOINING_THAT: Final = re.compile(
    rf"[Tt]hat\s+(?=[\"“'‘]?(?:{any_of(frozenset(_REFERENCES['clause']))}\b|[£$€]?\d))"
)


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
    >>> text = 'She hopes to stay: "I like it here."'
    >>> read_alone(
    ...     text, [Span(start=10, end=17), Span(start=19, end=36)], pair_marks(text)
    ... )
    'to stay: I like it here.'
    """
    joined = ""
    content = without_that(text, content)
    for place, segment in enumerate(content):
        piece = _bare(text, segment, quotations)
        if place:
            gap = text[content[place - 1].end : segment.start]
            joined = _join(joined, piece, gap=gap)
        else:
            joined = piece
    if joined.endswith(",") and _is_sentence(text, content[-1], quotations):
        joined = f"{joined[:-1]}."
    return joined.strip(" ,;")


def without_that(text: str, content: Sequence[Span]) -> list[Span]:
    """Return the content without an opening "that" which only joins a clause.

    >>> text = "that the weir is dry"
    >>> [span.of(text) for span in without_that(text, [Span(start=0, end=20)])]
    ['the weir is dry']
    """
    first, *others = content
    that = _JOINING_THAT.match(text, first.start, first.end)
    return [Span(start=that.end(), end=first.end) if that else first, *others]


def _bare(text: str, segment: Span, quotations: Sequence[Quotation]) -> str:
    """Return the segment without the marks of its outermost quotations."""
    kept: list[str] = []
    reached = segment.start
    held = overlapping(quotations, segment)
    partly = quoted_share([segment], held, text=text) == "partly"
    for quotation in held:
        if quotation.depth or (partly and _own_words(text, segment, quotation)):
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


def _own_words(text: str, segment: Span, quotation: Quotation) -> bool:
    """Tell a complete quotation that speaks in the first person."""
    if quotation.unbalanced or not segment.covers(quotation):
        return False
    return _FIRST_PERSON.search(quotation.inner.of(text)) is not None


def _join(before: str, after: str, *, gap: str) -> str:
    ended = bool(_ENDED.search(before))
    if _SENTENCE_END.search(gap) and not ended:
        before = f"{before.rstrip(' ,;')}."
    elif not (ended or _PAUSED.search(before) or _words(gap)):
        if mark := _COLON.match(gap):
            before = f"{before}{mark[1]}"
        elif _LINE.search(gap):
            before = f"{before};"
    return f"{before} {after}".strip()


def _words(gap: str) -> bool:
    return any(map(str.isalnum, gap))


def _is_sentence(text: str, segment: Span, quotations: Sequence[Quotation]) -> bool:
    """Tell whether the segment ends as a quotation that closes at its end."""
    held = overlapping(quotations, segment)
    return bool(held) and held[-1].end >= segment.end and text[segment.end - 1] != ","
