"""Where claims are found and lost: the gold claims by type, block and place of source.

A group is a property of gold, so each has recall only.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.evaluation.attributions import FOUND, Compared, Matched
from pipeline.evaluation.speakers import kind_and_name
from pipeline.evaluation.tallies import Mean, Rows
from pipeline.gold import GoldAttribution, GoldBlock, GoldDocument
from pipeline.records import Span


@dataclass(slots=True)
class Group:
    """The gold claims of one group, and what became of them."""

    found: Mean = field(default_factory=Mean)
    exact: Mean = field(default_factory=Mean)
    whole: Mean = field(default_factory=Mean)
    speaker: Mean = field(default_factory=Mean)

    def add(self, gold: GoldAttribution, pair: Matched | None) -> None:
        """Add one gold claim with what it was matched with."""
        found = pair is not None and pair.iou >= FOUND
        self.found.add(found)
        self.exact.add(pair is not None and pair.exact)
        self.whole.add(pair is not None and pair.whole)
        if pair and found and gold.speaker:
            self.speaker.add(kind_and_name(gold.speaker, pair.found.speaker))


class GroupScores:
    """All groups that occur."""

    def __init__(self) -> None:
        self._groups: defaultdict[str, Group] = defaultdict(Group)

    def add(self, gold: GoldDocument, compared: Compared) -> None:
        """Add one document."""
        pairs = compared.outer.pairs + compared.nested.pairs
        pair_of = {pair.gold.id: pair for pair in pairs}
        for one in gold.attributions:
            for name in _groups_of(one, gold):
                self._groups[name].add(one, pair_of.get(one.id))

    def rows(self) -> Rows:
        """Return one row a group, in the order of their names."""
        return {
            name: {
                "found": group.found.value,
                "exact": group.exact.value,
                "whole": group.whole.value,
                "speaker": group.speaker.value,
                "gold": group.found.count,
            }
            for name, group in sorted(self._groups.items())
        }


def _groups_of(one: GoldAttribution, gold: GoldDocument) -> Iterator[str]:
    if one.type:
        yield f"type_{one.type}"
    block = _block_of(one, gold.blocks)
    if "blocks" in gold.layers and block:
        yield f"block_{block}"
    if one.nested_in is not None:
        yield "nested"
    if "source" not in one.unknown:
        yield f"source_{_source_place(one.source, one.content, gold.text)}"


def _block_of(one: GoldAttribution, blocks: Iterable[GoldBlock]) -> str | None:
    """Return the label of the narrowest block that the content begins in."""
    start = one.content[0].start
    around = [block for block in blocks if block.start <= start < block.end]
    narrowest = min(around, key=lambda block: block.end - block.start, default=None)
    return narrowest.label if narrowest else None


def _source_place(source: Span | None, content: Iterable[Span], text: str) -> str:
    if not source:
        return "missing"
    nearest = min(content, key=lambda span: abs(span.start - source.start))
    between = text[min(nearest.end, source.end) : max(nearest.start, source.start)]
    return "in_another_paragraph" if "\n" in between else "in_the_paragraph"
