"""Speakers that no verb introduces: a name and a colon, a dash and a name.

Reach for :func:`sign` with the contents that point nowhere, before they are taken for
the continuation of something else.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from pipeline.records import Part, Span
from pipeline.stages.attributions.drafts import Draft, as_span
from pipeline.stages.attributions.regions import Regions

#: Between a name and what it says: *Cllr Ali: "…"*
_INTRODUCES: Final = re.compile(r"\s*(:)\s*")
#: Between what is said and who signs it: *"…" – Cllr Ali*
_SIGNS: Final = re.compile(r"\s*[–—-]\s*|\s*[–—-]{2}\s*")
_WIDEST: Final = 8


def sign(
    parts: Sequence[Part | None], alone: Sequence[Part], regions: Regions
) -> tuple[list[Draft], list[Part]]:
    """Give contents the source that stands beside them, if nothing points to that.

    The colon between them is the cue. Returns the drafts and the contents left over.
    """
    pointed = {p.source for p in parts if p is not None and p.source is not None}
    sources = sorted(
        as_span(part)
        for number, part in enumerate(parts)
        if part is not None and part.role == "source" and number not in pointed
    )
    drafts: list[Draft] = []
    left: list[Part] = []
    for content in alone:
        draft = _signed(content, sources, regions)
        if draft is None:
            left.append(content)
        else:
            drafts.append(draft)
    return drafts, left


def _signed(content: Part, sources: Sequence[Span], regions: Regions) -> Draft | None:
    at = bisect_right(sources, content.start, key=lambda s: s.start)
    before = sources[at - 1] if at else None
    after = sources[at] if at < len(sources) else None
    if before is not None:
        colon = _between(_INTRODUCES, before.end, content.start, regions)
        if colon is not None:
            cue = Span(start=colon.start(1), end=colon.end(1))
            return _draft(content, before, cue, "name and colon")
    if after is not None and _between(_SIGNS, content.end, after.start, regions):
        return _draft(content, after, None, "dash and name")
    return None


def _between(
    separator: re.Pattern[str], start: int, end: int, regions: Regions
) -> re.Match[str] | None:
    if not 0 < end - start <= _WIDEST:
        return None
    here, there = regions.at(start - 1), regions.at(end)
    if here is None or there is None or here.flow != there.flow:
        return None
    return separator.fullmatch(regions.text, start, end)


def _draft(content: Part, source: Span, cue: Span | None, reason: str) -> Draft:
    return Draft(
        content=(as_span(content),),
        score=content.score,
        level=content.level,
        cue=cue,
        source=source,
        reason=reason,
    )
