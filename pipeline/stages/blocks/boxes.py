"""Find the boxes of a page: short lines in one paragraph with furniture.

Where blank lines part the paragraphs, a paragraph of several short lines is a menu, a
list of other stories or a promotion. If one of its lines gives itself away, the others,
titles mostly, go with it.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.records import OUTSIDE_BLOCKS
from pipeline.stages.blocks.headline import by_look
from pipeline.stages.blocks.phrases import HEADS_LIST, SPOKEN, Effect, fold
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.prose import ends_sentence
from pipeline.stages.blocks.splitting import CREDIT, MARK_UP, QUOTE_MARK
from pipeline.stages.blocks.verdicts import Verdict

#: Furniture that stands in a story without a box around it.
_NO_SIGN: Final = frozenset({CREDIT, MARK_UP, QUOTE_MARK})
#: A paragraph of more lines is no box but a page that knows no blank lines.
_LONGEST: Final = 12
_LONGEST_TITLE: Final = 14

_TITLE: Final = "title under a list of other stories"
_NOTES: Final = frozenset(read_lexicon("layout")["note_headings"])
_NOTE: Final = Verdict("furniture", "notes to editors")
_LINE: Final = Verdict("furniture", "line in one paragraph with furniture")


def find_boxes(pieces: Sequence[Piece]) -> dict[int, Verdict]:
    """Return the verdicts on lines that nothing but their paragraph gives away."""
    return {
        index: verdict
        for lines in _paragraphs(pieces)
        if 1 < len(lines) <= _LONGEST
        for index, verdict in chain(_notes(pieces, lines), _box(pieces, lines))
    }


def title_under(heading: Effect) -> Verdict:
    """Return what a title is under a heading: lists that all pages carry are theirs."""
    return Verdict("related" if heading == "related" else "furniture", _TITLE)


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[range]:
    start = 0
    for index, piece in enumerate(pieces):
        if piece.gap and index:
            yield range(start, index)
            start = index
    yield range(start, len(pieces))


def _box(pieces: Sequence[Piece], lines: range) -> Iterator[tuple[int, Verdict]]:
    """Yield a verdict on each line that says nothing of itself, if this is a box."""
    heading: Effect | None = None
    found: list[tuple[int, Verdict]] = []
    for index in lines:
        piece = pieces[index]
        heading = piece.effect if piece.effect in HEADS_LIST else heading
        if _is_title(piece) or (heading and _asks(piece)):
            found.append((index, title_under(heading) if heading else _LINE))
        elif not _is_label(piece):
            return
    if len(found) < len(lines):
        yield from found


def _notes(pieces: Sequence[Piece], lines: range) -> Iterator[tuple[int, Verdict]]:
    """Yield a verdict on "Notes to editors" with what follows, where nobody speaks."""
    if fold(pieces[lines[0]].text).rstrip(": ") not in _NOTES:
        return
    for index in lines:
        piece = pieces[index]
        if piece.label is None and not SPOKEN.search(piece.text):
            yield index, _NOTE


def _is_label(piece: Piece) -> bool:
    """Tell whether the line is furniture by its own wording, and all of its line."""
    return piece.label in OUTSIDE_BLOCKS and piece.reason not in _NO_SIGN


def _is_title(piece: Piece) -> bool:
    """Tell whether the line can be a title or a button."""
    if piece.label is not None or by_look(piece) or piece.words > _LONGEST_TITLE:
        return False
    return not (piece.prose or ends_sentence(piece.text))


def _asks(piece: Piece) -> bool:
    short = piece.label is None and piece.words <= _LONGEST_TITLE
    return short and piece.text.endswith("?")
