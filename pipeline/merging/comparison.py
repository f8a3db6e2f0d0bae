"""Whether two wordings tell the same claim, and how they differ.

Reach for :func:`compare`. RapidFuzz aligns the words; the rules here say which edits a
claim survives. Two tellings stay apart where an edit swaps a name or a day for another,
where one has a negation, a *may* or a *fall* that the other lacks, and where a word is
swapped for an unlike one in a short claim.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, product
from typing import Final

from rapidfuzz.distance import Indel, LCSseq, Opcode
from rapidfuzz.fuzz import ratio

from pipeline.lexicon import read_lexicon
from pipeline.merging.wordings import FIGURE, Wording, is_content
from pipeline.records import Wording as Kind

#: Different words of its own that a claim needs to be known again by.
LEAST_SAME: Final = 4
#: As many where one speaker says the very same; more where a figure differs.
_LEAST_NAMED: Final = 1
_LEAST_REVISED: Final = 2
_LEAST_EDITED: Final = 5
_LEAST_PART: Final = 8
#: Share of words in common; for a part, of the stretch that both have.
_EDITED: Final = 0.8
_PART: Final = 0.9
#: Words alike enough, in per cent, to be spellings or forms of one.
_ALIKE: Final = 70
#: One word in so many may be swapped for an unlike one.
_SWAPS: Final = 20
_CONTRASTS: Final[dict[str, str]] = {
    word: side
    for side, row in read_lexicon("tellings")["contrasts"].items()
    for word in row
}
_ANYBODYS: Final = frozenset(chain(*read_lexicon("tellings")["anybody"].values()))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a wording relates to another, and the share of words in common."""

    kind: Kind
    similarity: float


def compare(one: Wording, other: Wording, *, named: bool = False) -> Likeness | None:
    """Return how ``other`` tells the claim of ``one``; None if it tells another.

    *Part* is a part of ``one``, *fuller* has ``one`` as its part. ``named`` says that
    both are the words of one named speaker: then fewer words in common will do, if they
    are the very same and not what anybody says.
    """
    if one.words == other.words:
        same = one.weight >= LEAST_SAME or (named and _is_own(one, other))
        return Likeness("same", 1.0) if same else None
    weight = min(one.weight, other.weight)
    if weight < _LEAST_EDITED:
        return None
    sizes = len(one.words), len(other.words)
    common = LCSseq.similarity(one.words, other.words)
    share = 2 * common / sum(sizes)
    if share >= _EDITED and _as_whole(one, other):
        return Likeness("edited", share)
    if weight >= _LEAST_PART and common >= _PART * min(sizes) and _as_part(one, other):
        return Likeness("fuller" if sizes[1] > sizes[0] else "part", share)
    return None


def _is_own(one: Wording, other: Wording) -> bool:
    """Tell whether short wordings in the same words are more than a common phrase."""
    printed = [[it.exact for it in wording.figures] for wording in (one, other)]
    least = _LEAST_NAMED if printed[0] == printed[1] else _LEAST_REVISED
    own = {word for word in one.words if is_content(word) and word not in _ANYBODYS}
    return len(own) >= least


def similarity(one: Wording, other: Wording) -> float:
    """Return the share of words that two wordings have in common, in order."""
    whole = len(one.words) + len(other.words)
    return 2 * LCSseq.similarity(one.words, other.words) / whole if whole else 1.0


def aligned_figures(one: Wording, other: Wording) -> Iterator[tuple[int, int]]:
    """Yield the figures that stand in the same place, by their positions."""
    first, second = _positions(one), _positions(other)
    for block in _common(one, other):
        for step in range(block.src_end - block.src_start):
            if block.src_start + step in first:
                yield first[block.src_start + step], second[block.dest_start + step]


def _positions(wording: Wording) -> dict[int, int]:
    places = (at for at, word in enumerate(wording.words) if word == FIGURE)
    return {at: number for number, at in enumerate(places)}


def _common(one: Wording, other: Wording) -> list[Opcode]:
    """Return the stretches that both wordings have, aligned."""
    operations = Indel.opcodes(one.words, other.words)
    return [operation for operation in operations if operation.tag == "equal"]


def _as_whole(one: Wording, other: Wording) -> bool:
    begin = Opcode("equal", 0, 0, 0, 0)
    sizes = len(one.words), len(other.words)
    end = Opcode("equal", sizes[0], sizes[0], sizes[1], sizes[1])
    return _agree(one, other, [begin, *_common(one, other), end])


def _as_part(one: Wording, other: Wording) -> bool:
    """Compare the stretch in common, without what one has before and behind it."""
    common = _common(one, other)
    size = sum(block.src_end - block.src_start for block in common)
    longer = max(
        common[-1].src_end - common[0].src_start,
        common[-1].dest_end - common[0].dest_start,
    )
    return size >= _PART * longer and _agree(one, other, common)


def _agree(one: Wording, other: Wording, common: Sequence[Opcode]) -> bool:
    """Tell whether what stands between common stretches leaves the claim alone."""
    removed = [one.words[a.src_end : b.src_start] for a, b in pairwise(common)]
    added = [other.words[a.dest_end : b.dest_start] for a, b in pairwise(common)]
    if _contrasts(removed) != _contrasts(added):
        return False
    gone = one.names.intersection(chain.from_iterable(removed))
    come = other.names.intersection(chain.from_iterable(added))
    if gone and come:
        return False
    swaps = sum(map(_swaps, removed, added))
    return swaps <= min(len(one.words), len(other.words)) // _SWAPS


def _contrasts(stretches: Iterable[tuple[str, ...]]) -> Counter[str]:
    words = chain.from_iterable(stretches)
    return Counter(_CONTRASTS[word] for word in words if word in _CONTRASTS)


def _swaps(removed: tuple[str, ...], added: tuple[str, ...]) -> int:
    """Count the words that are swapped for others which are no form of them."""
    gone = [word for word in removed if is_content(word)]
    come = [word for word in added if is_content(word)]
    alike = {old for old, new in product(gone, come) if ratio(old, new) >= _ALIKE}
    return min(len(gone), len(come)) - min(len(alike), len(come))
