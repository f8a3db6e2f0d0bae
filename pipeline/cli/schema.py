"""``claims schema``: the format of what is written, for validators and readers."""

from typing import Annotated, Literal

import typer


def schema(
    record: Annotated[
        Literal["claim", "document", "rejection", "manifest", "merged"],
        typer.Argument(help="The record to describe."),
    ] = "claim",
    tool: Annotated[
        Literal["duckdb", "polars", "pandas", "sqlite-utils"] | None,
        typer.Option("--for", help="Print column types for this tool instead."),
    ] = None,
) -> None:
    """Print the JSON Schema of a record, or its column types for a tool."""
    from pipeline.columns import column_types
    from pipeline.schema import schema_text

    typer.echo(column_types(record, tool) if tool else schema_text(record))
