"""Every difference between gold and prediction in its context, for a person to read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.evaluation.attributions import Compared, Matched, Matching
from pipeline.evaluation.compare import same
from pipeline.evaluation.layout import labelled, paint
from pipeline.evaluation.reading import Found, Reading
from pipeline.evaluation.speakers import FIELDS
from pipeline.gold import GoldAttribution, GoldDocument
from pipeline.records import Span

_AROUND: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One difference: what gold has and what was predicted, where None means nothing.

    ``before`` and ``after`` are the text around ``passage``, on one line each.
    """

    document: str
    what: str
    start: int
    end: int
    gold: str | None
    predicted: str | None
    before: str
    passage: str
    after: str

    def to_text(self) -> str:
        """Write the miss as three lines."""
        return (
            f"{self.document}:{self.start} · {self.what}\n"
            f"    gold: {self.gold or '–'} · predicted: {self.predicted or '–'}\n"
            f"    {self.before}⟦{self.passage}⟧{self.after}"
        )


class _Page:
    """Builds the misses of one document."""

    def __init__(self, gold: GoldDocument) -> None:
        self._gold = gold

    def passage(self, spans: Iterable[Span]) -> str | None:
        pieces = [_flat(span.of(self._gold.text)) for span in spans]
        return " … ".join(pieces) or None

    def miss(
        self, what: str, where: Span, gold: str | None, predicted: str | None
    ) -> Miss:
        text = self._gold.text
        return Miss(
            document=self._gold.id,
            what=what,
            start=where.start,
            end=where.end,
            gold=gold,
            predicted=predicted,
            before=_line(text[max(0, where.start - _AROUND) : where.start]),
            passage=_line(where.of(text)),
            after=_line(text[where.end : where.end + _AROUND]),
        )


def claim_misses(gold: GoldDocument, compared: Compared) -> Iterator[Miss]:
    """List claims missed and invented, and what is wrong with those that were found."""
    page = _Page(gold)
    for matching in (compared.outer, compared.nested):
        yield from _unmatched(page, matching)
    for pair in compared.good():
        yield from _span_misses(page, pair)
        yield from _trait_misses(page, pair)


def _unmatched(page: _Page, matching: Matching) -> Iterator[Miss]:
    good = matching.good()
    faint_of_gold = {pair.gold.id: pair.found for pair in matching.pairs}
    faint_of_found = {pair.found.id: pair.gold for pair in matching.pairs}
    met = {pair.gold.id for pair in good}
    for one in matching.gold:
        if one.id not in met:
            instead = faint_of_gold.get(one.id)
            there = page.passage(instead.content) if instead else None
            here = page.passage(one.content)
            yield page.miss("claim missed", one.content[0], here, there)
    met = {pair.found.id for pair in good}
    for other in matching.found:
        if other.id not in met and other.content:
            meant = faint_of_found.get(other.id)
            here = page.passage(meant.content) if meant else None
            there = page.passage(other.content)
            yield page.miss("claim invented", other.content[0], here, there)


def _span_misses(page: _Page, pair: Matched) -> Iterator[Miss]:
    for what, gold, found in zip(
        ("content", "cue", "source"), _parts(pair.gold), _parts(pair.found), strict=True
    ):
        if gold != found:
            where = (*gold, *found)[0]
            yield page.miss(what, where, page.passage(gold), page.passage(found))


def _parts(one: GoldAttribution | Found) -> Sequence[tuple[Span, ...]]:
    cue = (one.cue,) if one.cue else ()
    source = (one.source,) if one.source else ()
    return one.content, cue, source


def _trait_misses(page: _Page, pair: Matched) -> Iterator[Miss]:
    gold, found = pair.gold, pair.found
    for what, here, there in _traits(pair):
        if not same(here, there):
            yield page.miss(what, gold.source or found.content[0], here, there)


def _traits(pair: Matched) -> Iterator[tuple[str, str | None, str | None]]:
    gold, found = pair.gold, pair.found
    if gold.type is not None:
        yield "type", gold.type, found.type
    if gold.negated is not None:
        yield "negated", str(gold.negated), str(found.negated)
    if gold.speaker and "speaker" not in gold.unknown:
        yield "speaker kind", gold.speaker.kind, found.speaker.kind
        for name, value in FIELDS.items():
            yield f"speaker {name}", value(gold.speaker), value(found.speaker)


def entity_misses(gold: GoldDocument, reading: Reading) -> Iterator[Miss]:
    """List the mentions that gold and prediction do not share, in the text's order."""
    page = _Page(gold)
    here = labelled(gold.entities, gold.labels)
    there = labelled(reading.mentions, gold.labels)
    for start, end, label in sorted(here ^ there):
        span = Span(start=start, end=end)
        missed = (start, end, label) in here
        others = there if missed else here
        instead = _overlapping(span, others, gold.text)
        shown = f"{label} {_flat(span.of(gold.text))}"
        if missed:
            yield page.miss("entity missed", span, shown, instead)
        else:
            yield page.miss("entity invented", span, instead, shown)


def _overlapping(
    span: Span, others: Iterable[tuple[int, int, str]], text: str
) -> str | None:
    met = sorted(m for m in others if m[0] < span.end and span.start < m[1])
    return ", ".join(f"{label} {_flat(text[s:e])}" for s, e, label in met) or None


def block_misses(gold: GoldDocument, reading: Reading) -> Iterator[Miss]:
    """List the gold blocks that were labelled otherwise, wholly or in part."""
    page = _Page(gold)
    labels = paint(gold.text, reading.blocks)
    meant = paint(gold.text, gold.blocks)
    for block in gold.blocks:
        instead = {
            labels[place] or "no block"
            for place in range(block.start, block.end)
            if meant[place] == block.label != labels[place]
            and not gold.text[place].isspace()
        }
        if instead:
            predicted = ", ".join(sorted(instead))
            yield page.miss("block", block, block.label, predicted)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _line(text: str) -> str:
    """Fold white space, but keep that at the edges: the passage stands between."""
    return re.sub(r"\s+", " ", text)
