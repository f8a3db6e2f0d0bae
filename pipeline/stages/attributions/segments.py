"""Contents that go on: interrupted by their cue, over sentences, over paragraphs.

Reach for :func:`continue_drafts` with the contents that name no cue and no source of
their own, and for :func:`add_reopened` to take in paragraphs of a long quotation that
no model has marked. Both join only what is in quotation marks in the body.
"""

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.marks import Quotation, quoted_share
from pipeline.records import Part, Span
from pipeline.stages.attributions.drafts import Draft, as_span
from pipeline.stages.attributions.regions import Regions

#: What parts two segments although no word stands between them.
_PARTS: Final = "\n.!?;:–—-"


def continue_drafts(
    drafts: Sequence[Draft], alone: Sequence[Part], regions: Regions
) -> tuple[list[Draft], list[Part]]:
    """Give contents in quotation marks to the attribution that they go on from.

    That is the one whose last part stands before them in the same paragraph of the body
    or, where they begin a paragraph, in the one before; if nothing of it is quoted so
    far they have to fill their paragraph. Returns the drafts and the contents that go
    on from none.
    """
    grown = list(drafts)
    ends = _ends(grown, regions)
    left: list[Part] = []
    for content in sorted(alone, key=lambda part: part.start):
        at = bisect_right(ends, content.start, key=lambda end: end[0]) - 1
        owner = ends[at][2] if at >= 0 else None
        if owner is None or not _goes_on(grown[owner], ends[at][0], content, regions):
            left.append(content)
            continue
        grown[owner] = _extended(grown[owner], content)
        insort(ends, (content.end, -content.start, owner))
    return grown, left


def _ends(drafts: Sequence[Draft], regions: Regions) -> list[tuple[int, int, int]]:
    """Return where parts of the body's outer attributions end, and whose they are.

    Of parts that end together the longest comes last: what holds the others.
    """
    return sorted(
        (span.end, -span.start, number)
        for number, draft in enumerate(drafts)
        if draft.level == "outer" and _in_body(regions, draft)
        for span in draft.spans()
    )


def _in_body(regions: Regions, draft: Draft) -> bool:
    region = regions.at(draft.start)
    return region is not None and region.label == "body"


def _goes_on(draft: Draft, end: int, content: Part, regions: Regions) -> bool:
    region = regions.at(content.start)
    if content.level != "outer" or region is None or region.label != "body":
        return False
    share = quoted_share([content], regions.quotations, text=regions.text)
    if share != "wholly":
        return False
    between = regions.body_paragraph(content.start) - regions.body_paragraph(end - 1)
    if between != 1:
        return between == 0
    quoted = quoted_share(draft.content, regions.quotations, text=regions.text)
    return regions.begins_paragraph(content.start) and (
        quoted != "not" or regions.ends_paragraph(content.end)
    )


def _extended(draft: Draft, content: Part) -> Draft:
    segments = sorted([*draft.content, as_span(content)])
    return replace(
        draft, content=tuple(segments), score=min(draft.score, content.score)
    )


def add_reopened(drafts: Sequence[Draft], regions: Regions) -> list[Draft]:
    """Take in the following paragraphs of a quotation that reopens its marks.

    Only those that no attribution claims any of: what a model has marked stands.
    """
    taken = sorted(span for draft in drafts for span in draft.content)
    quotations = [q for q in regions.quotations if q.depth == 0]
    return [_reopened(draft, quotations, taken) for draft in drafts]


def _reopened(
    draft: Draft, quotations: Sequence[Quotation], taken: Sequence[Span]
) -> Draft:
    segments = list(draft.content)
    last = segments[-1]
    at = bisect_right(quotations, last.end, key=lambda q: q.start) - 1
    while 0 <= at < len(quotations) - 1:
        here, following = quotations[at], quotations[at + 1]
        ends_here = here.end == segments[-1].end and here.continued
        if not ends_here or not following.reopened or _touched(taken, following):
            break
        segments.append(as_span(following))
        at += 1
    return replace(draft, content=tuple(segments))


def _touched(taken: Sequence[Span], span: Span) -> bool:
    at = bisect_right(taken, span.end, key=lambda s: s.start) - 1
    return at >= 0 and taken[at].overlaps(span)


def join_segments(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """Join segments that overlap or that only marks and spaces part in one sentence."""
    joined: list[Span] = []
    for span in sorted(content):
        if joined and _adjoin(text[joined[-1].end : span.start]):
            end = max(joined[-1].end, span.end)
            joined[-1] = Span(start=joined[-1].start, end=end)
        else:
            joined.append(span)
    return tuple(joined)


def _adjoin(gap: str) -> bool:
    return not any(c.isalnum() or c in _PARTS for c in gap)
