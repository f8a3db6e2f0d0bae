"""Read articles that stand one a line, as JSON.

Reach for :func:`read_records` with a stream. A line that is no article costs its own
line only.
"""

import io
import json
from collections.abc import Iterator
from typing import Any, Final

import orjson

from pipeline.errors import UnreadableInputError
from pipeline.reading import problems
from pipeline.reading.documents import MARKUP_SHARE, ReadOptions, from_record
from pipeline.reading.streams import corruption, head_of
from pipeline.records import Document

#: A character takes at most so many bytes in JSON; half as many are for other fields.
_WIDEST: Final = 12
_STEP: Final = 1 << 20


def read_records(
    stream: io.BufferedReader, source: str, options: ReadOptions
) -> Iterator[Document | UnreadableInputError]:
    """Read the records of a stream; each is named by its line or, if asked, its id."""
    if b"\0" in head_of(stream, source):
        problem = "holds NUL bytes, so it is no JSON Lines"
        yield problems.BinaryInputError(source, problem, "save it as UTF-8 text")
        return
    found = False
    most = _WIDEST * MARKUP_SHARE * (options.max_chars + 1)
    for number, line in enumerate(_lines(stream, source, most), start=1):
        if line.strip():
            found = True
            yield _record(line, f"{source}:{number}", options, most=most)
    if not found:
        problem = "holds no records"
        yield problems.NoArticlesError(source, problem, "leave it out, or fill it")


def _lines(stream: io.BufferedReader, source: str, most: int) -> Iterator[bytes]:
    """Yield the lines, of one that is too long no more than tells that it is."""
    with corruption(source):
        while line := stream.readline(most + 1):
            yield line
            if len(line) > most:
                _end_line(stream, line)


def _end_line(stream: io.BufferedReader, line: bytes) -> None:
    """Pass over what is left of a line."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(_STEP)


def _record(
    line: bytes, source: str, options: ReadOptions, *, most: int
) -> Document | UnreadableInputError:
    try:
        record = _parse(line, source, most)
        if options.id_key is not None and options.id_key in record:
            place = source.rpartition(":")[0]
            source = f"{place}#{record[options.id_key]}"
        return from_record(record, source=source, options=options)
    except UnreadableInputError as error:
        return error


def _parse(line: bytes, source: str, most: int) -> dict[str, Any]:
    if len(line) > most:
        problem = f"is a line of more than {most:,} bytes"
        raise problems.TooLongError(source, problem, "split it into articles")
    try:
        record = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except json.JSONDecodeError as error:
        problem = f"is no JSON ({error})"
        raise problems.BadRecordError(source, problem, "repair the line") from error
    if not isinstance(record, dict):
        problem = f"is a JSON {type(record).__name__} and no object"
        raise problems.BadRecordError(source, problem, "write one object a line")
    return record
