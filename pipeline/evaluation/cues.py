"""What the lexicon of cues knows of annotated articles, and how polarity is read.

Run ``python -m pipeline.evaluation.cues GOLD…`` with annotated articles. Gold holds no
force, so force cannot be scored; what is measured is the share of the cues whose lemma
the lexicon knows, the forces that they get, and the F1 of ``negated`` against the
annotation. Cues are those of the annotation, so that the model plays no part.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from pipeline.gold import GoldDocument, read_gold
from pipeline.stages.claims.force import knows, read_cue


class CueReport:
    """Counts of what is read from the cues of annotated articles."""

    def __init__(self) -> None:
        self.forces: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.polarity: Counter[tuple[bool, bool]] = Counter()

    def add(self, document: GoldDocument) -> None:
        """Read the cues of one article; a colon alone needs no lexicon."""
        for attribution in document.attributions:
            if attribution.cue is None:
                continue
            content = " ".join(span.of(document.text) for span in attribution.content)
            reading = read_cue(attribution.cue.of(document.text), content)
            self.forces[reading.force] += 1
            if any(map(str.isalpha, reading.lemma)) and not knows(reading.lemma):
                self.unknown[reading.lemma] += 1
            if attribution.negated is not None:
                self.polarity[attribution.negated, reading.negated] += 1

    @property
    def coverage(self) -> float:
        """The share of the cues whose lemma is known, in per cent."""
        cues = self.forces.total()
        return 100 * (cues - self.unknown.total()) / cues if cues else 0.0

    @property
    def negation_f1(self) -> float:
        """The F1 of ``negated``, in per cent."""
        right = self.polarity[True, True]
        wrong = self.polarity[True, False] + self.polarity[False, True]
        return 200 * right / (2 * right + wrong) if right else 0.0

    def lines(self, *, most: int = 0) -> Iterator[str]:
        """Yield the report, with so many of the unknown lemmas."""
        yield f"{self.forces.total()} cues, {self.coverage:.1f} % with a known lemma"
        yield ", ".join(
            f"{force} {count}" for force, count in self.forces.most_common()
        )
        annotated = self.polarity[True, True] + self.polarity[True, False]
        yield f"negated: {annotated} annotated, F1 {self.negation_f1:.1f}"
        for lemma, count in self.unknown.most_common(most):
            yield f"unknown {count:>4}  {lemma}"


def measure(documents: Iterable[GoldDocument]) -> CueReport:
    """Read the cues of annotated articles."""
    report = CueReport()
    for document in documents:
        report.add(document)
    return report


def tell_cues(
    gold: Annotated[list[Path], typer.Argument(help="Annotated articles.")],
    *,
    unknown: Annotated[int, typer.Option(help="Unknown lemmas to print.")] = 0,
) -> None:
    """Print how many cues the lexicon knows, and the F1 of their polarity."""
    report = measure(chain.from_iterable(map(read_gold, gold)))
    typer.echo("\n".join(report.lines(most=unknown)))


if __name__ == "__main__":
    typer.run(tell_cues)
