"""Find the files that an input names, and read each of them.

A path may be a file, a folder (read recursively, in the order of the names, hidden
files and unknown endings left aside) or ``-`` for standard input.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from pipeline.errors import UnreadableInputError
from pipeline.reading import problems
from pipeline.reading.decoding import decode
from pipeline.reading.documents import About, ReadOptions, build, from_record
from pipeline.records import Document

_MEDIA_TYPES: Final = {".txt": "text/plain", ".md": "text/markdown"}
_HTML: Final = frozenset({".html", ".htm"})
_RECORDS: Final = ".jsonl"
SUFFIXES: Final = frozenset({*_MEDIA_TYPES, *_HTML, _RECORDS})
#: A character takes at most so many bytes in any encoding read here.
_WIDEST: Final = 4
_SNIFF: Final = 8_192

Read = Document | UnreadableInputError


def read_path(path: str, options: ReadOptions) -> Iterator[Read]:
    """Read one path as the user gave it, problems in place of documents."""
    if path == "-":
        yield _attempt(sys.stdin.buffer.read(), path, options)
        return
    try:
        yield from _read_place(Path(path), options)
    except OSError as error:
        yield _unreadable(path, error)


def _read_place(place: Path, options: ReadOptions) -> Iterator[Read]:
    if place.is_dir():
        yield from _read_folder(place, options)
    elif not place.exists():
        advice = "check the spelling, or use - to read standard input"
        yield problems.MissingPathError(str(place), "does not exist", advice)
    elif not place.is_file():
        problem = "is neither a file nor a folder"
        yield problems.UnreadablePathError(str(place), problem, "use - for a stream")
    else:
        yield from _read_file(place, options)


def _read_folder(folder: Path, options: ReadOptions) -> Iterator[Read]:
    found = False
    for file in _walk(folder):
        found = True
        yield from read_path(str(file), options)
    if not found:
        endings = ", ".join(sorted(SUFFIXES))
        problem = f"holds no article (looked for {endings})"
        advice = "name a folder with articles, or the files themselves"
        yield problems.NoArticlesError(str(folder), problem, advice)


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk_or_name(entry)
        elif entry.suffix.lower() in SUFFIXES:
            yield entry


def _walk_or_name(folder: Path) -> Iterator[Path]:
    """Walk a folder below the one asked for; one that is closed to us is named."""
    try:
        yield from _walk(folder)
    except PermissionError:
        yield folder


def _read_file(file: Path, options: ReadOptions) -> Iterator[Read]:
    suffix = file.suffix.lower()
    if suffix in _HTML:
        problem = "is HTML, which is not read yet"
        advice = "convert it to text and name the .txt file"
        yield problems.UnsupportedFormatError(str(file), problem, advice)
    elif suffix == _RECORDS:
        yield from _read_records(file, options)
    elif file.stat().st_size > _WIDEST * (options.max_chars + 1):
        problem = f"has more than {options.max_chars:,} characters"
        yield problems.TooLongError(str(file), problem, "split it into articles")
    else:
        media_type = _MEDIA_TYPES.get(suffix, "text/plain")
        yield _attempt(file.read_bytes(), str(file), options, media_type)


def _attempt(
    data: bytes, source: str, options: ReadOptions, media_type: str = "text/plain"
) -> Read:
    try:
        read = decode(data, source)
        return build(
            read, source=source, options=options, about=About(media_type=media_type)
        )
    except UnreadableInputError as error:
        return error


def _read_records(file: Path, options: ReadOptions) -> Iterator[Read]:
    with file.open("rb") as lines:
        if b"\0" in lines.read(_SNIFF):
            problem = "holds NUL bytes, so it is no JSON Lines"
            yield problems.BinaryInputError(str(file), problem, "save it as UTF-8 text")
            return
        lines.seek(0)
        found = False
        for number, line in enumerate(lines, start=1):
            if line.strip():
                found = True
                yield _record(line, f"{file}:{number}", options)
    if not found:
        problem = "holds no records"
        yield problems.NoArticlesError(str(file), problem, "leave it out, or fill it")


def _record(line: bytes, source: str, options: ReadOptions) -> Read:
    try:
        record = _parse(line, source)
        if options.id_key is not None and options.id_key in record:
            place = source.rpartition(":")[0]
            source = f"{place}#{record[options.id_key]}"
        return from_record(record, source=source, options=options)
    except UnreadableInputError as error:
        return error


def _parse(line: bytes, source: str) -> dict[str, Any]:
    try:
        record = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except json.JSONDecodeError as error:
        problem = f"is no JSON ({error})"
        raise problems.BadRecordError(source, problem, "repair the line") from error
    if not isinstance(record, dict):
        problem = f"is a JSON {type(record).__name__} and no object"
        raise problems.BadRecordError(source, problem, "write one object a line")
    return record


def _unreadable(path: str, error: OSError) -> UnreadableInputError:
    problem = f"cannot be read ({error.strerror or error})"
    return problems.UnreadablePathError(path, problem, "check its permissions")
