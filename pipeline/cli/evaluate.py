"""``claims evaluate``: the pipeline's figures on annotated articles."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.arguments import Gold

if TYPE_CHECKING:
    from pipeline.evaluation.report import Report

#: What a suite is pinned by, as far as its gold tells: what users feel first.
_PINNED: Final = (
    "spans.source.f1",
    "spans.cue.f1",
    "spans.content.f1",
    "claims.content_exact.f1",
    "claims.content_iou_50.f1",
    "claims.whole_exact.f1",
    "claims.whole_overlap.f1",
    "speakers.kind_and_name.right",
    "entities.names.f1",
    "entities.micro.f1",
    "blocks.furniture.f1",
)
_FAILED: Final = 1


def evaluate(
    gold: Gold,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as one JSON object.")
    ] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="List what was missed and what is wrong.")
    ] = False,
    model: Annotated[
        str, typer.Option(help="Name of an installed model, or its folder.")
    ] = "en_news_claims",
    scheme: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Annotation scheme to read the gold by, instead of the model's own.",
        ),
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option(help="File of floors that the figures may not fall below."),
    ] = None,
    suite: Annotated[
        str, typer.Option(help="Name that the floors file has for this gold.")
    ] = "uk_news dev",
    pin: Annotated[
        bool, typer.Option("--pin", help="Write these figures as the floors.")
    ] = False,
) -> None:
    """Score the pipeline against gold documents."""
    from pipeline.assembly import by_scheme, load
    from pipeline.evaluation import evaluate as score

    report = score(gold, load(model, by_scheme(scheme)))
    show = report.to_json if as_json else report.to_text
    typer.echo(show(misses=misses))
    if floors is not None:
        _guard(report, floors, suite=suite, pin=pin)


def _guard(report: "Report", path: Path, *, suite: str, pin: bool) -> None:
    """Hold a report against the floors, or pin it; floors never fall silently."""
    from pipeline.evaluation.gate import check, read_floors, update_floors, write_floors

    pinned = read_floors(path)
    if pin:
        names = [name for name in _PINNED if name in report.figures()]
        write_floors(path, update_floors(pinned, report, suite=suite, names=names))
        typer.secho(f"floors of {suite} pinned in {path}", err=True)
        return
    problems = check(report, pinned, suite=suite)
    for problem in problems:
        typer.secho(problem, err=True, fg="red")
    if problems:
        raise typer.Exit(_FAILED)
