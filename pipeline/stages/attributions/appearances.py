"""What pull quotes, captions and subheadings repeat, and what pull quotes alone report.

Reach for :func:`gather_appearances` after the attributions of the running text are
complete. What repeats one of them, also in part, is another appearance of that claim; a
pull quote that the body lacks is a claim of its own, said by the name beneath it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.marks import overlapping
from pipeline.records import BlockLabel, Part, Span
from pipeline.stages.attributions.drafts import Draft, as_span
from pipeline.stages.attributions.pull_quotes import (
    PullQuote,
    read_name,
    read_pull_quote,
)
from pipeline.stages.attributions.regions import Region, Regions
from pipeline.stages.attributions.repetition import Contents, Told, fold

#: Blocks that repeat the body for effect.
_REPEATING: Final[frozenset[BlockLabel]] = frozenset(
    {"pull_quote", "caption", "subheading"}
)
#: The score of a claim that a pull quote makes and no model has marked: nothing speaks
#: for the cut of its content but the shape of the block.
_UNMARKED: Final = 0.5
_SHORTEST_CLAIM: Final = 4
#: How far beneath a pull quote its name line may begin.
_BENEATH: Final = 120


def gather_appearances(
    drafts: Sequence[Draft], alone: Sequence[Part], regions: Regions
) -> tuple[list[Draft], list[Part]]:
    """Fold repetitions into the drafts they repeat, and add what pull quotes alone say.

    Returns the drafts in order, and those of the contents ``alone`` that stand in other
    blocks: it is not for this rule to say whose they are.
    """
    gathering = _Gathering(drafts, regions)
    left = []
    marked: dict[Region, list[Part]] = defaultdict(list)
    for part in alone:
        region = regions.at(part.start)
        if region and region.label in _REPEATING:
            marked[region].append(part)
        else:
            left.append(part)
    for region in regions.all:
        if region.label in _REPEATING:
            gathering.read(region, marked.get(region, ()))
    return gathering.drafts(), left


class _Gathering:
    """The drafts of an article while its repetitions are sorted out."""

    def __init__(self, drafts: Sequence[Draft], regions: Regions) -> None:
        self.text = regions.text
        self.regions = regions
        self._telling: list[Draft] = []
        self._repeating: defaultdict[Region, list[Draft]] = defaultdict(list)
        self._own: list[Draft] = []
        self._found: defaultdict[int, list[Span]] = defaultdict(list)
        for draft in drafts:
            region = regions.at(draft.start)
            if region and region.label in _REPEATING:
                self._repeating[region].append(draft)
            else:
                self._telling.append(draft)
        self._contents = Contents(self.text, self._telling, regions)
        body = (region for region in regions.all if region.label == "body")
        self._told = Told(self.text, body)

    def drafts(self) -> list[Draft]:
        """Return the drafts with what was found to repeat them."""
        grown = [
            replace(draft, appearances=_merged(self.text, self._found[number]))
            for number, draft in enumerate(self._telling)
        ]
        return sorted([*grown, *self._own], key=lambda d: (d.start, -d.content[0].end))

    def read(self, region: Region, parts: Sequence[Part]) -> None:
        """Sort out one pull quote, caption or subheading.

        ``parts`` are the contents that a model has marked in it and that have neither
        cue nor source.
        """
        pull_quote = None
        if region.label == "pull_quote":
            pull_quote = read_pull_quote(self.text, region, self.regions.quotations)
        drafts = self._repeating.get(region, ())
        for draft in drafts:
            if not self._repeats(draft.content, region):
                self._own.append(self._named(draft, region, pull_quote))
        for part in parts:
            if not self._repeats([as_span(part)], region) and pull_quote:
                self._report([as_span(part)], part.score, region, pull_quote)
        if not drafts and not parts:
            self._read_unmarked(region, pull_quote)

    def _read_unmarked(self, region: Region, pull_quote: PullQuote | None) -> None:
        if pull_quote is None:
            for quotation in overlapping(self.regions.quotations, region):
                if quotation.depth == 0:
                    self._repeats([as_span(quotation)], region)
        elif not self._repeats(pull_quote.said, region) and pull_quote.said:
            self._report(pull_quote.said, _UNMARKED, region, pull_quote)

    def _repeats(self, spans: Sequence[Span], region: Region) -> bool:
        """Note whose appearances the passages are; tell whether any of them is one."""
        held = [span for span in spans if self._note(span, region)]
        return bool(held)

    def _note(self, span: Span, region: Region) -> bool:
        quoted = span if region.label == "pull_quote" else self._quoted(span)
        number = self._contents.repeated(span, quoted=quoted)
        if number is None:
            return False
        if region.label == "caption":
            span = self._contents.widen(span, number, region)
        self._found[number].append(span)
        return True

    def _quoted(self, span: Span) -> Span | None:
        held = overlapping(self.regions.quotations, span)
        return held[0] if held else None

    def _report(
        self,
        said: Sequence[Span],
        score: float,
        region: Region,
        pull_quote: PullQuote,
    ) -> None:
        """Add a claim that a pull quote alone reports, where it is signed and long."""
        draft = Draft(content=tuple(said), score=score, reason="pull quote")
        named = self._named(draft, region, pull_quote)
        words = [word for span in said for word in fold(span.of(self.text))]
        told = any(self._told.holds(span) for span in said)
        if named.source and len(words) >= _SHORTEST_CLAIM and not told:
            self._own.append(named)

    def _named(
        self, draft: Draft, region: Region, pull_quote: PullQuote | None
    ) -> Draft:
        """Give a pull quote's claim the name line as its source, if it has none."""
        if pull_quote is None or draft.source or draft.level == "inner":
            return draft
        name = pull_quote.name or self._beneath(region)
        return replace(draft, source=name) if name else draft

    def _beneath(self, region: Region) -> Span | None:
        end = min(region.end + _BENEATH, len(self.text))
        name = read_name(self.text, Span(start=region.end, end=end))
        under = self.regions.at(name.start) if name else None
        return name if under is None or under.label == "caption" else None


def _merged(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join appearances that only line ends and marks part."""
    return tuple(_merge(text, sorted(set(spans))))


def _merge(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    open_span: Span | None = None
    for span in spans:
        if open_span and not any(map(str.isalnum, text[open_span.end : span.start])):
            open_span = Span(start=open_span.start, end=span.end)
            continue
        if open_span:
            yield open_span
        open_span = span
    if open_span:
        yield open_span
