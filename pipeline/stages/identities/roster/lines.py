"""The lines of a roster file, still untyped, each knowing where it stands.

Reach for :func:`csv_lines` or :func:`json_lines` with the text of a file.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import BadRosterError


@dataclass(frozen=True, slots=True)
class Line:
    """The fields of one line by the names of their columns."""

    source: str
    number: int
    fields: dict[str, Any]

    def wrong(self, problem: str, advice: str) -> BadRosterError:
        """Make the error that says what is wrong here, and the next step."""
        return BadRosterError(f"{self.source}:{self.number}", problem, advice)


def csv_lines(text: str, source: str) -> Iterator[Line]:
    """Yield the lines below the header; blank ones are passed over.

    The names of columns may be written with capitals, spaces and hyphens.
    Raises :class:`pipeline.errors.BadRosterError`.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] | None = None
    number = 1
    try:
        for values in reader:
            line = Line(source, number, {})
            number = reader.line_num + 1
            if not any(value.strip() for value in values):
                continue
            if columns is None:
                columns = _header(line, values)
            elif len(values) == len(columns):
                fields = dict(zip(columns, values, strict=True))
                yield Line(source, line.number, fields)
            else:
                problem = f"holds {len(values)} values for {len(columns)} columns"
                advice = "put quotation marks around a value that holds a comma"
                raise line.wrong(problem, advice)
    except csv.Error as error:
        problem = f"is no CSV ({error})"
        raise Line(source, number, {}).wrong(problem, "repair the line") from error


def _header(line: Line, values: list[str]) -> list[str]:
    columns = ["_".join(v.lower().replace("-", " ").split()) for v in values]
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice is not None:
        problem = f"names the column {twice!r} twice"
        raise line.wrong(problem, "leave one of them out")
    return columns


def json_lines(text: str, source: str) -> Iterator[Line]:
    """Yield the objects of JSON Lines; blank lines are passed over.

    Raises :class:`pipeline.errors.BadRosterError`.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _object(Line(source, number, {}), line)


def _object(line: Line, text: str) -> Line:
    try:
        fields = json.loads(text)
    except ValueError as error:
        problem = f"is no JSON ({error})"
        raise line.wrong(problem, "repair the line") from error
    if not isinstance(fields, dict):
        problem = f"is a JSON {type(fields).__name__} and no object"
        raise line.wrong(problem, "write one object a line")
    return Line(line.source, line.number, fields)
