"""From parts to attributions: the rules of this stage in the order they are applied.

Reach for :func:`find_attributions` with the blocks of an article and the parts that an
encoder sees in it. It is a function of its arguments alone. What a rule cannot settle
it leaves out: a quotation that nothing ties to anybody is no attribution.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from pipeline.calibration import calibrated, log_odds
from pipeline.marks import Quotation, claim_type, overlapping, quoted_share
from pipeline.records import Attribution, Block, Part, PartScores, Span
from pipeline.stages.attributions.appearances import gather_appearances
from pipeline.stages.attributions.drafts import Draft, join_parts
from pipeline.stages.attributions.edges import (
    clean_content,
    free_pronoun,
    keep_apposition,
)
from pipeline.stages.attributions.nesting import drop_repeated, find_outer
from pipeline.stages.attributions.regions import Regions
from pipeline.stages.attributions.segments import (
    add_reopened,
    continue_drafts,
    join_segments,
)
from pipeline.stages.attributions.signatures import sign

_UNCALIBRATED: Final[Mapping[str, float]] = MappingProxyType({})


def find_attributions(
    text: str,
    blocks: Sequence[Block],
    parts: Sequence[Part],
    *,
    calibration: Mapping[str, float] = _UNCALIBRATED,
) -> list[Attribution]:
    """Join the parts of an article to attributions, in the order of their contents.

    ``parts`` point to each other by position. Nothing is read from blocks that hold no
    claims; without any blocks the text is all body. The ids, *a1*, *a2* …, count the
    attributions and mean nothing beyond this list. ``calibration`` holds the weights of
    :func:`content_evidence`; without any, confidence is the lowest score of content and
    cue.
    """
    regions = Regions(text, blocks)
    kept = [_cleaned(regions, part) for part in parts]
    drafts, alone = join_parts(kept, regions)
    signed, alone = sign(kept, alone, regions)
    drafts, alone = continue_drafts([*drafts, *signed], alone, regions)
    drafts = add_reopened(drafts, regions)
    drafts, alone = gather_appearances(drafts, alone, regions)
    drafts += _headlines(alone, regions)
    drafts = [_joined(text, draft) for draft in drop_repeated(drafts)]
    drafts.sort(key=lambda d: (d.start, -d.content[0].end, d.level == "inner"))
    outer = find_outer(drafts)
    return [
        _attribution(draft, number, outer[number], regions, calibration)
        for number, draft in enumerate(drafts)
    ]


def content_evidence(scores: PartScores) -> dict[str, float]:
    """Return what speaks for a content, as the log odds of each part there is."""
    named = {"content": scores.content, "cue": scores.cue, "source": scores.source}
    return {name: log_odds(score) for name, score in named.items() if score is not None}


def _confidence(scores: PartScores, calibration: Mapping[str, float]) -> float:
    if calibration:
        return calibrated(calibration, content_evidence(scores))
    return scores.content if scores.cue is None else min(scores.content, scores.cue)


def _cleaned(regions: Regions, part: Part) -> Part | None:
    """Keep a part within its block and set the edges of a content."""
    clipped = regions.clip(part)
    if clipped is None or clipped.role != "content":
        return clipped
    span = clean_content(regions.text, clipped, regions.quotations)
    return replace(clipped, start=span.start, end=span.end)


def _joined(text: str, draft: Draft) -> Draft:
    if draft.source is None and draft.cue and (parts := free_pronoun(text, draft.cue)):
        source, cue = parts
        draft = replace(draft, source=source, cue=cue)
    content = join_segments(text, draft.content)
    return replace(draft, content=keep_apposition(text, content, draft.cue))


def _headlines(alone: Sequence[Part], regions: Regions) -> list[Draft]:
    """Return the quoted contents of headlines: their speaker may stand in the body."""
    return [
        Draft(
            content=(Span(start=part.start, end=part.end),),
            score=part.score,
            level=part.level,
            reason="quoted in a headline",
        )
        for part in alone
        if (region := regions.at(part.start))
        and region.label == "headline"
        and quoted_share([part], regions.quotations) != "not"
    ]


def _attribution(
    draft: Draft,
    number: int,
    outer: int | None,
    regions: Regions,
    calibration: Mapping[str, float],
) -> Attribution:
    own = own_quotations(draft, regions.quotations)
    return Attribution(
        id=_name(number),
        content=draft.content,
        cue=draft.cue,
        source=draft.source,
        type=claim_type(draft.content, own, text=regions.text),
        nested_in=None if outer is None else _name(outer),
        appearances=draft.appearances,
        confidence=_confidence(draft.scores, calibration),
        scores=draft.scores,
        reason=draft.reason,
        flags=tuple(_flags(draft, own, regions)),
    )


def _name(number: int) -> str:
    return f"a{number + 1}"


def own_quotations(draft: Draft, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations that are this attribution's own.

    Marks that hold its cue as well belong to whoever quotes the whole of it, unless
    they were never closed and run over the cue for that reason.
    """
    found = {q for span in draft.content for q in overlapping(quotations, span)}
    starts = {span.start for span in draft.content}
    own = [
        q
        for q in found
        if draft.cue is None
        or not q.covers(draft.cue)
        or (q.unbalanced and q.start in starts)
    ]
    return sorted(own, key=lambda q: (q.start, -q.end))


def _flags(draft: Draft, own: Sequence[Quotation], regions: Regions) -> list[str]:
    """Name what a person should check."""
    region = regions.at(draft.start)
    headline = region is not None and region.label == "headline"
    found = {
        "unbalanced_quotes": any(q.unbalanced for q in own),
        "headline_fragment": headline and (bool(own) or draft.source is None),
        "cue_missing": draft.cue is None,
        "source_missing": draft.source is None,
    }
    return [flag for flag, holds in found.items() if holds]
