"""``claims extract``: articles in, the four files of a run out."""

import sys
from collections import Counter
from dataclasses import asdict
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated, Final

import typer

from pipeline.cli.counting import counted
from pipeline.cli.progress import watched
from pipeline.records import Counts

#: As a path: standard input or standard output.
_STANDARD = "-"
#: Endings of files left alone that are named; of more the number says enough.
_NAMED: Final = 5


def _day(value: str | None) -> str | None:
    """Accept a day of the calendar and nothing else."""
    try:
        return value and date.fromisoformat(value).isoformat()
    except ValueError as error:
        message = f"{value!r} is no day such as 2026-01-31"
        raise typer.BadParameter(message) from error


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Articles: files (.txt, .md, .html, .jsonl, .warc, .docx, .pdf; also "
            ".gz and .zst), folders, patterns, or - for standard input.",
            show_default=False,
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", help="Folder to write to; - prints the claims alone."
        ),
    ] = "out",
    published: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            callback=_day,
            help="Day of publication of articles that name none.",
        ),
    ] = None,
    text_key: Annotated[
        str, typer.Option(help="Field that holds the text, in JSON Lines.")
    ] = "text",
    html_key: Annotated[
        str,
        typer.Option(
            help="Field that holds the article as HTML, in JSON Lines; it is read "
            "where the record has no text."
        ),
    ] = "html",
    id_key: Annotated[
        str | None,
        typer.Option(help="Field that names the article, in JSON Lines."),
    ] = None,
    model: Annotated[
        str, typer.Option(help="Name of an installed model, or its folder.")
    ] = "en_news_claims",
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="People and bodies that get ids of yours: .csv or .jsonl with the "
            "columns name, kind (person or organisation), id, aliases (a; b), role, "
            "organisation, party, valid_from, valid_to. Only name is needed; further "
            "rows with one id are further posts.",
        ),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="Leave out claims whose content is less probably right.",
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Take this many articles at most.")
    ] = None,
    max_errors: Annotated[
        int | None, typer.Option(min=0, help="Give up after so many rejected inputs.")
    ] = None,
) -> None:
    """Extract the claims of articles."""
    from pipeline.batch.extractor import Extractor
    from pipeline.batch.runner import extract_all, limited, write_claims, write_run
    from pipeline.reading import ReadOptions, read_inputs
    from pipeline.reading.files import left_alone
    from pipeline.stages.identities.roster.reading import (
        read_roster,
        roster_digest,
        roster_setting,
    )

    known = roster_setting(read_roster(roster)) if roster else None
    options = ReadOptions(
        text_key=text_key, html_key=html_key, id_key=id_key, published=published
    )
    items = read_inputs(paths, options=options)
    extractor = Extractor(model, min_confidence=min_confidence, roster=known)
    results = extract_all(islice(items, limit), extractor)
    if max_errors is not None:
        results = limited(results, max_errors)
    with watched(results) as seen:
        if out == _STANDARD:
            counts = write_claims(seen, sys.stdout.buffer)
        else:
            counts = write_run(
                seen,
                Path(out),
                nlp=extractor.nlp,
                options=asdict(options)
                | {"limit": limit, "roster": known and roster_digest(known)},
            )
    typer.echo(_summary(counts, out), err=True)
    if others := left_alone(paths):
        typer.echo(_left_alone(others), err=True)
    raise typer.Exit(1 if counts.rejected else 0)


def _summary(counts: Counts, out: str) -> str:
    place = "standard output" if out == _STANDARD else f"{Path(out)}/"
    return (
        f"{counted(counts.documents, 'article')}, {counted(counts.claims, 'claim')}, "
        f"{counted(counts.rejected, 'input')} rejected; written to {place}"
    )


def _left_alone(others: Counter[str]) -> str:
    endings = [
        ending for ending, _ in sorted(others.items(), key=lambda it: (-it[1], it[0]))
    ]
    more = ", …" if len(endings) > _NAMED else ""
    number = others.total()
    verb = "was" if number == 1 else "were"
    kinds = "another kind" if number == 1 else "other kinds"
    return (
        f"{counted(number, 'file')} of {kinds} {verb} left alone: "
        f"{', '.join(endings[:_NAMED])}{more}"
    )
