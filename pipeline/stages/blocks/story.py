"""Label the pieces of the story itself, and what directly follows it.

Inside the story a line is body unless something speaks against it: its wording
(furniture, credits), its place (a short line alone between paragraphs is a subheading),
or its repetition (a line that the prose says elsewhere is a pull quote).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.stages.blocks import page, people, prose
from pipeline.stages.blocks.boxes import title_under
from pipeline.stages.blocks.phrases import HEADS_LIST, Effect
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.pull_quotes import label_pull_quotes
from pipeline.stages.blocks.region import heads_entry
from pipeline.stages.blocks.short_lines import label_short
from pipeline.stages.blocks.splitting import CREDIT
from pipeline.stages.blocks.verdicts import Verdict

_BULLET: Final = re.compile(r"(?:[•*·▪●‣◦+-]|\d{1,2}[.)]|\([a-z\d]\))\s")
_SHORTEST_TWICE: Final = 3
_LONGEST_CAPTION: Final = 60
#: A line that heads a list says no more than that.
_LONGEST_HEADING: Final = 5
#: So many titles may stand under one heading inside the story.
_RELATED_REACH: Final = 8

_LIST: Final = Verdict("body", "item of a list in the story")


def label_story(
    pieces: Sequence[Piece], story: range, boxes: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """Label the pieces in the range, which is the story from end to end."""
    verdicts = _given(pieces, story, boxes)
    label_pull_quotes(pieces, story, verdicts)
    used = prose.content_words(
        " ".join(pieces[index].text for index in story if pieces[index].prose)
    )
    titles = 0
    heading: Effect | None = None
    for index in story:
        piece = pieces[index]
        if piece.effect in HEADS_LIST:
            heading = piece.effect
            titles = _RELATED_REACH if _heads_more(piece, index, boxes) else 0
        elif heads_entry(pieces, index):
            verdicts[index] = Verdict("body", "time of an entry")
        elif index not in verdicts:
            titles = 0 if piece.prose or piece.text.endswith(".") else titles - 1
            before = verdicts.get(index - 1)
            verdicts[index] = (
                title_under(heading)
                if heading and titles > 0
                else _verdict(pieces, index, before, used)
            )
    return verdicts


def _heads_more(piece: Piece, index: int, boxes: Mapping[int, Verdict]) -> bool:
    """Tell whether titles follow in paragraphs of their own, and not in the same."""
    return piece.words <= _LONGEST_HEADING and index + 1 not in boxes


def _given(
    pieces: Sequence[Piece], story: range, boxes: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """Return the verdicts that wording and paragraph decide."""
    given = {index: boxes[index] for index in story if index in boxes}
    return given | {
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
    return _running(pieces, index, before) or label_short(pieces, index, used)


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
    if _is_credited(pieces, index):
        return True
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    before = pieces[index - 1] if index else None
    if (
        piece.words >= _SHORTEST_TWICE
        and not piece.prose
        and any(other and other.text == piece.text for other in (before, after))
    ):
        return True
    return page.is_caption(piece.text)


def _is_credited(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether a picture credit follows the line."""
    piece = pieces[index]
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if after is None or after.reason != CREDIT or (after.gap and piece.prose):
        return False
    return piece.words <= _LONGEST_CAPTION


def _in_list(pieces: Sequence[Piece], index: int, before: Verdict | None) -> bool:
    """Tell whether the line goes on a list that a colon or a bullet began."""
    if before is None or before.label != "body" or index == 0:
        return False
    previous = pieces[index - 1].text
    return previous.endswith((":", ";", ",")) or (
        before == _LIST and not pieces[index].gap
    )


def label_tail(
    pieces: Sequence[Piece], tail: range, boxes: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """Label what follows the story: at most a caption or a list, then furniture."""
    verdicts: dict[int, Verdict] = {}
    open_ = True
    heading: Effect | None = None
    for index in tail:
        piece = pieces[index]
        if piece.label and piece.reason:
            verdicts[index] = Verdict(piece.label, piece.reason)
            open_ = False
            heading = piece.effect if piece.effect in HEADS_LIST else None
        elif index in boxes:
            verdicts[index] = boxes[index]
            open_ = False
        elif open_ and (found := _still_story(pieces, index, verdicts)):
            verdicts[index] = found
        elif heading and not piece.prose:
            verdicts[index] = title_under(heading)
        else:
            open_ = False
            verdicts[index] = Verdict("furniture", "after the story")
    return verdicts


def _still_story(
    pieces: Sequence[Piece], index: int, verdicts: dict[int, Verdict]
) -> Verdict | None:
    """Label a line right after the story's last sentence that still belongs to it."""
    before = verdicts.get(index - 1, Verdict("body", "running text"))
    piece = pieces[index]
    if page.is_caption(piece.text) or _is_credited(pieces, index):
        return Verdict("caption", "describes a picture")
    if piece.words and prose.ends_sentence(piece.text):
        return Verdict("body", "short sentence in the story")
    if people.is_byline(piece.text):
        return Verdict("byline", "names the writer")
    return _LIST if _in_list(pieces, index, before) else None
