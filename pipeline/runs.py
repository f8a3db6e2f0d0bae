"""Read a finished run back: its claims, its articles, one claim by its id.

Reach for :func:`read_claims` and :func:`read_documents` with the folder that ``claims
extract`` wrote. Both are lazy, hold one record at a time, and raise
:class:`pipeline.errors.BrokenRunError` where the folder holds no readable run.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeVar

import orjson

from pipeline.errors import BrokenRunError, UnknownClaimError
from pipeline.records import Claim, Document, DocumentRecord
from pipeline.schema import from_line

CLAIMS: Final = "claims.jsonl"
DOCUMENTS: Final = "documents.jsonl"
REJECTED: Final = "rejected.jsonl"
MANIFEST: Final = "manifest.json"

T = TypeVar("T", Claim, DocumentRecord)


def read_claims(folder: Path) -> Iterator[Claim]:
    """Yield the claims of a run, in its order."""
    return _records(folder / CLAIMS, Claim)


def read_documents(folder: Path) -> Iterator[DocumentRecord]:
    """Yield the articles of a run, in its order."""
    return _records(folder / DOCUMENTS, DocumentRecord)


def as_document(record: DocumentRecord) -> Document:
    """Return an article as it was read, from the line that a run wrote of it."""
    return Document(
        id=record.id,
        source=record.source,
        text=record.text,
        sha256=record.sha256,
        media_type=record.media_type,
        encoding=record.encoding,
    )


def read_articles(folder: Path) -> Iterator[tuple[DocumentRecord, list[Claim]]]:
    """Yield the articles of a run, each with its claims.

    Raises :class:`pipeline.errors.BrokenRunError` where a claim's article is not in its
    place.
    """
    claims = read_claims(folder)
    following = next(claims, None)
    for document in read_documents(folder):
        own = []
        while following is not None and following.document.id == document.id:
            own.append(following)
            following = next(claims, None)
        yield document, own
    if following is not None:
        problem = f"holds {following.id}, whose article is not in its place"
        raise BrokenRunError(str(folder / CLAIMS), problem)


def find_claim(folder: Path, name: str) -> Claim:
    """Return the claim whose id is ``name``, or the only one whose id begins so.

    Raises :class:`pipeline.errors.UnknownClaimError` where none or several do.
    """
    lines = []
    for line in _lines(folder / CLAIMS):
        known = _id_of(line, folder / CLAIMS)
        if known == name:
            return _record(line, folder / CLAIMS, Claim)
        if known.startswith(name):
            lines.append(line)
    if len(lines) != 1:
        raise UnknownClaimError(name, str(folder), len(lines))
    return _record(lines[0], folder / CLAIMS, Claim)


def document_of(folder: Path, claim: Claim) -> DocumentRecord:
    """Return the article that a claim of the run was read from."""
    for line in _lines(folder / DOCUMENTS):
        if _id_of(line, folder / DOCUMENTS) == claim.document.id:
            return _record(line, folder / DOCUMENTS, DocumentRecord)
    problem = f"holds no article {claim.document.id} for the claim {claim.id}"
    raise BrokenRunError(str(folder / DOCUMENTS), problem)


def _records(path: Path, kind: type[T]) -> Iterator[T]:
    for line in _lines(path):
        yield _record(line, path, kind)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as lines:
            yield from lines
    except OSError as error:
        raise BrokenRunError(str(path), error.strerror or str(error)) from error


def _record(line: bytes, path: Path, kind: type[T]) -> T:
    try:
        record = from_line(line)
    except ValueError as error:
        raise BrokenRunError(str(path), "holds a line that is no record") from error
    if not isinstance(record, kind):
        raise BrokenRunError(str(path), f"holds a line of {record.schema}")
    return record


def _id_of(line: bytes, path: Path) -> str:
    try:
        return str(orjson.loads(line)["id"])
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenRunError(str(path), "holds a line that is no record") from error
