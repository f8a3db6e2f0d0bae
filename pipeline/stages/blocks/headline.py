"""Find the headline: the short line above the story whose words the story takes up.

Standfirsts and captions share words with the story too, often more of them; of several
such lines that stand together the first is the headline.
"""

from collections.abc import Sequence
from typing import Final

from pipeline.stages.blocks import people, prose
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.verdicts import Verdict

#: So many pieces above the story may hold its headline.
_REACH: Final = 80
#: So much of the story is compared with the headline.
_OPENING: Final = 12
#: The headline stands no further above the line that shares most with the story.
_NEAR: Final = 6
#: The share of that line's score that the headline must reach.
_ENOUGH: Final = 0.4
#: A line that shares no word with the story must stand as close as this.
_CLOSE: Final = 12
_LONGEST_HEADLINE: Final = 32
_SHORTEST: Final = 2
_SHORTEST_ALONE: Final = 3
#: A line directly above the likeliest headline that shares a word with the story, too.
_SHORTEST_OF_TWO: Final = 5
_ENOUGH_ABOVE: Final = 0.25


def find_headline(pieces: Sequence[Piece], story: range) -> int:
    """Return the index of the headline above the story, or -1."""
    opening = " ".join(
        pieces[i].text[:1_000] for i in story[:_OPENING] if pieces[i].prose
    )
    used = prose.content_words(opening)
    scores = {
        index: _headline_score(pieces, index, used)
        for index in range(max(0, story.start - _REACH), story.start)
    }
    best = max(scores, key=lambda index: scores[index], default=-1)
    if best < 0 or not scores[best]:
        return _nearest(pieces, story)
    # A standfirst or a caption may share more words, but the headline stands first.
    first = next(
        index
        for index in range(max(0, story.start - _REACH, best - _NEAR), best + 1)
        if scores[index] >= _ENOUGH * scores[best]
    )
    above = first - 1
    near = scores.get(above, 0.0) >= _ENOUGH_ABOVE * scores[best]
    if near and pieces[above].words >= _SHORTEST_OF_TWO:
        return above
    return first


def _nearest(pieces: Sequence[Piece], story: range) -> int:
    """Return the last possible headline close above the story, or -1."""
    for index in range(story.start - 1, max(-1, story.start - _CLOSE), -1):
        if _may_be_headline(pieces[index]) and pieces[index].words >= _SHORTEST_ALONE:
            return index
    return -1


def _headline_score(pieces: Sequence[Piece], index: int, used: frozenset[str]) -> float:
    piece = pieces[index]
    if not _may_be_headline(piece) or _in_masthead(pieces, index):
        return 0.0
    words = prose.content_words(piece.text)
    shared = sum(word in used for word in words)
    # Of two lines that share as much, the one that says less else is the headline.
    return shared + 0.5 * shared / max(1, len(words))


def _in_masthead(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether the line shares its paragraph with a menu, as an outlet's name."""
    after = pieces[index + 1 : index + 2]
    return any(not piece.gap and piece.label == "furniture" for piece in after)


def _may_be_headline(piece: Piece) -> bool:
    return (
        piece.label is None
        and not piece.prose
        and _SHORTEST <= piece.words <= _LONGEST_HEADLINE
        and by_look(piece) is None
    )


def by_look(piece: Piece) -> Verdict | None:
    """Return byline or dateline where the line's own wording says so."""
    if piece.label is None and people.is_byline(piece.text):
        return Verdict("byline", "names the writer")
    if people.is_dateline(piece.text):
        return Verdict("dateline", "date or place of publication")
    return None
