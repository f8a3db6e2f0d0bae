"""From gold documents to what the network learns from.

For every task an example holds, per word, the set of labels that the annotation allows:
one label where it is known, all that are possible where it is not. So a corpus that
marks some labels only, or some spans only, teaches just that.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.gold import GoldAttribution, GoldDocument
from pipeline.records import OUTSIDE_BLOCKS, Span
from pipeline.stages.encoder.labels import (
    ENTITY_LABELS,
    PART_ROLES,
    POINTERS,
    Task,
    begin,
    inside,
    label_count,
)
from pipeline.stages.encoder.pieces import PieceReader, Pieces
from pipeline.stages.encoder.windows import Window, cut_windows

Words = tuple[int, int]
Allowed = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TaughtPointer:
    """A span, the spans it may point to, and the right one (None: none of them)."""

    head: int
    span: Words
    candidates: tuple[Words, ...]
    target: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its labels; a task that ``allowed`` lacks is not learned."""

    pieces: Pieces
    allowed: dict[Task, Allowed]
    arrows: tuple[tuple[int, Words, Words | None], ...] = ()


@dataclass(frozen=True, slots=True)
class WindowExample:
    """A window of an example; ``lines`` and pointers count words of the window."""

    window: Window
    lines: tuple[Words, ...]
    allowed: dict[Task, Allowed]
    pointers: tuple[TaughtPointer, ...] = field(default=())


def make_example(
    document: GoldDocument, reader: PieceReader, *, tasks: frozenset[str]
) -> Example:
    """Turn a gold document into an example for the tasks named.

    ``tasks`` may hold ``entities``, ``outer``, ``inner`` and ``links``. Blocks that are
    marked as furniture or related links are left out, as they are at run time.
    """
    pieces = reader.read(document.text, passages(document))
    where = _WordFinder(pieces)
    allowed: dict[Task, Allowed] = {}
    if "entities" in tasks:
        entities = _entity_labels(document, where)
        if entities is not None:
            allowed["entities"] = entities
    arrows: list[tuple[int, Words, Words | None]] = []
    if "attributions" in document.layers:
        known = [a for a in document.attributions if not a.unknown]
        for task, nested in (("outer", False), ("inner", True)):
            some = [a for a in known if bool(a.nested_in) == nested]
            if task == "outer" and "outer" in tasks:
                allowed["outer"] = _part_labels(some, where)
            elif task == "inner" and "inner" in tasks:
                allowed["inner"] = _part_labels(some, where)
            if "links" in tasks:
                arrows += _arrows(some, where)
    return Example(pieces, allowed, tuple(dict.fromkeys(arrows)))


def passages(document: GoldDocument) -> list[Span]:
    """Return what of a gold document the encoder reads: all but what is furniture."""
    outside = [b for b in document.blocks if b.label in OUTSIDE_BLOCKS]
    if "blocks" in document.layers:
        inside_blocks = [b for b in document.blocks if b.label not in OUTSIDE_BLOCKS]
        return [part for block in inside_blocks for part in _cut_out(block, outside)]
    return list(_cut_out(Span(start=0, end=len(document.text)), outside))


def _cut_out(whole: Span, holes: Iterable[Span]) -> Iterator[Span]:
    start = whole.start
    for hole in holes:
        if whole.overlaps(hole):
            if start < hole.start:
                yield Span(start=start, end=hole.start)
            start = max(start, hole.end)
    if start < whole.end:
        yield Span(start=start, end=whole.end)


class _WordFinder:
    """Finds the words that a passage touches."""

    def __init__(self, pieces: Pieces) -> None:
        self.count = len(pieces.words)
        self._starts = np.array([word.start for word in pieces.words])
        self._ends = np.array([word.end for word in pieces.words])

    def __call__(self, span: Span) -> Words | None:
        first = int(np.searchsorted(self._ends, span.start, side="right"))
        end = int(np.searchsorted(self._starts, span.end, side="left"))
        return (first, end) if first < end else None


