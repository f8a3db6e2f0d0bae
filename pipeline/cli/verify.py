"""``claims verify``: whether a run is what it says it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from pipeline.verification.verifier import Summary

_FAILED: Final = 1
#: Sources that are gone and named one by one; of more the number says enough.
_NAMED: Final = 5


def verify(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Folder that claims extract wrote.",
        ),
    ] = Path("out"),
) -> None:
    """Prove every span, id and line of a run against its sources."""
    from pipeline.verification.verifier import verify as prove

    summary = prove(folder, typer.echo)
    typer.echo(_summary(summary), err=True)
    raise typer.Exit(_FAILED if summary.problems else 0)


def _summary(summary: "Summary") -> str:
    read = len(summary.inputs) - len(summary.gone)
    counted = f"{summary.documents} articles, {summary.claims} claims"
    rejected = f"{summary.rejected} rejected inputs"
    problems = f"{summary.problems or 'no'} problems"
    lines = [f"{counted}, {rejected}: {problems}", f"{read} sources read again"]
    if summary.gone:
        named = ", ".join(summary.gone[:_NAMED])
        more = ", …" if len(summary.gone) > _NAMED else ""
        lines.append(
            f"{len(summary.gone)} sources are gone from here, so the texts in "
            f"documents.jsonl were taken: {named}{more}"
        )
    return "\n".join(lines)
