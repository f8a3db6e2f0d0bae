"""``claims train``: a model of one's own, from one's own annotated articles."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.arguments import Gold
from pipeline.errors import MissingExtraError


def train(
    gold: Gold,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            help="Folder of the new model; an interrupted training is resumed.",
            show_default=False,
        ),
    ],
    base: Annotated[
        str,
        typer.Option("--from", help="Model to start from: its name, or its folder."),
    ] = "en_news_claims",
    corpora: Annotated[
        Path | None,
        typer.Option(exists=True, help="Folder of shared corpora to mix in."),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="Passes over the articles.")] = 3,
    rate: Annotated[
        float, typer.Option(min=0.0, help="How fast the model changes.")
    ] = 5e-5,
    seed: Annotated[int, typer.Option(help="Seed of all chance.")] = 1,
    held_out: Annotated[
        float,
        typer.Option(
            min=0.0, max=0.9, help="Share of the articles that is only measured on."
        ),
    ] = 0.2,
) -> None:
    """Retrain a model on gold documents, and report what that changed."""
    try:
        from pipeline.training.plan import Retraining
        from pipeline.training.retrain import retrain
    except ModuleNotFoundError as error:
        raise MissingExtraError("claims train", "train") from error

    plan = Retraining(
        gold=tuple(gold),
        base=base,
        corpora=corpora,
        epochs=epochs,
        rate=rate,
        seed=seed,
        held_out=held_out,
    )
    report = retrain(plan, out, tell=partial(typer.echo, err=True))
    typer.echo(report, nl=False)
