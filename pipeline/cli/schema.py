"""``claims schema``: the format of what is written, for validators and readers."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

if TYPE_CHECKING:
    from pipeline.columns import Tool
    from pipeline.schema import RecordName

#: Named here as well, so that help need not wait for what makes the schemas.
RECORDS: Final = ("claim", "document", "rejection", "manifest", "merged")
TOOLS: Final = ("duckdb", "polars", "pandas", "sqlite-utils")


def _one_of(known: tuple[str, ...], what: str) -> Callable[[str | None], str | None]:
    """Return a check that says what there is; typer's own names its inner error."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in known:
            *others, last = known
            there = f"there are {', '.join(others)} and {last}"
            message = f"no {what} is called {value!r}; {there}"
            raise typer.BadParameter(message)
        return value

    return check


def schema(
    record: Annotated[
        str,
        typer.Argument(
            metavar="RECORD",
            callback=_one_of(RECORDS, "record"),
            help=f"The record to describe: {', '.join(RECORDS)}.",
        ),
    ] = "claim",
    tool: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="TOOL",
            callback=_one_of(TOOLS, "tool"),
            help=f"Print column types for a tool instead: {', '.join(TOOLS)}.",
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a record, or its column types for a tool."""
    from pipeline.columns import column_types
    from pipeline.schema import schema_text

    name = cast("RecordName", record)
    typer.echo(column_types(name, cast("Tool", tool)) if tool else schema_text(name))
