"""Records as lines of JSON, and the JSON Schema that every line satisfies.

Reach for :func:`to_line` and :func:`from_line` wherever records leave or enter a
process, and for :func:`json_schema` to publish the format. The lines keep two promises
that readers which guess types rely on: fields stand in the order of the record, and no
object or array is ever null; an absent object is written with nulls inside it.

>>> from pipeline.records import Rejection
>>> rejection = Rejection(source="a.txt", stage="reading", error="Empty", message="…")
>>> from_line(to_line(rejection)) == rejection
True
"""

import tomllib
from functools import cache
from importlib.resources import files
from types import NoneType
from typing import Any, Final, Literal, get_args, get_type_hints

import orjson
from pydantic import TypeAdapter

from pipeline.records import Claim, DocumentRecord, Manifest, Merged, Rejection

Record = Claim | DocumentRecord | Rejection | Manifest | Merged
RecordName = Literal["claim", "document", "rejection", "manifest", "merged"]

RECORDS: Final[dict[RecordName, type[Record]]] = {
    "claim": Claim,
    "document": DocumentRecord,
    "rejection": Rejection,
    "manifest": Manifest,
    "merged": Merged,
}
#: Probabilities are rounded, so that a last bit of noise changes no line.
_PLACES: Final = 4

Json = dict[str, Any]


def to_line(record: Record) -> bytes:
    """Write a record as one line of JSON, line end included.

    Equal records give equal bytes. Raises ``TypeError`` for a text that is no Unicode,
    such as half a surrogate pair.
    """
    name = _name(record.schema)
    row = _adapter(name).dump_python(record)
    for field, names in _absent(name).items():
        if row[field] is None:
            row[field] = dict.fromkeys(names)
    if "confidence" in row:
        rounded = {k: round(v, _PLACES) for k, v in row["confidence"].items()}
        row["confidence"] = rounded
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


def from_line(line: bytes | str) -> Record:
    """Read a record back from its line; its ``schema`` tells which record it is.

    Raises ``ValueError`` for a line that is no record of this version.
    """
    row = orjson.loads(line)
    name = _name(row.get("schema") if isinstance(row, dict) else None)
    for field in _absent(name):
        absent = row.get(field)
        if isinstance(absent, dict) and set(absent.values()) == {None}:
            row[field] = None
    return _adapter(name).validate_json(orjson.dumps(row), strict=True)


def json_schema(name: RecordName) -> Json:
    """Return the JSON Schema (2020-12) of a record's lines."""
    schema = _adapter(name).json_schema(mode="serialization")
    _tighten(schema)
    for part in schema.setdefault("$defs", {}).values():
        _tighten(part)
    for field in _absent(name):
        _allow_absent(schema, field)
    _describe(schema, name)
    version = schema["properties"]["schema"]["const"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:en-news-claims:{version}",
    } | schema


def schema_text(name: RecordName) -> str:
    """Return the JSON Schema of a record as it is published, laid out to be read."""
    return orjson.dumps(json_schema(name), option=orjson.OPT_INDENT_2).decode()


@cache
def _adapter(name: RecordName) -> TypeAdapter[Record]:
    return TypeAdapter(RECORDS[name])


def _name(schema: object) -> RecordName:
    for name in RECORDS:
        if str(schema).startswith(f"{name}/"):
            return name
    message = f"no record has the schema {schema!r}"
    raise ValueError(message)


@cache
def _absent(name: RecordName) -> dict[str, tuple[str, ...]]:
    """Return the fields that may hold no object, with the names inside the object."""
    absent = {}
    for field, kind in get_type_hints(RECORDS[name]).items():
        kinds = get_args(kind)
        if NoneType in kinds:
            inside = tuple(part for option in kinds for part in _field_names(option))
            if inside:
                absent[field] = inside
    return absent


def _field_names(kind: object) -> tuple[str, ...]:
    return tuple(getattr(kind, "__dataclass_fields__", ()))


def _tighten(part: Json) -> None:
    """Require every field, allow no other, and drop what only repeats the names."""
    if "properties" not in part:
        return
    part["required"] = list(part["properties"])
    part["additionalProperties"] = False
    part["description"] = _plain(part["description"])
    for field in part["properties"].values():
        field.pop("title", None)
        field.pop("default", None)


def _plain(docstring: str) -> str:
    return " ".join(docstring.replace("``", "`").split())


def _allow_absent(schema: Json, field: str) -> None:
    """Turn "object or null" into "object or an object of nulls"."""
    options = schema["properties"][field]["anyOf"]
    reference = next(option["$ref"] for option in options if "$ref" in option)
    names = schema["$defs"][reference.rpartition("/")[2]]["required"]
    nulls = {
        "type": "object",
        "properties": {name: {"type": "null"} for name in names},
        "required": names,
        "additionalProperties": False,
    }
    schema["properties"][field] = {"anyOf": [{"$ref": reference}, nulls]}


def _describe(schema: Json, name: RecordName) -> None:
    """Add what each field means and the bounds of its values."""
    notes = _notes()
    for field, note in notes[name].items():
        schema["properties"][field]["description"] = note
    parts = [schema, *schema["$defs"].values()]
    for part in parts:
        for field, limits in notes["limits"].items():
            if field in part.get("properties", {}):
                part["properties"][field] |= limits


@cache
def _notes() -> dict[str, Any]:
    source = files("pipeline") / "schema.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
