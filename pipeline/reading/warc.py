"""Read the pages of a web archive.

Reach for :func:`read_warc` with the stream of a WARC file. Pages and plain texts that
were fetched whole are read, each as an article of its own; pictures, redirections and
all else a browser fetches are passed over.
"""

import io
from collections.abc import Iterator
from importlib import import_module
from typing import IO, Final, NamedTuple, Protocol

from pipeline.errors import UnreadableInputError
from pipeline.reading.kinds import Kind
from pipeline.reading.problems import CorruptFileError
from pipeline.reading.streams import Watched, read_all

_KINDS: Final[dict[str, Kind]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
_TYPES: Final = frozenset({"response", "resource", "conversion"})


class _Headers(Protocol):
    """The headers of a record, or of the answer that it holds."""

    def get_header(self, name: str) -> str | None:
        """Return the value of a header."""

    def get_statuscode(self) -> str:
        """Return the status of an answer."""


class _Limited(Protocol):
    """What is left of a record; ``limit`` counts the bytes that are to come."""

    limit: int

    def read(self, length: int) -> bytes:
        """Return no more than so many bytes, none where the file ends."""


class _Record(Protocol):
    """A record of warcio."""

    rec_type: str
    rec_headers: _Headers
    http_headers: _Headers | None
    raw_stream: _Limited

    def content_stream(self) -> IO[bytes]:
        """Return what was fetched, unpacked."""


class Fetched(NamedTuple):
    """One page of an archive: its bytes, and what the server said of them."""

    url: str
    kind: Kind
    charset: str | None
    data: bytes


def read_warc(
    stream: io.BufferedReader, source: str, *, most: int
) -> Iterator[Fetched | UnreadableInputError]:
    """Yield the pages in order; one of more than ``most`` bytes costs no other.

    A page that is cut off is an error of its own. Behind damage nothing more is read,
    and the error comes last.
    """
    watched = Watched(stream, source)
    try:
        for record in _records(watched, source):
            if fetched := _fetched(record):
                yield _filled(record, fetched, source, most)
    except CorruptFileError as error:
        yield watched.damage or error
    else:
        if watched.damage:
            yield watched.damage


def _records(stream: Watched, source: str) -> Iterator[_Record]:
    iterator = import_module("warcio.archiveiterator")
    try:
        yield from iterator.ArchiveIterator(stream)
    except Exception as error:
        problem = f"is no web archive, or damaged ({type(error).__name__})"
        advice = "check how it was written; what stood before was read"
        raise CorruptFileError(source, problem, advice) from error


def _fetched(record: _Record) -> Fetched | None:
    """Return the page without its bytes, None for what is no page."""
    if record.rec_type not in _TYPES:
        return None
    headers = record.http_headers or record.rec_headers
    if record.http_headers and headers.get_statuscode() != "200":
        return None
    declared, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
    kind = _KINDS.get(declared.strip().lower())
    url = record.rec_headers.get_header("WARC-Target-URI")
    if kind is None or not url:
        return None
    name, _, charset = parameters.strip().partition("=")
    named = charset.strip("\"' ") if name.lower() == "charset" else None
    return Fetched(url.strip("<>"), kind, named, b"")


def _filled(
    record: _Record, fetched: Fetched, source: str, most: int
) -> Fetched | UnreadableInputError:
    page = f"{source}#{fetched.url}"
    what = f"{most:,} bytes"
    try:
        data = read_all(record.content_stream(), page, most=most, what=what)
    except UnreadableInputError as error:
        return error
    rest = record.raw_stream
    if rest.limit > 0 and not rest.read(1):
        problem = "is cut off in the archive"
        return CorruptFileError(page, problem, "fetch it again")
    return fetched._replace(data=data)
