"""What a person sees of a run: a moving line on a terminal, each rejection anywhere."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline.records import Rejection

if TYPE_CHECKING:
    from pipeline.batch.extractor import Lines


@contextmanager
def watched(results: Iterable["Lines"]) -> Iterator[Iterator["Lines"]]:
    """Pass results on while reporting them on standard error."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        yield _reported(results, progress)


def _reported(results: Iterable["Lines"], progress: Progress) -> Iterator["Lines"]:
    task = progress.add_task("reading")
    claims = 0
    for number, lines in enumerate(results, start=1):
        claims += len(lines.claims)
        match lines.item:
            case Rejection(source=source, message=message):
                _say(progress.console, f"rejected {source}: {message}")
        progress.update(task, description=f"{number} articles, {claims} claims")
        yield lines


def _say(console: Console, line: str) -> None:
    """Print a line as it is: brackets in a file name are no mark-up."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)
