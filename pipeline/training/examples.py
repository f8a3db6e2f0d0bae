"""From gold documents to what the network learns from.

For every task an example holds, per word, the set of labels that the annotation allows:
one label where it is known, all that are possible where it is not. So a corpus that
marks some labels only, or some spans only, teaches just that.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.gold import GoldAttribution, GoldDocument
from pipeline.gold_passages import passages
from pipeline.records import Span
from pipeline.stages.encoder.labels import (
    ENTITY_LABELS,
    OWN_SCHEME,
    PART_ROLES,
    POINTERS,
    SCHEMES,
    Task,
    begin,
    inside,
    label_count,
)
from pipeline.stages.encoder.pieces import PieceReader, Pieces

Words = tuple[int, int]
Allowed = NDArray[np.bool_]

#: The tasks that an exhaustively annotated article teaches.
ALL_TASKS: Final = frozenset({"entities", "outer", "inner", "links"})


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its labels; a task that ``allowed`` lacks is not learned.

    ``scheme`` is the position in ``SCHEMES`` of how it is annotated.
    """

    pieces: Pieces
    allowed: dict[Task, Allowed]
    arrows: tuple[tuple[int, Words, Words | None], ...] = ()
    scheme: int = 0


def make_example(
    document: GoldDocument,
    reader: PieceReader,
    *,
    tasks: frozenset[str],
    scheme: str = OWN_SCHEME,
) -> Example:
    """Turn a gold document into an example for the tasks named.

    ``tasks`` may hold ``entities``, ``outer``, ``inner`` and ``links``; ``scheme`` is
    one of ``SCHEMES``. Blocks that are marked as furniture or related links are left
    out, as they are at run time.
    """
    pieces = reader.read(document.text, passages(document))
    allowed: dict[Task, Allowed] = {}
    if "entities" in tasks:
        entities = _entity_labels(document, pieces)
        if entities is not None:
            allowed["entities"] = entities
    arrows: list[tuple[int, Words, Words | None]] = []
    whole = "attributions" in document.layers
    if whole or "attributions" in document.partial_layers:
        known = [a for a in document.attributions if not a.unknown]
        for task, nested in (("outer", False), ("inner", True)):
            some = [a for a in known if bool(a.nested_in) == nested]
            if task == "outer" and "outer" in tasks:
                allowed["outer"] = _part_labels(some, pieces, whole=whole)
            elif task == "inner" and "inner" in tasks:
                allowed["inner"] = _part_labels(some, pieces, whole=whole)
            if "links" in tasks:
                arrows += _arrows(some, pieces)
    number = SCHEMES.index(scheme)
    return Example(pieces, allowed, tuple(dict.fromkeys(arrows)), number)


def _entity_labels(document: GoldDocument, pieces: Pieces) -> Allowed | None:
    known = frozenset(document.labels if "entities" in document.layers else ())
    marked = known | document.partial_labels
    if not marked & set(ENTITY_LABELS):
        return None
    allowed = np.zeros((len(pieces.words), label_count("entities")), dtype=np.bool_)
    allowed[:, 0] = True
    for kind, label in enumerate(ENTITY_LABELS):
        if label not in known:
            allowed[:, [begin(kind), inside(kind)]] = True
    for entity in document.entities:
        if entity.label in marked and entity.label in ENTITY_LABELS:
            kind = ENTITY_LABELS.index(entity.label)
            _paint(allowed, pieces.touched(entity), kind)
    return allowed


def _part_labels(
    attributions: Sequence[GoldAttribution], pieces: Pieces, *, whole: bool
) -> Allowed:
    """Label the words of the attributions; ``whole`` False leaves all others open."""
    allowed = np.full((len(pieces.words), label_count("outer")), not whole)
    allowed[:, 0] = True
    # where two overlap, the cue stands above the source, the source above the content
    for role in ("content", "source", "cue"):
        for attribution in attributions:
            for span in part_spans(attribution, role):
                _paint(allowed, pieces.touched(span), PART_ROLES.index(role))
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
    if end < len(allowed):
        following = np.flatnonzero(allowed[end])
        if len(following) > 1:
            # whatever follows, the span is over
            allowed[end, inside(kind)] = False
        # what went on past the painted words begins anew
        if len(following) == 1 and following[0] and following[0] % 2 == 0:
            allowed[end] = False
            allowed[end, following[0] - 1] = True


def _arrows(
    attributions: Iterable[GoldAttribution], pieces: Pieces
) -> Iterator[tuple[int, Words, Words | None]]:
    """Yield (pointer head, span, what it points to) of each attribution."""
    for attribution in attributions:
        cue = pieces.touched(attribution.cue) if attribution.cue else None
        source = pieces.touched(attribution.source) if attribution.source else None
        for segment in attribution.content:
            content = pieces.touched(segment)
            if content:
                yield POINTERS.index(("content", "cue")), content, cue
                yield POINTERS.index(("content", "source")), content, source
        if cue:
            yield POINTERS.index(("cue", "source")), cue, source
