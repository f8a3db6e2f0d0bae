"""Pair the quotation marks of one flow of paragraphs: the machine behind ``marks``.

Reach for :func:`pipeline.marks.pair_marks` instead, which sorts and nests what
:class:`Pairing` finds. One pass over the paragraphs, with a stack of the quotations
that are open and, for each sign, the next sign of each kind in its paragraph: where a
sign may be an apostrophe, an inch or a second opening mark, that next sign decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.glyphs import (
    GLYPHS,
    Kind,
    Side,
    Sign,
    lean,
    next_sure,
    read_signs,
    settle_side,
)
from pipeline.quotations import Quotation
from pipeline.records import Span

_SENTENCE_ENDS: Final = ".!?…"
_STOPS: Final = ".,!?…"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """A quotation whose end has not been reached."""

    start: int
    inner_start: int
    kind: Kind
    leads: bool = True
    opened: bool = True
    reopened: bool = False


class Pairing:
    """What is open and what was found in the paragraphs that were read so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Quotation] = []
        self._open: list[_Open] = []
        self._signs: list[Sign] = []
        self._next: list[dict[Kind, int]] = []
        self._here = Span(start=0, end=0)
        self._reopening: Kind | None = None
        self._behind = 0

    def read(self, paragraph: Span, *, following: Span | None = None) -> None:
        """Read a paragraph; ``following`` is the one that will be read after it."""
        self._signs = list(read_signs(self._text, paragraph.start, paragraph.end))
        self._next = next_sure(self._signs)
        first = self._resume(paragraph) if self._open else 0
        self._here = paragraph
        self._behind = paragraph.start
        self._reopening = self._first_kind(following)
        for position in range(first, len(self._signs)):
            self._take(position)

    def finish(self) -> list[Quotation]:
        """Recover what is still open and return all quotations, in no order."""
        self._leave(0)
        return self._found

    def _first_kind(self, paragraph: Span | None) -> Kind | None:
        if paragraph is None or self._text[paragraph.start] not in GLYPHS:
            return None
        start = paragraph.start
        signs = read_signs(self._text, start, min(start + 1, paragraph.end))
        return next((sign.kind for sign in signs), None)

    # ---- from one paragraph to the next

    def _resume(self, paragraph: Span) -> int:
        """Take up what was left open; return the position of the first sign to read."""
        kind = self._open[0].kind
        bare = self._closes_first(kind)
        line_ends = self._text.count("\n", self._here.end, paragraph.start)
        if bare and line_ends == 1:
            return 0
        lead = list(self._lead(paragraph))
        kept = 0
        for waiting, sign in zip(self._open, lead, strict=False):
            if waiting.kind != sign.kind:
                break
            kept += 1
        self._leave(max(kept, int(bare)))
        for sign in lead[:kept]:
            self._push(sign, reopened=True)
        if bare and not kept:
            start = paragraph.start
            waiting = _Open(
                start=start, inner_start=start, kind=kind, opened=False, reopened=True
            )
            self._open.append(waiting)
        return kept

    def _closes_first(self, kind: Kind) -> bool:
        """Tell whether the first mark of this kind closes what never reopened."""
        first = next((s for s in self._signs if s.kind == kind and s.sure), None)
        return first is not None and first.side == "close"

    def _lead(self, paragraph: Span) -> Iterator[Sign]:
        """Yield the marks that the paragraph begins with."""
        at = paragraph.start
        for sign in self._signs:
            if sign.start != at or sign.side == "close" or not sign.sure:
                return
            yield sign
            at = sign.end

    def _leave(self, kept: int) -> None:
        """End all that is open with its paragraph; the outermost ``kept`` go on."""
        for depth, waiting in enumerate(self._open):
            self._end(waiting, self._here.end, continued=depth < kept)
        self._open.clear()

    # ---- within a paragraph

    def _take(self, position: int) -> None:
        sign = self._signs[position]
        is_open = self._is_open(sign.kind)
        side = settle_side(sign, is_open=is_open)
        if not sign.sure and not self._confirmed(position, side, is_open=is_open):
            return
        if side == "open":
            if is_open and not self._nests(position):
                self._close_all(sign)
            self._push(sign)
        elif is_open:
            self._close(sign, sign.kind)
        else:
            self._close_odd(position)

    def _is_open(self, kind: Kind) -> bool:
        return any(waiting.kind == kind for waiting in self._open)

    def _confirmed(self, position: int, side: Side, *, is_open: bool) -> bool:
        """Tell whether a sign that may be no mark is one, by what follows it."""
        sign = self._signs[position]
        closer_follows = self._follows(position, sign.kind) == "close"
        if side == "open":
            return closer_follows and not is_open
        return is_open and not closer_follows and not self._goes_on(sign.kind)

    def _follows(self, position: int, kind: Kind) -> Side | None:
        """Return where the next sure sign of this kind in the paragraph faces."""
        at = self._next[position].get(kind)
        return None if at is None else lean(self._signs[at])

    def _nests(self, position: int) -> bool:
        """Tell whether a second opening mark is closed before the first one is."""
        kind = self._signs[position].kind
        closer = self._next[position].get(kind)
        if closer is None or lean(self._signs[closer]) != "close":
            return False
        return self._follows(closer, kind) == "close"

    def _goes_on(self, kind: Kind) -> bool:
        """Tell whether speech stays open here because the next paragraph reopens it."""
        waiting = next(w for w in reversed(self._open) if w.kind == kind)
        ends = self._text[self._here.end - 1] in _SENTENCE_ENDS
        return waiting.leads and ends and self._reopening == kind

    def _push(self, sign: Sign, *, reopened: bool = False) -> None:
        waiting = _Open(
            start=sign.start,
            inner_start=sign.end,
            kind=sign.kind,
            leads=sign.leads,
            reopened=reopened,
        )
        self._open.append(waiting)

    def _close(self, sign: Sign, kind: Kind) -> None:
        """Close the innermost quotation of this kind; what is open in it ends too."""
        while self._open[-1].kind != kind:
            self._end(self._open.pop(), sign.start)
        waiting = self._open.pop()
        self._emit(waiting, sign.start, sign.end, closed=True)

    def _close_all(self, sign: Sign) -> None:
        """End what was never closed before a mark of the same kind opens again."""
        while self._is_open(sign.kind):
            self._end(self._open.pop(), sign.start)

    def _close_odd(self, position: int) -> None:
        """Close with a mark that has no partner of its own kind."""
        sign = self._signs[position]
        if self._open:
            kind = self._open[-1].kind
            stopped = self._text[sign.start - 1] in _STOPS
            partner = self._follows(position, kind) == "close"
            if stopped and not partner and "guillemet" not in (kind, sign.kind):
                self._close(sign, kind)
        elif sign.kind == "double" and sign.sure:
            start = self._stray_start(sign)
            waiting = _Open(start=start, inner_start=start, kind="double", opened=False)
            self._emit(waiting, sign.start, sign.end, closed=True)

    def _stray_start(self, sign: Sign) -> int:
        """Guess where a quotation without opening mark begins: never before another."""
        if self._behind == self._here.start:
            return self._behind
        ends = (self._text.rfind(f"{s} ", self._behind, sign.start) for s in ".!?")
        start = max(max(ends) + 1, self._behind)
        while start < sign.start and self._text[start].isspace():
            start += 1
        return start

    # ---- what was found

    def _end(self, waiting: _Open, end: int, *, continued: bool = False) -> None:
        """End a quotation without closing mark, unless it looks like none at all."""
        kind = waiting.kind
        speech = kind == "double" or (kind == "single" and waiting.leads)
        if continued or speech:
            end = _before_space(self._text, waiting.inner_start, end)
            self._emit(waiting, end, end, closed=False, continued=continued)

    def _emit(
        self,
        waiting: _Open,
        inner_end: int,
        end: int,
        *,
        closed: bool,
        continued: bool = False,
    ) -> None:
        self._behind = max(self._behind, end)
        if waiting.inner_start >= inner_end:
            return
        self._found.append(
            Quotation(
                start=waiting.start,
                end=end,
                inner_start=waiting.inner_start,
                inner_end=inner_end,
                kind=waiting.kind,
                opened=waiting.opened,
                closed=closed,
                reopened=waiting.reopened,
                continued=continued,
            )
        )


def _before_space(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
