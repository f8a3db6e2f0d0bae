"""Column types for tools that would otherwise guess them from a sample.

Guessing goes wrong where a field is null, or a date is whole, throughout the sample:
some readers stop later, some silently drop the values. :func:`column_types` derives the
types from the JSON Schema, written as the tool takes them.
"""

from collections.abc import Callable, Iterator
from typing import Final, Literal

from pipeline.schema import Json, RecordName, json_schema

Tool = Literal["duckdb", "polars", "pandas", "sqlite-utils"]


def column_types(name: RecordName, tool: Tool) -> str:
    """Return a record's column types as an expression to paste.

    For ``duckdb`` the value of ``columns`` in ``read_json``; for ``polars`` that of
    ``schema`` in ``scan_ndjson``; for ``pandas`` that of ``dtype`` in ``read_json``,
    where nested columns stay Python objects and ``precise_float=True`` keeps the last
    digits; for ``sqlite-utils`` the columns of ``create-table``, which ``insert
    --flatten`` fills, lists as JSON.
    """
    schema = json_schema(name)
    if tool == "sqlite-utils":
        flat = _flat(schema["properties"], schema["$defs"])
        return "\n".join(f"{column} {kind}" for column, kind in flat)
    types = (
        f"    {_quoted(field, tool)}: {_WRITERS[tool](part, schema['$defs'])},"
        for field, part in schema["properties"].items()
    )
    return "\n".join(["{", *types, "}"])


def _quoted(field: str, tool: Tool) -> str:
    return f"'{field}'" if tool == "duckdb" else f'"{field}"'


def _duckdb(part: Json, parts: Json) -> str:
    return f"'{_duckdb_type(part, parts)}'"


def _duckdb_type(part: Json, parts: Json) -> str:
    match _resolve(part, parts):
        case {"type": "array", "items": items}:
            return f"{_duckdb_type(items, parts)}[]"
        case {"type": "object", "properties": fields}:
            inside = (f'"{k}" {_duckdb_type(v, parts)}' for k, v in fields.items())
            return f"STRUCT({', '.join(inside)})"
        case {"type": kind}:
            return _DUCKDB[kind]
    return "JSON"


def _polars(part: Json, parts: Json) -> str:
    match _resolve(part, parts):
        case {"type": "array", "items": items}:
            return f"pl.List({_polars(items, parts)})"
        case {"type": "object", "properties": fields}:
            inside = (f'"{k}": {_polars(v, parts)}' for k, v in fields.items())
            return f"pl.Struct({{{', '.join(inside)}}})"
        case {"type": kind}:
            return _POLARS[kind]
    return "pl.Object"


def _pandas(part: Json, parts: Json) -> str:
    return _PANDAS.get(_resolve(part, parts).get("type", ""), '"object"')


def _flat(fields: Json, parts: Json, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield columns with their types, those of an object under its own name."""
    for field, part in fields.items():
        match _resolve(part, parts):
            case {"type": "object", "properties": inside}:
                yield from _flat(inside, parts, f"{prefix}{field}_")
            case {"type": kind}:
                yield f"{prefix}{field}", _SQLITE.get(kind, "text")


def _resolve(part: Json, parts: Json) -> Json:
    """Follow references, and pick what a nullable field holds when it is not null."""
    if "anyOf" in part:
        return _resolve(part["anyOf"][0], parts)
    if "$ref" in part:
        return _resolve(parts[part["$ref"].rpartition("/")[2]], parts)
    return part


_DUCKDB: Final = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "object": "JSON",
}
_POLARS: Final = {
    "string": "pl.String",
    "integer": "pl.Int64",
    "number": "pl.Float64",
    "boolean": "pl.Boolean",
    "object": "pl.Object",
}
_PANDAS: Final = {
    "string": '"string"',
    "integer": '"Int64"',
    "number": '"Float64"',
    "boolean": '"boolean"',
}
_SQLITE: Final = {"integer": "integer", "number": "float", "boolean": "integer"}
_WRITERS: Final[dict[Tool, Callable[[Json, Json], str]]] = {
    "duckdb": _duckdb,
    "polars": _polars,
    "pandas": _pandas,
}
