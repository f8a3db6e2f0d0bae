"""Read an HTML page: its shown text, where each character stands, and what is what.

Reach for :func:`read_html` with the markup of a page. The extractor decides what is the
article; our own rendering says where it stands. Nothing is left out of the text: what
does not belong to the article is marked so, for the stage of blocks to label.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.reading.extractor import article_lines
from pipeline.reading.hinting import hint_lines
from pipeline.reading.locating import locate
from pipeline.reading.offsets import OffsetMap
from pipeline.reading.rendering import render
from pipeline.records import Block, Span

#: A line of so many letters is a paragraph.
_PARAGRAPH: Final = re.compile(r"[^\n]{150,}")
#: Of a page's paragraphs an article holds this share, or it may be the wrong one.
_THIN: Final = 0.3
#: Looking less strictly must find so many times as much to be believed.
_MORE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it is read.

    ``offsets`` lead from ``text`` back into the markup. ``hints`` are labels that the
    markup settles, sorted and without overlaps; what stands between them is the
    article's, for the stage of blocks to label. ``headline`` is the text of the
    headline, where the markup tells it.
    """

    text: str
    offsets: OffsetMap
    hints: tuple[Block, ...]
    headline: str | None


def read_html(markup: str) -> Page:
    r"""Read a page or a piece of one; nothing is an error.

    Where the extractor finds no article, nothing is marked as standing outside it.

    >>> page = read_html("<p>Mill to <b>close</b> &ndash; owners<p>&copy; 2026")
    >>> page.text
    'Mill to close – owners\n\n© 2026'
    """
    rendering = render(markup)
    article = _article(rendering.text, markup, strict=True)
    if _is_thin(rendering.text, article):
        more = _article(rendering.text, markup, strict=False)
        article = more if _length(more) > _MORE * _length(article) else article
    hints = hint_lines(rendering, article)
    headlines = (hint for hint in hints if hint.label == "headline")
    headline = next(headlines, None)
    return Page(
        text=rendering.text,
        offsets=rendering.offsets,
        hints=tuple(hints),
        headline=headline.of(rendering.text) if headline else None,
    )


def _article(text: str, markup: str, *, strict: bool) -> list[Span]:
    found = locate(text, article_lines(markup, strict=strict))
    return [span for span in found if span]


def _is_thin(text: str, article: Sequence[Span]) -> bool:
    """Tell whether most of a page's paragraphs stand outside the article."""
    paragraphs = sum(len(found[0]) for found in _PARAGRAPH.finditer(text))
    return _length(article) < _THIN * paragraphs


def _length(article: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in article)
