"""Find where the story stands on the page.

The story is the stretch of pieces with the greatest weight: running prose adds its
words, furniture and short lines take some away, and lines that usually close a story
(copyright, topics, readers' comments) take away many. One pass finds it, so that the
cost is linear; a story broken by a gallery or by advertisements stays one stretch,
while a teaser of two lines beyond the footer does not join it.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.stages.blocks.people import is_dateline
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.prose import ends_sentence
from pipeline.stages.blocks.splitting import QUOTE_MARK

#: Words that a line with each effect outweighs; set on the project's own articles and
#: on 30 pages of the article extraction benchmark.
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
    lines = Counter(piece.text for piece in pieces if piece.prose)
    best, best_weight = range(0), 0.0
    start, weight = 0, 0.0
    for index, piece in enumerate(pieces):
        if weight <= 0:
            start, weight = index, 0.0
        # A paragraph printed twice is the page's, or at least no sign of the story.
        weight += _weight(piece) if lines[piece.text] <= 1 else 0.0
        if weight > best_weight:
            best, best_weight = range(start, index + 1), weight
    return _widened(pieces, best) if best else best


def _widened(pieces: Sequence[Piece], story: range) -> range:
    """Take in the short sentences directly above and below."""
    start, stop = story.start, story.stop
    while start > 0 and _is_sentence(pieces[start - 1]):
        start -= 1
    while stop < len(pieces) and _is_sentence(pieces[stop]):
        stop += 1
    return range(start, stop)


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
