"""Read the articles that one stream of bytes holds: one, or one a line or page.

Reach for :func:`read_stream` with an open file. Whatever the bytes are, each article
comes out as a document or as the problem that kept it from being one.
"""

import io
from collections.abc import Iterator
from typing import Final

from pipeline.errors import UnreadableInputError
from pipeline.reading import press
from pipeline.reading.about import HTML, About
from pipeline.reading.decoding import Decoded, decode, decode_html
from pipeline.reading.documents import MARKUP_SHARE, ReadOptions, build
from pipeline.reading.jsonl import read_records
from pipeline.reading.kinds import Kind, kind_of_bytes
from pipeline.reading.problems import NoArticlesError
from pipeline.reading.streams import head_of, read_all, unpacked
from pipeline.reading.warc import Fetched, read_warc
from pipeline.records import Document

Read = Document | UnreadableInputError

_MEDIA_TYPES: Final[dict[Kind, str]] = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": HTML,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
#: A character takes at most so many bytes in any encoding read here.
_WIDEST: Final = 4
#: Files in formats that carry pictures and fonts may have so many bytes a character.
_CARRIERS: Final = 50


def read_stream(
    stream: io.BufferedReader, source: str, *, kind: Kind | None, options: ReadOptions
) -> Iterator[Read]:
    """Read a stream, packed or not; without a kind its first bytes tell what it is."""
    try:
        plain = unpacked(stream, source)
        known = kind or kind_of_bytes(head_of(plain, source))
        if known == "records":
            yield from read_records(plain, source, options)
        elif known == "warc":
            yield from _read_pages(plain, source, options)
        else:
            yield _read_one(plain, source, known, options)
    except UnreadableInputError as error:
        yield error


def _read_one(
    stream: io.BufferedReader, source: str, kind: Kind, options: ReadOptions
) -> Read:
    what = f"{options.max_chars:,} characters"
    data = read_all(stream, source, most=_most_bytes(kind, options), what=what)
    return _document(data, source, kind, options=options)


def _most_bytes(kind: Kind, options: ReadOptions) -> int:
    shares: dict[Kind, int] = {
        "html": _WIDEST * MARKUP_SHARE,
        "docx": _CARRIERS,
        "pdf": _CARRIERS,
    }
    return shares.get(kind, _WIDEST) * (options.max_chars + 1)


def _document(
    data: bytes,
    source: str,
    kind: Kind,
    *,
    options: ReadOptions,
    fetched: Fetched | None = None,
) -> Document:
    about = About(media_type=_MEDIA_TYPES[kind], url=fetched.url if fetched else None)
    charset = fetched.charset if fetched else None
    read = _decoded(data, source, kind, charset=charset, most=options.max_chars)
    return build(read, source=source, options=options, about=about)


def _decoded(
    data: bytes, source: str, kind: Kind, *, charset: str | None, most: int
) -> Decoded:
    match kind:
        case "docx":
            return Decoded(press.docx_text(data, source, most=most), "utf-8")
        case "pdf":
            return Decoded(press.pdf_text(data, source, most=most), "utf-8")
        case "html":
            return decode_html(data, source, charset)
        case _:
            return decode(data, source)


def _read_pages(
    stream: io.BufferedReader, source: str, options: ReadOptions
) -> Iterator[Read]:
    found = False
    for page in read_warc(stream, source, most=_most_bytes("html", options)):
        found = True
        yield _page(page, source, options)
    if not found:
        problem = "holds no pages"
        yield NoArticlesError(source, problem, "leave it out, or check what it holds")


def _page(
    page: Fetched | UnreadableInputError, source: str, options: ReadOptions
) -> Read:
    if isinstance(page, UnreadableInputError):
        return page
    try:
        return _document(
            page.data,
            f"{source}#{page.url}",
            page.kind,
            options=options,
            fetched=page,
        )
    except UnreadableInputError as error:
        return error
