"""Label pull quotes: a passage of the story printed again, with its speaker's name.

Old pages print "Start Quote" and "End Quote" around them; the marks are furniture, what
stands between them and the name after them is the pull quote. Others are told by their
words, which the story says elsewhere, or stand wholly in quotation marks over a name. A
line of few words that repeats the story and has no name under it heads a section and is
left alone.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.glyphs import GLYPHS
from pipeline.stages.blocks import people
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.repeats import repeated
from pipeline.stages.blocks.splitting import QUOTE_MARK
from pipeline.stages.blocks.verdicts import Verdict

_NAME_DASH: Final = re.compile(r"\s[–—-]\s")
#: A line this short that repeats the story without a name under it heads a section.
_SUBHEADING_THAT_QUOTES: Final = 5
_SHORTEST_REPEAT: Final = 4
#: "Start Quote" without "End Quote" within so many lines is a stray.
_QUOTE_REACH: Final = 8

_QUOTED: Final = Verdict("pull_quote", "between Start Quote and End Quote")
_NAMED: Final = Verdict("pull_quote", "name under a pull quote")
_SIGNED: Final = Verdict("pull_quote", "a quotation over a name")
_REPEATED: Final = Verdict("pull_quote", "repeats a passage of the story")
_NONE: Final = Verdict("body", "")


def label_pull_quotes(
    pieces: Sequence[Piece], story: range, verdicts: dict[int, Verdict]
) -> None:
    """Add the verdicts on pull quotes to those already reached."""
    _label_marked_quotes(pieces, story, verdicts)
    _label_repeats(pieces, story, verdicts)
    _label_signed(pieces, story, verdicts)


def _label_marked_quotes(
    pieces: Sequence[Piece], story: range, verdicts: dict[int, Verdict]
) -> None:
    """Label what stands between "Start Quote" and "End Quote", and the name after."""
    opened: int | None = None
    for index in story:
        if pieces[index].reason != QUOTE_MARK:
            continue
        if "Start" in pieces[index].text:
            opened = index
            continue
        if opened is not None and index - opened <= _QUOTE_REACH:
            verdicts.update(dict.fromkeys(range(opened + 1, index), _QUOTED))
        opened = None
        _label_names(pieces, range(index + 1, story.stop), verdicts)


def _label_names(
    pieces: Sequence[Piece], after: range, verdicts: dict[int, Verdict]
) -> None:
    """Label the name, and the post on a line of its own, under a pull quote."""
    for index in after[:2]:
        piece = pieces[index]
        if piece.gap or piece.prose or piece.label or not piece.words:
            return
        if not piece.glued and not people.is_name_line(piece.text):
            second = index > after.start and piece.text[0].isupper()
            if not second:
                return
        verdicts[index] = _NAMED


def _label_repeats(
    pieces: Sequence[Piece], story: range, verdicts: dict[int, Verdict]
) -> None:
    """Label the lines that repeat the story's prose, with the names under them."""
    candidates = {
        index: _NAME_DASH.split(pieces[index].text)[0]
        for index in story
        if index not in verdicts and _may_repeat(pieces, index, story)
    }
    running = (
        (i, pieces[i].text) for i in story if pieces[i].prose and i not in verdicts
    )
    for index in sorted(repeated(candidates, running)):
        verdicts[index] = _REPEATED
        for around in (index - 1, index + 1):
            if around in story and not pieces[around].words:
                verdicts[around] = Verdict("pull_quote", QUOTE_MARK)
        after = index + 1 + (verdicts.get(index + 1, _NONE).label == "pull_quote")
        _label_names(pieces, range(after, story.stop), verdicts)
        if pieces[index].words <= _SUBHEADING_THAT_QUOTES and after not in verdicts:
            del verdicts[index]


def _label_signed(
    pieces: Sequence[Piece], story: range, verdicts: dict[int, Verdict]
) -> None:
    """Label quotations that stand alone with nothing but a name under them."""
    for index in story[:-1]:
        text = pieces[index].text.strip()
        if (
            index not in verdicts
            and pieces[index].gap
            and {text[:1], text[-1:]} <= GLYPHS
            and _is_signature(pieces[index + 1])
            and (index + 2 not in story or pieces[index + 2].gap)
        ):
            verdicts[index], verdicts[index + 1] = _SIGNED, _NAMED


def _is_signature(piece: Piece) -> bool:
    return not (piece.gap or piece.prose) and people.is_name_line(piece.text)


def _may_repeat(pieces: Sequence[Piece], index: int, story: range) -> bool:
    piece = pieces[index]
    if not piece.prose:
        return piece.words >= _SHORTEST_REPEAT
    # A full sentence needs a name under it: quotations do recur within a story.
    after = index + 1
    return piece.gap and after in story and _is_signature(pieces[after])
