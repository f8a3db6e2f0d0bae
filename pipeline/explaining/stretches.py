"""A text cut where labelled spans begin and end, so that each stretch can be marked.

Reach for :func:`cut`. Spans may nest and cross; a stretch knows all that cover it.
"""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Claim, Span


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A span with what it is (content, cue, source …) and the claim it belongs to."""

    start: int
    end: int
    name: str
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage that the same labels cover throughout, the outermost first."""

    start: int
    end: int
    labels: tuple[Label, ...]


def labels_of(claim: Claim) -> Iterator[Label]:
    """Yield the spans of a claim that show who says what."""
    for segment in claim.content:
        yield Label(segment.start, segment.end, "content", claim.id)
    if claim.cue is not None:
        yield Label(claim.cue.start, claim.cue.end, "cue", claim.id)
    if claim.source is not None:
        yield Label(claim.source.start, claim.source.end, "source", claim.id)
    for again in claim.appearances:
        yield Label(again.start, again.end, "again", claim.id)


def cut(passage: Span, labels: Iterable[Label]) -> Iterator[Stretch]:
    """Yield the stretches of a passage in order; together they are the passage.

    >>> labels = [Label(2, 5, "source")]
    >>> [(it.start, it.end, len(it.labels)) for it in cut(Span(start=0, end=6), labels)]
    [(0, 2, 0), (2, 5, 1), (5, 6, 0)]
    """
    held = sorted(
        label
        for label in labels
        if max(label.start, passage.start) < min(label.end, passage.end)
    )
    edges = {passage.start, passage.end}
    edges |= {edge for label in held for edge in (label.start, label.end)}
    inside = sorted(edge for edge in edges if passage.start <= edge <= passage.end)
    yield from _between(inside, held)


def _between(edges: Sequence[int], labels: Sequence[Label]) -> Iterator[Stretch]:
    active: list[tuple[int, int, Label]] = []
    waiting = iter(labels)
    following = next(waiting, None)
    for start, end in pairwise(edges):
        active = [one for one in active if one[2].end > start]
        while following is not None and following.start <= start:
            insort(active, (following.start, -following.end, following))
            following = next(waiting, None)
        yield Stretch(start, end, tuple(label for *_, label in active))
