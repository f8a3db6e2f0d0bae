"""The commands behind ``make train`` and ``make model``.

``python -m pipeline.training train`` runs the recipe; ``… package`` turns the best
weights of a run into a model package.
"""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.training.loop import BEST, TrainingOptions
from pipeline.training.loop import train as train_model
from pipeline.training.package import write_package
from pipeline.training.recipe import Places, gather, read_recipe

app = typer.Typer(add_completion=False, pretty_exceptions_show_locals=False)


@app.command()
def train(  # noqa: PLR0913 (an option each)
    *,
    corpora: Annotated[Path, typer.Option(help="Folder of the shared corpora.")],
    out: Annotated[Path, typer.Option(help="Folder of the run; resumed if it exists.")],
    gold: Annotated[
        Path, typer.Option(help="Folder of the project's gold articles.")
    ] = Path("corpus/gold"),
    epochs: Annotated[int, typer.Option(help="Passes over the recipe.")] = 5,
    rate: Annotated[float, typer.Option(help="Peak rate of the encoder.")] = 2e-4,
    start: Annotated[
        Path | None,
        typer.Option(help="Weights of another run, or model.onnx, to go on from."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of all chance.")] = 1,
    licensed_only: Annotated[
        bool, typer.Option(help="Leave out corpora without a clear licence.")
    ] = False,
) -> None:
    """Train the encoder on the corpora of pipeline/training/recipe.toml."""
    options = TrainingOptions(epochs=epochs, encoder_rate=rate, seed=seed)
    recipe = read_recipe(licensed_only=licensed_only)
    materials = gather(recipe, Places(corpora=corpora, gold=gold))
    weights = train_model(materials, out, options, start=start, tell=typer.echo)
    typer.echo(f"weights: {weights}")


@app.command()
def package(
    *,
    run: Annotated[Path, typer.Option(help="Folder of a training run.")],
    out: Annotated[Path, typer.Option(help="Folder of the model package.")],
    full_precision: Annotated[
        bool, typer.Option(help="Keep 32-bit weights, four times as large.")
    ] = False,
) -> None:
    """Write the best weights of a run as a model package that spaCy loads."""
    write_package(run / BEST, out, quantise=not full_precision)
    typer.echo(f"model: {out}")
