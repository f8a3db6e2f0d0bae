"""Score readings of gold documents, one at a time, and sum them up in a report.

Pure: gold records and :class:`pipeline.evaluation.reading.Reading` in, figures out. The
sections of the report, all figures in per cent unless they count:

``spans``
    Source, cue and content as single contiguous spans of the outer claims, taken from
    the finished attributions; the figures that are published for PolNeAR.
``spans_all``, ``encoder``
    The same with nested claims included, and for the encoder's outer parts alone.
``claims``
    Contents matched one to one (equal segments; intersection over union of their
    characters at least .8 or .5), and whole claims: content, cue and source all equal
    (``whole_exact``), or their shared characters (``whole_overlap``). Outer claims.
``nested``
    The same for nested claims; only where gold has any.
``links``
    Which cue contents and sources belong to, over spans that were found exactly.
``traits``
    Type, negation (``negation`` as a question, ``negated`` as a find), the outer claim
    of nested ones, appearances; over claims found at .5.
``speakers``, ``resolution``
    Who speaks, over claims found at .5: right, wrong and abstained.
``groups``
    What became of the gold claims of each type, block and place of source.
``entities``, ``blocks``, ``fence``
    Mentions by label; blocks by character; claims read from outside the article's
    blocks, and gold claims that lie where the pipeline would not look.
``calibration``
    Expected calibration error of contents (exact, and close at .8) and of speakers.
``thresholds``
    Contents found exactly, where those of less confidence are left out; all levels.

Layers that a document does not annotate are skipped, and parts and labels likewise.
"""

from pipeline.evaluation.attributions import (
    Compared,
    ConfidenceScores,
    ContentScores,
    TraitScores,
    compare,
)
from pipeline.evaluation.groups import GroupScores
from pipeline.evaluation.layout import BlockScores, EntityScores
from pipeline.evaluation.misses import Miss, block_misses, claim_misses, entity_misses
from pipeline.evaluation.reading import Reading, judged, tidy
from pipeline.evaluation.report import Report
from pipeline.evaluation.spans import (
    LinkScores,
    SpanScores,
    spans_of,
    spans_of_parts,
)
from pipeline.evaluation.speakers import SpeakerScores
from pipeline.evaluation.tallies import COUNTS, Rows
from pipeline.evaluation.thresholds import ThresholdScores
from pipeline.gold import GoldDocument


class Scores:
    """All figures, pooled over the documents added so far."""

    def __init__(self) -> None:
        self.documents = 0
        self.claims = 0
        self._misses: list[Miss] = []
        self._spans, self._all, self._encoder = SpanScores(), SpanScores(), SpanScores()
        self._links = LinkScores()
        self._outer, self._nested = ContentScores(), ContentScores()
        self._traits = TraitScores()
        self._speakers = SpeakerScores()
        self._confidence = ConfidenceScores()
        self._thresholds = ThresholdScores()
        self._groups = GroupScores()
        self._entities = EntityScores()
        self._blocks = BlockScores()

    def add(self, gold: GoldDocument, reading: Reading) -> None:
        """Score one document's reading, layer by annotated layer."""
        gold = tidy(gold)
        limited = judged(gold, reading)
        self.documents += 1
        if "attributions" in gold.layers | gold.partial_layers:
            self._add_attributions(gold, limited)
        if "entities" in gold.layers:
            self._entities.add(gold, limited)
            self._misses.extend(entity_misses(gold, limited))
        if "blocks" in gold.layers:
            self._blocks.add(gold, limited)
            self._misses.extend(block_misses(gold, limited))

    def _add_attributions(self, gold: GoldDocument, reading: Reading) -> None:
        compared = compare(gold, reading)
        self.claims += len(gold.attributions)
        self._add_spans(compared, reading)
        self._links.add(gold.attributions, reading.found)
        self._outer.add(compared.outer)
        self._nested.add(compared.nested)
        self._traits.add(compared)
        self._groups.add(gold, compared)
        self._speakers.add(compared.good())
        if "attributions" in gold.layers:
            self._confidence.add((compared.outer, compared.nested))
            self._thresholds.add((compared.outer, compared.nested))
        self._misses.extend(claim_misses(gold, compared))

    def _add_spans(self, compared: Compared, reading: Reading) -> None:
        outer, nested = compared.outer, compared.nested
        gold = spans_of(outer.gold)
        self._spans.add(gold, spans_of(outer.found))
        self._encoder.add(gold, spans_of_parts(reading.parts))
        self._all.add(
            spans_of(outer.gold + nested.gold), spans_of(outer.found + nested.found)
        )

    def report(self, *, gold: str, weights: str | None) -> Report:
        """Sum up; ``gold`` and ``weights`` are digests of what was scored with what."""
        sections: dict[str, Rows] = {
            "spans": self._spans.rows(),
            "spans_all": self._all.rows(),
            "encoder": self._encoder.rows(),
            "claims": self._outer.rows(),
            "nested": self._nested.rows() if self._nested.exact.gold else {},
            "links": self._links.rows(),
            "traits": self._traits.rows(),
            "speakers": self._speakers.rows(),
            "resolution": self._speakers.resolution_rows(),
            "groups": self._groups.rows(),
            "entities": self._entities.rows(),
            "blocks": self._blocks.rows(),
            "fence": self._blocks.fence_rows(),
            "calibration": _calibration_rows(self._confidence, self._speakers),
            "thresholds": self._thresholds.rows(),
        }
        return Report(
            documents=self.documents,
            claims=self.claims,
            sections={
                name: measured
                for name, rows in sections.items()
                if (measured := _measured(rows))
            },
            misses=tuple(self._misses),
            gold=gold,
            weights=weights,
        )


def _measured(rows: Rows) -> Rows:
    """Leave out the rows in which nothing was measured."""
    return {
        name: row for name, row in rows.items() if any(map(_is_figure, row.items()))
    }


def _is_figure(item: tuple[str, float | None]) -> bool:
    column, value = item
    return value is not None and (column not in COUNTS or column == "count")


def _calibration_rows(confidence: ConfidenceScores, speakers: SpeakerScores) -> Rows:
    named = {
        "content_exact": confidence.exact,
        "content_iou_80": confidence.close,
        "speaker": speakers.calibration,
    }
    return {
        name: {"error": one.error, "predictions": one.count}
        for name, one in named.items()
    }
