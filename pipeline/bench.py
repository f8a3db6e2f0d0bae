"""Time the pipeline beside its bare encoder, on the same texts in one run.

``python -m pipeline.bench PATH…`` prints milliseconds per 600 words for the tokenizer
and each stage, for the whole and for the bare encoder, and the peak of memory. The bare
encoder cuts the text into pieces and runs the network over them, which any user of
these weights must do; what the pipeline takes beyond that is the price of decoding and
of the rules. One thread is timed, as in a worker process, and by the processor's time,
so that neither the number of cores nor other work on the machine shows.
"""

import resource
import sys
from collections.abc import Iterable, Sequence
from time import process_time

from spacy.language import Language

from pipeline.assembly import load
from pipeline.extraction import make_doc
from pipeline.layers import BLOCKS
from pipeline.reading import ReadOptions, read_inputs
from pipeline.records import Document
from pipeline.stages.encoder.component import Encoder

_ARTICLE = 600
_ROUNDS = 3
_BARE = "bare encoder"


def time_stages(documents: Iterable[Document], nlp: Language) -> dict[str, float]:
    """Return the seconds that the tokenizer and each stage take over the documents.

    Where there is an encoder, what it takes bare is timed right after it.
    """
    seconds = dict.fromkeys(["tokenizer", *nlp.pipe_names], 0.0)
    for document in documents:
        begun = process_time()
        doc = make_doc(document, nlp)
        seconds["tokenizer"] += process_time() - begun
        for name, stage in nlp.pipeline:
            begun = process_time()
            doc = stage(doc)
            seconds[name] += process_time() - begun
            if isinstance(stage, Encoder):
                blocks = BLOCKS.get(doc)
                begun = process_time()
                stage.score_windows(document.text, blocks)
                bare = process_time() - begun
                seconds[_BARE] = seconds.get(_BARE, 0.0) + bare
    return seconds


def best_of(documents: Sequence[Document], nlp: Language) -> dict[str, float]:
    """Time several rounds and keep each stage's best, after one to warm up."""
    time_stages(documents[:1], nlp)
    rounds = [time_stages(documents, nlp) for _ in range(_ROUNDS)]
    return {name: min(times[name] for times in rounds) for name in rounds[0]}


def report(seconds: dict[str, float], words: int) -> str:
    """Lay the times out as a table, per article of 600 words.

    The share of the bare encoder is the pipeline's throughput as part of its own.
    """
    stages = {name: time for name, time in seconds.items() if name != _BARE}
    whole = sum(stages.values())
    rows = [*stages.items(), ("whole pipeline", whole)]
    rows += [(_BARE, seconds[_BARE])] if _BARE in seconds else []
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
    nlp = load(config={"news_encoder": {"threads": 1}})
    seconds = best_of(documents, nlp)
    heading = f"{len(documents)} articles, {words} words"
    sys.stdout.write(f"{heading}\n{report(seconds, words)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
