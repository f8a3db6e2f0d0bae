"""Links between gold spans: as the encoder's pointers and as nearness choose them.

With the spans given, nothing is measured but the links: which cue each content belongs
to, and which source each cue. Only outer claims count, each segment of a content by
itself; a span that several claims share is asked about once. Pure: gold and scores in,
figures out; :mod:`pipeline.evaluation.links` is the command.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final, TypeAlias

from pipeline.evaluation.spans import spans_of
from pipeline.evaluation.tallies import Mean, Row, Rows
from pipeline.gold import GoldAttribution, GoldDocument
from pipeline.records import Part, Role, Span
from pipeline.sentences import split_sentences
from pipeline.stages.attributions.drafts import as_span
from pipeline.stages.attributions.nearness import link_by_nearness
from pipeline.stages.encoder.labels import POINTERS
from pipeline.stages.encoder.links import Pointer, line_numbers
from pipeline.stages.encoder.pieces import Pieces
from pipeline.stages.encoder.scores import TextScores

Link: TypeAlias = tuple[Role, Role]
#: By link and span, the span that was chosen; a span that points nowhere is not there.
Chosen: TypeAlias = Mapping[tuple[Link, Span], Span]

TO_CUE: Final[Link] = ("content", "cue")
TO_SOURCE: Final[Link] = ("cue", "source")
#: The ways to choose, each a column of the tables.
WAYS: Final = ("encoder", "nearness")
_PLACES: Final = ("same_sentence", "another_sentence", "another_line")
_ROWS: Final = ("all", *_PLACES, "nowhere")


def choose_by_nearness(gold: GoldDocument) -> Chosen:
    """Choose among the gold spans of the outer claims by nearness alone."""
    parts = [
        Part(start=span.start, end=span.end, role=role, level="outer", score=1.0)
        for role, spans in spans_of(_outer(gold)).items()
        for span in sorted(spans)
    ]
    chosen: dict[tuple[Link, Span], Span] = {}
    for part in link_by_nearness(gold.text, parts):
        if part.role == "content" and part.cue is not None:
            chosen[TO_CUE, as_span(part)] = as_span(parts[part.cue])
        if part.role == "cue" and part.source is not None:
            chosen[TO_SOURCE, as_span(part)] = as_span(parts[part.source])
    return chosen


def choose_by_pointers(
    gold: GoldDocument, pieces: Pieces, scores: TextScores
) -> Chosen:
    """Choose among the gold spans of the outer claims by the encoder's pointers.

    A span of which the encoder reads no word neither points nor is pointed to.
    """
    spans = spans_of(_outer(gold))
    lines = line_numbers(pieces.lines)
    chosen: dict[tuple[Link, Span], Span] = {}
    for link in (TO_CUE, TO_SOURCE):
        asked, candidates = (
            {
                span: words
                for span in sorted(spans[role])
                if (words := pieces.touched(span))
            }
            for role in link
        )
        pointer = Pointer(scores, POINTERS.index(link), lines)
        targets = pointer.point(list(asked.values()), list(candidates.values()))
        among = list(candidates)
        for span, target in zip(asked, targets, strict=True):
            if target is not None:
                chosen[link, span] = among[target]
    return chosen


class GoldLinks:
    """How many links between gold spans are right, by link, place and way.

    The rows are by where the right span stands: ``same_sentence``, or else
    ``another_sentence`` of the same line, or else ``another_line``; ``all`` is the
    three together. In ``nowhere``, gold has no cue or no source, and none is right.
    """

    def __init__(self) -> None:
        self._right: defaultdict[tuple[Link, str, str], Mean] = defaultdict(Mean)

    def add(self, gold: GoldDocument, ways: Mapping[str, Chosen]) -> None:
        """Add what each of ``WAYS`` chose in one document.

        Links that gold leaves open are skipped.
        """
        layout = _Layout(gold.text)
        for (link, span), right in _partners(_outer(gold)).items():
            places = [layout.place(span, other) for other in right if other]
            rows = ("all", min(places, key=_PLACES.index)) if places else ("nowhere",)
            for way in WAYS:
                hit = ways[way].get((link, span)) in right
                for row in rows:
                    self._right[link, row, way].add(hit)

    def rows(self, link: Link) -> Rows:
        """Return the accuracy of one link by each of ``WAYS``, in per cent."""
        return {row: self._row(link, row) for row in _ROWS}

    def _row(self, link: Link, row: str) -> Row:
        means = {way: self._right[link, row, way] for way in WAYS}
        shares: Row = {way: mean.value for way, mean in means.items()}
        return shares | {"count": means[WAYS[0]].count}


def _outer(gold: GoldDocument) -> list[GoldAttribution]:
    return [one for one in gold.attributions if one.nested_in is None]


def _partners(
    attributions: Iterable[GoldAttribution],
) -> Mapping[tuple[Link, Span], set[Span | None]]:
    """Return what each span is linked to in gold; of several, each one is right."""
    partners: defaultdict[tuple[Link, Span], set[Span | None]] = defaultdict(set)
    for one in attributions:
        if "cue" not in one.unknown:
            for segment in one.content:
                partners[TO_CUE, segment].add(one.cue)
        if one.cue and "source" not in one.unknown:
            partners[TO_SOURCE, one.cue].add(one.source)
    return partners


class _Layout:
    """Tells whether two passages touch a common sentence or line."""

    def __init__(self, text: str) -> None:
        lines = map(len, text.splitlines(keepends=True))
        self._lines = list(accumulate(lines, initial=0))
        sentences = split_sentences(text, breaks=self._lines)
        self._sentences = [sentence.start for sentence in sentences]

    def place(self, one: Span, other: Span) -> str:
        if _share(self._sentences, one, other):
            return "same_sentence"
        same_line = _share(self._lines, one, other)
        return "another_sentence" if same_line else "another_line"


def _share(starts: Sequence[int], one: Span, other: Span) -> bool:
    first, last = sorted((one, other))
    return bisect_right(starts, first.end - 1) >= bisect_right(starts, last.start)
