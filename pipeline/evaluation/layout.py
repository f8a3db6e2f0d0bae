"""Score entities by label, and blocks by their characters.

Entities count where the document is annotated with their label throughout. A block's
score is over characters that are no white space, since nobody reads the blank lines.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.evaluation.reading import Reading
from pipeline.evaluation.tallies import Rows, Tally
from pipeline.gold import GoldBlock, GoldDocument, GoldEntity
from pipeline.records import CLAIM_BLOCKS, Block, Mention


def labelled(
    mentions: Iterable[GoldEntity | Mention], labels: frozenset[str]
) -> set[tuple[int, int, str]]:
    """Return the mentions with one of the labels, as edges and label."""
    return {(m.start, m.end, m.label) for m in mentions if m.label in labels}


#: The labels of names, those that named-entity corpora have in common.
_NAMES: Final = frozenset({"PERSON", "ORG", "LOC"})


class EntityScores:
    """Exact spans with the right label; ``micro`` pools the labels.

    ``names`` pools persons, organisations and places, as most figures that are
    published do.
    """

    def __init__(self) -> None:
        self._labels: defaultdict[str, Tally] = defaultdict(Tally)
        self._names, self._micro = Tally(), Tally()

    def add(self, gold: GoldDocument, reading: Reading) -> None:
        """Add one document, as far as its labels are annotated throughout."""
        here = labelled(gold.entities, gold.labels)
        there = labelled(reading.mentions, gold.labels)
        self._micro.add_sets(set(there), set(here))
        self._names.add_sets(
            {m for m in there if m[2] in _NAMES}, {m for m in here if m[2] in _NAMES}
        )
        for label in gold.labels:
            self._labels[label].add_sets(
                {m for m in there if m[2] == label}, {m for m in here if m[2] == label}
            )

    def rows(self) -> Rows:
        """Return one row a label and one for all, none where nothing was annotated."""
        if not self._labels:
            return {}
        rows = {label: tally.row() for label, tally in sorted(self._labels.items())}
        return rows | {"names": self._names.row(), "micro": self._micro.row()}


class BlockScores:
    """Character scores of each label, and claims on the wrong side of the fence."""

    def __init__(self) -> None:
        self._labels: defaultdict[str, Tally] = defaultdict(Tally)
        self._claims_from_outside = 0
        self._claims_left_outside = 0

    def add(self, gold: GoldDocument, reading: Reading) -> None:
        """Add one document."""
        here = paint(gold.text, gold.blocks)
        there = paint(gold.text, reading.blocks)
        labels = {*here, *there} - {None}
        seen = [place for place, char in enumerate(gold.text) if not char.isspace()]
        for label in labels:
            self._labels[str(label)].add_sets(
                {place for place in seen if there[place] == label},
                {place for place in seen if here[place] == label},
            )
        self._claims_from_outside += sum(
            _outside(here, one.content[0].start) for one in reading.found if one.content
        )
        self._claims_left_outside += sum(
            _outside(there, one.content[0].start) for one in gold.attributions
        )

    def rows(self) -> Rows:
        """Return one row a label."""
        return {label: tally.row() for label, tally in sorted(self._labels.items())}

    def fence_rows(self) -> Rows:
        """Count claims read from outside the article, and gold claims left there."""
        if not self._labels:
            return {}
        return {
            "claims_read_from_outside": {"count": self._claims_from_outside},
            "gold_claims_left_outside": {"count": self._claims_left_outside},
        }


def paint(text: str, blocks: Iterable[GoldBlock | Block]) -> Sequence[str | None]:
    """Give each character the label of the narrowest block that it lies in."""
    labels: list[str | None] = [None] * len(text)
    for block in sorted(blocks, key=lambda block: block.start - block.end):
        labels[block.start : block.end] = [block.label] * (block.end - block.start)
    return labels


def _outside(labels: Sequence[str | None], place: int) -> bool:
    return labels[place] is not None and labels[place] not in CLAIM_BLOCKS
