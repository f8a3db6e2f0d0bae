"""What a retraining is asked to do, and the folder that belongs to it.

A folder belongs to one plan: what the outcome depends on is written there first, and a
call with another plan is refused instead of mixing the two.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.assembly import MODEL
from pipeline.errors import UnwritableFolderError
from pipeline.gold import GoldDocument

#: The part of the new model's folder that the training itself writes to.
RUN: Final = "training"
_PLAN: Final = "plan.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraining:
    """What is retrained on what; ``rate`` is the encoder's peak.

    ``corpora`` is a folder of shared corpora, laid out as the recipe names them, with
    the articles of this project in its folder ``gold``; those that it lacks are left
    out. ``held_out`` is the share of the gold documents that is only measured on.
    """

    gold: tuple[Path, ...]
    base: str = MODEL
    corpora: Path | None = None
    epochs: int = 3
    rate: float = 5e-5
    seed: int = 1
    held_out: float = 0.2


def describe(
    plan: Retraining, documents: Iterable[GoldDocument], **more: object
) -> dict[str, Any]:
    """Return what the outcome depends on, by content and not by where it lies."""
    numbers = ("epochs", "rate", "seed", "held_out")
    digest = hashlib.sha256()
    for document in documents:
        # default=sorted: sets have no order of their own
        line = json.dumps(asdict(document), default=sorted, sort_keys=True)
        digest.update(line.encode())
    chosen = {name: getattr(plan, name) for name in numbers}
    return {**chosen, "gold": digest.hexdigest(), **more}


def settle(folder: Path, described: dict[str, Any]) -> None:
    """Make the folder this plan's own.

    Raises :class:`pipeline.errors.UnwritableFolderError` for one that is another's.
    """
    path = folder / RUN / _PLAN
    try:
        if path.exists():
            if json.loads(path.read_text(encoding="utf-8")) != described:
                problem = "it holds a training on other gold, weights or options"
                raise UnwritableFolderError(str(folder), problem)
            return
        if folder.exists() and any(one.name != RUN for one in folder.iterdir()):
            problem = "it holds something that is no training"
            raise UnwritableFolderError(str(folder), problem)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(described, indent=2) + "\n")
    except OSError as error:
        raise UnwritableFolderError(str(folder), str(error)) from error


def write_whole(path: Path, text: str) -> None:
    """Write a text file that is whole or absent."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
