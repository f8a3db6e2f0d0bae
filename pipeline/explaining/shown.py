"""An article and its claims as a reader sees them, whatever the article was read from.

Reach for :func:`as_shown` before claims are marked in their article. The offsets of a
run count in the source; in the markup of a page that source is no sight for people.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from pipeline.reading.about import HTML
from pipeline.reading.views import View, view_of
from pipeline.records import Claim, DocumentRecord
from pipeline.runs import as_document

T = TypeVar("T")


def as_shown(
    document: DocumentRecord, claims: Sequence[Claim]
) -> tuple[DocumentRecord, Sequence[Claim]]:
    """Return an article and its claims with all spans in the text that is shown.

    Of a page the text is what a browser shows of it, and ``exact`` stays as the run has
    it; any other article is returned as it is. The records are for showing alone: their
    ids and digests are those of the source.
    """
    if document.media_type != HTML:
        return document, claims
    view = view_of(as_document(document))
    to_shown = _way_back(view)
    shown = replace(_moved(document, to_shown), text=view.text)
    return shown, [_moved(claim, to_shown) for claim in claims]


def _way_back(view: View) -> Callable[[int], int]:
    """Return the way from a place of the source to the same place of the view."""

    def to_shown(offset: int) -> int:
        for offsets in reversed(view.maps):
            offset = offsets.from_source(offset)
        return offset

    return to_shown


def _moved(record: T, to_shown: Callable[[int], int]) -> T:
    """Return a record, or whatever else a field may hold, with its spans moved."""
    if isinstance(record, tuple):
        return cast("T", tuple(_moved(part, to_shown) for part in record))
    if not is_dataclass(record):
        return record
    held = {field.name: getattr(record, field.name) for field in fields(record)}
    changes: dict[str, Any] = {
        name: to_shown(value) if name in {"start", "end"} else _moved(value, to_shown)
        for name, value in held.items()
    }
    return cast("T", replace(cast("Any", record), **changes))
