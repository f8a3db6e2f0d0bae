"""Read a roster: the people and bodies that a user already knows, one row a post.

Reach for :func:`read_roster` with a file, and for :func:`roster_setting` and
:func:`from_setting` to carry the rows through a configuration. A roster is a CSV file
with a header line, or JSON Lines with one object a line; the columns, in any order:

==================  ==================================================================
``name``            full name; the only one that must be there
``kind``            ``person`` (where it is left empty) or ``organisation``
``id``              id of one's own, such as one of Wikidata; else made from the name
``aliases``         other names and abbreviations, with semicolons between them (in
                    JSON a list)
``role``            a post that the person holds
``organisation``    the body that the post is held in
``party``           the person's party
``valid_from``      first day that the row holds for: 2021-05-06, 2021-05 or 2021
``valid_to``        last day that the row holds for
==================  ==================================================================

Further rows with the same id are further posts. Nothing is guessed: whatever is wrong
raises a :class:`pipeline.errors.BadRosterError` with the line and the next step.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from pipeline.errors import BadRosterError
from pipeline.reading.decoding import decode
from pipeline.stages.identities.ids import Kind, id_of
from pipeline.stages.identities.roster.cells import Cells
from pipeline.stages.identities.roster.lines import Line, csv_lines, json_lines

_COLUMNS: Final = (
    *("id", "kind", "name", "aliases", "role", "organisation"),
    *("party", "valid_from", "valid_to"),
)
_OF_PEOPLE: Final = ("role", "organisation", "party")
_SETTING: Final = "the setting 'roster'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a roster: a person or body, for a person with one of the posts."""

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    organisation: str | None = None
    party: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


def read_roster(path: Path) -> tuple[Row, ...]:
    """Read the rows of a roster file, ``.csv`` or ``.jsonl``.

    Raises :class:`pipeline.errors.BadRosterError` for what is wrong in the file, and
    :class:`pipeline.errors.UnreadableInputError` where its bytes are no text.
    """
    source = str(path)
    readers = {".csv": csv_lines, ".jsonl": json_lines}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        problem = "is neither .csv nor .jsonl"
        raise BadRosterError(source, problem, "save the roster as one of them")
    try:
        text = decode(path.read_bytes(), source).text
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        raise BadRosterError(source, problem, "check the path") from error
    return _rows(reader(text, source), source)


def roster_setting(rows: Iterable[Row]) -> str:
    r"""Write rows as the setting ``roster`` of ``news_identities``.

    The setting is JSON Lines; equal rows give equal text. No dollar sign stands in it,
    for a configuration would read that as a variable.

    >>> row = Row(id="o_kcc", kind="organisation", name="KCC")
    >>> roster_setting([row])
    '{"id": "o_kcc", "kind": "organisation", "name": "KCC"}'
    """
    lines = (
        json.dumps({key: value for key, value in asdict(row).items() if value})
        for row in rows
    )
    return "\n".join(lines).replace("$", "\\u0024")


def roster_digest(setting: str) -> str:
    """Return the SHA-256 of a setting; equal rows have one, whatever their file."""
    return hashlib.sha256(setting.encode()).hexdigest()


def from_setting(text: str | None) -> tuple[Row, ...]:
    """Read the rows of a setting; none where there is no setting.

    Raises :class:`pipeline.errors.BadRosterError`, as :func:`read_roster` does.
    """
    return () if text is None else _rows(json_lines(text, _SETTING), _SETTING)


def _rows(lines: Iterable[Line], source: str) -> tuple[Row, ...]:
    read = [(_row(line), line) for line in lines]
    if not read:
        raise BadRosterError(source, "holds no rows", "leave it out, or fill it")
    return _with_ids(read)


def _row(line: Line) -> Row:
    cells = Cells(line, _COLUMNS)
    body = cells.one_of("kind", ("person", "organisation")) == "organisation"
    if body:
        cells.must_be_empty(_OF_PEOPLE, "only a person has it")
    return Row(
        id=cells.identifier("id") or "",
        kind="organisation" if body else "person",
        name=cells.needed("name"),
        aliases=cells.several("aliases"),
        role=cells.text("role"),
        organisation=cells.text("organisation"),
        party=cells.text("party"),
        **cells.period("valid_from", "valid_to"),
    )


def _with_ids(read: Iterable[tuple[Row, Line]]) -> tuple[Row, ...]:
    """Give ids to rows without, and see that no id or name is two entries'."""
    by_name: dict[str, tuple[Row, Line]] = {}
    by_id: dict[str, tuple[Row, Line]] = {}
    rows = []
    for row, line in read:
        made = id_of(row.kind, row.name)
        _check_name(row, line, by_name.setdefault(made, (row, line)))
        whole = replace(row, id=row.id or made)
        _check_id(whole, line, by_id.setdefault(whole.id, (whole, line)))
        rows.append(whole)
    return tuple(rows)


def _check_name(row: Row, line: Line, first: tuple[Row, Line]) -> None:
    other, where = first
    if where is not line and not (row.id and other.id):
        problem = f"{row.name!r} stands on line {where.number} too, not both with an id"
        advice = "give both the same id if they are one, else an id each"
        raise line.wrong(problem, advice)


def _check_id(row: Row, line: Line, first: tuple[Row, Line]) -> None:
    other, where = first
    if (other.kind, other.name) != (row.kind, row.name):
        problem = f"the id {row.id!r} is that of {other.name!r} on line {where.number}"
        advice = "give one id one name and kind, and put other names under aliases"
        raise line.wrong(problem, advice)
