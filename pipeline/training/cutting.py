"""Examples cut into the windows that the network reads in training.

A window holds what its example allows of its own words, and those pointers of which it
shows both ends; one of which nothing is known is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.stages.encoder.labels import POINTERS, Task
from pipeline.stages.encoder.pieces import PieceReader
from pipeline.stages.encoder.windows import Window, cut_windows
from pipeline.training.examples import Allowed, Example, Words


@dataclass(frozen=True, slots=True)
class TaughtPointer:
    """A span, the spans it may point to, and the right one (None: none of them)."""

    head: int
    span: Words
    candidates: tuple[Words, ...]
    target: int | None


@dataclass(frozen=True, slots=True)
class WindowExample:
    """A window of an example; ``lines`` and pointers count words of the window."""

    window: Window
    lines: tuple[Words, ...]
    allowed: dict[Task, Allowed]
    pointers: tuple[TaughtPointer, ...] = field(default=())
    scheme: int = 0

    @property
    def teaches(self) -> bool:
        """Whether anything is known of the window."""
        known = (not labels.all() for labels in self.allowed.values())
        return any(known) or bool(self.pointers)


def cut_example(
    example: Example, reader: PieceReader, *, size: int
) -> Iterator[WindowExample]:
    """Cut an example into windows of at most ``size`` pieces that do not overlap.

    Those of which nothing is known are left out.
    """
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
        pointers = tuple(_pointers(example, window))
        made = WindowExample(window, lines, allowed, pointers, example.scheme)
        if made.teaches:
            yield made


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