def _entity_labels(document: GoldDocument, where: _WordFinder) -> Allowed | None:
    known = frozenset(document.labels if "entities" in document.layers else ())
    marked = known | document.partial_labels
    if not marked & set(ENTITY_LABELS):
        return None
    allowed = np.zeros((where.count, label_count("entities")), dtype=np.bool_)
    allowed[:, 0] = True
    for kind, label in enumerate(ENTITY_LABELS):
        if label not in known:
            allowed[:, [begin(kind), inside(kind)]] = True
    for entity in document.entities:
        if entity.label in marked and entity.label in ENTITY_LABELS:
            kind = ENTITY_LABELS.index(entity.label)
            _paint(allowed, where(entity), kind)
    return allowed


def _part_labels(
    attributions: Sequence[GoldAttribution], where: _WordFinder
) -> Allowed:
    allowed = np.zeros((where.count, label_count("outer")), dtype=np.bool_)
    allowed[:, 0] = True
    # where two overlap, the cue stands above the source, the source above the content
    for role in ("content", "source", "cue"):
        for attribution in attributions:
            for span in part_spans(attribution, role):
                _paint(allowed, where(span), PART_ROLES.index(role))
    return allowed


def part_spans(attribution: GoldAttribution, role: str) -> Iterator[Span]:
    """Yield the annotated spans of a role: one at most, but for contents."""
    if role == "content":
        yield from attribution.content
    else:
        span = attribution.cue if role == "cue" else attribution.source
        if span is not None:
            yield span


def _paint(allowed: Allowed, words: Words | None, kind: int) -> None:
    if words is None:
        return
    start, end = words
    allowed[start:end] = False
    allowed[start, begin(kind)] = True
    allowed[start + 1 : end, inside(kind)] = True
    # what went on past the painted words begins anew
    if end < len(allowed):
        following = np.flatnonzero(allowed[end])
        if len(following) == 1 and following[0] and following[0] % 2 == 0:
            allowed[end] = False
            allowed[end, following[0] - 1] = True


def _arrows(
    attributions: Iterable[GoldAttribution], where: _WordFinder
) -> Iterator[tuple[int, Words, Words | None]]:
    """Yield (pointer head, span, what it points to) of each attribution."""
    for attribution in attributions:
        cue = where(attribution.cue) if attribution.cue else None
        source = where(attribution.source) if attribution.source else None
        for segment in attribution.content:
            content = where(segment)
            if content:
                yield POINTERS.index(("content", "cue")), content, cue
                yield POINTERS.index(("content", "source")), content, source
        if cue:
            yield POINTERS.index(("cue", "source")), cue, source


def cut_example(
    example: Example, reader: PieceReader, *, size: int
) -> Iterator[WindowExample]:
    """Cut an example into windows of at most ``size`` pieces that do not overlap."""
    for window in cut_windows(example.pieces, reader, size=size, overlap=0):
        start, end = window.start, window.end
        lines = tuple(
            (max(low, start) - start, min(high, end) - start)
            for low, high in example.pieces.lines
            if low < end and high > start
        )
        allowed = {
            task: _open_lines(labels[start:end].copy(), lines)
            for task, labels in example.allowed.items()
        }
        yield WindowExample(window, lines, allowed, tuple(_pointers(example, window)))


def _open_lines(allowed: Allowed, lines: Sequence[Words]) -> Allowed:
    """Let a span that a line break or a window cuts begin anew after it."""
    for start, _ in lines:
        known = np.flatnonzero(allowed[start])
        if len(known) == 1 and known[0] and known[0] % 2 == 0:
            allowed[start, known[0]] = False
            allowed[start, known[0] - 1] = True
    return allowed


def _pointers(example: Example, window: Window) -> Iterator[TaughtPointer]:
    def shift(words: Words) -> Words | None:
        start, end = words[0] - window.start, words[1] - window.start
        return (start, end) if start >= 0 and words[1] <= window.end else None

    candidates: dict[int, dict[Words, int]] = {}
    for head in range(len(POINTERS)):
        targets = {t for h, _, t in example.arrows if h == head and t is not None}
        within = sorted(s for s in map(shift, targets) if s is not None)
        candidates[head] = {words: number for number, words in enumerate(within)}
    for head, span, target in example.arrows:
        here = shift(span)
        there = shift(target) if target else None
        # a target outside the window is neither here nor nowhere
        if here is not None and (target is None or there is not None):
            goal = None if there is None else candidates[head][there]
            yield TaughtPointer(head, here, tuple(candidates[head]), goal)


#: The tasks that an exhaustively annotated article teaches.
ALL_TASKS: Final = frozenset({"entities", "outer", "inner", "links"})
