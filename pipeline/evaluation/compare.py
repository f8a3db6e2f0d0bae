"""Compare passages and names: the rules by which two of them count as the same.

Pure functions over spans; a *content* is a tuple of disjoint spans in text order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from pipeline.records import Span

Content: TypeAlias = tuple[Span, ...]

# Kept here and not taken from the lexicon: a score must not move with the word lists of
# the pipeline that it measures.
_HONORIFIC: Final = (
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|baroness|baron"
    r"|rev|reverend|the)\b\.?"
)
_LEADING: Final = re.compile(rf"^(?:{_HONORIFIC}\s+)+(?=\S)")


def trim(span: Span, text: str) -> Span:
    """Take the white space off both edges; a span of nothing else becomes empty."""
    passage = span.of(text)
    start = span.start + len(passage) - len(passage.lstrip())
    return Span(start=start, end=max(start, span.start + len(passage.rstrip())))


def trimmed(spans: Sequence[Span], text: str) -> Content:
    """Trim every span, sort them, and leave out those that are empty."""
    cut = {trim(span, text) for span in spans}
    return tuple(sorted(span for span in cut if span.start < span.end))


def size(content: Content) -> int:
    """Count the content's characters."""
    return sum(span.end - span.start for span in content)


def shared(one: Content, other: Content) -> int:
    """Count the characters that two contents share.

    >>> shared((Span(start=0, end=9),), (Span(start=2, end=4), Span(start=8, end=12)))
    3
    """
    count = first = second = 0
    while first < len(one) and second < len(other):
        here, there = one[first], other[second]
        count += max(0, min(here.end, there.end) - max(here.start, there.start))
        if here.end <= there.end:
            first += 1
        else:
            second += 1
    return count


def iou(one: Content, other: Content) -> float:
    """Return intersection over union of two contents' characters."""
    common = shared(one, other)
    union = size(one) + size(other) - common
    return common / union if union else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A gold content and the predicted one it was matched with, by their positions."""

    gold: int
    predicted: int
    iou: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to be matched: its content, and what breaks a tie between equals."""

    content: Content
    tie: tuple[object, ...] = ()


def match(gold: Sequence[Item], predicted: Sequence[Item]) -> list[Pair]:
    """Match one to one what shares a character, best intersection over union first.

    Equal contents go before equal characters; among equals the pair that agrees in more
    of its ``tie`` goes first, then the earlier one. The pairs above any threshold are
    therefore those that matching from this threshold on would give.
    """
    ranked = sorted(_candidates(gold, predicted))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for rank, row, column in ranked:
        if row not in used_gold and column not in used_predicted:
            used_gold.add(row)
            used_predicted.add(column)
            pairs.append(Pair(gold=row, predicted=column, iou=-rank[0]))
    return sorted(pairs, key=lambda pair: pair.gold)


def _candidates(
    gold: Sequence[Item], predicted: Sequence[Item]
) -> Iterator[tuple[tuple[float, bool, int], int, int]]:
    for row, one in enumerate(gold):
        for column, other in enumerate(predicted):
            overlap = iou(one.content, other.content)
            if overlap:
                agree = sum(a == b for a, b in zip(one.tie, other.tie, strict=True))
                differs = one.content != other.content
                yield (-overlap, differs, -agree), row, column


def plain(name: str | None) -> str | None:
    """Reduce a name to what is compared: case, honorifics and a leading *the* go.

    >>> plain("The  Lowmoor Trust"), plain("Sir Idris Vane"), plain("Dr"), plain(" ")
    ('lowmoor trust', 'idris vane', 'dr', None)
    """
    if not name or not name.strip():
        return None
    folded = " ".join(name.replace("’", "'").casefold().split())
    return _LEADING.sub("", folded)


def same(one: str | None, other: str | None) -> bool:
    """Tell whether two names are the same, or both missing."""
    return plain(one) == plain(other)
