"""Find where the story stands on the page.

The story is the stretch of pieces with the greatest weight: running prose adds its
words, furniture and short lines take some away, and lines that usually close a story
(copyright, topics, readers' comments) take away many. One pass finds it, so that the
cost is linear; a story broken by a gallery or by advertisements stays one stretch,
while a teaser of two lines beyond the footer does not join it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.stages.blocks.page import TIME_STAMP
from pipeline.stages.blocks.people import is_dateline
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.prose import ends_sentence
from pipeline.stages.blocks.splitting import QUOTE_MARK

#: What readers write under a story of so many words counts for less, lest it win.
_STORY: Final = 50.0
_AFTER_STORY: Final = 0.2
#: Words that a line with each effect outweighs; set on the project's own articles and
#: on pages of the article extraction benchmark.
_PENALTY: Final = {
    "page": 4.0,
    "related": 8.0,
    "lists": 40.0,
    "end": 60.0,
    "comments": 250.0,
}
_SHORT_LINE: Final = 3.0
#: Where a script writes no spaces, so many letters stand for a word.
_LETTERS: Final = 12
#: Dates inside the page stand over comments and teasers.
_STAMP: Final = 12.0
#: A paragraph counts no more than this, lest one legal notice outweigh a story.
_MOST: Final = 60


def find_story(pieces: Sequence[Piece]) -> range:
    """Return the stretch of pieces that holds the story; empty where there is none."""
    best, best_weight = range(0), 0.0
    start, weight, worth = 0, 0.0, 1.0
    for index, own in enumerate(_weights(pieces)):
        if weight <= 0:
            start, weight = index, 0.0
        if pieces[index].effect == "comments" and best_weight >= _STORY:
            worth = _AFTER_STORY
        weight += worth * own
        if weight > best_weight:
            best, best_weight = range(start, index + 1), weight
    return _widened(pieces, best) if best else best


def _weights(pieces: Sequence[Piece]) -> Iterator[float]:
    """Yield what each piece adds to a stretch that holds it, or takes from it.

    A paragraph printed twice is the page's, or at least no sign of the story; unless
    the page prints all of its story twice.
    """
    times = Counter(piece.text for piece in pieces if piece.prose)
    words = sum(piece.words for piece in pieces if piece.prose)
    again = sum(piece.words for piece in pieces if times[piece.text] > 1)
    seen: set[str] = set()
    for piece in pieces:
        once = times[piece.text] <= 1
        first = 2 * again > words and piece.text not in seen
        yield _weight(piece) if once or first else 0.0
        seen.add(piece.text)


def _widened(pieces: Sequence[Piece], story: range) -> range:
    """Take in the short sentences directly above and below, and the first time."""
    start, stop = story.start, story.stop
    while start > 0 and _is_sentence(pieces[start - 1]):
        start -= 1
    while stop < len(pieces) and _is_sentence(pieces[stop]):
        stop += 1
    if start > 0 and heads_entry(pieces, start - 1):
        start -= 1
    return range(start, stop)


def heads_entry(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether the line is a time over an entry of a running report."""
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if after is None or pieces[index].reason != TIME_STAMP:
        return False
    return after.prose and not after.gap


def _is_sentence(piece: Piece) -> bool:
    plain = piece.label is None and not is_dateline(piece.text)
    return plain and piece.text.count(" ") > 0 and ends_sentence(piece.text)


def _weight(piece: Piece) -> float:
    if piece.effect:
        return -_PENALTY[piece.effect]
    if piece.reason == QUOTE_MARK:
        return 0.0
    if piece.label:
        return -_PENALTY["page"]
    if is_dateline(piece.text):
        return -_STAMP
    if piece.prose and not piece.text.endswith(("...", "…")):
        return float(min(max(piece.words, len(piece.text) // _LETTERS), _MOST))
    return -_SHORT_LINE
