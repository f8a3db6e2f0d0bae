"""Find where the text of the story begins below its own heading.

A headline that asks a question and a standfirst read as running text, so that they
join the story when nothing but a byline or a date parts them from it. What stands above
such a line, or above the headline printed again, belongs to the heading.
"""

from collections.abc import Sequence
from typing import Final

from pipeline.stages.blocks import prose
from pipeline.stages.blocks.headline import by_look, repeated_title
from pipeline.stages.blocks.pieces import Piece

#: So many paragraphs of a heading may read as running text.
_MOST: Final = 3
#: So many lines of the story are searched for its headline; the rest outweighs them.
_REACH: Final = 12
_REST: Final = 4


def below_heading(pieces: Sequence[Piece], story: range) -> range:
    """Return the story without what turns out to be its heading."""
    start = _after_title(pieces, story)
    return range(_after_byline(pieces, range(start, story.stop)), story.stop)


def _after_title(pieces: Sequence[Piece], story: range) -> int:
    """Return where the story goes on after the headline inside it, or its start."""
    places = range(story.start, min(story.start + _REACH, story.stop - 1))
    rest = " ".join(
        pieces[index].text[:1_000]
        for index in story[_REACH : 2 * _REACH] or story
        if pieces[index].prose
    )
    used = prose.content_words(rest)
    found = repeated_title(pieces, places, used, above=story.start)
    return found + 1 if found >= 0 and _outweighs(pieces, story, found) else story.start


def _outweighs(pieces: Sequence[Piece], story: range, found: int) -> bool:
    """Tell whether far more running text stands below the place than above it."""
    above = sum(pieces[i].words for i in range(story.start, found) if pieces[i].prose)
    below = sum(pieces[i].words for i in range(found, story.stop) if pieces[i].prose)
    return below >= _REST * above


def _after_byline(pieces: Sequence[Piece], story: range) -> int:
    """Return where the story begins below the byline or date near its head, if any."""
    start = story.start
    paragraphs = 0
    for index in story:
        piece = pieces[index]
        if by_look(piece) and not _is_glued(pieces, index + 1):
            start = index + 1
        elif piece.prose:
            paragraphs += 1
        if paragraphs > _MOST - 1 or index - start >= _MOST:
            break
    return start if start < story.stop else story.start


def _is_glued(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether the piece goes on in a line that begins with place and agency."""
    return index < len(pieces) and pieces[index].glued
