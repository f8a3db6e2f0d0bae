"""Turn HTML into the text that a reader sees, with the source of every character.

Reach for :func:`render` to get lines as a browser lays them out: white space folded,
entities decoded, a line for each block, a blank line between paragraphs, and the
quotation marks that browsers add for ``<q>``. The raised mark of a note is parted from
the words before it, as [1]. Nothing that is shown is left out, menus included.
Time is linear in the source, whatever it holds.
"""

import html
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.reading.markup import Token, tokenize
from pipeline.reading.offsets import OffsetMap, Rewriting
from pipeline.records import Span

_SPACE: Final = "\t\n\f\r "
#: So many letters of a reference are looked at; the longest name has fewer.
_REFERENCE: Final = (
    r"&(?:#[0-9]{1,9}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?"
)
#: All that cannot be copied: references, and white space that is not one blank.
_CHANGED: Final = re.compile(
    rf"[{_SPACE}]{{2,}}|[\t\n\f\r]|(?P<reference>{_REFERENCE})"
)
_REFERENCE_ONLY: Final = re.compile(rf"(?P<reference>{_REFERENCE})")
_MARKED: Final = re.compile(
    r"[\t\n\f\r ]*+(?:[\"'“‘„«]|&(?:quot|ldquo|lsquo|laquo|#34|#39|#8216|#8220);)"
)

_LINES: Final = frozenset(
    {"br", "button", "dd", "div", "dt", "label", "legend", "li", "option", "summary"}
    | {"td", "th", "tr"}
)
_PARAGRAPHS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center"}
    | {"details", "dialog", "dl", "fieldset", "figcaption", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "menu", "nav"}
    | {"ol", "p", "pre", "section", "table", "tbody", "thead", "tfoot", "ul"}
)
_BREAKS: Final = dict.fromkeys(_LINES, 1) | dict.fromkeys(_PARAGRAPHS, 2)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAMED: Final = (
    _HEADINGS | {"a", "blockquote", "cite", "figcaption", "footer", "li"} | {"time"}
)
_WRITER: Final = re.compile(
    r"(?:rel|itemprop|class|id|name)\s*=\s*[\"']?[^\"'>]{0,80}\b(?:author|byline)\b",
    re.IGNORECASE,
)
#: Attributes beyond this are not looked at.
_LONGEST_TAG: Final = 1_000
_MARKS: Final = ("“”", "‘’")
_MARK_OF_NOTE: Final = r"(?:(?P<bare>[0-9]{1,3})|\[(?:[0-9]{1,3}|[a-z])\]|[*†‡§]{1,3})"
#: What a raised passage holds that leads to a note, to its end or that of a piece.
_NOTE: Final = re.compile(
    rf"(?:\s|<a\b[^<>]{{0,500}}>){{0,4}}{_MARK_OF_NOTE}(?:\s|</a>){{0,4}}(?:</sup\s?>|\Z)",
    re.IGNORECASE,
)
#: Behind one of these a raised figure is a power of it.
_UNIT: Final = re.compile(r"(?<![^\W\d_])[cdkm]?m$|(?<![^\W\d_])(?:ft|in|yd)$")
_LONGEST_UNIT: Final = 3


