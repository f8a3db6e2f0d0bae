"""Windows put together to batches: padding, masks and the index of every line."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pipeline.stages.encoder.labels import POINTERS, TASKS, Task, label_count
from pipeline.stages.encoder.links import distance_steps
from pipeline.stages.encoder.pieces import Casing
from pipeline.training.cutting import WindowExample
from pipeline.training.examples import Words

#: Batches between which windows are sorted by length: little padding, still shuffled.
_POOL: Final = 40
#: Lengths are padded to multiples of this: kernels are compiled once for each shape.
_STEP: Final = 32


@dataclass(frozen=True, slots=True)
class TaskLabels:
    """The lines of a batch that teach a task: one row a line.

    ``words``: lines × words, positions in the batch's flattened words (padding repeats
    0); ``allowed``: lines × words × labels; ``mask``: lines × words.
    """

    words: Tensor
    allowed: Tensor
    mask: Tensor


@dataclass(frozen=True, slots=True)
class PointerLabels:
    """What a batch teaches one pointer; spans are (window, first word, last word).

    ``possible``: spans × (candidates + 1), true for candidates of the same window and,
    in the last column, for "none of them"; ``steps``: spans × candidates, distances as
    :func:`pipeline.stages.encoder.links.distance_steps` counts them; ``targets``: the
    right column of each span.
    """

    spans: Tensor
    candidates: Tensor
    possible: Tensor
    steps: Tensor
    targets: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors: batch × pieces, batch × words for ``first``, batch alone.

    ``scheme`` is what has one number a window.
    """

    ids: Tensor
    casing: Tensor
    gaps: Tensor
    mask: Tensor
    scheme: Tensor
    first: Tensor
    tasks: dict[Task, TaskLabels]
    pointers: tuple[PointerLabels | None, ...]
    windows: tuple[WindowExample, ...]


def group(
    windows: Sequence[WindowExample], *, pieces: int, chance: random.Random
) -> Iterator[list[WindowExample]]:
    """Yield, shuffled, the windows of each batch: of like length, ``pieces`` in all.

    A window longer than that makes a batch by itself.
    """
    order = list(windows)
    chance.shuffle(order)
    average = sum(len(w.window.ids) for w in order) / max(1, len(order))
    pool = max(1, round(_POOL * pieces / max(1.0, average)))
    for start in range(0, len(order), pool):
        some = sorted(order[start : start + pool], key=lambda w: len(w.window.ids))
        batches = list(_fill(some, pieces))
        chance.shuffle(batches)
        yield from batches


def _fill(
    windows: Sequence[WindowExample], pieces: int
) -> Iterator[list[WindowExample]]:
    batch: list[WindowExample] = []
    for window in windows:
        if batch and len(window.window.ids) * (len(batch) + 1) > pieces:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def collate(windows: Sequence[WindowExample]) -> Batch:
    """Put windows together to one batch."""
    longest = max(len(w.window.ids) for w in windows)
    longest += -longest % _STEP
    most = max(len(w.window.first) for w in windows)
    ids, casing, gaps, mask = np.zeros((4, len(windows), longest), dtype=np.int64)
    first = np.zeros((len(windows), most), dtype=np.int64)
    for row, example in enumerate(windows):
        window = example.window
        ids[row, : len(window.ids)] = window.ids
        casing[row, : len(window.ids)] = window.casing
        gaps[row, : len(window.ids)] = window.gaps
        mask[row, : len(window.ids)] = 1
        first[row, : len(window.first)] = window.first
    tasks = {
        task: labels
        for task in TASKS
        if (labels := _task_labels(windows, task, most)) is not None
    }
    return Batch(
        ids=torch.from_numpy(ids),
        casing=torch.from_numpy(casing),
        gaps=torch.from_numpy(gaps),
        mask=torch.from_numpy(mask),
        scheme=torch.tensor([example.scheme for example in windows]),
        first=torch.from_numpy(first),
        tasks=tasks,
        pointers=tuple(_pointer_labels(windows, head) for head in range(len(POINTERS))),
        windows=tuple(windows),
    )


def hide_words(batch: Batch, *, share: float, mask: int) -> Tensor:
    """Return a batch's pieces with a share of the words' replaced by ``mask``.

    What stands between words stays as it is, and so does the casing of what is hidden.
    """
    drawn = torch.rand(batch.ids.shape) < share
    return batch.ids.masked_fill(drawn & (batch.casing != Casing.NONE), mask)


def _pointer_labels(
    windows: Sequence[WindowExample], head: int
) -> PointerLabels | None:
    # windows are laid out one after the other, so that words and lines are unique
    most = max(len(w.window.first) for w in windows)
    lines = np.concatenate(
        [_lines_of(example, most) + row * most for row, example in enumerate(windows)]
    )
    spans: list[Words] = []
    candidates: list[Words] = []
    goals: list[int | None] = []
    for row, example in enumerate(windows):
        mine = [pointer for pointer in example.pointers if pointer.head == head]
        shift = row * most
        for pointer in mine:
            spans.append((pointer.span[0] + shift, pointer.span[1] + shift))
            goal = pointer.target
            goals.append(None if goal is None else goal + len(candidates))
        if mine:
            candidates += [(a + shift, b + shift) for a, b in mine[0].candidates]
    if not spans:
        return None
    steps = distance_steps(spans, candidates, lines)
    pointing, pointed = _tensor(spans, most), _tensor(candidates, most)
    none = torch.ones((len(spans), 1), dtype=torch.bool)
    same = pointing[:, None, 0] == pointed[None, :, 0]
    return PointerLabels(
        spans=pointing,
        candidates=pointed,
        possible=torch.cat([same, none], dim=1),
        steps=torch.from_numpy(steps),
        targets=torch.tensor([len(candidates) if g is None else g for g in goals]),
    )


def _lines_of(example: WindowExample, most: int) -> NDArray[np.int64]:
    numbers = np.full(most, most - 1, dtype=np.int64)
    for number, (start, end) in enumerate(example.lines):
        numbers[start:end] = number
    return numbers


def _tensor(spans: Sequence[Words], most: int) -> Tensor:
    """Return (window, first word, last word) of each span."""
    rows = [(a // most, a % most, (b - 1) % most) for a, b in spans]
    return torch.tensor(rows, dtype=torch.long).view(-1, 3)


def _task_labels(
    windows: Sequence[WindowExample], task: Task, most: int
) -> TaskLabels | None:
    rows = [
        (number * most, line, example.allowed[task])
        for number, example in enumerate(windows)
        if task in example.allowed
        for line in example.lines
    ]
    if not rows:
        return None
    longest = max(end - start for _, (start, end), _ in rows)
    words = np.zeros((len(rows), longest), dtype=np.int64)
    mask = np.zeros((len(rows), longest), dtype=np.bool_)
    allowed = np.ones((len(rows), longest, label_count(task)), dtype=np.bool_)
    for row, (offset, (start, end), labels) in enumerate(rows):
        words[row, : end - start] = np.arange(start, end) + offset
        mask[row, : end - start] = True
        allowed[row, : end - start] = labels[start:end]
    return TaskLabels(
        torch.from_numpy(words), torch.from_numpy(allowed), torch.from_numpy(mask)
    )
