"""Label what stands above the story: headline, standfirst, byline, dateline, captions.

The headline is the short line above the story whose words the story uses; without such
a line the page has none. What stands above the headline and is neither a date nor a
byline belongs to the page, and so does what is far from both headline and story.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.stages.blocks import page, people
from pipeline.stages.blocks.headline import by_look, find_headline
from pipeline.stages.blocks.phrases import HEADS_LIST
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.splitting import CREDIT
from pipeline.stages.blocks.verdicts import Verdict

#: Bylines and captions stand beside the headline or the story.
_BESIDE: Final = 5
#: A byline or a date above the headline stands as close to it.
_ABOVE: Final = 8
_SHORTEST_CAPTION: Final = 5
#: More bare names than these are a menu.
_MOST_NAMES: Final = 2

_HEADLINE: Final = Verdict("headline", "line above that the story takes up")
_NAMED: Final = Verdict("byline", "names the writer")
_NAMES: Final = Verdict("byline", "names between headline and story")
_SHORT: Final = Verdict("furniture", "short line above the story")
_LINE: Final = Verdict("caption", "line between headline and story")


def label_heading(
    pieces: Sequence[Piece], story: range, boxes: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """Label the pieces above the story; ``boxes`` are lines that a box gives away."""
    headline = find_headline(pieces, story)
    verdicts: dict[int, Verdict] = {}
    for index in range(story.start):
        piece = pieces[index]
        if index == headline:
            verdicts[index] = _HEADLINE
        elif (found := by_look(piece)) and _may_stand(pieces, index, headline, found):
            verdicts[index] = found
        elif given := _given(piece) or boxes.get(index):
            verdicts[index] = given
        elif headline < 0 and _reads_on(pieces, index, story):
            verdicts[index] = Verdict("body", "running text over a byline")
        elif not 0 <= headline < index:
            verdicts[index] = Verdict("furniture", "above the headline")
    if headline >= 0:
        _below(pieces, range(headline + 1, story.start), verdicts)
    return verdicts


def _given(piece: Piece) -> Verdict | None:
    """Return what the line's own wording says it is, if it does."""
    return Verdict(piece.label, piece.reason) if piece.label and piece.reason else None


def _reads_on(pieces: Sequence[Piece], index: int, story: range) -> bool:
    """Tell whether the line is running text near a story that has no headline."""
    return pieces[index].prose and story.start - index <= _BESIDE


def _may_stand(
    pieces: Sequence[Piece], index: int, headline: int, found: Verdict
) -> bool:
    """Tell whether a byline or date stands where those of an article do.

    The name of an outlet or of a programme can look like a writer's.
    """
    if index > headline:
        return True
    if found.label == "byline" and not people.opens_byline(pieces[index].text):
        return False
    return headline - index <= _ABOVE


def _below(
    pieces: Sequence[Piece], between: range, verdicts: dict[int, Verdict]
) -> None:
    """Label what stands between headline and story and is not labelled yet."""
    names = _bare_names(pieces, between, verdicts)
    seen_byline = False
    for index in between:
        if index in names:
            verdicts[index] = _NAMES
        elif index not in verdicts:
            verdicts[index] = (
                _beside(pieces, index, verdicts[index - 1])
                if _distance(index, between) < _BESIDE
                else Verdict("furniture", "above the story")
            )
        seen_byline |= verdicts[index].label in {"byline", "dateline"}
        if not seen_byline and _is_standfirst(pieces, index, verdicts):
            verdicts[index] = Verdict("standfirst", "line under the headline")
    last = between.stop - 1
    if seen_byline and verdicts[last] == _SHORT and _may_head(pieces[last]):
        verdicts[last] = Verdict("subheading", "short line before a paragraph")


def _may_head(piece: Piece) -> bool:
    """Tell whether the line, right above the story, can head its first section."""
    return piece.gap and piece.words > 1


def _distance(index: int, between: range) -> int:
    """Return how many lines part the line from the headline or the story."""
    return min(index - between.start, between.stop - index - 1)


def _bare_names(
    pieces: Sequence[Piece], between: range, verdicts: dict[int, Verdict]
) -> set[int]:
    """Return the lines that are a byline without saying so: a few at most."""
    named = {index for index in between if verdicts.get(index) == _NAMED}
    names = {
        index
        for index in between
        if index not in verdicts
        and people.is_bare_names(pieces[index].text)
        and _distance(index, between) < _BESIDE
        and not _heads_titles(pieces[index - 1], verdicts.get(index - 1))
        and (not named or {index - 1, index + 1} & named)
    }
    return names if len({pieces[i].text for i in names}) <= _MOST_NAMES else set()


def _heads_titles(piece: Piece, verdict: Verdict | None) -> bool:
    """Tell whether what follows the line can be the title of another story."""
    related = verdict is not None and verdict.label == "related"
    return related or piece.effect in HEADS_LIST


def _beside(pieces: Sequence[Piece], index: int, before: Verdict) -> Verdict:
    """Label a line near the headline or the story, given the verdict before it."""
    piece, previous, after = pieces[index], pieces[index - 1], pieces[index + 1]
    if after.reason == CREDIT or page.is_caption(piece.text):
        return Verdict("caption", "describes a picture")
    if piece.prose:
        return Verdict("standfirst", "sentence between headline and story")
    if piece.words > 1 and piece.text in {previous.text, after.text}:
        return Verdict("caption", "line printed twice, as with a picture")
    return _short(piece, previous, before)


def _short(piece: Piece, previous: Piece, before: Verdict) -> Verdict:
    """Label a line near the headline or the story that is no sentence."""
    if _heads_titles(previous, before):
        return Verdict("related", "title under a list of other stories")
    if before.label == "byline" and people.is_newsroom_post(piece.text):
        return Verdict("byline", "the writer's post")
    if piece.words < _SHORTEST_CAPTION:
        return _SHORT
    return _LINE


def _is_standfirst(
    pieces: Sequence[Piece], index: int, verdicts: dict[int, Verdict]
) -> bool:
    """Tell a standfirst, directly under the headline, from a caption."""
    return (
        verdicts[index] == _LINE
        and verdicts[index - 1].label == "headline"
        and page.credit_start(pieces[index].text) is None
    )
