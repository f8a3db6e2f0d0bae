"""What stands in quotation marks, as a record, and how to find it again by place.

Reach for :func:`pipeline.marks.pair_marks` to read quotations from a text, and for
:func:`overlapping` to ask which of them touch a passage.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.glyphs import Kind
from pipeline.records import Span


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Quotation(Span):
    """What stands between two quotation marks within one paragraph, marks included.

    ``inner_start`` and ``inner_end`` leave the marks out. ``depth`` counts the
    quotations around it. A quotation that runs over several paragraphs is one record a
    paragraph: all but the last are not ``closed`` but ``continued``, all but the first
    are ``reopened``. Where the opening mark is missing ``opened`` is false.
    """

    inner_start: int
    inner_end: int
    kind: Kind
    depth: int = 0
    opened: bool = True
    closed: bool = True
    reopened: bool = False
    continued: bool = False

    @property
    def inner(self) -> Span:
        """What stands between the marks."""
        return Span(start=self.inner_start, end=self.inner_end)

    @property
    def unbalanced(self) -> bool:
        """Whether a mark is missing that no convention allows to be missing."""
        return not self.opened or not (self.closed or self.continued)


def nest(quotations: Iterable[Quotation]) -> list[Quotation]:
    """Sort quotations, outer before inner, and count what stands around each."""
    nested: list[Quotation] = []
    around: list[int] = []
    for quotation in sorted(quotations, key=lambda q: (q.start, -q.end)):
        while around and around[-1] <= quotation.start:
            around.pop()
        depth = len(around)
        nested.append(replace(quotation, depth=depth) if depth else quotation)
        around.append(quotation.end)
    return nested


def overlapping(quotations: Sequence[Quotation], span: Span) -> list[Quotation]:
    """Return the quotations that share a character with the span, in order.

    ``quotations`` are sorted as :func:`pipeline.marks.pair_marks` gives them; only the
    neighbourhood of the span is looked at.
    """
    at = bisect_right(quotations, span.start, key=lambda q: q.start) - 1
    # what begins before the span reaches it only from within its outermost quotation
    while at > 0 and quotations[at].depth > 0:
        at -= 1
    found: list[Quotation] = []
    at = max(at, 0)
    while at < len(quotations) and quotations[at].start < span.end:
        if quotations[at].overlaps(span):
            found.append(quotations[at])
        at += 1
    return found
