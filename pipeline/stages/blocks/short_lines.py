"""Label a short line in the story: subheading, byline, quotation, caption or furniture.

Nothing but its place and its words tell what a line without a full stop is. Captions
name somebody or something of the story; titles of other stories and promotions come in
paragraphs of several lines, or name what the story does not.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.stages.blocks import people, prose
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.verdicts import Verdict

# A sentence, a dash, and who wrote it.
_SIGNED: Final = re.compile(r"[.!?][\"”'’]? [–—-] ?[A-Z]")
# Not the first word of the line.
_CAPITAL: Final = re.compile(r"(?<=[a-z,’'] )[A-Z][\w’'-]+")
# What titles leave out.
_STATES: Final = re.compile(r" (?:is|are|was|were|has|have|had|will) ")
_CLOSED: Final = ('"', "”", "’", "'")
_LONGEST_SUBHEADING: Final = 6
#: A line of so many words is no title; a heading may stand over it.
_LONG: Final = 10
_LONGEST_TITLE: Final = 20
_SHORTEST_CAPTION: Final = 6

_NOTHING: Final = Verdict("furniture", "short line in the story")


def label_short(pieces: Sequence[Piece], index: int, used: frozenset[str]) -> Verdict:
    """Label a line that is no sentence; ``used`` are the words of the story's prose."""
    piece = pieces[index]
    if _is_signature(pieces, index) or _SIGNED.search(piece.text):
        return Verdict("body", "name of somebody who wrote")
    if _heads_paragraph(pieces, index):
        return Verdict("subheading", "short line before a paragraph")
    if people.is_byline(piece.text):
        return Verdict("byline", "names the writer")
    if piece.words >= _LONGEST_TITLE or piece.text.endswith(_CLOSED):
        return Verdict("body", "quotation or long line in the story")
    words = prose.content_words(piece.text)
    if piece.words >= _SHORTEST_CAPTION and 2 * len(words & used) >= len(words):
        return Verdict("caption", "line in the story that takes up its words")
    return _lone(piece, words & used) if _is_alone(pieces, index) else _NOTHING


def _is_signature(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether the line is a name and a place under what somebody wrote."""
    text = pieces[index].text
    return _is_alone(pieces, index) and "," in text and people.is_bare_names(text)


def _heads_paragraph(pieces: Sequence[Piece], index: int) -> bool:
    piece = pieces[index]
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if after is None or after.label or piece.words > _LONGEST_SUBHEADING:
        return False
    begins = piece.gap or (index > 0 and pieces[index - 1].label is not None)
    long = after.words >= _LONG and after.gap
    return begins and (long or after.prose or prose.ends_sentence(after.text))


def _is_alone(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether the line is a paragraph of its own."""
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return pieces[index].gap and (after is None or after.gap)


def _lone(piece: Piece, shared: frozenset[str]) -> Verdict:
    """Label a paragraph of one short line, given the words that it shares."""
    named = prose.content_words(" ".join(_CAPITAL.findall(piece.text)))
    if _STATES.search(piece.text) and named & shared:
        return Verdict("caption", "statement with a name out of the story")
    return _NOTHING
