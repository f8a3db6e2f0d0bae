"""Pairing quotation marks as newspapers set them, and how much of a passage they hold.

Reach for :func:`pair_marks` to learn what stands in quotation marks and for
:func:`claim_type` to tell direct from mixed and indirect claims. One missing mark costs
one paragraph and never the rest of the article: a quotation still open where its
paragraph ends goes on if the next paragraph reopens it, and is otherwise recovered as
unbalanced. Quotations are disjoint or nested, lie within the text, and are found in
time linear in its length.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pipeline.pairing import Pairing
from pipeline.quotations import Quotation, nest, overlapping
from pipeline.records import ClaimType, Quoted, Span

__all__ = [
    "Quotation",
    "claim_type",
    "divide",
    "overlapping",
    "pair_marks",
    "quoted_share",
]

_LINE_END: Final = re.compile(r"[\n\r\u2028\u2029]\s*")
_PARAGRAPH_ENDS: Final = ".!?…:;"
_CLOSERS: Final = "\"'”’»)]"


def pair_marks(text: str, *, paragraphs: Sequence[Span] = ()) -> list[Quotation]:
    """Pair the quotation marks of a text; sorted by start, outer before inner.

    Marks outside the ``paragraphs`` are not looked at, so that what interrupts an
    article (captions, pull quotes) can be left out and be paired apart; they are in
    order and do not overlap. Without any the text is divided by :func:`divide`.

    >>> text = "'Til the councillors' vote I was a 'maybe'."
    >>> [quotation.of(text) for quotation in pair_marks(text)]
    ["'maybe'"]
    """
    return _pair(text, paragraphs) if paragraphs else list(_pair_all(text))


@lru_cache(maxsize=1)
def _pair_all(text: str) -> tuple[Quotation, ...]:
    """Pair the marks of a whole text; kept for the stage that asks next."""
    return tuple(_pair(text, divide(text)))


def _pair(text: str, paragraphs: Iterable[Span]) -> list[Quotation]:
    pairing = Pairing(text)
    stretches = [
        trimmed
        for stretch in paragraphs
        if (trimmed := _trim(text, stretch)) is not None
    ]
    for here, following in pairwise([*stretches, None]):
        if here is not None:
            pairing.read(here, following=following)
    return nest(pairing.finish())


def divide(text: str, within: Span | None = None) -> Iterator[Span]:
    """Yield the paragraphs of a text, or of a stretch within it.

    A blank line ends one, and so does a line end behind a full stop, a closing mark or
    the like: many sites print one paragraph a line. Other line ends may be wrapping.
    """
    start, stop = (within.start, within.end) if within else (0, len(text))
    for end in _LINE_END.finditer(text, start, stop):
        if _ends_paragraph(text, end):
            yield Span(start=start, end=end.start())
            start = end.end()
    yield Span(start=start, end=stop)


def _ends_paragraph(text: str, end: re.Match[str]) -> bool:
    if len(re.findall(r"\r\n|[\n\r\u2028\u2029]", end[0])) > 1:
        return True
    last = text[end.start() - 1 : end.start()]
    before = text[end.start() - 2 : end.start() - 1] if end.start() > 1 else ""
    closed = last in _CLOSERS and before.strip() != ""
    return bool(last) and (closed or last in _PARAGRAPH_ENDS)


def _trim(text: str, span: Span) -> Span | None:
    passage = span.of(text)
    start = span.end - len(passage.lstrip())
    end = span.start + len(passage.rstrip())
    return Span(start=start, end=end) if start < end else None


def quoted_share(
    spans: Sequence[Span], quotations: Sequence[Quotation], *, text: str = ""
) -> Quoted:
    """Tell how much of some passages, taken together, stands in quotation marks.

    With the ``text`` only letters and digits count, so that a full stop or a space
    between two quotations changes nothing; without it every character does, but for one
    at either edge of a passage.
    """
    inside = outside = False
    for span in spans:
        held = overlapping(quotations, span)
        inside = inside or bool(held)
        outside = outside or any(_counts(gap, span, text) for gap in _gaps(span, held))
    if not inside:
        return "not"
    return "partly" if outside else "wholly"


def _gaps(span: Span, held: Sequence[Quotation]) -> Iterator[Span]:
    """Yield what of the span no quotation holds."""
    reached = span.start
    for quotation in held:
        if quotation.start > reached:
            yield Span(start=reached, end=quotation.start)
        reached = max(reached, quotation.end)
    if reached < span.end:
        yield Span(start=reached, end=span.end)


def _counts(gap: Span, span: Span, text: str) -> bool:
    if text:
        return any(character.isalnum() for character in gap.of(text))
    at_edge = gap.start == span.start or gap.end == span.end
    return gap.end - gap.start > (1 if at_edge else 0)


def claim_type(
    segments: Sequence[Span], quotations: Sequence[Quotation], *, text: str = ""
) -> ClaimType:
    """Tell direct from mixed and indirect: all, some or none of it in quotation marks.

    ``quotations`` hold the marks of this claim only: where a claim is nested in a
    quoted one, the marks around both are not its own. ``text`` as for
    :func:`quoted_share`.
    """
    share = quoted_share(segments, quotations, text=text)
    types: dict[Quoted, ClaimType] = {
        "wholly": "direct",
        "partly": "mixed",
        "not": "indirect",
    }
    return types[share]
