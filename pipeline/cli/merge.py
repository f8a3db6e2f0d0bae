"""``claims merge``: one record for each claim that articles of several runs tell."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.counting import counted


def merge(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN...",
            exists=True,
            file_okay=False,
            help="Folders that claims extract wrote.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder to write merged.jsonl to.")
    ] = Path("merged"),
) -> None:
    """Group the claims that several articles tell, and say where figures differ."""
    from pipeline.merging.merger import merge_runs

    merged, shared, differing = merge_runs(runs, out)
    typer.echo(
        f"{counted(merged, 'claim')}, {shared} of them told by several articles, "
        f"{differing} of these with figures that differ; written to {out}/",
        err=True,
    )
