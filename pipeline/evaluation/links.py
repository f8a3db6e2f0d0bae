"""``python -m pipeline.evaluation.links``: the encoder's pointers beside nearness.

Run it on annotated articles, whenever weights or the rules that join parts have
changed::

    python -m pipeline.evaluation.links corpus/gold/dev
    python -m pipeline.evaluation.links polnear/dev.jsonl --scheme polnear --json

It prints how many links between gold spans come out right, as
:mod:`pipeline.evaluation.gold_links` counts them, and then the F1 of whole claims as
the pipeline finds them: all parts right to the character, or their characters shared.
Each figure stands there twice: joined by the encoder's pointers, and by nearness alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pipeline.assembly import MODEL, by_scheme, load
from pipeline.evaluation import evaluate
from pipeline.evaluation.gold_links import (
    TO_CUE,
    TO_SOURCE,
    WAYS,
    GoldLinks,
    choose_by_nearness,
    choose_by_pointers,
)
from pipeline.evaluation.reading import tidy
from pipeline.evaluation.report import Report
from pipeline.evaluation.tallies import Rows
from pipeline.gold import GoldDocument, read_gold
from pipeline.gold_passages import passages
from pipeline.stages.encoder.component import Encoder

#: The figures of whole claims: name here, section and row of an evaluation's report.
_WHOLE: Final = (
    ("outer_exact_f1", "claims", "whole_exact"),
    ("outer_overlap_f1", "claims", "whole_overlap"),
    ("nested_exact_f1", "nested", "whole_exact"),
    ("nested_overlap_f1", "nested", "whole_overlap"),
)


def compare_links(
    documents: Sequence[GoldDocument], model: str, *, scheme: str | None = None
) -> Report:
    """Score links by the encoder and by nearness; ``scheme`` None is the model's own.

    The columns of the report are ``WAYS``, in per cent, and what gold holds.
    """
    own = by_scheme(scheme) or {}
    pointing, nearest = (
        load(model, own | {"news_attributions": {"links": way}}) for way in WAYS
    )
    reports = [evaluate(documents, nlp) for nlp in (pointing, nearest)]
    encoder: Any = pointing.get_pipe("news_encoder")
    links = link_gold_spans(documents, encoder)
    sections = {
        "content to cue, between gold spans": links.rows(TO_CUE),
        "cue to source, between gold spans": links.rows(TO_SOURCE),
        "whole claims, through the pipeline": whole_claims(
            dict(zip(WAYS, reports, strict=True))
        ),
    }
    return replace(reports[0], sections=sections, misses=())


def link_gold_spans(documents: Iterable[GoldDocument], encoder: Encoder) -> GoldLinks:
    """Link the gold spans of the documents, by pointers and by nearness."""
    links = GoldLinks()
    for gold in map(tidy, documents):
        pieces, scores = encoder.read(gold.text, passages(gold))
        if scores is not None:
            pointed = choose_by_pointers(gold, pieces, scores)
            links.add(gold, {"encoder": pointed, "nearness": choose_by_nearness(gold)})
    return links


def whole_claims(reports: Mapping[str, Report]) -> Rows:
    """Return the F1 of whole claims from each way's report, where any was measured."""
    return {
        name: {way: one.sections[section][row]["f1"] for way, one in reports.items()}
        for name, section, row in _WHOLE
        if all(row in one.sections.get(section, {}) for one in reports.values())
    }


def tell_links(
    gold: Annotated[list[Path], typer.Argument(help="Gold to score on.")],
    *,
    model: Annotated[str, typer.Option(help="Name or folder of the model.")] = MODEL,
    scheme: Annotated[
        str | None, typer.Option(help="Corpus by whose habits the text is read.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score links by the encoder's pointers, and by nearness beside them."""
    documents = list(chain.from_iterable(map(read_gold, gold)))
    report = compare_links(documents, model, scheme=scheme)
    typer.echo(report.to_json() if as_json else report.to_text())


if __name__ == "__main__":
    typer.run(tell_links)
