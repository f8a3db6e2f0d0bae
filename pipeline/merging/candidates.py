"""Which wordings are worth comparing, without comparing all with all.

Reach for :func:`candidates`. Two tellings of a claim share a pair of neighbouring words
that few other claims have; each wording is looked up by its rarest pairs, and each pair
remembers its last wordings only. A wording is compared with a bounded number of others,
so that the time grows in proportion to their number.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

#: Rarest pairs by which a wording is looked up: an edit spoils two pairs at most.
_PAIRS: Final = 8
#: Wordings that a pair remembers.
_REMEMBERED: Final = 24

Pair = tuple[str, str]


def candidates(wordings: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions, the earlier first, each pair once.

    The answer depends on the order of the wordings: sort them first.

    >>> wordings = ["the mill will close".split(), "it rained".split()]
    >>> list(candidates([*map(tuple, wordings), ("mill", "will", "close")]))
    [(0, 2)]
    """
    pairs = [set(pairwise(words)) for words in wordings]
    shared = Counter(pair for own in pairs for pair in own)
    seen: defaultdict[Pair, deque[int]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))
    for position, own in enumerate(pairs):
        found: set[int] = set()
        for pair in _rarest(own, shared):
            found.update(seen[pair])
            seen[pair].append(position)
        yield from ((earlier, position) for earlier in sorted(found))


def _rarest(own: set[Pair], shared: Counter[Pair]) -> list[Pair]:
    """Return the rarest of the pairs that any other wording has too."""
    common = [pair for pair in own if shared[pair] > 1]
    return sorted(common, key=lambda pair: (shared[pair], pair))[:_PAIRS]
