"""What kind of file an input is: by its name, or else by how it begins.

Reach for :func:`kind_of_name` to tell a file that can be read from any other, and for
:func:`kind_of_bytes` where the name tells nothing, as on standard input.
"""

import re
from pathlib import PurePath
from typing import Final, Literal

Kind = Literal["text", "markdown", "html", "records", "warc", "docx", "pdf"]
Packing = Literal["gzip", "zstd"]

_KINDS: Final[dict[str, Kind]] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "records",
    ".ndjson": "records",
    ".warc": "warc",
    ".docx": "docx",
    ".pdf": "pdf",
}
_PACKINGS: Final[dict[str, Packing]] = {".gz": "gzip", ".zst": "zstd"}
#: The endings that are read, each also with one of those of packed files behind it.
ENDINGS: Final = (*_KINDS, *(f".txt{ending}" for ending in _PACKINGS))

_MAGIC: Final[tuple[tuple[bytes, Packing], ...]] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_STARTS: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "docx"),
    (b"WARC/", "warc"),
)
#: A page may begin with comments and an XML declaration.
_HTML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|main|article|div|h1|p)(?:\s[^<>]*)?>",
    re.IGNORECASE | re.DOTALL,
)
_RECORD: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"[^\"\n]{1,100}\"\s*:")


def kind_of_name(name: str) -> tuple[Kind | None, Packing | None]:
    """Return what a file's name says it holds and how it is packed.

    >>> kind_of_name("pages/mill.html.gz")
    ('html', 'gzip')
    >>> kind_of_name("mill")
    (None, None)
    """
    path = PurePath(name.lower())
    packing = _PACKINGS.get(path.suffix)
    if packing:
        path = path.with_suffix("")
    return _KINDS.get(path.suffix), packing


def packing_of_bytes(head: bytes) -> Packing | None:
    """Return how a file that begins so is packed, None where it is not."""
    return next((how for magic, how in _MAGIC if head.startswith(magic)), None)


def kind_of_bytes(head: bytes) -> Kind:
    """Return the kind of a file that begins so; text where nothing else is certain."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if _HTML.match(head):
        return "html"
    return "records" if _RECORD.match(head) else "text"
