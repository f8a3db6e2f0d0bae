"""Tellings put together into groups, each of which is one claim.

Reach for :func:`group`. Tellings in the very same words come first; then wordings that
:func:`pipeline.merging.comparison.compare` holds for one claim join, provided that the
longest wordings of their groups are one claim as well and that the speakers' names
still fit, so that no chain of small edits leads from one claim to another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.merging.candidates import candidates
from pipeline.merging.comparison import LEAST_SAME, compare
from pipeline.merging.figures import disagree
from pipeline.merging.tellings import Told
from pipeline.merging.voices import Key, Voice, fit
from pipeline.merging.wordings import Wording

#: Days within which a figure may differ between tellings; later it is another claim.
_NEAR: Final = 7


@dataclass(frozen=True, slots=True)
class _Unit:
    """Tellings in the same words by one speaker; ``days`` are the first and last."""

    told: tuple[Told, ...]
    days: tuple[int, int] | None

    @property
    def wording(self) -> Wording:
        return self.told[0].wording

    @property
    def voice(self) -> Voice:
        return self.told[0].voice

    @property
    def name(self) -> str:
        return self.voice.name


@dataclass(slots=True)
class _Group:
    """Units held to be one claim so far."""

    told: list[Told]
    longest: Wording
    name: str
    named: bool

    def joins(self, other: "_Group") -> bool:
        """Take the other group in, if the two are one claim as wholes."""
        named = self.named and other.named and self.name == other.name
        if not fit(self.name, other.name):
            return False
        if not compare(self.longest, other.longest, named=named):
            return False
        self.told += other.told
        self.longest = max(self.longest, other.longest, key=lambda it: len(it.words))
        self.name = max(self.name, other.name, key=len)
        return True


def group(told: Iterable[Told]) -> list[list[Told]]:
    """Put tellings together; each is in one group.

    The answer does not depend on the order of the tellings: groups and the tellings of
    each stand in the order of :meth:`pipeline.merging.tellings.Told.order`.
    """
    by_voice: defaultdict[Key, list[Told]] = defaultdict(list)
    for one in told:
        by_voice[one.voice.key].append(one)
    groups = [
        sorted(found, key=Told.order)
        for tellings in by_voice.values()
        for found in _of_voice(sorted(tellings, key=Told.order))
    ]
    return sorted(groups, key=lambda found: found[0].order())


def _of_voice(told: Sequence[Told]) -> Iterator[list[Told]]:
    """Group the tellings of one voice, given in order."""
    units = list(_units(told))
    groups = [
        _Group(list(it.told), it.wording, it.name, it.voice.named) for it in units
    ]
    leaders = list(range(len(units)))
    settled = [at for at, unit in enumerate(units) if unit.voice.settled]
    for pair in candidates([units[at].wording.words for at in settled]):
        one, other = (settled[at] for at in pair)
        first, second = _leader(leaders, one), _leader(leaders, other)
        if first == second or not _alike(units[one], units[other]):
            continue
        if groups[first].joins(groups[second]):
            leaders[second] = first
    for at, found in enumerate(groups):
        if leaders[at] == at:
            yield found.told


def _units(told: Sequence[Told]) -> Iterator[_Unit]:
    """Put tellings in the same words together; too common words stay alone."""
    same: defaultdict[object, list[Told]] = defaultdict(list)
    for one in told:
        wording = one.wording
        figures = tuple(figure.exact for figure in wording.figures)
        own = one.claim if wording.weight < LEAST_SAME else ""
        same[one.voice.name, wording.words, figures, own].append(one)
    for found in same.values():
        days = [one.day for one in found if one.day is not None]
        yield _Unit(tuple(found), (min(days), max(days)) if days else None)


def _alike(one: _Unit, other: _Unit) -> bool:
    near = _are_near(one, other)
    named = near and one.voice.named and one.voice == other.voice
    if not fit(one.name, other.name):
        return False
    if compare(one.wording, other.wording, named=named) is None:
        return False
    return near or not disagree(one.wording, other.wording)


def _are_near(one: _Unit, other: _Unit) -> bool:
    """Tell whether two units may have been told within days of each other."""
    if one.days is None or other.days is None:
        return True
    apart = max(one.days[0], other.days[0]) - min(one.days[1], other.days[1])
    return apart <= _NEAR


def _leader(leaders: list[int], at: int) -> int:
    """Return the unit that stands for a unit's group, and shorten the way to it."""
    while leaders[at] != at:
        leaders[at] = leaders[leaders[at]]
        at = leaders[at]
    return at
