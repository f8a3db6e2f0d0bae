"""Cut HTML into tags and text, each with its place in the source.

Reach for :func:`tokenize` where offsets matter: parsers build a tree and lose them. The
rules are those of the HTML standard as far as they decide what is a tag and what is
text. Nothing recurses, nothing is scanned more than a fixed number of times, and no
input is an error: what is not closed runs to the end.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

_BEGINS: Final = re.compile(r"<(?=[A-Za-z/!?])")
_NAME: Final = re.compile(r"[A-Za-z][^\t\n\f\r />]*+")
_QUOTED: Final = r"\"[^\"]*+\"|'[^']*+'"
#: A quotation mark counts only behind an equals sign; elsewhere it is a letter.
_ATTRIBUTES: Final = re.compile(
    rf"(?:[^>=]++|=[\t\n\f\r ]*+(?:{_QUOTED}|(?![\"'])))*+", re.DOTALL
)
_COMMENT_END: Final = re.compile(r"--!?>")
_ABRUPT: Final = re.compile(r"<!---?>")

#: What these hold is no markup; without an end tag it runs to the end of the page.
_RAW: Final = frozenset({"script", "style", "textarea", "title", "xmp"})
#: What these hold is not shown; without an end tag they are taken as not there.
_UNSEEN: Final = frozenset(
    {"audio", "canvas", "datalist", "iframe", "math", "noembed", "noframes"}
    | {"noscript", "object", "select", "svg", "template", "video"}
)


class Token(NamedTuple):
    """A passage of the source: a tag with its name in small letters, or text.

    ``title`` is the text of the page's title, which is not shown.
    """

    kind: Literal["open", "close", "text", "title"]
    start: int
    end: int
    name: str = ""


def tokenize(source: str) -> Iterator[Token]:
    """Yield tags and shown text in order; comments, scripts and the like are left out.

    >>> [token.kind for token in tokenize("<p>Tea<!-- x -->")]
    ['open', 'text']
    """
    missing: set[str] = set()
    at = 0
    while found := _BEGINS.search(source, at):
        start = found.start()
        if at < start:
            yield Token("text", at, start)
        name = _NAME.match(source, start + 1)
        if name is None:
            close = _NAME.match(source, start + 2)
            at = _skip(source, start) if close is None else _find(source, ">", start)
            if close is not None and source[start + 1] == "/":
                yield Token("close", start, at, close[0].lower())
            continue
        at = _tag_end(source, name.end())
        tag = name[0].lower()
        yield Token("open", start, at, tag)
        if tag in _RAW or (tag in _UNSEEN and tag not in missing):
            end = _content_end(source, tag, at, missing)
            if tag == "title":
                yield Token("title", at, end)
            at = end
    if at < len(source):
        yield Token("text", at, len(source))


def _find(source: str, mark: str, start: int) -> int:
    """Return where the mark ends, or the end of the source."""
    found = source.find(mark, start)
    return len(source) if found < 0 else found + len(mark)


def _skip(source: str, start: int) -> int:
    """Return where a comment, a declaration or an empty end tag ends."""
    if not source.startswith("<!--", start):
        return _find(source, ">", start)
    if abrupt := _ABRUPT.match(source, start):
        return abrupt.end()
    end = _COMMENT_END.search(source, start + 4)
    return end.end() if end else len(source)


def _tag_end(source: str, start: int) -> int:
    """Return where a start tag ends.

    A mark that is opened and never closed does not swallow the page: its tag ends at
    the next bracket. As no such mark follows, that happens twice in a page at most.
    """
    found = _ATTRIBUTES.match(source, start)
    end = found.end() if found else start
    return _find(source, ">", end)


def _content_end(source: str, tag: str, start: int, missing: set[str]) -> int:
    """Return where the end tag begins, of an element whose content is skipped."""
    found = re.compile(rf"</{tag}(?=[\t\n\f\r />])", re.IGNORECASE).search(
        source, start
    )
    if found:
        return found.start()
    missing.add(tag)
    return len(source) if tag in _RAW else start
