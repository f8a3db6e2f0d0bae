"""Training: epochs over the material, with checkpoints, resume and development scores.

A run is a folder: ``options.json``, ``log.jsonl`` (a line every few batches and one an
epoch), ``checkpoint.pt`` (all that a resumed run needs) and ``best.pt`` (averaged
weights of the best epoch). The same options and seed give the same run on the same
machine.
"""

import json
import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import torch
from torch import nn

from pipeline.errors import BadGoldError
from pipeline.stages.encoder.pieces import PieceReader
from pipeline.training.batches import Batch, hide_words
from pipeline.training.development import (
    DevSet,
    NetworkScorer,
    overall_figure,
    read_dev_sets,
)
from pipeline.training.examples import Example, make_example
from pipeline.training.losses import batch_loss
from pipeline.training.memory import keep_memory
from pipeline.training.passes import Passes
from pipeline.training.recipe import Material
from pipeline.training.start import load_start, read_weights

#: The files of a run: averaged weights of the best epoch, and what a resume needs.
BEST: Final = "best.pt"
CHECKPOINT: Final = "checkpoint.pt"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOptions:
    """How a model is trained; rates are per step, sizes in word pieces.

    ``hide`` is the share of pieces that the network has to guess around, ``any_scheme``
    that of windows of which it is not told how they are annotated.
    """

    epochs: int = 6
    batch_pieces: int = 4096
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.08
    weight_decay: float = 0.01
    clip: float = 1.0
    dropout: float = 0.1
    average: float = 0.998
    hide: float = 0.08
    any_scheme: float = 0.1
    seed: int = 1


def train(
    materials: Sequence[Material],
    folder: Path,
    options: TrainingOptions,
    *,
    start: Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> Path:
    """Train a model into ``folder`` and return the path of its weights.

    A folder that holds a checkpoint is resumed. ``start`` is a file of weights, or the
    graph of a model package, to go on from instead of the pre-trained encoder; ``tell``
    hears of every epoch. Without development documents the last epoch is the best. The
    process keeps what memory it takes, see :mod:`pipeline.training.memory`.
    """
    keep_memory()
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(materials, folder, options, start)
    run.resume()
    while run.epoch < options.epochs:
        run.one_epoch()
        if tell is not None:
            tell(f"epoch {run.epoch} of {options.epochs}: loss {run.loss:.4f}")
    return folder / BEST


class _Run:
    """A training run in progress."""

    def __init__(
        self,
        materials: Sequence[Material],
        folder: Path,
        options: TrainingOptions,
        start: Path | None,
    ) -> None:
        torch.manual_seed(options.seed)
        self.folder, self.options = folder, options
        self.network, tokenizer = load_start(dropout=options.dropout)
        if start is not None:
            self.network.load_state_dict(read_weights(start))
        self.average = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.reader = PieceReader(tokenizer.read_bytes())
        self.passes = Passes(
            examples=[(one.share, self._examples(one)) for one in materials],
            reader=self.reader,
            pieces=options.batch_pieces,
            any_scheme=options.any_scheme,
            seed=options.seed,
        )
        self.dev_sets: list[DevSet] = read_dev_sets(materials, self.reader)
        self.total = sum(map(self.passes.steps, range(options.epochs)))
        if not self.total:
            raise BadGoldError(
                ", ".join(one.name for one in materials),
                "holds nothing to learn: no attributions and no entities in its layers",
            )
        self.optimizer = self._optimizer()
        self.epoch = self.step = 0
        self.best, self.loss = -1.0, math.nan
        shares = {one.name: one.share for one in materials}
        _write_json(folder / "options.json", asdict(options) | {"corpora": shares})

    def _examples(self, material: Material) -> list[Example]:
        made = (
            make_example(
                document, self.reader, tasks=material.tasks, scheme=material.scheme
            )
            for document in material.documents
        )
        return [example for example in made if example.pieces.words and example.allowed]

    def _optimizer(self) -> torch.optim.Optimizer:
        encoder = list(self.network.bert.parameters())
        known = {id(parameter) for parameter in encoder}
        heads = [p for p in self.network.parameters() if id(p) not in known]
        return torch.optim.AdamW(
            [
                {"params": encoder, "peak": self.options.encoder_rate},
                {"params": heads, "peak": self.options.head_rate},
            ],
            weight_decay=self.options.weight_decay,
            fused=True,
        )

    def one_epoch(self) -> None:
        """Train one pass over the material, measure, and write checkpoint and log."""
        torch.manual_seed(hash((self.options.seed, self.epoch)))
        began, seen, losses = time.monotonic(), 0, []
        self.network.train()
        for count, batch in enumerate(self.passes.batches(self.epoch), start=1):
            losses.append(self._one_step(batch))
            seen += int(batch.mask.sum())
            if count % 25 == 0:
                rate = seen / (time.monotonic() - began)
                recent = fmean(losses[-25:])
                self._log(step=self.step, of=self.total, loss=recent, rate=rate)
        self.epoch += 1
        self.loss = fmean(losses)
        self._finish_epoch()

    def _one_step(self, batch: Batch) -> float:
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * self._rate()
        ids = hide_words(batch, share=self.options.hide, mask=self.reader.mask)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.network.encode(
                ids, batch.casing, batch.gaps, batch.mask, batch.scheme
            )
        scores = self.network.score(hidden.float(), batch.first)
        loss = batch_loss(scores, batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), self.options.clip)
        self.optimizer.step()
        self.step += 1
        # early on the average follows closely, or it would remember the start
        keep = min(self.options.average, (1 + self.step) / (10 + self.step))
        for name, value in self.network.state_dict().items():
            self.average[name].lerp_(value, 1 - keep)
        return float(loss.detach())

    def _rate(self) -> float:
        """Return the share of the peak rate: linear warm-up, then linear decay."""
        done = self.step / self.total
        if done < self.options.warmup:
            # never more than the peak: a run of few steps has no room to warm up in
            return min(1.0, (done + 1 / self.total) / self.options.warmup)
        return max(0.02, (1 - done) / (1 - self.options.warmup))

    def _finish_epoch(self) -> None:
        current = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.network.load_state_dict(self.average)
        self.network.eval()
        figures = {
            dev.name: dev.measure(NetworkScorer(self.network, scheme=dev.scheme))
            for dev in self.dev_sets
        }
        self.network.load_state_dict(current)
        overall = overall_figure(figures)
        self._log(epoch=self.epoch, loss=self.loss, overall=overall, figures=figures)
        if overall > self.best or not self.dev_sets:
            self.best = overall
            _save(self.folder / BEST, {"network": self.average})
        state = {
            "network": current,
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "step": self.step,
            "best": self.best,
        }
        _save(self.folder / CHECKPOINT, state)

    def resume(self) -> None:
        """Go on from the folder's checkpoint, if it holds one."""
        path = self.folder / CHECKPOINT
        if not path.exists():
            return
        state: dict[str, Any] = torch.load(path)
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.step = state["epoch"], state["step"]
        self.best = state["best"]

    def _log(self, **row: object) -> None:
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")


def _save(path: Path, state: dict[str, Any]) -> None:
    """Write a file that is whole or absent."""
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    os.replace(partial, path)  # noqa: PTH105


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
