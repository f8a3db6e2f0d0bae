"""What a threshold of confidence buys: precision, and the recall that it costs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pipeline.evaluation.attributions import Matching
from pipeline.evaluation.tallies import Rows, Tally

#: In per cent: 0 keeps every claim.
THRESHOLDS: Final = (0, 10, 20, 30, 40, 50, 60, 70, 80, 90)


@dataclass(slots=True)
class ThresholdScores:
    """Exact contents among the claims that each threshold keeps."""

    tallies: dict[int, Tally] = field(
        default_factory=lambda: {threshold: Tally() for threshold in THRESHOLDS}
    )

    def add(self, matchings: Iterable[Matching]) -> None:
        """Add one document."""
        for matching in matchings:
            exact = [pair.found.confidence for pair in matching.pairs if pair.exact]
            stated = [one.confidence for one in matching.found]
            for threshold, tally in self.tallies.items():
                tally.add(
                    _kept(exact, threshold),
                    predicted=_kept(stated, threshold),
                    gold=len(matching.gold),
                )

    def rows(self) -> Rows:
        """Return one row a threshold, named by its per cent."""
        return {f"{at}": tally.row() for at, tally in self.tallies.items()}


def _kept(confidences: Iterable[float], threshold: int) -> int:
    return sum(confidence >= threshold / 100 for confidence in confidences)
