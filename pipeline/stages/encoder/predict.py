"""From scores to records: mentions, and the parts of attributions with their links."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Level, Mention, Part
from pipeline.stages.encoder.decode import HALF, Found, find_spans
from pipeline.stages.encoder.labels import ENTITY_LABELS, PART_ROLES, POINTERS
from pipeline.stages.encoder.links import Pointer, line_numbers
from pipeline.stages.encoder.pieces import Pieces
from pipeline.stages.encoder.scores import TextScores

#: A content less probable than its absence is read too, for cues that have no better:
#: where somebody speaks there is something said.
_WEAK: Final = 0.15
#: How probable mentions and parts must be to be read, for each kind of them.
_LEAST_MENTIONS: Final = (HALF,) * len(ENTITY_LABELS)
_LEAST_PARTS: Final = (HALF, HALF, _WEAK)
_LEVELS: Final[tuple[Level, ...]] = ("outer", "inner")


def read_mentions(pieces: Pieces, scores: TextScores) -> list[Mention]:
    """Return the names, posts and dates that the encoder sees, in text order."""
    return [
        Mention(
            start=pieces.words[first].start,
            end=pieces.words[end - 1].end,
            label=ENTITY_LABELS[kind],
            score=round(score, 4),
        )
        for kind, first, end, score in find_spans(
            scores.emissions["entities"],
            scores.edges["entities"],
            pieces.lines,
            least=_LEAST_MENTIONS,
        )
    ]


def read_parts(pieces: Pieces, scores: TextScores) -> list[Part]:
    """Return sources, cues and contents with what each points to.

    Contents may be less probable than one half: they are there for cues that have no
    other. The parts are sorted by level (outer first), then by start; ``Part.cue`` and
    ``Part.source`` are positions in the list that is returned.
    """
    lines = line_numbers(pieces.lines)
    parts: list[Part] = []
    for level, found in zip(_LEVELS, _levels(pieces, scores), strict=True):
        links = {
            head: _pointers(scores, found, lines, number)
            for number, head in enumerate(POINTERS)
        }
        parts += _parts(pieces, found, links, level=level, offset=len(parts))
    return parts


def _levels(pieces: Pieces, scores: TextScores) -> list[list[Found]]:
    """Return the spans of each level; read in one go, which takes half the time.

    The levels are put one after the other, as if they were two texts.
    """
    words = len(pieces.words)
    edges = (scores.edges[level] for level in _LEVELS)
    spans = find_spans(
        np.concatenate([scores.emissions[level] for level in _LEVELS]),
        np.concatenate([np.broadcast_to(e, (words, *e.shape[-2:])) for e in edges]),
        [(a + shift, b + shift) for shift in (0, words) for a, b in pieces.lines],
        least=_LEAST_PARTS,
    )
    return [
        [
            (kind, first - shift, end - shift, round(score, 4))
            for kind, first, end, score in spans
            if shift <= first < shift + words
        ]
        for shift in (0, words)
    ]


def _parts(
    pieces: Pieces,
    found: Sequence[Found],
    links: Mapping[tuple[str, str], dict[int, int]],
    *,
    level: Level,
    offset: int,
) -> Iterator[Part]:
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
