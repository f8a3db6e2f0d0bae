"""A claim reduced to what merging needs, so that a hundred thousand fit in memory.

Reach for :func:`told_of`. What a claim shares with its neighbours (the article, the
speaker) is kept once, by :class:`Shelf`.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from pipeline.merging.voices import Voice, voice_of
from pipeline.merging.wordings import Wording, wording_of
from pipeline.records import Claim, DocumentRef, Force, Speaker

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """One telling: its place, speaker and words; ``day`` counts from the year 1."""

    claim: str
    document: DocumentRef
    start: int
    end: int
    text: str
    speaker: Speaker
    force: Force
    negated: bool
    voice: Voice
    wording: Wording
    day: int | None

    def order(self) -> tuple[str, str, str, int, int, str]:
        """Return the place among all tellings: by publication, then by source.

        An article without a day of publication comes after all that have one.
        """
        published = self.document.published or "~"
        document = self.document
        place = (self.start, self.end, self.claim)
        return (published, document.source, document.id, *place)


class Shelf:
    """Keeps one of each of equal values."""

    def __init__(self) -> None:
        self._kept: dict[object, object] = {}

    def one_of(self, value: T) -> T:
        """Return the value that was given first of all equal to this one."""
        return cast("T", self._kept.setdefault(value, value))


def told_of(claim: Claim, shelf: Shelf) -> Told:
    """Reduce a claim; the shelf is shared by all claims of a merger."""
    wording = wording_of(claim)
    return Told(
        claim=claim.id,
        document=shelf.one_of(claim.document),
        start=claim.content[0].start,
        end=claim.content[-1].end,
        text=claim.text,
        speaker=shelf.one_of(claim.speaker),
        force=claim.force,
        negated=claim.negated,
        voice=shelf.one_of(voice_of(claim)),
        wording=Wording(
            words=tuple(map(shelf.one_of, wording.words)),
            figures=wording.figures,
            names=shelf.one_of(wording.names),
            weight=wording.weight,
        ),
        day=_day(claim.said_on.earliest or claim.document.published),
    )


def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None
