"""Which gold documents a retrained model is measured on, and what changed there."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.errors import BadGoldError
from pipeline.gold import GoldDocument

#: The figures that are compared: sections of an evaluation's report, and columns.
_SECTIONS: Final = ("spans", "links", "claims", "entities", "speakers")
_COLUMNS: Final = ("f1", "right")
_SIDES: Final = 2
_HEAD: Final = ("", "before", "after", "change")


def split(
    documents: Sequence[GoldDocument], share: float
) -> tuple[list[GoldDocument], list[GoldDocument]]:
    """Return the documents to learn from, and about ``share`` of them held out.

    A hash of its id decides over a document, so that it keeps its side when others
    come or go; both sides get one at least. Documents with the text of one that is
    held out are learned from nowhere. Raises :class:`pipeline.errors.BadGoldError`
    where there are not two different ones.
    """
    ids = sorted({document.id for document in documents}, key=place)
    if len(ids) < _SIDES:
        problem = "one document to learn from and another to measure on are needed"
        raise BadGoldError("gold", problem)
    below = sum(place(name) < share for name in ids)
    chosen = set(ids[: min(max(below, 1), len(ids) - 1)])
    held_out = [document for document in documents if document.id in chosen]
    texts = {document.text for document in held_out}
    learned = [document for document in documents if document.text not in texts]
    return learned, held_out


def place(name: str) -> float:
    """Return where a name falls between 0 and 1, the same everywhere and always.

    >>> 0 <= place("ferry/1") < 1
    True
    """
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def difference(before: Mapping[str, float], after: Mapping[str, float]) -> str:
    """Lay the figures of two reports side by side.

    >>> print(difference({"spans.cue.f1": 81.24}, {"spans.cue.f1": 83.0}))
                    before  after  change
    spans, cue, f1    81.2   83.0    +1.8
    """
    rows = [_HEAD, *_rows(before, after)]
    first, *rest = (max(map(len, column)) for column in zip(*rows, strict=True))
    lines = []
    for name, *cells in rows:
        figures = (f"{cell:>{width}}" for cell, width in zip(cells, rest, strict=True))
        lines.append("  ".join((f"{name:<{first}}", *figures)).rstrip())
    return "\n".join(lines)


def _rows(
    before: Mapping[str, float], after: Mapping[str, float]
) -> Iterator[tuple[str, str, str, str]]:
    for figure in dict.fromkeys((*before, *after)):
        section, *_, column = figure.split(".")
        if section in _SECTIONS and column in _COLUMNS:
            name = figure.replace(".", ", ").replace("_", " ")
            old, new = before.get(figure), after.get(figure)
            change = "" if old is None or new is None else f"{new - old:+.1f}"
            yield name, _cell(old), _cell(new), change


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
