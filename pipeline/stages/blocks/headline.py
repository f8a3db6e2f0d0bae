"""Find the headline: the short line above the story whose words the story takes up.

A page that gives its title at the very top prints the headline again over the story;
that settles it. Otherwise words decide: standfirsts and captions share words with the
story too, often more of them, but of several such lines that stand together the first
is the headline. The outlet's name shares a paragraph with its menu.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.records import OUTSIDE_BLOCKS
from pipeline.stages.blocks import people, prose
from pipeline.stages.blocks.page import menu_reason
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
#: Without a shared word it must be this long, and as close to the story.
_SHORTEST_APART: Final = 7
_CLOSEST: Final = 4
#: What a line is worth that shares its paragraph with a menu.
_IN_MASTHEAD: Final = 0.2
#: Lines of a masthead.
_LONGEST_MASTHEAD: Final = 6
_LONGEST_QUESTION: Final = 16
#: A page gives its title in one of its first lines.
_TITLES: Final = 2
#: "Poll: …" heads the story itself as often as another.
_KICKER: Final = "title of another story"
_GAPS: Final = re.compile(r"\s{3,}|\t")


def find_headline(pieces: Sequence[Piece], story: range) -> int:
    """Return the index of the headline above the story, or -1."""
    used = _words_of_opening(pieces, story)
    titled = repeated_title(pieces, range(story.start), used, above=story.start)
    if titled >= 0:
        return titled
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
    return above if _stands_over(pieces, first, story) else first


def repeated_title(
    pieces: Sequence[Piece], places: range, used: frozenset[str], *, above: int
) -> int:
    """Return the last of the places that repeats the page's title, or -1.

    The line must share a word with ``used``, those of the story, lest it be the
    outlet's name. The title stands above the piece ``above``, where the story begins.
    """
    top = pieces[: min(_TITLES, above)]
    titles = [piece.text.casefold() for piece in top if not piece.glued]
    for index in reversed(places):
        piece = pieces[index]
        if (
            piece.label is None
            and _SHORTEST_ALONE <= piece.words <= _LONGEST_HEADLINE
            and any(title.startswith(piece.text.casefold()) for title in titles[:index])
            and prose.content_words(piece.text) & used
        ):
            return index
    return -1


def _words_of_opening(pieces: Sequence[Piece], story: range) -> frozenset[str]:
    opening = (pieces[i].text[:1_000] for i in story[:_OPENING] if pieces[i].prose)
    return prose.content_words(" ".join(opening))


def _nearest(pieces: Sequence[Piece], story: range) -> int:
    """Return the last possible headline close above the story, or -1."""
    for index in range(story.start - 1, max(-1, story.start - _CLOSE), -1):
        if _may_be_headline(pieces[index]) and pieces[index].words >= _SHORTEST_ALONE:
            return index
    return -1


def _stands_over(pieces: Sequence[Piece], first: int, story: range) -> bool:
    """Tell whether a headline without a word of the story stands over the line.

    Then the line is its standfirst: both are paragraphs of their own over the story.
    """
    above = pieces[first - 1] if first else None
    return (
        above is not None
        and story.start - first <= _CLOSEST
        and above.gap
        and pieces[first].gap
        and above.words >= _SHORTEST_APART
        and not above.text.isupper()
        and _may_be_headline(above)
        and not _in_masthead(pieces, first - 1)
    )


def _headline_score(pieces: Sequence[Piece], index: int, used: frozenset[str]) -> float:
    piece = pieces[index]
    if not _may_be_headline(piece):
        return 0.0
    words = prose.content_words(piece.text)
    shared = sum(word in used for word in words)
    # Of two lines that share as much, the one that says less else is the headline.
    score = shared + 0.5 * shared / max(1, len(words))
    return score * _IN_MASTHEAD if _in_masthead(pieces, index) else score


def _in_masthead(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether the line shares its paragraph with a menu, as an outlet's name."""
    if index < _first_paragraph(pieces):
        return True
    piece = pieces[index]
    before = pieces[index - 1] if index and not (piece.gap or piece.glued) else None
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if after and after.gap:
        after = None
    return any(one and one.label in OUTSIDE_BLOCKS for one in (before, after))


def _first_paragraph(pieces: Sequence[Piece]) -> int:
    """Count the lines of the page's first paragraph, if they are a masthead's.

    A headline may stand first too, but then with nothing or with a byline below.
    """
    lines = 1
    while lines < min(len(pieces), _LONGEST_MASTHEAD + 1) and not pieces[lines].gap:
        lines += 1
    plain = all(
        not piece.glued and not piece.prose and by_look(piece) is None
        for piece in pieces[:lines]
    )
    return lines if plain and 1 < lines <= _LONGEST_MASTHEAD else 0


def _may_be_headline(piece: Piece) -> bool:
    question = piece.text.endswith("?") and piece.words <= _LONGEST_QUESTION
    return (
        (piece.label is None or piece.reason == _KICKER)
        and (question or not piece.prose)
        and _SHORTEST <= piece.words <= _LONGEST_HEADLINE
        and not _GAPS.search(piece.text)
        and by_look(piece) is None
    )


def by_look(piece: Piece) -> Verdict | None:
    """Return byline or dateline where the line's own wording says so."""
    if piece.label is None and people.is_byline(piece.text):
        return Verdict("byline", "names the writer")
    if people.is_dateline(piece.text) and not menu_reason(piece.text):
        return Verdict("dateline", "date or place of publication")
    return None
