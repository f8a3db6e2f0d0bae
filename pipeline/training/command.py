"""The commands behind ``make train`` and ``make model``.

``python -m pipeline.training train`` runs the recipe; ``… average`` takes the mean of
the best weights of several runs; ``… package`` turns those of one into a model package.
The options of ``train`` that leave something out are for ablations and learning curves.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import torch
import typer

from pipeline.training.loop import BEST, TrainingOptions
from pipeline.training.loop import train as train_model
from pipeline.training.package import write_package
from pipeline.training.recipe import Corpus, Places, gather, read_recipe
from pipeline.training.start import mean_weights

app = typer.Typer(add_completion=False, pretty_exceptions_show_locals=False)


@app.command()
def train(  # noqa: PLR0913 (an option each)
    *,
    corpora: Annotated[Path, typer.Option(help="Folder of the shared corpora.")],
    out: Annotated[Path, typer.Option(help="Folder of the run; resumed if it exists.")],
    gold: Annotated[
        Path, typer.Option(help="Folder of the project's gold articles.")
    ] = Path("corpus/gold"),
    epochs: Annotated[int, typer.Option(help="Passes over the recipe.")] = 6,
    rate: Annotated[float, typer.Option(help="Peak rate of the encoder.")] = 2e-4,
    start: Annotated[
        Path | None,
        typer.Option(help="Weights of another run, or model.onnx, to go on from."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Take this corpus alone; repeatable."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Leave out this corpus; repeatable."),
    ] = None,
    gold_share: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help="Part of the own articles to learn from."),
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="Seed of all chance.")] = 1,
    licensed_only: Annotated[
        bool, typer.Option(help="Leave out corpora without a clear licence.")
    ] = False,
) -> None:
    """Train the encoder on the corpora of pipeline/training/recipe.toml."""
    options = TrainingOptions(epochs=epochs, encoder_rate=rate, seed=seed)
    recipe = _recipe(only or (), without or (), licensed_only=licensed_only)
    places = Places(corpora=corpora, gold=gold)
    materials = gather(recipe, places, gold_share=gold_share)
    weights = train_model(materials, out, options, start=start, tell=typer.echo)
    typer.echo(f"weights: {weights}")


def _recipe(
    only: Sequence[str], without: Sequence[str], *, licensed_only: bool
) -> list[Corpus]:
    try:
        return read_recipe(licensed_only=licensed_only, only=only, without=without)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


@app.command()
def average(
    *,
    run: Annotated[
        list[Path], typer.Option(help="Folder of a training run.", exists=True)
    ],
    out: Annotated[Path, typer.Option(help="Folder to write the mean to.")],
) -> None:
    """Write the mean of several runs' best weights, as if it were a run's.

    Runs that go on from one another, or start alike, are better together than each by
    itself (Wortsman et al. 2022).
    """
    mean = mean_weights([folder / BEST for folder in run])
    out.mkdir(parents=True, exist_ok=True)
    torch.save({"network": mean}, out / BEST)
    typer.echo(f"weights: {out / BEST}")


@app.command()
def package(
    *,
    run: Annotated[Path, typer.Option(help="Folder of a training run.", exists=True)],
    out: Annotated[Path, typer.Option(help="Folder of the model package.")],
    full_precision: Annotated[
        bool, typer.Option(help="Keep 32-bit weights, four times as large.")
    ] = False,
) -> None:
    """Write the best weights of a run as a model package that spaCy loads.

    The settings of the package that stands there are kept.
    """
    write_package(run / BEST, out, quantise=not full_precision)
    typer.echo(f"model: {out}")
