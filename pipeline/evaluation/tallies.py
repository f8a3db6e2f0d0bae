"""The arithmetic of scores: counts that add up over documents, and their ratios.

Everything here starts at zero, is added to document by document, and answers None where
a ratio has nothing to divide by, so that *not measured* never reads as *nought*.
"""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

#: One line of a table: figures by column, None where there was nothing to measure.
Row: TypeAlias = dict[str, float | None]
Rows: TypeAlias = dict[str, Row]

#: The columns that count things; all others are per cent.
COUNTS: Final = frozenset({"gold", "predicted", "asked", "predictions", "count"})

_BINS: Final = 10


def percent(part: float, whole: float) -> float | None:
    """Return the part in per cent of the whole, or None where there is no whole."""
    return 100 * part / whole if whole else None


@dataclass(slots=True)
class Tally:
    """Hits against what was predicted and what gold holds.

    >>> tally = Tally(hits=3, predicted=4, gold=6)
    >>> tally.precision, tally.recall, tally.f1
    (75.0, 50.0, 60.0)
    """

    hits: float = 0
    predicted: float = 0
    gold: float = 0

    def add(self, hits: float, *, predicted: float, gold: float) -> None:
        """Add the counts of one more document."""
        self.hits += hits
        self.predicted += predicted
        self.gold += gold

    def add_sets(self, predicted: set[object], gold: set[object]) -> None:
        """Add two sets whose common members are the hits."""
        self.add(len(predicted & gold), predicted=len(predicted), gold=len(gold))

    @property
    def precision(self) -> float | None:
        """How much of what was predicted is right."""
        return percent(self.hits, self.predicted)

    @property
    def recall(self) -> float | None:
        """How much of gold was found."""
        return percent(self.hits, self.gold)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return percent(2 * self.hits, self.predicted + self.gold)

    def row(self) -> Row:
        """Return the three ratios and what they rest on."""
        return {
            "f1": self.f1,
            "precision": self.precision,
            "recall": self.recall,
            "gold": self.gold,
            "predicted": self.predicted,
        }


@dataclass(slots=True)
class Mean:
    """A running mean of values between 0 and 1."""

    total: float = 0
    count: int = 0

    def add(self, value: float) -> None:
        """Add one value."""
        self.total += value
        self.count += 1

    @property
    def value(self) -> float | None:
        """The mean in per cent."""
        return percent(self.total, self.count)


@dataclass(slots=True)
class Answers:
    """Answers to one question: right, wrong, or left open where gold has an answer."""

    right: int = 0
    wrong: int = 0
    abstained: int = 0

    def add(self, *, right: bool, abstained: bool = False) -> None:
        """Add one answer; one that is right is no abstention."""
        self.right += right
        self.abstained += abstained and not right
        self.wrong += not right and not abstained

    @property
    def total(self) -> int:
        """How often the question was asked."""
        return self.right + self.wrong + self.abstained

    def row(self) -> Row:
        """Return the shares in per cent, and the number of questions."""
        return {
            "right": percent(self.right, self.total),
            "wrong": percent(self.wrong, self.total),
            "abstained": percent(self.abstained, self.total),
            "asked": self.total,
        }


@dataclass(slots=True)
class Calibration:
    """Stated confidence against how often it was justified, in ten equal bins."""

    bins: list[tuple[float, int, int]] = field(
        default_factory=lambda: [(0.0, 0, 0)] * _BINS
    )

    def add(self, confidence: float, *, right: bool) -> None:
        """Add one prediction."""
        place = min(max(int(confidence * _BINS), 0), _BINS - 1)
        stated, hits, count = self.bins[place]
        self.bins[place] = (stated + confidence, hits + right, count + 1)

    @property
    def count(self) -> int:
        """How many predictions were added."""
        return sum(count for _, _, count in self.bins)

    @property
    def error(self) -> float | None:
        """The expected calibration error in points of a hundred."""
        return percent(sum(abs(s - h) for s, h, _ in self.bins), self.count)
