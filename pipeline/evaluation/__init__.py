"""Score the pipeline against gold documents: what ``claims evaluate`` runs.

The whole surface is one function and what it returns::

    from pathlib import Path
    from pipeline.evaluation import evaluate

    report = evaluate([Path("corpus/gold/dev")], nlp)
    report.to_text()                 # tables for a terminal, plain text
    report.to_text(misses=True)      # the same, then every miss in its context
    report.to_json()                 # the same figures as one JSON object
    report.to_json(misses=True)      # with the misses
    report.figures()                 # {"spans.content.f1": 88.1, …} for floors

Gold text goes through the pipeline as plain text; everything is scored from the layers
that the stages leave on the ``Doc``. What a gold document does not annotate is skipped,
never counted as absent. :mod:`pipeline.evaluation.scores` says what each figure means,
:mod:`pipeline.evaluation.gate` keeps figures from falling unnoticed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from spacy.language import Language

from pipeline.evaluation.reading import Reading
from pipeline.evaluation.report import Report
from pipeline.evaluation.scores import Scores
from pipeline.gold import GoldDocument, read_gold

__all__ = ["Report", "evaluate"]


def evaluate(
    gold: Iterable[GoldDocument | Path], nlp: Language, *, batch_size: int = 16
) -> Report:
    """Run ``nlp`` over the gold documents' text and score what it finds.

    ``gold`` may mix documents and paths; a path is a ``.jsonl`` or ``.gold.txt`` file,
    or a folder of them. Raises :class:`pipeline.errors.BadGoldError` for gold that
    breaks its format. Documents are taken in a stream, so that memory holds one batch
    of them and the figures.
    """
    scores = Scores()
    digest = hashlib.sha256()
    pairs = ((document.text, document) for document in _documents(gold))
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        digest.update(_canonical(document))
        scores.add(document, Reading.of(doc))
    return scores.report(gold=digest.hexdigest(), weights=weights_digest(nlp))


def weights_digest(nlp: Language) -> str | None:
    """Return the SHA-256 of the ONNX files the pipeline was loaded with, or None."""
    folder = nlp.path
    files = sorted(folder.rglob("*.onnx")) if folder else []
    if not files:
        return None
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _canonical(document: GoldDocument) -> bytes:
    # default=sorted: sets have no order of their own, and another one in each process
    return json.dumps(asdict(document), default=sorted, sort_keys=True).encode()


def _documents(gold: Iterable[GoldDocument | Path]) -> Iterator[GoldDocument]:
    for item in gold:
        if isinstance(item, GoldDocument):
            yield item
        else:
            yield from read_gold(item)
