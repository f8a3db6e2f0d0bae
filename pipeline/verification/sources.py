"""Whether the sources of a run are still what was read.

Reach for :class:`Sources` with the manifest's options. Each file is read once, as
``claims extract`` reads it; of each article only the digest is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from pipeline.reading import ReadOptions, read_inputs
from pipeline.records import Document, Input


class Sources:
    """The articles that the files of a run hold today, by source."""

    def __init__(self, inputs: Sequence[Input], options: Mapping[str, Any]) -> None:
        known = {field.name for field in fields(ReadOptions)}
        given = {name: value for name, value in options.items() if name in known}
        places = {one.source: _place(one.source) for one in inputs}
        self.gone = tuple(source for source, place in places.items() if place is None)
        paths = dict.fromkeys(place for place in places.values() if place is not None)
        self._found = {
            read.source: read.sha256
            for read in read_inputs(list(paths), options=ReadOptions(**given))
            if isinstance(read, Document)
        }

    def problem(self, one: Input) -> str | None:
        """Return what became of an article; None if its source is gone or as it was."""
        if one.source in self.gone:
            return None
        digest = self._found.get(one.source)
        if digest is None:
            return f"{one.source} can be read no more"
        if digest != one.sha256:
            return f"{one.source} has changed since the run"
        return None


def _place(source: str) -> str | None:
    """Return the file that an article came from; the source may name a part of it."""
    name = source
    while name and name != "-":
        if Path(name).is_file():
            return name
        name = name[: max(name.rfind("#"), name.rfind(":"), 0)]
    return None
