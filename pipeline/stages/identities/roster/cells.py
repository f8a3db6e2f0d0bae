"""The cells of one line of a roster, checked and made into values.

Reach for :class:`Cells`; each of its methods returns one value or raises a
:class:`pipeline.errors.BadRosterError` that names the line and the next step.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from pipeline.errors import BadRosterError
from pipeline.stages.identities.roster.lines import Line

_ID: Final = re.compile(r"[A-Za-z]\S*")
_DAY: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")
#: What completes a month or a year to a day, to see whether it exists.
_REST: Final = "0000-01-01"


class Cells:
    """The cells of a line, by column; an empty cell is None."""

    def __init__(self, line: Line, columns: Sequence[str]) -> None:
        self._line = line
        unknown = [name for name in line.fields if name not in columns]
        if unknown:
            problem = f"there is no column {unknown[0]!r}"
            advice = f"rename it or leave it out (columns: {', '.join(columns)})"
            raise line.wrong(problem, advice)

    def text(self, column: str) -> str | None:
        """Return a text with single spaces, None where there is none."""
        value = self._line.fields.get(column)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._no_text(column, value)
        return " ".join(value.split()) or None

    def needed(self, column: str) -> str:
        """Return a text that must be there."""
        value = self.text(column)
        if value is None:
            problem = f"has no {column}"
            raise self._line.wrong(problem, f"fill the column {column!r}")
        return value

    def one_of(self, column: str, known: Sequence[str]) -> str | None:
        """Return one of the words known, None where the cell is empty."""
        value = self.text(column)
        if value is None or value.lower() in known:
            return value and value.lower()
        problem = f"{value!r} is no {column}"
        raise self._line.wrong(problem, f"write one of {', '.join(known)}")

    def identifier(self, column: str) -> str | None:
        """Return an id: one word that begins with a letter."""
        value = self.text(column)
        if value is None or _ID.fullmatch(value):
            return value
        problem = f"the id {value!r} does not begin with a letter, or holds a space"
        raise self._line.wrong(problem, "write ids such as Q42 or staff_17")

    def several(self, column: str) -> tuple[str, ...]:
        """Return the texts of a list, or those between semicolons."""
        value = self._line.fields.get(column)
        if value is not None and not isinstance(value, str | list):
            raise self._no_text(column, value)
        parts = value.split(";") if isinstance(value, str) else value or []
        strange = [part for part in parts if not isinstance(part, str)]
        if strange:
            raise self._no_text(column, strange[0])
        plain = (" ".join(part.split()) for part in parts)
        return tuple(dict.fromkeys(filter(None, plain)))

    def period(self, since: str, until: str) -> dict[str, str | None]:
        """Return the first and the last day, by their columns."""
        first, last = self._day(since), self._day(until)
        if first and last and last < first[: len(last)]:
            problem = f"ends ({last}) before it begins ({first})"
            raise self._line.wrong(problem, f"mend {since} or {until}")
        return {since: first, until: last}

    def must_be_empty(self, columns: Sequence[str], why: str) -> None:
        """Refuse cells that mean nothing on this line."""
        filled = [column for column in columns if self.text(column)]
        if filled:
            problem = f"an organisation has a {filled[0]}, but {why}"
            raise self._line.wrong(problem, "empty that cell, or mend the kind")

    def _day(self, column: str) -> str | None:
        value = self.text(column)
        if value is None:
            return None
        try:
            whole = _DAY.fullmatch(value) and date.fromisoformat(
                value + _REST[len(value) :]
            )
        except ValueError:
            whole = None
        if not whole:
            problem = f"{column} {value!r} is no day"
            raise self._line.wrong(problem, "write it as 2021-05-06, 2021-05 or 2021")
        return value

    def _no_text(self, column: str, value: object) -> BadRosterError:
        problem = f"{column} holds {value!r}, which is no text"
        return self._line.wrong(problem, "put quotation marks around it")
