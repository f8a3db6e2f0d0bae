"""Score who is speaking, over the gold attributions that were found.

A wrong answer and no answer are counted apart, because they are not equally bad: a
wrong name in print is the worst error this package can make. Names are compared without
regard to case, honorifics and a leading *the*.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from pipeline.evaluation.attributions import Matched
from pipeline.evaluation.compare import plain, same
from pipeline.evaluation.tallies import Answers, Calibration, Row, Rows, percent
from pipeline.gold import GoldSpeaker
from pipeline.records import Speaker

FIELDS: Final[dict[str, Callable[[GoldSpeaker | Speaker], str | None]]] = {
    "name": lambda speaker: speaker.name,
    "role": lambda speaker: speaker.role,
    "organisation": lambda speaker: speaker.organisation,
    "party": lambda speaker: speaker.party,
}


def kind_and_name(gold: GoldSpeaker, speaker: Speaker) -> bool:
    """Tell whether kind and name are both right."""
    return gold.kind == speaker.kind and same(gold.name, speaker.name)


@dataclass(slots=True)
class FieldScore:
    """One field: over all speakers, and over those whose gold states a value."""

    every: Answers = field(default_factory=Answers)
    stated: Answers = field(default_factory=Answers)

    def add(self, gold: str | None, predicted: str | None) -> None:
        """Add one answer; two missing values agree."""
        right, abstained = same(gold, predicted), plain(predicted) is None
        self.every.add(right=right, abstained=abstained)
        if plain(gold) is not None:
            self.stated.add(right=right, abstained=abstained)

    def row(self) -> Row:
        """Return the shares over all, and how many of the stated values were given."""
        stated = percent(self.stated.right, self.stated.total)
        return {**self.every.row(), "right_where_stated": stated}


@dataclass(slots=True)
class SpeakerScores:
    """Kind, name, role, organisation and party of the speakers of found claims."""

    kind: Answers = field(default_factory=Answers)
    kind_and_name: Answers = field(default_factory=Answers)
    person: Answers = field(default_factory=Answers)
    unknown: Answers = field(default_factory=Answers)
    in_print: Answers = field(default_factory=Answers)
    fields: dict[str, FieldScore] = field(
        default_factory=lambda: {name: FieldScore() for name in FIELDS}
    )
    by_resolution: defaultdict[str, Answers] = field(
        default_factory=lambda: defaultdict(Answers)
    )
    calibration: Calibration = field(default_factory=Calibration)

    def add(self, pairs: Iterable[Matched]) -> None:
        """Add the found claims of one document whose speaker is annotated."""
        for pair in pairs:
            gold, speaker = pair.gold.speaker, pair.found.speaker
            if gold is None or "speaker" in pair.gold.unknown:
                continue
            self._add_printed_name(gold, speaker)
            confidence = pair.found.speaker_confidence
            if confidence is not None:
                self.calibration.add(confidence, right=kind_and_name(gold, speaker))
            if gold.kind == "unknown":
                self.unknown.add(right=speaker.kind == "unknown")
            else:
                self._add_known(gold, speaker)

    def _add_known(self, gold: GoldSpeaker, speaker: Speaker) -> None:
        open_ = speaker.kind == "unknown"
        nameless = open_ or (gold.name is not None and speaker.name is None)
        right = kind_and_name(gold, speaker)
        self.kind.add(right=gold.kind == speaker.kind, abstained=open_)
        self.kind_and_name.add(right=right, abstained=nameless)
        self.by_resolution[speaker.resolution].add(right=right, abstained=nameless)
        if gold.kind == "person":
            self.person.add(right=right, abstained=nameless)
        for name, value in FIELDS.items():
            self.fields[name].add(value(gold), value(speaker))

    def _add_printed_name(self, gold: GoldSpeaker, speaker: Speaker) -> None:
        named = speaker.name is not None and speaker.kind in {"person", "organisation"}
        self.in_print.add(
            right=named and same(gold.name, speaker.name), abstained=not named
        )

    def rows(self) -> Rows:
        """Return one row a question; all are about found claims.

        ``person``: of the claims of named people, those given to the right person.
        ``unknown``: of the claims whose speaker the text does not settle, those left
        open. ``name_in_print``: of all claims, those that got the right, a wrong or no
        name of a person or body.
        """
        answers = {
            "kind": self.kind,
            "kind_and_name": self.kind_and_name,
            "person": self.person,
            "unknown": self.unknown,
            "name_in_print": self.in_print,
        }
        rows = {name: one.row() for name, one in answers.items()}
        return rows | {name: one.row() for name, one in self.fields.items()}

    def resolution_rows(self) -> Rows:
        """Return kind and name again, by the way the speaker was resolved."""
        return {name: one.row() for name, one in sorted(self.by_resolution.items())}
