"""Label every line of a text by its function on the page; delete nothing.

Reach for :func:`label_blocks` with any text, a pasted page or a single sentence. It is
pure and takes time linear in the text. The blocks it returns are sorted, do not
overlap, are trimmed of white space and leave nothing but white space uncovered; claims
are read from those in :data:`pipeline.records.CLAIM_BLOCKS` only.
"""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.records import Block
from pipeline.stages.blocks.boxes import find_boxes
from pipeline.stages.blocks.heading import label_heading
from pipeline.stages.blocks.opening import below_heading
from pipeline.stages.blocks.pieces import Piece, cut
from pipeline.stages.blocks.prose import ends_sentence
from pipeline.stages.blocks.region import find_story
from pipeline.stages.blocks.story import label_story, label_tail
from pipeline.stages.blocks.verdicts import Verdict
from pipeline.stages.blocks.writers import label_writers

#: Without running text, so few lines are taken as what the caller wants read.
_FEW_LINES = 3
_STATEMENT = 6


def label_blocks(text: str) -> list[Block]:
    r"""Label the blocks of a text, each with the reason.

    A text of one or more plain sentences is all body. Where a page holds no running
    text at all, only lines long enough to be statements are body. Of several stories
    on one page only the longest is found.

    >>> page = "Home | News | Sport\n\nMill to close\n\nThe mill will close in May."
    >>> [(block.label, block.of(page)) for block in label_blocks(page)][1:]
    [('headline', 'Mill to close'), ('body', 'The mill will close in May.')]
    """
    pieces = cut(text)
    return list(_merge(pieces, _verdicts(pieces)))


def _verdicts(pieces: Sequence[Piece]) -> Mapping[int, Verdict]:
    story = find_story(pieces)
    if not story:
        return _without_story(pieces)
    text = below_heading(pieces, story)
    boxes = find_boxes(pieces)
    verdicts = {
        **label_heading(pieces, text, boxes),
        **label_story(pieces, text, boxes),
        **label_tail(pieces, range(text.stop, len(pieces)), boxes),
    }
    return verdicts | label_writers(pieces, text, verdicts)


def _without_story(pieces: Sequence[Piece]) -> dict[int, Verdict]:
    few = sum(piece.label is None for piece in pieces) <= _FEW_LINES
    return {index: _alone(piece, few=few) for index, piece in enumerate(pieces)}


def _alone(piece: Piece, *, few: bool) -> Verdict:
    if piece.label and piece.reason:
        return Verdict(piece.label, piece.reason)
    if few or piece.words >= _STATEMENT or ends_sentence(piece.text):
        return Verdict("body", "statement on a page without running text")
    return Verdict("furniture", "short line on a page without running text")


def _merge(pieces: Sequence[Piece], verdicts: Mapping[int, Verdict]) -> Iterable[Block]:
    """Join neighbours of one label; but for body and captions, of one reason too."""
    run: Block | None = None
    for index, piece in enumerate(pieces):
        label, reason = verdicts[index]
        whole = label == "body" or (label == "caption" and piece.glued)
        if run and run.label == label and (whole or run.reason == reason):
            run = Block(start=run.start, end=piece.end, label=label, reason=run.reason)
            continue
        if run:
            yield run
        run = Block(start=piece.start, end=piece.end, label=label, reason=reason)
    if run:
        yield run
