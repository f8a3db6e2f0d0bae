"""Score sources, cues and contents as spans, and the links between them.

The span rule is the one PolNeAR is scored by: every contiguous span counts by itself,
so a content with two segments is two spans, and a source that two claims share is one.
Predicted spans come from the attributions, or from the encoder's parts alone.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, get_args

from pipeline.evaluation.compare import iou
from pipeline.evaluation.reading import Found
from pipeline.evaluation.tallies import Mean, Rows, Tally
from pipeline.gold import GoldAttribution
from pipeline.records import Part, Role, Span
from pipeline.stages.encoder.decode import HALF

Spans: TypeAlias = Mapping[Role, set[Span]]
Link: TypeAlias = tuple[Span, Span]

ROLES: Final[tuple[Role, ...]] = get_args(Role)


def spans_of(attributions: Iterable[GoldAttribution | Found]) -> Spans:
    """Collect the spans of attributions by role, each once."""
    spans: dict[Role, set[Span]] = {role: set() for role in ROLES}
    for one in attributions:
        spans["content"].update(one.content)
        spans["cue"].update([one.cue] if one.cue else [])
        spans["source"].update([one.source] if one.source else [])
    return spans


def spans_of_parts(parts: Iterable[Part]) -> Spans:
    """Collect the encoder's outer spans by role, before any stage joined them.

    Those likelier absent than present, which are there for the stages after it, are not
    what it found.
    """
    spans: dict[Role, set[Span]] = {role: set() for role in ROLES}
    for part in parts:
        if part.level == "outer" and part.score >= HALF:
            spans[part.role].add(Span(start=part.start, end=part.end))
    return spans


class SpanScores:
    """Exact and begin scores and Jaccard of spans, by role."""

    def __init__(self) -> None:
        self.exact = {role: Tally() for role in ROLES}
        self.begin = {role: Tally() for role in ROLES}
        self.jaccard = {role: Mean() for role in ROLES}

    def add(self, gold: Spans, predicted: Spans) -> None:
        """Add one document.

        *Exact*: the same edges; *begin*: the same start; *Jaccard*: of each gold span
        the best intersection over union with a prediction, and 0 for each prediction
        that meets no gold span.
        """
        for role in ROLES:
            here, there = gold[role], predicted[role]
            self.exact[role].add_sets(set(there), set(here))
            self.begin[role].add_sets({s.start for s in there}, {s.start for s in here})
            for span in here:
                self.jaccard[role].add(_best(span, there))
            for span in there:
                if not any(map(span.overlaps, here)):
                    self.jaccard[role].add(0)

    def rows(self) -> Rows:
        """Return one row a role."""
        return {
            role: {
                "f1": self.exact[role].f1,
                "begin_f1": self.begin[role].f1,
                "jaccard": self.jaccard[role].value,
                **self.exact[role].row(),
            }
            for role in ROLES
        }


def _best(span: Span, others: set[Span]) -> float:
    if span in others:
        return 1.0
    return max((iou((span,), (other,)) for other in others), default=0.0)


class LinkScores:
    """Which cue a content or source belongs to, over spans that were found exactly."""

    def __init__(self) -> None:
        self.content = Tally()
        self.source = Tally()

    def add(self, gold: Iterable[GoldAttribution], found: Iterable[Found]) -> None:
        """Add one document: links whose both ends are spans of gold and prediction."""
        gold, found = tuple(gold), tuple(found)
        common = _all_spans(gold) & _all_spans(found)
        for tally, links in ((self.content, _to_content), (self.source, _to_source)):
            here = {
                link for one in gold for link in links(one) if common.issuperset(link)
            }
            there = {
                link for one in found for link in links(one) if common.issuperset(link)
            }
            tally.add_sets(set(there), set(here))

    def rows(self) -> Rows:
        """Return one row for the links of contents, one for those of sources."""
        return {"content": self.content.row(), "source": self.source.row()}


def _all_spans(attributions: Iterable[GoldAttribution | Found]) -> set[Span]:
    return set[Span]().union(*spans_of(attributions).values())


def _to_content(one: GoldAttribution | Found) -> Iterable[Link]:
    return ((one.cue, span) for span in one.content) if one.cue else ()


def _to_source(one: GoldAttribution | Found) -> Iterable[Link]:
    """Link the source to the cue, or to each segment where there is no cue."""
    if not one.source:
        return ()
    ends = (one.cue,) if one.cue else one.content
    return ((one.source, end) for end in ends)
