"""The command ``claims``.

A command parses, calls one function and prints one summary. Data goes to standard
output, all else to standard error. What a command runs is imported inside the command,
so that help and version answer at once.
"""

from importlib.metadata import version
from typing import Annotated

import typer

from pipeline.cli.endings import ending
from pipeline.cli.evaluate import evaluate
from pipeline.cli.explain import explain
from pipeline.cli.extract import extract
from pipeline.cli.merge import merge
from pipeline.cli.schema import schema
from pipeline.cli.show import show
from pipeline.cli.train import train
from pipeline.cli.verify import verify

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_show_locals=False, add_completion=False
)
for command in (
    extract,
    explain,
    show,
    verify,
    merge,
    schema,
    evaluate,
    train,
):
    app.command()(ending(command))


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"claims {version('en-news-claims')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the version.",
        ),
    ] = False,
) -> None:
    """Attributed claims from English news articles.

    Exit codes: 0 all went well, 1 some inputs failed, 2 wrong usage, 130 interrupted.
    """


def main() -> None:
    """Run the command; the entry point of the script ``claims``."""
    app()
