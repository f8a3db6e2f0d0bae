"""``claims show``: the claims of a run in colour over their articles."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.arguments import RunFolder
from pipeline.cli.counting import counted


def show(
    folder: RunFolder = Path("out"),
    out: Annotated[Path, typer.Option("--out", "-o", help="Page to write.")] = Path(
        "claims.html"
    ),
    document: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Show this article alone: its id or source."),
    ] = None,
) -> None:
    """Write a page that shows articles with their claims; any browser opens it."""
    from pipeline.explaining.page import write_page

    shown = write_page(folder, out, document=document)
    typer.echo(f"{counted(shown, 'article')} shown; written to {out}", err=True)
