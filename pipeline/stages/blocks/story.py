"""Label the pieces of the story itself, and what directly follows it.

Inside the story a line is body unless something speaks against it: its wording
(furniture, credits), its place (a short line alone between paragraphs is a subheading),
or its repetition (a line that the prose says elsewhere is a pull quote).
"""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.stages.blocks import page, people, prose
from pipeline.stages.blocks.phrases import HEADS_LIST
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.pull_quotes import label_pull_quotes
from pipeline.stages.blocks.verdicts import Verdict

_BULLET: Final = re.compile(r"(?:[•*·▪●‣◦+-]|\d{1,2}[.)]|\([a-z\d]\))\s")
_LONGEST_SUBHEADING: Final = 6
_LONGEST_TITLE: Final = 20
_SHORTEST_TWICE: Final = 3
_LONGEST_CAPTION: Final = 60
_SHORTEST_CAPTION: Final = 6
#: So many titles may stand under one heading inside the story.
_RELATED_REACH: Final = 8

_TITLE: Final = Verdict("related", "title under a list of other stories")
_LIST: Final = Verdict("body", "item of a list in the story")


def label_story(pieces: Sequence[Piece], story: range) -> dict[int, Verdict]:
    """Label the pieces in the range, which is the story from end to end."""
    verdicts = _given(pieces, story)
    label_pull_quotes(pieces, story, verdicts)
    used = prose.content_words(
        " ".join(pieces[index].text for index in story if pieces[index].prose)
    )
    titles = 0
    for index in story:
        piece = pieces[index]
        if piece.effect in HEADS_LIST:
            titles = _RELATED_REACH
        elif index not in verdicts:
            titles = 0 if piece.prose or piece.text.endswith(".") else titles - 1
            before = verdicts.get(index - 1)
            verdicts[index] = (
                _TITLE if titles > 0 else _verdict(pieces, index, before, used)
            )
    return verdicts


def _given(pieces: Sequence[Piece], story: range) -> dict[int, Verdict]:
    return {
        index: Verdict(piece.label, piece.reason)
        for index in story
        if (piece := pieces[index]).label and piece.reason
    }


def _verdict(
    pieces: Sequence[Piece],
    index: int,
    before: Verdict | None,
    used: frozenset[str],
) -> Verdict:
    """Label a piece by its look and its direct neighbours."""
    piece = pieces[index]
    if not piece.words:
        return Verdict("furniture", "ornament")
    if _is_caption(pieces, index):
        return Verdict("caption", "describes a picture")
    if people.is_dateline(piece.text):
        return Verdict("dateline", "date in the story")
    return _running(pieces, index, before) or _short(pieces, index, used)


def _running(
    pieces: Sequence[Piece], index: int, before: Verdict | None
) -> Verdict | None:
    """Label a piece that goes on with the story: a paragraph, a sentence, an item."""
    piece = pieces[index]
    if piece.prose:
        return Verdict("body", "running text")
    if prose.ends_sentence(piece.text):
        return Verdict("body", "short sentence in the story")
    if _BULLET.match(piece.text) or _in_list(pieces, index, before):
        return _LIST
    return None


def _is_caption(pieces: Sequence[Piece], index: int) -> bool:
    piece = pieces[index]
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    before = pieces[index - 1] if index else None
    if after and after.reason == "picture credit" and not (after.gap and piece.prose):
        return piece.words <= _LONGEST_CAPTION
    if (
        piece.words >= _SHORTEST_TWICE
        and not piece.prose
        and any(other and other.text == piece.text for other in (before, after))
    ):
        return True
    return page.is_caption(piece.text)


def _in_list(pieces: Sequence[Piece], index: int, before: Verdict | None) -> bool:
    """Tell whether the line goes on a list that a colon or a bullet began."""
    if before is None or before.label != "body" or index == 0:
        return False
    previous = pieces[index - 1].text
    return previous.endswith((":", ";", ",")) or (
        before == _LIST and not pieces[index].gap
    )


def _says(piece: Piece) -> bool:
    return piece.prose or prose.ends_sentence(piece.text)


def _short(pieces: Sequence[Piece], index: int, used: frozenset[str]) -> Verdict:
    piece = pieces[index]
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    heads = after is not None and after.label is None and _says(after)
    alone = piece.gap or (index > 0 and pieces[index - 1].label is not None)
    if alone and heads and piece.words <= _LONGEST_SUBHEADING:
        return Verdict("subheading", "short line before a paragraph")
    if people.is_byline(piece.text):
        return Verdict("byline", "names the writer")
    if piece.words >= _LONGEST_TITLE or piece.text.endswith(('"', "”", "’", "'")):
        return Verdict("body", "quotation or long line in the story")
    words = prose.content_words(piece.text)
    if piece.words >= _SHORTEST_CAPTION and 2 * len(words & used) >= len(words):
        return Verdict("caption", "line in the story that takes up its words")
    return Verdict("furniture", "short line in the story")


def label_tail(pieces: Sequence[Piece], tail: range) -> dict[int, Verdict]:
    """Label what follows the story: at most a caption or a list, then furniture."""
    verdicts: dict[int, Verdict] = {}
    open_, related = True, False
    for index in tail:
        piece = pieces[index]
        if piece.label and piece.reason:
            verdicts[index] = Verdict(piece.label, piece.reason)
            open_, related = False, piece.effect in HEADS_LIST
        elif open_ and (found := _still_story(pieces, index, verdicts)):
            verdicts[index] = found
        elif related and not piece.prose:
            verdicts[index] = Verdict("furniture", _TITLE.reason)
        else:
            open_ = False
            verdicts[index] = Verdict("furniture", "after the story")
    return verdicts


def _still_story(
    pieces: Sequence[Piece], index: int, verdicts: dict[int, Verdict]
) -> Verdict | None:
    """Label a line right after the story's last sentence that still belongs to it."""
    before = verdicts.get(index - 1, Verdict("body", "running text"))
    if _is_caption(pieces, index):
        return Verdict("caption", "describes a picture")
    if prose.ends_sentence(pieces[index].text):
        return Verdict("body", "short sentence in the story")
    if people.is_byline(pieces[index].text):
        return Verdict("byline", "names the writer")
    return _LIST if _in_list(pieces, index, before) else None
