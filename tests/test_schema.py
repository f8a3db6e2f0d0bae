"""Lines of JSON: nothing is lost, nothing is null that holds other things."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import orjson
import pytest
from jsonschema import Draft202012Validator, ValidationError

from pipeline.columns import column_types
from pipeline.records import (
    Claim,
    Counts,
    Document,
    Input,
    Manifest,
    Producer,
    Rejection,
)
from pipeline.schema import RECORDS, RecordName, from_line, json_schema, to_line

TEXT = "Anna Brook said the weir would hold. Nobody asked why."
MakeDocument = Callable[..., Document]
MakeClaim = Callable[..., Claim]

NAMES = get_args(RecordName)
NOTES = Path(__file__).parent.parent / "pipeline" / "schema.toml"


@pytest.fixture
def claim(make_document: MakeDocument, make_claim: MakeClaim) -> Claim:
    document = make_document(TEXT)
    return make_claim(document, "the weir would hold", cue="said", source="Anna Brook")


@pytest.fixture
def bare_claim(make_document: MakeDocument, make_claim: MakeClaim) -> Claim:
    return make_claim(make_document(TEXT), "the weir would hold")


@pytest.fixture
def manifest() -> Manifest:
    return Manifest(
        producer=Producer(name="en-news-claims", version="0", model="toy 0"),
        versions={"python": "3.11"},
        configuration={"options": {"limit": None}},
        digest="0" * 64,
        inputs=(Input(id="d_1", source="a.txt", sha256="0" * 64),),
        counts=Counts(documents=1, claims=2, rejected=0),
        started="2026-01-31T09:30:00+00:00",
        seconds=1.5,
    )


@pytest.fixture
def rejection() -> Rejection:
    return Rejection(source="a.txt", stage="reading", error="Empty", message="Gone.")


@pytest.mark.parametrize("kind", ["claim", "bare_claim", "manifest", "rejection"])
def test_a_line_gives_its_record_back(
    kind: str, request: pytest.FixtureRequest
) -> None:
    record = request.getfixturevalue(kind)
    assert from_line(to_line(record)) == record


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("claim", "claim"),
        ("bare_claim", "claim"),
        ("manifest", "manifest"),
        ("rejection", "rejection"),
    ],
)
def test_a_line_satisfies_its_schema(
    kind: str, name: str, request: pytest.FixtureRequest
) -> None:
    line = to_line(request.getfixturevalue(kind))
    Draft202012Validator(json_schema(name)).validate(orjson.loads(line))


def test_an_absent_object_holds_nulls(bare_claim: Claim) -> None:
    row = orjson.loads(to_line(bare_claim))
    nothing = {"start": None, "end": None, "exact": None}
    assert row["source"] == nothing
    assert row["cue"] == nothing | {"lemma": None}


def test_fields_keep_the_order_of_the_record(claim: Claim) -> None:
    row = orjson.loads(to_line(claim))
    assert list(row) == list(json_schema("claim")["properties"])
    assert list(row)[:5] == ["schema", "id", "document", "type", "text"]
    assert list(row["content"][0]) == ["start", "end", "exact", "quoted"]


@pytest.mark.parametrize(
    ("confidence", "written"), [(1 / 3, 0.3333), (0.1 + 0.2, 0.3), (1.0, 1.0)]
)
def test_confidence_is_rounded(
    make_document: MakeDocument,
    make_claim: MakeClaim,
    confidence: float,
    written: float,
) -> None:
    claim = make_claim(make_document(TEXT), "the weir", confidence=confidence)
    row = orjson.loads(to_line(claim))
    assert row["confidence"] == {"content": written, "speaker": written}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "reported"),
        ("negated", None),
        ("content", None),
        ("cue", None),
        ("id", "17"),
        ("extra", 1),
    ],
)
def test_the_schema_refuses_what_is_no_claim(
    claim: Claim, field: str, value: object
) -> None:
    row = orjson.loads(to_line(claim)) | {field: value}
    with pytest.raises(ValidationError):
        Draft202012Validator(json_schema("claim")).validate(row)


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "[]",
        "1",
        '{"schema": "claim/9.0"}',
        '{"schema": "claim/1.1", "cue": []}',
        '{"schema": "rejection/1.0", "source": 1}',
        "no",
    ],
)
def test_a_line_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_line(line)


def test_half_a_surrogate_pair_is_refused() -> None:
    odd = Rejection(source="\ud800", stage="reading", error="E", message="M")
    with pytest.raises(TypeError):
        to_line(odd)


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_valid_and_identified(name: str) -> None:
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    version = RECORDS[name].__dataclass_fields__["schema"].default
    assert version.startswith(f"{name}/1.")
    assert schema["$id"] == f"urn:en-news-claims:{version}"


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_described_in_order(name: str) -> None:
    notes = tomllib.loads(NOTES.read_text(encoding="utf-8"))
    assert list(notes[name]) == list(RECORDS[name].__dataclass_fields__)
    fields = json_schema(name)["properties"].values()
    assert all(field["description"] for field in fields)


@pytest.mark.parametrize("name", NAMES)
def test_no_field_name_makes_a_reader_guess_a_date(name: str) -> None:
    schema = json_schema(name)
    parts = [schema, *schema["$defs"].values()]
    fields = {field for part in parts for field in part.get("properties", ())}
    assert not {field for field in fields if field == "date" or field.endswith("_at")}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tool", ["duckdb", "polars", "pandas"])
def test_column_types_name_every_column(name: str, tool: str) -> None:
    types = column_types(name, tool)
    quote = "'" if tool == "duckdb" else '"'
    for field in json_schema(name)["properties"]:
        assert f"{quote}{field}{quote}: " in types


@pytest.mark.parametrize(
    ("tool", "line"),
    [
        (
            "duckdb",
            """'source': 'STRUCT("start" BIGINT, "end" BIGINT, "exact" VARCHAR)',""",
        ),
        ("duckdb", "'flags': 'VARCHAR[]',"),
        ("polars", '"flags": pl.List(pl.String),'),
        ("polars", '"nested_in": pl.String,'),
        ("pandas", '"negated": "boolean",'),
        ("pandas", '"speaker": "object",'),
        ("sqlite-utils", "nested_in text"),
        ("sqlite-utils", "cue_start integer"),
        ("sqlite-utils", "confidence_speaker float"),
    ],
)
def test_column_types_of_claims(tool: str, line: str) -> None:
    assert line in column_types("claim", tool)
