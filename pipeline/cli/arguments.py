"""Arguments that several commands take in the same words."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Gold: TypeAlias = Annotated[
    list[Path],
    typer.Argument(
        metavar="GOLD...",
        exists=True,
        help="Gold documents: .jsonl or .gold.txt files, or folders of them.",
        show_default=False,
    ),
]

RunFolder: TypeAlias = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Folder that claims extract wrote.",
    ),
]
