"""What an article says of itself: its title, its authors, its day of publication.

Reach for :func:`complete` where the input brought no such facts. What was given with
the input is never replaced, and what the article's own lines do not settle stays None.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.records import Block, BlockLabel, Document, Mention
from pipeline.stages.claims.dates.reader import DateReader

#: Where sites print the day: on a line of its own, or beside the author's name.
_DATED: Final[tuple[BlockLabel, ...]] = ("dateline", "byline")
_HANDLE: Final = re.compile(r"(?<!\w)@\w")
#: How the last line of a post that the article shows names its author.
_POSTED: Final = re.compile(r"\(@\w+\)")


def complete(
    document: Document, blocks: Sequence[Block], mentions: Sequence[Mention]
) -> Document:
    """Fill in title, byline and publication day from the document's own blocks.

    The title is the first headline, the byline the people named in bylines, the day the
    first full date of a dateline. Lines amid the running text, and those of posts that
    the article shows, speak of something else. ``document.text`` must be filled.
    """
    if document.title and document.byline and document.published:
        return document
    return replace(
        document,
        title=document.title or _title(document.text, blocks),
        byline=document.byline or _byline(document.text, blocks, mentions),
        published=document.published or _published(document.text, blocks, mentions),
    )


def _title(text: str, blocks: Iterable[Block]) -> str | None:
    headlines = (block.of(text) for block in blocks if block.label == "headline")
    return next((" ".join(headline.split()) for headline in headlines), None)


def _byline(
    text: str, blocks: Sequence[Block], mentions: Sequence[Mention]
) -> str | None:
    people = [
        " ".join(mention.of(text).split())
        for block in _around_body(blocks)
        if block.label == "byline" and not _POSTED.search(block.of(text))
        for mention in _within(mentions, block)
        if mention.label == "PERSON"
    ]
    return ", ".join(dict.fromkeys(people)) or None


def _published(
    text: str, blocks: Sequence[Block], mentions: Sequence[Mention]
) -> str | None:
    reader = DateReader()
    lines = sorted(
        (
            block
            for block in _around_body(blocks)
            if block.label in _DATED and not _HANDLE.search(block.of(text))
        ),
        key=lambda block: (_DATED.index(block.label), block.start),
    )
    for line in lines:
        for mention in _within(mentions, line):
            if mention.label == "DATE":
                day = reader.resolve(mention.of(text))
                if day and day.earliest and day.earliest == day.latest:
                    return day.earliest.isoformat()
    return None


def _around_body(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks before the first and behind the last of the running text."""
    body = [block.start for block in blocks if block.label == "body"]
    return [
        block for block in blocks if not body or not body[0] <= block.start <= body[-1]
    ]


def _within(mentions: Iterable[Mention], block: Block) -> Iterator[Mention]:
    return filter(block.covers, mentions)
