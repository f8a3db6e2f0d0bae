"""Which cue and source a part belongs to, judged by nearness alone.

Reach for :func:`link_by_nearness` where parts come without pointers, and as the
baseline that a model's pointers have to beat. Nothing is joined across paragraphs.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.marks import divide
from pipeline.records import Part, Span
from pipeline.sentences import split_sentences

#: How many parts are looked at on either side; they may overlap, but not many do.
_LOOK: Final = 4


def link_by_nearness(text: str, parts: Sequence[Part]) -> list[Part]:
    """Point contents that point nowhere to the nearest cue, and cues to a source.

    The nearest is sought in the paragraph, first in the same sentence, among the parts
    of the same level. A content whose paragraph has no cue points to the nearest source
    instead. Pointers that are there already stay; the order of the parts stays too.
    """
    near = {role: _Neighbours(text, parts, role) for role in ("cue", "source")}
    return [_linked(part, near) for part in parts]


def _linked(part: Part, near: dict[str, "_Neighbours"]) -> Part:
    if part.role == "cue" and part.source is None:
        return replace(part, source=near["source"].nearest(part))
    if part.role != "content" or part.cue is not None or part.source is not None:
        return part
    cue = near["cue"].nearest(part)
    source = near["source"].nearest(part) if cue is None else None
    return replace(part, cue=cue, source=source)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    position: int
    sentence: int


class _Neighbours:
    """The parts of one role, by level and paragraph."""

    def __init__(self, text: str, parts: Sequence[Part], role: str) -> None:
        paragraphs = [p for p in divide(text) if p.start < p.end]
        breaks = [paragraph.start for paragraph in paragraphs]
        self._paragraphs = breaks
        self._sentences = _starts(split_sentences(text, breaks=breaks))
        self._places: dict[tuple[str, int], list[_Place]] = {}
        for position, part in enumerate(parts):
            if part.role == role:
                sentence = bisect_left(self._sentences, part.start + 1)
                place = _Place(part.start, part.end, position, sentence)
                self._places.setdefault(self._key(part), []).append(place)
        for places in self._places.values():
            places.sort(key=lambda place: place.start)

    def _key(self, part: Part) -> tuple[str, int]:
        return part.level, bisect_left(self._paragraphs, part.start + 1)

    def nearest(self, part: Part) -> int | None:
        """Return the position of the nearest part in the paragraph, if there is one."""
        places = self._places.get(self._key(part), [])
        at = bisect_left(places, part.start, key=lambda place: place.start)
        around = places[max(at - _LOOK, 0) : at + _LOOK]
        sentence = bisect_left(self._sentences, part.start + 1)

        def distance(place: _Place) -> tuple[int, int, int]:
            gap = max(place.start - part.end, part.start - place.end, 0)
            return abs(place.sentence - sentence), gap, place.start

        return min(around, key=distance).position if around else None


def _starts(spans: Iterable[Span]) -> list[int]:
    return [span.start for span in spans]
