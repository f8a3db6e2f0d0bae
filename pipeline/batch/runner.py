"""Run an extractor over inputs and write what it gives, in input order.

The steps compose: ``write_run(limited(extract_all(items, extractor), 3), …)``. One
process, one chunk after the other; memory holds one chunk and, per input, the three
strings that the manifest names it by. An engine that gives :class:`Lines` in input
order can stand in for :func:`extract_all`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from spacy.language import Language

from pipeline.batch.extractor import Item, Lines
from pipeline.batch.files import whole_files
from pipeline.batch.manifest import write_manifest
from pipeline.errors import TooManyRejectionsError
from pipeline.records import Counts, Document, Input
from pipeline.runs import CLAIMS, DOCUMENTS, MANIFEST, REJECTED
from pipeline.schema import to_line

#: Few enough that progress is seen to move, enough that the chunk costs nothing.
_CHUNK: Final = 16


@dataclass(kw_only=True)
class Tally:
    """What a run has written so far."""

    inputs: list[Input] = field(default_factory=list)
    claims: int = 0
    rejected: int = 0

    @property
    def counts(self) -> Counts:
        """The tally as the manifest states it."""
        documents = len(self.inputs)
        return Counts(documents=documents, claims=self.claims, rejected=self.rejected)

    def add(self, lines: Lines) -> None:
        """Count what became of one input."""
        self.claims += len(lines.claims)
        match lines.item:
            case Document(id=known, source=source, sha256=digest):
                self.inputs.append(Input(id=known, source=source, sha256=digest))
            case _:
                self.rejected += 1


def extract_all(
    items: Iterable[Item], extractor: Callable[[Sequence[Item]], Iterable[Lines]]
) -> Iterator[Lines]:
    """Extract chunk by chunk; one answer per item, in order."""
    source = iter(items)
    while chunk := list(islice(source, _CHUNK)):
        yield from extractor(chunk)


def limited(results: Iterable[Lines], most: int) -> Iterator[Lines]:
    """Pass results on; raise once more than ``most`` of them are rejections."""
    rejected = 0
    for lines in results:
        rejected += bool(lines.rejection)
        if rejected > most:
            raise TooManyRejectionsError(most)
        yield lines


def write_run(
    results: Iterable[Lines],
    folder: Path,
    *,
    nlp: Language,
    options: dict[str, Any] | None = None,
) -> Counts:
    """Write the four files of a run to the folder, all of them or none.

    ``nlp`` and ``options`` are what the manifest describes. When anything is raised,
    the files of an earlier run stay as they were.
    """
    begun = datetime.now(UTC)
    tally = Tally()
    with whole_files(folder, [CLAIMS, DOCUMENTS, REJECTED, MANIFEST]) as files:
        for lines in results:
            files[CLAIMS].writelines(lines.claims)
            files[DOCUMENTS].write(lines.document)
            files[REJECTED].write(lines.rejection)
            tally.add(lines)
        manifest = write_manifest(
            nlp,
            options=options or {},
            inputs=tally.inputs,
            counts=tally.counts,
            span=(begun, datetime.now(UTC)),
        )
        files[MANIFEST].write(to_line(manifest))
    return tally.counts


def write_claims(results: Iterable[Lines], out: IO[bytes]) -> Counts:
    """Write the claims alone, each article's as soon as they are known."""
    tally = Tally()
    for lines in results:
        out.writelines(lines.claims)
        out.flush()
        tally.add(lines)
    return tally.counts
