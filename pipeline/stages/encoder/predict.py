"""From scores to records: mentions, and the parts of attributions with their links."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Level, Mention, Part
from pipeline.stages.encoder.confidence import span_confidences
from pipeline.stages.encoder.decode import decode_lines, read_spans
from pipeline.stages.encoder.labels import ENTITY_LABELS, PART_ROLES, POINTERS, Task
from pipeline.stages.encoder.links import Pointer, line_numbers
from pipeline.stages.encoder.pieces import Pieces
from pipeline.stages.encoder.scores import TextScores

Found = tuple[int, int, int, float]


def read_mentions(pieces: Pieces, scores: TextScores) -> list[Mention]:
    """Return the names, posts and dates that the encoder sees, in text order."""
    return [
        Mention(
            start=pieces.words[first].start,
            end=pieces.words[end - 1].end,
            label=ENTITY_LABELS[kind],
            score=score,
        )
        for kind, first, end, score in _spans(pieces, scores, "entities")
    ]


def read_parts(pieces: Pieces, scores: TextScores) -> list[Part]:
    """Return sources, cues and contents with what each points to.

    The parts are sorted by level (outer first), then by start; ``Part.cue`` and
    ``Part.source`` are positions in the list that is returned.
    """
    parts: list[Part] = []
    for level in ("outer", "inner"):
        parts += _level(pieces, scores, level, len(parts))
    return parts


def _level(
    pieces: Pieces, scores: TextScores, level: Level, offset: int
) -> Iterator[Part]:
    found = list(_spans(pieces, scores, level))
    lines = line_numbers(pieces.lines)
    links = {
        head: _pointers(scores, found, lines, number)
        for number, head in enumerate(POINTERS)
    }
    for number, (kind, first, end, score) in enumerate(found):
        role = PART_ROLES[kind]
        cue = links["content", "cue"].get(number) if role == "content" else None
        source = links.get((role, "source"), {}).get(number)
        yield Part(
            start=pieces.words[first].start,
            end=pieces.words[end - 1].end,
            role=role,
            level=level,
            score=score,
            cue=None if cue is None else cue + offset,
            source=None if source is None else source + offset,
        )


def _pointers(
    scores: TextScores, found: Sequence[Found], lines: NDArray[np.int64], head: int
) -> dict[int, int]:
    """Return which found span points to which, by the pointer ``head``."""
    role_from, role_to = (PART_ROLES.index(role) for role in POINTERS[head])
    rows = [n for n, span in enumerate(found) if span[0] == role_from]
    columns = [n for n, span in enumerate(found) if span[0] == role_to]
    targets = Pointer(scores, head, lines).point(
        [found[row][1:3] for row in rows],
        [found[column][1:3] for column in columns],
    )
    return {
        row: columns[target]
        for row, target in zip(rows, targets, strict=True)
        if target is not None
    }


def _spans(pieces: Pieces, scores: TextScores, task: Task) -> Iterator[Found]:
    """Yield kind, first word, word after the last and score of each span."""
    emissions = scores.emissions[task]
    labels = decode_lines(emissions, scores.edges[task], pieces.lines)
    found = list(read_spans(labels, pieces.lines))
    confidences = span_confidences(emissions, scores.edges[task], pieces.lines, found)
    for span, confidence in zip(found, confidences, strict=True):
        yield *span, round(float(confidence), 4)
