"""Score whole attributions: contents, type, negation, nesting, and where they fail.

Gold and prediction are matched one to one by their contents' characters, outer claims
and nested ones each among themselves. A pair counts as *found* from an intersection
over union of one half on; attributes are compared over found pairs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.evaluation.compare import Item, match, shared, size
from pipeline.evaluation.reading import Found, Reading
from pipeline.evaluation.tallies import Answers, Calibration, Row, Rows, Tally
from pipeline.gold import GoldAttribution, GoldDocument
from pipeline.records import Span

FOUND: Final = 0.5
CLOSE: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A gold attribution and the predicted one that shares most of its content."""

    gold: GoldAttribution
    found: Found
    iou: float

    @property
    def exact(self) -> bool:
        """All segments are equal."""
        return self.gold.content == self.found.content

    @property
    def whole(self) -> bool:
        """All segments, the cue and the source are equal."""
        gold, found = self.gold, self.found
        return self.exact and (gold.cue, gold.source) == (found.cue, found.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """All pairs of one level of one document, down to the faintest."""

    gold: tuple[GoldAttribution, ...]
    found: tuple[Found, ...]
    pairs: tuple[Matched, ...]

    def good(self) -> tuple[Matched, ...]:
        """Return the pairs that count as found."""
        return tuple(pair for pair in self.pairs if pair.iou >= FOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One document's attributions, matched: the outer ones and the nested ones."""

    outer: Matching
    nested: Matching

    def good(self) -> tuple[Matched, ...]:
        """Return the pairs of both levels that count as found."""
        return self.outer.good() + self.nested.good()


def compare(gold: GoldDocument, reading: Reading) -> Compared:
    """Match a document's attributions with those of a reading, level by level."""
    return Compared(
        outer=_matching(
            [one for one in gold.attributions if one.nested_in is None],
            [one for one in reading.found if one.nested_in is None],
        ),
        nested=_matching(
            [one for one in gold.attributions if one.nested_in is not None],
            [one for one in reading.found if one.nested_in is not None],
        ),
    )


def _matching(gold: Sequence[GoldAttribution], found: Sequence[Found]) -> Matching:
    pairs = match(list(map(_item, gold)), list(map(_item, found)))
    matched = (
        Matched(gold=gold[pair.gold], found=found[pair.predicted], iou=pair.iou)
        for pair in pairs
    )
    return Matching(gold=tuple(gold), found=tuple(found), pairs=tuple(matched))


def _item(one: GoldAttribution | Found) -> Item:
    return Item(content=one.content, tie=(one.cue, one.source))


@dataclass(slots=True)
class ContentScores:
    """How many contents were found, by how strict a rule."""

    exact: Tally = field(default_factory=Tally)
    close: Tally = field(default_factory=Tally)
    half: Tally = field(default_factory=Tally)
    whole: Tally = field(default_factory=Tally)
    overlap: Tally = field(default_factory=Tally)

    def add(self, matching: Matching) -> None:
        """Add one document."""
        pairs = matching.pairs
        hits = (
            (self.exact, sum(pair.exact for pair in pairs)),
            (self.close, sum(pair.iou >= CLOSE for pair in pairs)),
            (self.half, sum(pair.iou >= FOUND for pair in pairs)),
            (self.whole, sum(pair.whole for pair in pairs)),
        )
        for tally, count in hits:
            tally.add(count, predicted=len(matching.found), gold=len(matching.gold))
        self.overlap.add(
            sum(_shared(pair) for pair in pairs),
            predicted=sum(map(_size, matching.found)),
            gold=sum(map(_size, matching.gold)),
        )

    def rows(self) -> Rows:
        """Return one row a rule."""
        return {
            "content_exact": self.exact.row(),
            "content_iou_80": self.close.row(),
            "content_iou_50": self.half.row(),
            "whole_exact": self.whole.row(),
            "whole_overlap": self.overlap.row(),
        }


def _roles(one: GoldAttribution | Found) -> Iterator[tuple[Span, ...]]:
    yield one.content
    yield (one.cue,) if one.cue else ()
    yield (one.source,) if one.source else ()


def _size(one: GoldAttribution | Found) -> int:
    return sum(map(size, _roles(one)))


def _shared(pair: Matched) -> int:
    roles = zip(_roles(pair.gold), _roles(pair.found), strict=True)
    return sum(shared(here, there) for here, there in roles)


@dataclass(slots=True)
class TraitScores:
    """Type, negation, outer claim and appearances of the claims that were found."""

    type: Answers = field(default_factory=Answers)
    negation: Answers = field(default_factory=Answers)
    negated: Tally = field(default_factory=Tally)
    outer: Answers = field(default_factory=Answers)
    appearances: Tally = field(default_factory=Tally)

    def add(self, compared: Compared) -> None:
        """Add one document."""
        pairs = compared.good()
        outer_of = {pair.gold.id: pair.found.id for pair in pairs}
        for pair in pairs:
            gold, found = pair.gold, pair.found
            if gold.type is not None:
                self.type.add(right=gold.type == found.type)
            if gold.negated is not None:
                self.negation.add(right=gold.negated == found.negated)
                self.negated.add(
                    gold.negated and found.negated,
                    predicted=found.negated,
                    gold=gold.negated,
                )
            if gold.nested_in is not None:
                right = outer_of.get(gold.nested_in) == found.nested_in
                self.outer.add(right=right)
            self._add_appearances(gold.appearances, found.appearances)

    def _add_appearances(self, gold: Sequence[Span], found: Sequence[Span]) -> None:
        pairs = match(
            [Item(content=(span,)) for span in gold],
            [Item(content=(span,)) for span in found],
        )
        hits = sum(pair.iou >= FOUND for pair in pairs)
        self.appearances.add(hits, predicted=len(found), gold=len(gold))

    def rows(self) -> Rows:
        """Return one row a trait; questions have another shape than finds."""
        return {
            "type": _asked(self.type),
            "negation": _asked(self.negation),
            "outer_claim": _asked(self.outer),
            "negated": self.negated.row(),
            "appearances": self.appearances.row(),
        }


def _asked(answers: Answers) -> Row:
    row = answers.row()
    return {"right": row["right"], "asked": row["asked"]}


@dataclass(slots=True)
class ConfidenceScores:
    """Whether confidence means what it says: exact contents, and contents nearly so."""

    exact: Calibration = field(default_factory=Calibration)
    close: Calibration = field(default_factory=Calibration)

    def add(self, matchings: Iterable[Matching]) -> None:
        """Add one document: every prediction, whether it met gold or not."""
        for matching in matchings:
            pair_of = {pair.found.id: pair for pair in matching.pairs}
            for one in matching.found:
                pair = pair_of.get(one.id)
                exact = pair is not None and pair.exact
                close = pair is not None and pair.iou >= CLOSE
                self.exact.add(one.confidence, right=exact)
                self.close.add(one.confidence, right=close)
