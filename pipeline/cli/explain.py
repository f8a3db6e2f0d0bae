"""``claims explain``: a claim with all that speaks for it."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.arguments import RunFolder


def explain(
    claim: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Id of the claim, or how it begins.", show_default=False
        ),
    ],
    folder: RunFolder = Path("out"),
) -> None:
    """Show a claim in its article, who speaks, and why the program thinks so."""
    from rich.console import Console

    from pipeline.explaining.explanation import explanation
    from pipeline.runs import document_of, find_claim

    found = find_claim(folder, claim)
    text = explanation(found, document_of(folder, found))
    console = Console(highlight=False)
    # a reader's terminal wraps between words; a program wants its lines whole
    console.print(text, soft_wrap=not console.is_terminal)
