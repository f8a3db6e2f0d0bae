"""``claims verify``: whether a run is what it says it is."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from pipeline.cli.arguments import RunFolder
from pipeline.cli.counting import counted

if TYPE_CHECKING:
    from pipeline.verification.verifier import Summary

_FAILED: Final = 1
#: Sources that are gone and named one by one; of more the number says enough.
_NAMED: Final = 5
_NONE: Final = "no problems"


def verify(
    folder: RunFolder = Path("out"),
) -> None:
    """Prove every span, id and line of a run against its sources."""
    from pipeline.verification.verifier import verify as prove

    summary = prove(folder, typer.echo)
    typer.echo(_summary(summary), err=True)
    raise typer.Exit(_FAILED if summary.problems else 0)


def _summary(summary: "Summary") -> str:
    read = len(summary.inputs) - len(summary.gone)
    held = (
        counted(summary.documents, "article"),
        counted(summary.claims, "claim"),
        counted(summary.rejected, "rejected input"),
    )
    problems = counted(summary.problems, "problem") if summary.problems else _NONE
    lines = [f"{counted(read, 'source')} read again"]
    if summary.gone:
        lines.append(_gone(summary.gone))
    return "\n".join([*lines, f"{', '.join(held)}: {problems}"])


def _gone(sources: Sequence[str]) -> str:
    """Return what was not proved, said before anybody reads that nothing is wrong."""
    named = ", ".join(sources[:_NAMED])
    more = ", …" if len(sources) > _NAMED else ""
    verb = "is" if len(sources) == 1 else "are"
    return (
        f"{counted(len(sources), 'source')} {verb} gone from here, so what "
        f"documents.jsonl holds was taken for it: {named}{more}"
    )
