"""Label what the markup settles: headline, captions, and what is not the article.

Reach for :func:`hint_lines` with a rendered page and the passages of its article. What
the markup leaves open stays without a label, for the stage of blocks to decide.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pipeline.reading.lines import Line, read_lines
from pipeline.reading.locating import fold
from pipeline.reading.rendering import Rendering
from pipeline.records import Block, BlockLabel, Span

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Headings and links of other stories have no fewer words, labels of menus no more.
_SHORTEST_TITLE: Final = 4
_LONGEST_HEADING: Final = 20
_LONGEST_BYLINE: Final = 25
#: So many lines above the article may hold its headline, byline and first picture.
_REACH: Final = 30
#: So many lines below it may hold its last picture.
_BELOW: Final = 2
#: Items of a list that belong to the article are sentences, menus and terms are not.
_SHORTEST_ITEM: Final = 6
_SENTENCE: Final = re.compile(r"[\"'“‘]?[A-Z0-9£$€].*[.!?][\"'”’]{0,2}", re.DOTALL)
#: An item of which links hold more than one part in so many leads to another story.
_LINKED: Final = 5
#: Who is quoted is named in no more words.
_LONGEST_NAME: Final = 15
#: A headline and the title of its page agree in no fewer letters.
_FEWEST_LETTERS: Final = 8

_Verdict = tuple[BlockLabel, str]
_HEADLINE: Final[_Verdict] = ("headline", "heading that names the page")
_SUBHEADING: Final[_Verdict] = ("subheading", "heading in the article")
_INSIDE: Final[_Verdict] = ("body", "in the article, by the page's markup")
_OUTSIDE: Final[_Verdict] = ("furniture", "outside the article, by the page's markup")


def hint_lines(rendering: Rendering, article: Sequence[Span]) -> list[Block]:
    """Label the lines of a page as far as its markup settles it, in order.

    Without an article only the headline is labelled.
    """
    lines = read_lines(rendering.text, rendering.elements, article)
    held = [index for index, line in enumerate(lines) if line.inside]
    if held:
        _take_in_headings(lines[held[0] : held[-1] + 1])
        _take_in_what_follows(lines[held[0] :])
        held = [index for index, line in enumerate(lines) if line.inside]
    first, last = (held[0], held[-1]) if held else (len(lines), len(lines))
    headline = _headline(lines, rendering.title, first, last)
    above = max(0, first - _REACH) if headline is None else min(headline, first)
    near = range(above, last + _BELOW + 1)
    hints: list[Block] = []
    for index, line in enumerate(lines):
        if index == headline:
            hints.append(_block(line.span, _HEADLINE))
        elif held:
            hints.extend(_hints(line, is_near=index in near))
    return sorted(hints)


def _take_in_headings(lines: Sequence[Line]) -> None:
    """Give the article the headings right above paragraphs of it."""
    for line, after in pairwise(lines):
        if after.inside and not line.inside and _is_heading(line):
            line.inside.append(line.span)


def _take_in_what_follows(lines: Sequence[Line]) -> None:
    """Give the article the items of lists, and the names of the quoted, behind it."""
    for before, line in pairwise(lines):
        is_named = before.is_mostly("blockquote") and _is_name(line)
        if before.inside and not line.inside and (is_named or _is_item(line)):
            line.inside.append(line.span)


def _is_item(line: Line) -> bool:
    """Tell whether a line is an item of a list that reads as a sentence."""
    is_prose = line.words >= _SHORTEST_ITEM and _SENTENCE.fullmatch(line.text)
    is_teaser = _LINKED * line.held["a"] > len(line.text)
    return bool(is_prose) and line.is_mostly("li") and not is_teaser


def _is_name(line: Line) -> bool:
    return line.is_mostly("cite", "footer") and line.words <= _LONGEST_NAME


def _is_heading(line: Line) -> bool:
    return line.is_mostly(*_HEADINGS[1:]) and line.words <= _LONGEST_HEADING


def _headline(lines: Sequence[Line], title: str, first: int, last: int) -> int | None:
    """Return the heading that the page's title repeats, else its one main heading.

    A title may add the name of the site to the heading, or cut the heading short.
    """
    named = fold(title).letters
    is_title = len(title.split()) >= _SHORTEST_TITLE
    headings = [
        index
        for index, line in enumerate(lines[: last + 1])
        if line.is_mostly(*_HEADINGS[:3]) and line.words <= 2 * _LONGEST_HEADING
    ]
    for index in headings:
        letters = fold(lines[index].text).letters
        is_long = len(letters) >= _FEWEST_LETTERS
        if is_long and (letters in named or (is_title and named in letters)):
            return index
    main = [index for index in headings if lines[index].is_mostly("h1")]
    above = [index for index in main if index <= first]
    for index in above[-1:] or (main if len(main) == 1 else ()):
        if lines[index].words >= _SHORTEST_TITLE:
            return index
    return None


def _hints(line: Line, *, is_near: bool) -> Iterator[Block]:
    """Label the parts of a line."""
    verdict = _by_element(line) if is_near else None
    if verdict is None and line.inside == [line.span] and _is_heading(line):
        verdict = _SUBHEADING
    if verdict:
        yield _block(line.span, verdict)
        return
    for part in line.inside:
        yield _block(part, _INSIDE)
    for part in line.outside():
        yield _block(part, _outside(line))


def _by_element(line: Line) -> _Verdict | None:
    """Label a line near the article by the elements that hold it."""
    if line.is_mostly("figcaption"):
        return "caption", "caption of a figure"
    if line.words > _LONGEST_BYLINE:
        return None
    if line.is_mostly("byline", "time") and line.held["byline"]:
        return "byline", "marked as the author's"
    if line.is_mostly("time"):
        return "dateline", "marked as a time"
    return None


def _outside(line: Line) -> _Verdict:
    if line.is_mostly("a") and line.words >= _SHORTEST_TITLE:
        return "related", "link outside the article"
    return _OUTSIDE


def _block(span: Span, verdict: _Verdict) -> Block:
    label, reason = verdict
    return Block(start=span.start, end=span.end, label=label, reason=reason)
