"""Which attribution stands inside the content of which.

Reach for :func:`find_outer` once the contents are final: the answer depends on what
covers what to the character.
"""

from collections.abc import Sequence

from pipeline.records import Span
from pipeline.stages.attributions.drafts import Draft


def find_outer(drafts: Sequence[Draft]) -> list[int | None]:
    """Return for each inner draft the position of the draft that it stands in.

    That is the one with the smallest segment that covers the first segment, and any
    that covers the cue, and is not the same passage. None for outer drafts, and for
    inner ones that no content covers. One sweep over the segments, with a stack of
    those around.
    """
    outer: list[int | None] = [None] * len(drafts)
    around: list[tuple[Span, int]] = []
    for segment, number in _segments(drafts):
        while around and around[-1][0].end <= segment.start:
            around.pop()
        draft = drafts[number]
        if draft.level == "inner" and segment == draft.content[0]:
            outer[number] = _smallest(around, drafts, number)
        around.append((segment, number))
    return outer


def _segments(drafts: Sequence[Draft]) -> list[tuple[Span, int]]:
    segments = (
        (segment, number)
        for number, draft in enumerate(drafts)
        for segment in draft.content
    )
    return sorted(segments, key=lambda s: (s[0].start, -s[0].end, s[1]))


def _smallest(
    around: Sequence[tuple[Span, int]], drafts: Sequence[Draft], number: int
) -> int | None:
    first, cue = drafts[number].content[0], drafts[number].cue
    for segment, owner in reversed(around):
        fits = segment.covers(first) and segment != first
        if fits and owner != number and _covers(drafts[owner], cue):
            return owner
    return None


def _covers(draft: Draft, cue: Span | None) -> bool:
    return cue is None or any(segment.covers(cue) for segment in draft.content)


def drop_repeated(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out inner drafts whose content is that of an outer one to the character."""
    outer = {draft.content for draft in drafts if draft.level == "outer"}
    return [d for d in drafts if d.level == "outer" or d.content not in outer]
