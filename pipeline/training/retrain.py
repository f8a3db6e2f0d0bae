"""Retraining: a trained pipeline goes on learning from somebody's own gold documents.

The folder that the new model is written to is at the same time the run's: it can be
interrupted at any point, and the same call goes on after the last whole epoch. What it
holds in the end is a model package and ``report.txt``, which compares old and new model
on documents that neither the training nor the choice of weights has seen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from spacy.language import Language

from pipeline.assembly import load
from pipeline.errors import BadGoldError, MissingWeightsError
from pipeline.evaluation import Report, evaluate, weights_digest
from pipeline.gold import GoldDocument, read_gold
from pipeline.stages.encoder.component import MODEL_FILE
from pipeline.training.examples import ALL_TASKS
from pipeline.training.held_out import difference, split
from pipeline.training.loop import BEST, CHECKPOINT, TrainingOptions, train
from pipeline.training.package import rewrite_package
from pipeline.training.plan import RUN, Retraining, describe, settle, write_whole
from pipeline.training.recipe import Material, Places, gather, read_recipe

REPORT: Final = "report.txt"
_ENCODER: Final = "news_encoder"
#: How much faster than the encoder the heads learn, as in the training from scratch.
_HEADS: Final = 5.0
#: A few articles make few steps: smaller ones then, and a longer warm-up.
_BATCH: Final = 2048
_WARMUP: Final = 0.2
#: How often own documents are seen in a pass that has the shared corpora in it.
_OWN_SHARE: Final = 5.0


def retrain(plan: Retraining, folder: Path, *, tell: Callable[[str], None]) -> str:
    """Write the retrained model into ``folder`` and return the report.

    A folder that holds an unfinished run of the same plan is gone on with, a finished
    one gives its report. ``tell`` hears of the progress. Raises
    :class:`pipeline.errors.UnwritableFolderError` for a folder that holds anything
    else, and :class:`pipeline.errors.BadGoldError` for gold that cannot be used.
    """
    nlp = load(plan.base)
    base, graph = _weights(nlp)
    learned, held_out = split(list(_read(plan.gold)), plan.held_out)
    materials = gather_materials(plan, learned, held_out)
    described = describe(
        plan,
        (*learned, *held_out),
        weights=weights_digest(nlp),
        corpora=[material.name for material in materials],
    )
    settle(folder, described)
    finished = folder / REPORT
    if finished.exists():
        return finished.read_text(encoding="utf-8")
    tell(f"documents to learn from: {len(learned)}, held out: {len(held_out)}")
    before = evaluate(held_out, nlp)
    weights = train(materials, folder / RUN, _options(plan), start=graph, tell=tell)
    rewrite_package(weights, base, folder)
    after = evaluate(held_out, load(str(folder)))
    report = _report(plan, (learned, held_out), (before, after), materials)
    write_whole(finished, report)
    # the package holds what was learned; these are ten times as large
    for name in (BEST, CHECKPOINT):
        (folder / RUN / name).unlink()
    return report


def _weights(nlp: Language) -> tuple[Path, Path]:
    """Return the folder of a loaded model, and the graph in it."""
    if nlp.path is None or not (nlp.path / _ENCODER / MODEL_FILE).is_file():
        raise MissingWeightsError(_ENCODER)
    return nlp.path, nlp.path / _ENCODER / MODEL_FILE


def _read(paths: Iterable[Path]) -> Iterator[GoldDocument]:
    for path in paths:
        yield from read_gold(path)


def _options(plan: Retraining) -> TrainingOptions:
    return TrainingOptions(
        epochs=plan.epochs,
        encoder_rate=plan.rate,
        head_rate=plan.rate * _HEADS,
        seed=plan.seed,
        batch_pieces=_BATCH,
        warmup=_WARMUP,
    )


def gather_materials(
    plan: Retraining, learned: list[GoldDocument], held_out: list[GoldDocument]
) -> list[Material]:
    """Return the own documents and, where the plan has any, the shared corpora."""
    shared = [] if plan.corpora is None else _shared(plan.corpora, held_out)
    own = _OWN_SHARE if shared else 1.0
    mine = Material(name="own gold", documents=learned, tasks=ALL_TASKS, share=own)
    return [mine, *shared]


def _shared(folder: Path, held_out: list[GoldDocument]) -> list[Material]:
    """Return the recipe's corpora that the folder has, without what is held out."""
    places = Places(corpora=folder, gold=folder / "gold")
    recipe = [one for one in read_recipe() if places.find(one.path).exists()]
    if not recipe:
        raise BadGoldError(str(folder), "holds none of the recipe's corpora")
    texts = frozenset(document.text for document in held_out)
    return [
        Material(
            name=material.name,
            documents=_without(material.documents, texts),
            tasks=material.tasks,
            share=material.share,
            scheme=material.scheme,
        )
        for material in gather(recipe, places)
    ]


def _without(
    documents: Iterable[GoldDocument], texts: frozenset[str]
) -> Iterator[GoldDocument]:
    return (document for document in documents if document.text not in texts)


def _report(
    plan: Retraining,
    sides: tuple[list[GoldDocument], list[GoldDocument]],
    reports: tuple[Report, Report],
    materials: Sequence[Material],
) -> str:
    """Say what was learned from, what was measured on, and what changed."""
    learned, held_out = sides
    before, after = reports
    shared = ", ".join(material.name for material in materials[1:]) or "none"
    names = ", ".join(sorted({document.id for document in held_out}))
    rates = f"epochs {plan.epochs}, rate {plan.rate:g}, seed {plan.seed}"
    head = (
        f"started from: {plan.base}; {rates}",
        f"shared corpora: {shared}",
        f"documents learned from: {len(learned)}",
        f"documents held out: {len(held_out)}, with {before.claims} claims",
    )
    table = difference(before.figures(), after.figures())
    return "\n".join((*head, "", table, "", f"held out: {names}")) + "\n"
