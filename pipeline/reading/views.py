"""What the stages read of a document, and how their records lead back to its source.

Reach for :func:`view_of` before the stages run and for :func:`place` with each record
they wrote. Of plain text the stages read the text itself. Of HTML they read what is
shown, and of a text with mojibake what was meant; a :class:`View` then knows the source
of every character.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Protocol, TypeVar, cast

from pipeline.reading.about import HTML
from pipeline.reading.front_matter import read_front_matter
from pipeline.reading.html import read_html
from pipeline.reading.mojibake import mend
from pipeline.reading.offsets import OffsetMap
from pipeline.reading.problems import EmptyTextError
from pipeline.records import Block, Claim, Context, Document, DocumentRecord, Span

T = TypeVar("T")
Written = TypeVar("Written", bound=Claim | DocumentRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the stages read: a text, what is known of it, and the way to the source.

    ``maps`` are applied in order; without any the text is the source itself. ``hints``
    are blocks that are known before the text is read.
    """

    text: str
    hints: tuple[Block, ...] = ()
    headline: str | None = None
    maps: tuple[OffsetMap, ...] = ()

    def title(self, document: Document) -> str | None:
        """Return the document's title without what the site adds to its headlines."""
        if self.headline and (document.title or "").startswith(self.headline):
            return self.headline
        return document.title

    def to_source(self, start: int, end: int) -> Span:
        """Return the source of a passage of the text."""
        span = Span(start=start, end=end)
        for offsets in self.maps:
            span = offsets.to_source(span.start, span.end)
        return span


def view_of(document: Document) -> View:
    """Return what the stages are to read of a document.

    Raises :class:`pipeline.reading.problems.EmptyTextError` for a page that shows none.
    """
    if document.media_type != HTML:
        return _mended(View(text=document.text, hints=_front_matter(document.text)))
    page = read_html(document.text)
    if not page.text.strip():
        advice = "save the page as the browser shows it, or leave it out"
        raise EmptyTextError(document.source, "is a page that shows no text", advice)
    return _mended(
        View(
            text=page.text,
            hints=page.hints,
            headline=page.headline,
            maps=(page.offsets,),
        )
    )


def _front_matter(text: str) -> tuple[Block, ...]:
    found = read_front_matter(text)
    if found is None:
        return ()
    end = len(text[: found.end].rstrip())
    return (Block(start=0, end=end, label="furniture", reason="front matter"),)


def _mended(view: View) -> View:
    """Return the view with mojibake mended; hints keep their places."""
    mended = mend(view.text)
    if mended is None:
        return view
    text, offsets = mended
    return replace(
        view,
        text=text,
        hints=tuple(_moved(view.hints, offsets)),
        maps=(offsets, *view.maps),
    )


def _moved(hints: tuple[Block, ...], offsets: OffsetMap) -> Iterator[Block]:
    for hint in hints:
        start, end = offsets.from_source(hint.start), offsets.from_source(hint.end)
        yield replace(hint, start=start, end=end)


def place(record: Written, view: View, document: Document) -> Written:
    """Return a record with all its spans in the document's own text.

    ``exact`` is the source's own passage. In HTML a passage that holds markup is given
    as it is shown, and the record gets the flag ``markup``; a passage that was mended
    stays as it stands and the record gets the flag ``mojibake``.
    """
    if not view.maps:
        return record
    placer = _Placer(view, document)
    placed = placer.place(record)
    if isinstance(placed, Claim) and document.media_type != HTML:
        placed = replace(placed, context=_context(placed, document.text))
    return replace(placed, flags=tuple(sorted({*record.flags, *placer.flags})))


def _context(claim: Claim, text: str) -> Context:
    """Return the context of a claim in the words of the source."""
    start, end = claim.content[0].start, claim.content[0].end
    context = claim.context
    return replace(
        context,
        prefix=text[max(0, start - len(context.prefix)) : start],
        suffix=text[end : end + len(context.suffix)],
    )


class _Passage(Protocol):
    """A record with a place in the text."""

    start: int
    end: int


class _Placer:
    """Moves spans, however deep they stand, and notes what is to be flagged."""

    def __init__(self, view: View, document: Document) -> None:
        self.flags: set[str] = set()
        self._view = view
        self._source = document.text
        self._is_html = document.media_type == HTML

    def place(self, record: T) -> T:
        """Return a record, or whatever else a field may hold, with its spans moved."""
        if isinstance(record, tuple):
            return cast("T", tuple(map(self.place, record)))
        if not is_dataclass(record):
            return record
        held = {field.name: getattr(record, field.name) for field in fields(record)}
        changes: dict[str, object] = {
            name: self.place(value)
            for name, value in held.items()
            if isinstance(value, tuple) or is_dataclass(value)
        }
        if "start" in held and "end" in held:
            changes |= self._moved(cast("_Passage", record))
        return cast("T", replace(cast("Any", record), **changes))

    def _moved(self, passage: _Passage) -> dict[str, object]:
        span = self._view.to_source(passage.start, passage.end)
        changes: dict[str, object] = {"start": span.start, "end": span.end}
        if hasattr(passage, "exact"):
            changes["exact"] = self._exact(passage.exact, span.of(self._source))
        return changes

    def _exact(self, shown: str, source: str) -> str:
        if shown.split() == source.split():
            return source
        if self._is_html:
            self.flags.add("markup")
            return shown
        self.flags.add("mojibake")
        return source
