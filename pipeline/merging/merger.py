"""From the claims of many articles to one record for each claim.

Reach for :func:`merge` with claims, and for :func:`merge_runs` with the folders of
runs. The same claims give the same records in whatever order they come; a claim that is
in two runs counts once. All tellings are held in memory, and time and memory grow in
proportion to their number: 100,000 claims take 22 s of one thread and 245 MB by
``python -m pipeline.merging.bench``.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from pipeline.batch.files import whole_files
from pipeline.merging.comparison import compare, similarity
from pipeline.merging.figures import differences
from pipeline.merging.groups import group
from pipeline.merging.tellings import Shelf, Told, told_of
from pipeline.records import Claim, Merged, Telling
from pipeline.runs import read_claims
from pipeline.schema import to_line

MERGED: Final = "merged.jsonl"
_ID_LENGTH: Final = 24
_PLACES: Final = 4
#: Days from the first telling to the last after which somebody should look.
_FAR: Final = 30


def merge(claims: Iterable[Claim]) -> Iterator[Merged]:
    """Yield a record for each claim, in the order of their first appearances."""
    shelf = Shelf()
    told: dict[str, Told] = {}
    for claim in claims:
        if claim.id not in told:
            told[claim.id] = told_of(claim, shelf)
    for tellings in group(told.values()):
        yield _merged(tellings)


def merge_runs(folders: Sequence[Path], out: Path) -> tuple[int, int, int]:
    """Write ``merged.jsonl`` for the runs to a folder.

    Returns how many records were written, how many of them several articles tell, and
    in how many of these a figure differs.
    """
    written = shared = differing = 0
    claims = chain.from_iterable(map(read_claims, folders))
    with whole_files(out, [MERGED]) as files:
        for merged in merge(claims):
            files[MERGED].write(to_line(merged))
            written += 1
            shared += merged.documents > 1
            differing += merged.documents > 1 and bool(merged.differences)
    return written, shared, differing


def _merged(told: Sequence[Told]) -> Merged:
    first = told[0]
    found = differences(told)
    named = max(
        told, key=lambda one: (len(one.voice.name), one.speaker == first.speaker)
    )
    tellings = tuple(_telling(first, one) for one in told)
    digest = hashlib.sha256(first.claim.encode()).hexdigest()
    return Merged(
        id=f"m_{digest[:_ID_LENGTH]}",
        text=first.text,
        speaker=named.speaker,
        force=first.force,
        negated=first.negated,
        documents=len({one.document.id for one in told}),
        first_appearance=tellings[0],
        appearances=tellings,
        differences=found,
        flags=tuple(_flags(told, differ=bool(found))),
    )


def _telling(first: Told, one: Told) -> Telling:
    likeness = compare(first.wording, one.wording, named=True)
    share = likeness.similarity if likeness else similarity(first.wording, one.wording)
    kind = likeness.kind if likeness else "edited"
    return Telling(
        claim=one.claim,
        document=one.document.id,
        source=one.document.source,
        title=one.document.title,
        url=one.document.url,
        published=one.document.published,
        start=one.start,
        end=one.end,
        text=one.text,
        wording="first" if one is first else kind,
        similarity=round(share, _PLACES),
    )


def _flags(told: Sequence[Told], *, differ: bool) -> Iterator[str]:
    days = [one.day for one in told if one.day is not None]
    if days and max(days) - min(days) > _FAR:
        yield "far_apart"
    if differ:
        yield "figures_differ"
