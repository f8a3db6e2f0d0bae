"""Time the pipeline beside its encoder, on the same texts in one run.

``python -m pipeline.bench PATH…`` prints milliseconds per 600 words for the tokenizer
and each stage, the share of the encoder in the whole, and the peak of memory. The
encoder is the floor: what the other stages cost on top of it is the price of the rules.
"""

import resource
import sys
from collections.abc import Iterable, Sequence
from time import perf_counter

from spacy.language import Language

from pipeline.assembly import load
from pipeline.extraction import make_doc
from pipeline.reading import ReadOptions, read_inputs
from pipeline.records import Document

_ARTICLE = 600
_ROUNDS = 3


def time_stages(documents: Iterable[Document], nlp: Language) -> dict[str, float]:
    """Return the seconds that the tokenizer and each stage take over the documents."""
    seconds = dict.fromkeys(["tokenizer", *nlp.pipe_names], 0.0)
    for document in documents:
        begun = perf_counter()
        doc = make_doc(document, nlp)
        seconds["tokenizer"] += perf_counter() - begun
        for name, stage in nlp.pipeline:
            begun = perf_counter()
            doc = stage(doc)
            seconds[name] += perf_counter() - begun
    return seconds


def best_of(documents: Sequence[Document], nlp: Language) -> dict[str, float]:
    """Time several rounds and keep each stage's best, after one to warm up."""
    time_stages(documents[:1], nlp)
    rounds = [time_stages(documents, nlp) for _ in range(_ROUNDS)]
    return {name: min(times[name] for times in rounds) for name in rounds[0]}


def report(seconds: dict[str, float], words: int) -> str:
    """Lay the times out as a table, per article of 600 words."""
    whole = sum(seconds.values())
    rows = [*seconds.items(), ("whole pipeline", whole)]
    lines = [
        f"{name:18}{1000 * time / words * _ARTICLE:9.1f} ms{time / whole:8.1%}"
        for name, time in rows
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return "\n".join([f"per {_ARTICLE} words", *lines, f"peak memory {peak:.0f} MB"])


def main(paths: Sequence[str]) -> None:
    """Time the shipped pipeline over the articles at the paths and print the table."""
    items = read_inputs(paths, options=ReadOptions())
    documents = [item for item in items if isinstance(item, Document)]
    words = sum(len(document.text.split()) for document in documents)
    seconds = best_of(documents, load())
    heading = f"{len(documents)} articles, {words} words"
    sys.stdout.write(f"{heading}\n{report(seconds, words)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