class Element(NamedTuple):
    """A passage of the readable text and what the markup says it is.

    ``kind`` is the name of the tag, or ``byline`` for any tag marked as the author's.
    """

    kind: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A page as it is read; ``elements`` stand in the order of their ends."""

    text: str
    offsets: OffsetMap
    elements: tuple[Element, ...]
    title: str


def render(source: str) -> Rendering:
    r"""Render a page or a piece of one.

    >>> page = render("<h1>Tea &amp; cake</h1><p>She <b>s</b>aid: <q>No.</q>")
    >>> page.text
    'Tea & cake\n\nShe said: “No.”'
    """
    renderer = _Renderer(source)
    for token in tokenize(source):
        renderer.take(token)
    return renderer.finish()


class _Renderer:
    """The state of a rendering: what is written, what waits, what is open."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._out = Rewriting()
        self._break = 0
        self._space: tuple[int, int] | None = None
        self._open: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
        self._elements: list[Element] = []
        self._quotes: list[str] = []
        self._title = ""
        self._note_end = 0
        self._note_mark = ""

    def take(self, token: Token) -> None:
        match token.kind:
            case "text":
                self._take_text(token.start, token.end)
            case "open":
                self._take_open(token)
            case "close":
                self._take_close(token)
            case "title":
                raw = self._source[token.start : token.end]
                self._title = self._title or html.unescape(raw).strip()

    def finish(self) -> Rendering:
        text, offsets = self._out.finish()
        return Rendering(
            text=text,
            offsets=offsets,
            elements=tuple(self._elements),
            title=self._title,
        )

    def _take_text(self, start: int, end: int) -> None:
        changed = _REFERENCE_ONLY if self._open["pre"] else _CHANGED
        at = start
        for found in changed.finditer(self._source, start, end):
            self._copy(at, found.start())
            at = found.end()
            if found["reference"] is None:
                self._wait(found.start(), at)
            else:
                self._decode(found[0], found.start(), at)
        self._copy(at, end)

    def _copy(self, start: int, end: int) -> None:
        """Copy a passage, keeping a blank at either end for what comes next."""
        if start >= end:
            return
        if not self._open["pre"]:
            if self._source[start] == " ":
                self._wait(start, start + 1)
                start += 1
            if start < end and self._source[end - 1] == " ":
                self._write(start, end - 1)
                self._wait(end - 1, end)
                return
        self._write(start, end)

    def _write(self, start: int, end: int) -> None:
        if start < end:
            self._settle(start)
            self._out.copy(self._source[start:end], start)

    def _decode(self, reference: str, start: int, end: int) -> None:
        decoded = html.unescape(reference)
        if decoded:
            self._settle(start)
            self._out.put(decoded, start, end)

    def _wait(self, start: int, end: int) -> None:
        """Note white space, written as one blank if more follows on the line."""
        if self._space is None and self._out.length and not self._break:
            self._space = (start, end)

    def _settle(self, start: int) -> None:
        """Write the line break or the blank that stands before what comes now."""
        if self._break and self._out.length:
            self._out.put("\n" * self._break, self._out.reached, start)
        elif self._space:
            self._out.put(" ", *self._space)
        self._break, self._space = 0, None

    def _end_line(self, name: str) -> None:
        wanted = _BREAKS.get(name, 0)
        if wanted:
            twice = name == "br" and self._break
            self._break = 2 if twice else max(self._break, wanted)
            self._space = None

    def _take_open(self, token: Token) -> None:
        self._end_line(token.name)
        tag = self._source[token.start : min(token.end, token.start + _LONGEST_TAG)]
        if tag.endswith("/>") or token.name in {"br", "hr", "img", "input"}:
            return
        if token.name == "q":
            self._open_quote(token)
        elif token.name == "sup":
            self._open_note(token)
        elif token.name == "a":
            self._open["a"].clear()  # links do not nest; a new one ends the last
        self._open[token.name].append((self._out.length, bool(_WRITER.search(tag))))

    def _take_close(self, token: Token) -> None:
        if token.name == "q" and self._quotes:
            self._close_quote(token)
        opened = self._open[token.name]
        if opened:
            start, writer = opened.pop()
            span = Span(start=start, end=self._out.length)
            if start < span.end and token.name in _NAMED:
                self._elements.append(Element(token.name, span))
            if start < span.end and writer:
                self._elements.append(Element("byline", span))
        if token.end == self._note_end:
            self._out.put(self._note_mark, self._out.reached, token.end)
            if self._source[token.end : token.end + 1].isalnum():
                self._wait(token.start, token.end)
        self._end_line(token.name)

    def _open_note(self, token: Token) -> None:
        """Part the mark of a note from the words: £5 and note 1 would make £51."""
        note = _NOTE.match(self._source, token.end)
        before = self._source[max(0, token.start - _LONGEST_UNIT - 1) : token.start]
        if note and not _UNIT.search(before):
            self._note_end = note.end()
            self._note_mark = "]" if note["bare"] else ""
            self._wait(token.start, token.end)
            if note["bare"]:
                self._settle(token.start)
                self._out.put("[", token.start, token.end)

    def _open_quote(self, token: Token) -> None:
        """Add the mark that browsers add, unless the text brings its own."""
        if _MARKED.match(self._source, token.end):
            self._quotes.append("")
            return
        marks = _MARKS[len(self._quotes) % 2]
        self._quotes.append(marks[1])
        self._settle(token.start)
        self._out.put(marks[0], token.start, token.end)

    def _close_quote(self, token: Token) -> None:
        mark = self._quotes.pop()
        if mark and self._out.length:
            self._out.put(mark, self._out.reached, token.end)
            if self._space:
                self._space = (token.end, token.end)
