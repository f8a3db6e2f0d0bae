"""Floors under measured figures, pinned with the gold and weights they came from.

A floors file is JSON: for each suite, which is a set of gold documents, the digests of
the documents and of the weight files, and the floors by dotted name::

    {"uk_news dev": {"gold": "51b0…", "weights": "9f2c…",
                     "floors": {"spans.content.f1": 88.0}}}

:func:`check` says in words what is wrong; :func:`update_floors` raises floors freely
and lowers them only when told to.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from pipeline.errors import PipelineError
from pipeline.evaluation.report import Report


class LoweredFloorError(PipelineError):
    """New figures would lower floors, and nobody said that they may."""

    def __init__(self, suite: str, lowered: Mapping[str, tuple[float, float]]) -> None:
        self.suite = suite
        self.lowered = dict(lowered)
        listed = "; ".join(
            f"{name} from {old:.2f} to {new:.2f}"
            for name, (old, new) in sorted(lowered.items())
        )
        super().__init__(
            f"{suite}: this would lower {listed}. Find out why, or allow the "
            "regression expressly and give the reason in the change log."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """The floors of one set of gold documents, and what they were measured with."""

    gold: str
    weights: str | None
    floors: Mapping[str, float]


Floors: TypeAlias = Mapping[str, Suite]


def read_floors(path: Path) -> Floors:
    """Read a floors file; one that does not exist holds no floors."""
    if not path.exists():
        return {}
    data = json.loads(path.read_text(encoding="utf-8"))
    return {name: Suite(**suite) for name, suite in data.items()}


def write_floors(path: Path, floors: Floors) -> None:
    """Write a floors file, sorted: a change of one floor is a change of one line."""
    written = {name: asdict(suite) for name, suite in floors.items()}
    path.write_text(json.dumps(written, indent=2, sort_keys=True) + "\n", "utf-8")


def check(
    report: Report, floors: Floors, *, suite: str, margin: float = 0.0
) -> list[str]:
    """Return what is wrong with the report, one sentence each; nothing if all is well.

    Other gold or other weights than the floors were measured with are wrong as well:
    the figures then say nothing about the floors. ``margin`` is what a figure may lie
    below its floor: processors round eight-bit products differently.
    """
    pinned = floors.get(suite)
    if pinned is None:
        return [f"{suite}: no floors are pinned for this set"]
    problems = []
    if pinned.gold != report.gold:
        problems.append(f"{suite}: gold is not what the floors were measured on")
    if pinned.weights != report.weights:
        problems.append(f"{suite}: weights are not those the floors were measured with")
    figures = report.figures()
    for name, floor in sorted(pinned.floors.items()):
        if name not in figures:
            problems.append(f"{suite}: {name} was not measured, its floor is {floor}")
        elif figures[name] < floor - margin:
            problems.append(f"{suite}: {name} is {figures[name]}, below {floor}")
    return problems


def update_floors(
    floors: Floors,
    report: Report,
    *,
    suite: str,
    names: Iterable[str],
    allow_regression: bool = False,
) -> Floors:
    """Return floors with the named figures of a report pinned for the suite.

    Floors that the suite already has are measured anew even when not named, so that a
    floor cannot vanish by being left out. Raises :class:`LoweredFloorError` if one of
    them would fall or has no figure any more, unless ``allow_regression`` is set, and
    ``KeyError`` for a name that the report does not measure.
    """
    figures = report.figures()
    old = floors[suite].floors if suite in floors else {}
    lowered = {
        name: (floor, figures.get(name, 0.0))
        for name, floor in old.items()
        if figures.get(name, 0.0) < floor
    }
    if lowered and not allow_regression:
        raise LoweredFloorError(suite, lowered)
    kept = {name: figures[name] for name in old if name in figures}
    pinned = Suite(
        gold=report.gold,
        weights=report.weights,
        floors=kept | {name: figures[name] for name in names},
    )
    return {**floors, suite: pinned}
