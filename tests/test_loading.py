"""What is written loads into the tools that people use, value by value.

The lines are those that readers get wrong when they guess: fields that are null for
thousands of lines and then are not, days that turn into months and intervals, ids that
look like numbers, lists that are empty at first.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pandas as pd
import polars as pl
import pytest
import sqlite_utils
from click.testing import CliRunner
from sqlite_utils.cli import cli as sqlite

from pipeline.columns import column_types
from pipeline.merging.bench import invent_claims
from pipeline.merging.merger import merge
from pipeline.records import (
    Claim,
    CueSpan,
    DateSpan,
    DocumentRecord,
    EntitySpan,
    Exact,
    IdentityRecord,
    Post,
    Rejection,
    SaidOn,
)
from pipeline.schema import Record, RecordName, to_line

NUMBER = 3_000
Row = dict[str, Any]
Load = Callable[[Path, RecordName], list[Row]]


def _claims() -> Iterator[Claim]:
    """Yield claims of which only the last few fill what is mostly null."""
    for place, claim in enumerate(invent_claims(NUMBER)):
        rare = place > NUMBER - 3
        month = place % 1_000 == 999
        said = SaidOn(
            edtf="2012-11", earliest="2012-11-01", latest=None, basis="stated"
        )
        yield replace(
            claim,
            text_resolved="[Ada Moss] “agreed”" if rare else None,
            cue=CueSpan(start=0, end=4, exact="said", lemma="say") if rare else None,
            source=None if place % 2 else claim.source,
            speaker=replace(claim.speaker, party="Green") if rare else claim.speaker,
            nested_in="c_00000001" if rare else None,
            negated=place % 7 == 0,
            appearances=(Exact(start=0, end=1, exact="0012"),) if rare else (),
            mentions=(EntitySpan(start=0, end=3, exact="0e5", label="ORG", id="o_0e5"),)
            if rare
            else (),
            figures=tuple(
                replace(figure, value=None if month else figure.value, low=0.1)
                for figure in claim.figures
            ),
            dates=(
                DateSpan(
                    start=0,
                    end=4,
                    exact="2015",
                    edtf="../2015",
                    earliest=None,
                    latest="2015-12-31",
                    modifier=None,
                    anchor=None,
                ),
            )
            if rare
            else (),
            said_on=said if month else claim.said_on,
            document=replace(claim.document, published="2012-11")
            if month
            else claim.document,
            flags=("markup",) if rare else (),
        )


def _documents() -> Iterator[DocumentRecord]:
    for claim in invent_claims(200):
        rare = claim.id >= "c_00000198"
        post = Post(role="leader", organisation=None, start=0, end=3)
        who = IdentityRecord(
            id="p_0012",
            kind="person",
            name="Ada Moss",
            aliases=("Moss",),
            party=None,
            posts=(post,),
        )
        yield DocumentRecord(
            id=f"d_{claim.id}",
            source="0012",
            title="2012-11" if rare else None,
            byline=None,
            url=None,
            published="2012-11" if rare else "2012-11-14",
            sha256="0" * 64,
            media_type="text/plain",
            encoding="utf-8",
            text=f"{claim.text}\r\n\u2028“end”",
            identities=(who,) if rare else (),
            producer=claim.producer,
        )


def _rejections() -> Iterator[Rejection]:
    for place in range(50):
        yield Rejection(source=f"{place}", stage="reading", error="E", message="0012")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[RecordName, Path]:
    """Files of lines, a few thousand of them claims."""
    folder = tmp_path_factory.mktemp("lines")
    records: dict[RecordName, Iterator[Record]] = {
        "claim": _claims(),
        "document": _documents(),
        "merged": merge(invent_claims(NUMBER)),
        "rejection": _rejections(),
    }
    for name, found in records.items():
        (folder / f"{name}.jsonl").write_bytes(b"".join(map(to_line, found)))
    return {name: folder / f"{name}.jsonl" for name in records}


def _rows(path: Path) -> list[Row]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def _duckdb(path: Path, name: RecordName) -> list[Row]:
    relation = _relation(path, name)
    names = relation.columns
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


def _relation(path: Path, name: RecordName) -> duckdb.DuckDBPyRelation:
    columns = column_types(name, "duckdb")
    return duckdb.sql(f"FROM read_json('{path}', columns = {columns})")


def _polars(path: Path, name: RecordName) -> list[Row]:
    schema = _pasted(column_types(name, "polars"), pl=pl)
    return pl.scan_ndjson(path, schema=schema).collect().to_dicts()


def _pandas(path: Path, name: RecordName) -> list[Row]:
    types = _pasted(column_types(name, "pandas"))
    frame = pd.read_json(path, lines=True, dtype=types, precise_float=True)
    assert {column: str(kind) for column, kind in frame.dtypes.items()} == types
    return [
        {key: None if _is_null(value) else value for key, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _pasted(expression: str, **names: object) -> Row:
    """Return the value of what is pasted into a program."""
    namespace = dict(names)
    exec(f"types = {expression}", namespace)
    return namespace["types"]


def _is_null(value: object) -> bool:
    return (
        value is pd.NA
        or value is None
        or (isinstance(value, float) and math.isnan(value))
    )


@pytest.mark.parametrize("name", ["claim", "document", "merged", "rejection"])
@pytest.mark.parametrize("load", [_duckdb, _polars, _pandas])
def test_every_value_arrives(
    written: dict[RecordName, Path], name: RecordName, load: Load
) -> None:
    path = written[name]
    loaded, rows = load(path, name), _rows(path)
    assert len(loaded) == len(rows)
    for got, row in zip(loaded, rows, strict=True):
        assert got == row


def test_duckdb_finds_what_is_null_for_thousands_of_lines(
    written: dict[RecordName, Path],
) -> None:
    found = _relation(written["claim"], "claim").filter(
        "nested_in IS NOT NULL AND speaker.party = 'Green' AND len(dates) = 1"
    )
    assert len(found) == 2


@pytest.mark.parametrize("name", ["claim", "document", "merged", "rejection"])
def test_sqlite_utils_keeps_every_value(
    written: dict[RecordName, Path], name: RecordName, tmp_path: Path
) -> None:
    path = written[name]
    table = [str(tmp_path / "q.db"), name]
    columns = column_types(name, "sqlite-utils").split()
    for command in (
        ["create-table", *table, *columns],
        ["insert", *table, str(path), "--nl", "--flatten"],
    ):
        result = CliRunner().invoke(sqlite, command)
        assert result.exit_code == 0, result.output
    loaded = sqlite_utils.Database(tmp_path / "q.db")[name]
    for got, row in zip(loaded.rows, _rows(path), strict=True):
        flat = dict(_flat(row))
        lists = {key for key, value in flat.items() if isinstance(value, list)}
        assert got | {key: orjson.loads(got[key]) for key in lists} == flat


def _flat(row: Row, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield the fields of an object with those of the objects inside it."""
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}_")
        else:
            yield f"{prefix}{key}", value
