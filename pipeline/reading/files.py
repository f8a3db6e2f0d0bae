"""Find the files that an input names, and read each of them.

A path may be a file, a folder (read recursively, in the order of the names, hidden
files and unknown endings left aside), a pattern such as ``pages/**/*.html``, or ``-``
for standard input.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, takewhile
from pathlib import Path

from pipeline.reading import problems
from pipeline.reading.articles import Read, read_stream
from pipeline.reading.documents import ReadOptions
from pipeline.reading.kinds import ENDINGS, kind_of_name
from pipeline.reading.streams import buffered


def read_path(path: str, options: ReadOptions) -> Iterator[Read]:
    """Read one path as the user gave it, problems in place of documents."""
    if path == "-":
        stream = buffered(sys.stdin.buffer)
        yield from read_stream(stream, path, kind=None, options=options)
        stream.detach()  # standard input is not ours to close
        return
    try:
        yield from _read_place(Path(path), options)
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        yield problems.UnreadablePathError(path, problem, "check its permissions")


def _read_place(place: Path, options: ReadOptions) -> Iterator[Read]:
    if place.is_dir():
        yield from _read_folder(place, options)
    elif not place.exists():
        yield from _read_pattern(place, options)
    elif not place.is_file():
        problem = "is neither a file nor a folder"
        yield problems.UnreadablePathError(str(place), problem, "use - for a stream")
    else:
        kind, _ = kind_of_name(place.name)
        with place.open("rb") as file:
            yield from read_stream(file, str(place), kind=kind, options=options)


def _read_pattern(place: Path, options: ReadOptions) -> Iterator[Read]:
    parts = place.parts
    plain = sum(1 for _ in takewhile(_is_plain, parts))
    pattern = "/".join(parts[plain:])
    found = sorted(Path(*parts[:plain]).glob(pattern)) if pattern else []
    if not found:
        advice = "check the spelling, or use - to read standard input"
        yield problems.MissingPathError(str(place), "does not exist", advice)
    yield from chain.from_iterable(read_path(str(path), options) for path in found)


def _is_plain(part: str) -> bool:
    return not set("*?[") & set(part)


def _read_folder(folder: Path, options: ReadOptions) -> Iterator[Read]:
    found = False
    for file in _walk(folder):
        found = True
        yield from read_path(str(file), options)
    if not found:
        endings = ", ".join(ENDINGS)
        problem = f"holds no article (looked for {endings} …)"
        advice = "name a folder with articles, or the files themselves"
        yield problems.NoArticlesError(str(folder), problem, advice)


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk_or_name(entry)
        elif kind_of_name(entry.name)[0]:
            yield entry


def _walk_or_name(folder: Path) -> Iterator[Path]:
    """Walk a folder below the one asked for; one that is closed to us is named."""
    try:
        yield from _walk(folder)
    except PermissionError:
        yield folder


def left_alone(paths: Iterable[str]) -> Counter[str]:
    """Count, by their endings, the files in folders whose names are no articles'.

    Only folders that are named themselves are looked through; hidden files and what is
    closed to us count for nothing.
    """
    others = (file for path in paths for file in _others(Path(path)))
    return Counter(file.suffix.lower() or "no ending" for file in others)


def _others(folder: Path) -> Iterator[Path]:
    with suppress(OSError):  # what is no folder holds no files
        for entry in folder.iterdir():
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from () if entry.is_symlink() else _others(entry)
            elif not kind_of_name(entry.name)[0]:
                yield entry
