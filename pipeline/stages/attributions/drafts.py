"""Attributions in the making: parts that point to each other, joined.

Reach for :func:`join_parts` to turn parts with pointers into drafts and the contents
that point nowhere, which the other rules of this stage then deal with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Level, Part, PartScores, Span
from pipeline.stages.attributions.regions import Regions
from pipeline.stages.encoder.decode import HALF


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One attribution before its edges, type and place among the others are known.

    ``score`` is that of the least sure content.
    """

    content: tuple[Span, ...]
    score: float
    cue_score: float | None = None
    source_score: float | None = None
    level: Level = "outer"
    cue: Span | None = None
    source: Span | None = None
    appearances: tuple[Span, ...] = ()
    reason: str = ""

    @property
    def start(self) -> int:
        """Where the first segment begins."""
        return self.content[0].start

    @property
    def scores(self) -> PartScores:
        """How sure the encoder is of the parts."""
        return PartScores(
            content=self.score, cue=self.cue_score, source=self.source_score
        )

    def spans(self) -> list[Span]:
        """All that the draft consists of, in the order of the text."""
        others = [span for span in (self.cue, self.source) if span is not None]
        return sorted([*self.content, *others], key=lambda s: (s.start, s.end))


def join_parts(
    parts: Sequence[Part | None], regions: Regions
) -> tuple[list[Draft], list[Part]]:
    """Join contents with the cue they share, or else the source; also return the rest.

    ``parts`` stand at the positions that the pointers mean, None where one was dropped.
    A pointer that leaves the flow of the text, or leads to a part of another role, is
    no pointer. Contents below one half are weak: likelier absent than present. The best
    of them is taken where a cue has no other.
    """
    joined: dict[tuple[int | None, int | None], list[Part]] = {}
    alone: list[Part] = []
    for part in parts:
        if part is None or part.role != "content":
            continue
        cue = _target(parts, regions, part, part.cue, "cue")
        source = _source(parts, regions, part, cue)
        if cue is None and part.score < HALF:
            continue
        if cue is None and source is None:
            alone.append(part)
        else:
            key = (cue, None) if cue is not None else (None, source)
            joined.setdefault(key, []).append(part)
    drafts = [
        _draft(parts, contents, cue, _source(parts, regions, contents[0], cue))
        for (cue, _), contents in (
            (key, _firm_or_best(some)) for key, some in joined.items()
        )
    ]
    return sorted(drafts, key=lambda d: d.start), sorted(
        alone, key=lambda part: part.start
    )


def _firm_or_best(contents: Sequence[Part]) -> list[Part]:
    firm = [content for content in contents if content.score >= HALF]
    return firm or [max(contents, key=lambda content: content.score)]


def _target(
    parts: Sequence[Part | None],
    regions: Regions,
    part: Part,
    pointer: int | None,
    role: str,
) -> int | None:
    """Return the pointer if it leads to a part of this role in the same flow."""
    if pointer is None or not 0 <= pointer < len(parts):
        return None
    target = parts[pointer]
    if target is None or target.role != role:
        return None
    here, there = regions.at(part.start), regions.at(target.start)
    return pointer if here and there and here.flow == there.flow else None


def _source(
    parts: Sequence[Part | None], regions: Regions, content: Part, cue: int | None
) -> int | None:
    """Return the source that the cue points to, or else the content itself."""
    if cue is not None and (spoken := parts[cue]) is not None:
        found = _target(parts, regions, spoken, spoken.source, "source")
        if found is not None:
            return found
    return _target(parts, regions, content, content.source, "source")


def _draft(
    parts: Sequence[Part | None],
    contents: Sequence[Part],
    cue: int | None,
    source: int | None,
) -> Draft:
    spoken = None if cue is None else parts[cue]
    speaker = None if source is None else parts[source]
    return Draft(
        content=tuple(sorted(map(as_span, contents))),
        score=min(content.score for content in contents),
        cue_score=spoken.score if spoken else None,
        source_score=speaker.score if speaker else None,
        level=contents[0].level,
        cue=as_span(spoken) if spoken else None,
        source=as_span(speaker) if speaker else None,
        reason=f"the content points to its {'cue' if spoken else 'source'}",
    )


def as_span(part: Span) -> Span:
    """Return the bare passage of a part or quotation."""
    return Span(start=part.start, end=part.end)
