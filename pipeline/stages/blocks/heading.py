"""Label what stands above the story: headline, standfirst, byline, dateline, captions.

The headline is the short line above the story whose words the story uses; without such
a line the page has none. What stands above the headline and is neither a date nor a
byline belongs to the page.
"""

from collections.abc import Sequence
from typing import Final

from pipeline.stages.blocks import page, people
from pipeline.stages.blocks.headline import by_look, find_headline
from pipeline.stages.blocks.phrases import HEADS_LIST
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.verdicts import Verdict

#: Bylines and captions stand beside the headline or the story.
_BESIDE: Final = 5
_SHORTEST_CAPTION: Final = 5


def label_heading(pieces: Sequence[Piece], story: range) -> dict[int, Verdict]:
    """Label the pieces above the story."""
    headline = find_headline(pieces, story)
    verdicts: dict[int, Verdict] = {}
    for index in range(story.start):
        piece = pieces[index]
        if index == headline:
            verdicts[index] = Verdict("headline", "line above that the story takes up")
        elif found := by_look(piece):
            verdicts[index] = found
        elif piece.label and piece.reason:
            verdicts[index] = Verdict(piece.label, piece.reason)
        elif index < headline or headline < 0:
            verdicts[index] = Verdict("furniture", "above the headline")
    if headline >= 0:
        _below(pieces, range(headline + 1, story.start), verdicts)
    return verdicts


def _below(
    pieces: Sequence[Piece], between: range, verdicts: dict[int, Verdict]
) -> None:
    """Label what stands between headline and story and is not labelled yet."""
    seen_byline = False
    for index in between:
        if index not in verdicts:
            beside = min(index - between.start, between.stop - index - 1) < _BESIDE
            verdicts[index] = (
                _beside(pieces, index, verdicts[index - 1])
                if beside
                else Verdict("furniture", "above the story")
            )
        seen_byline |= verdicts[index].label in {"byline", "dateline"}
        if not seen_byline and _is_standfirst(pieces, index, verdicts):
            verdicts[index] = Verdict("standfirst", "line under the headline")


def _beside(pieces: Sequence[Piece], index: int, before: Verdict) -> Verdict:
    """Label a line near the headline or the story, given the verdict before it."""
    piece, previous, after = pieces[index], pieces[index - 1], pieces[index + 1]
    if after.reason == "picture credit" or page.is_caption(piece.text):
        return Verdict("caption", "describes a picture")
    if piece.prose:
        return Verdict("standfirst", "sentence between headline and story")
    if piece.words > 1 and piece.text in {previous.text, after.text}:
        return Verdict("caption", "line printed twice, as with a picture")
    return _short(piece, previous, before)


def _short(piece: Piece, previous: Piece, before: Verdict) -> Verdict:
    """Label a line near the headline or the story that is no sentence."""
    if previous.effect in HEADS_LIST or before.label == "related":
        return Verdict("related", "title under a list of other stories")
    if before.label == "byline" and people.is_newsroom_post(piece.text):
        return Verdict("byline", "the writer's post")
    if people.is_bare_names(piece.text):
        return Verdict("byline", "names between headline and story")
    if piece.words < _SHORTEST_CAPTION:
        return Verdict("furniture", "short line above the story")
    return Verdict("caption", "line between headline and story")


def _is_standfirst(
    pieces: Sequence[Piece], index: int, verdicts: dict[int, Verdict]
) -> bool:
    """Tell a standfirst, directly under the headline, from a caption."""
    return (
        verdicts[index].reason == "line between headline and story"
        and verdicts[index - 1].label == "headline"
        and page.credit_start(pieces[index].text) is None
    )
