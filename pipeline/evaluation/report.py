"""The outcome of an evaluation, as a table for people and as JSON for programs."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from pipeline.evaluation.misses import Miss
from pipeline.evaluation.tallies import COUNTS, Row, Rows

_TITLES: Final = {
    "spans": "Spans of outer claims",
    "spans_all": "Spans, nested claims included",
    "encoder": "Spans of the encoder alone",
    "claims": "Outer claims",
    "nested": "Nested claims",
    "links": "Links between spans found exactly",
    "traits": "Traits of found claims",
    "speakers": "Speakers of found claims",
    "resolution": "Kind and name, by how the speaker was resolved",
    "groups": "What became of gold claims, by group",
    "entities": "Entities",
    "blocks": "Blocks, by character",
    "fence": "Claims and the article's edge",
    "calibration": "Expected calibration error",
    "thresholds": "Contents found exactly, from a confidence on",
}
_MISSING: Final = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Figures by section, row and column, and every miss.

    Figures are per cent, except in the columns that count; None means that there was
    nothing to measure. ``gold`` and ``weights`` are SHA-256 digests of the documents
    that were scored and of the model's weight files.
    """

    documents: int
    claims: int
    sections: Mapping[str, Rows]
    misses: tuple[Miss, ...] = ()
    gold: str = ""
    weights: str | None = None

    def figures(self) -> dict[str, float]:
        """Return every figure by its dotted name, such as ``spans.content.f1``."""
        return {
            f"{section}.{name}.{column}": round(value, 2)
            for section, rows in self.sections.items()
            for name, row in rows.items()
            for column, value in row.items()
            if value is not None
        }

    def to_text(self, *, misses: bool = False) -> str:
        """Write the tables as plain text, the misses after them where asked for.

        Like the JSON, it ends without a line end.
        """
        head = f"{self.documents} documents, {self.claims} claims in gold"
        tables = (
            "\n".join(_table(_TITLES.get(name, name), rows))
            for name, rows in self.sections.items()
        )
        listed = (miss.to_text() for miss in self.misses if misses)
        return "\n\n".join((head, *tables, *listed))

    def to_json(self, *, misses: bool = False) -> str:
        """Write the report as one JSON object, figures to two decimals."""
        written: dict[str, Any] = {
            "documents": self.documents,
            "claims": self.claims,
            "gold": self.gold,
            "weights": self.weights,
            "scores": {
                section: {name: _rounded(row) for name, row in rows.items()}
                for section, rows in self.sections.items()
            },
        }
        if misses:
            written["misses"] = [asdict(miss) for miss in self.misses]
        return json.dumps(written, ensure_ascii=False, indent=2)


def _rounded(row: Row) -> Row:
    return {
        column: None if value is None else round(value, 2)
        for column, value in row.items()
    }


def _table(title: str, rows: Rows) -> Iterator[str]:
    """Lay one section out: a title line, then names to the left, figures to the right.

    Rows may differ in their columns; a cell that a row does not have stays empty.
    """
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    lines = [["", *(column.replace("_", " ") for column in columns)]]
    for name, row in rows.items():
        cells = (_cell(row, column) for column in columns)
        lines.append([name.replace("_", " "), *cells])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    yield title
    for name, *values in lines:
        figures = (f"{c:>{w}}" for c, w in zip(values, widths[1:], strict=True))
        yield "  ".join((f"  {name:<{widths[0]}}", *figures)).rstrip()


def _cell(row: Row, column: str) -> str:
    if column not in row:
        return ""
    value = row[column]
    if value is None:
        return _MISSING
    return f"{value:.0f}" if column in COUNTS else f"{value:.1f}"
