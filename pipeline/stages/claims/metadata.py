"""What an article says of itself: its title, its authors, its day of publication.

Reach for :func:`complete` where the input brought no such facts. What was given with
the input is never replaced, and what the article's own lines do not settle stays None.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.records import Block, BlockLabel, Document, Mention
from pipeline.stages.claims.dates.reader import DateReader

#: Where sites print the day: on a line of its own, or beside the author's name.
_DATED: Final[tuple[BlockLabel, ...]] = ("dateline", "byline")


def complete(
    document: Document, blocks: Sequence[Block], mentions: Sequence[Mention]
) -> Document:
    """Fill in title, byline and publication day from the document's own blocks.

    The title is the first headline, the byline the people named in bylines, the day the
    first full date of a dateline. ``document.text`` must be filled.
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
    text: str, blocks: Iterable[Block], mentions: Sequence[Mention]
) -> str | None:
    people = [
        " ".join(mention.of(text).split())
        for block in blocks
        if block.label == "byline"
        for mention in _within(mentions, block)
        if mention.label == "PERSON"
    ]
    return ", ".join(dict.fromkeys(people)) or None


def _published(
    text: str, blocks: Iterable[Block], mentions: Sequence[Mention]
) -> str | None:
    reader = DateReader()
    lines = sorted(
        (block for block in blocks if block.label in _DATED),
        key=lambda block: (_DATED.index(block.label), block.start),
    )
    for line in lines:
        for mention in _within(mentions, line):
            if mention.label == "DATE":
                day = reader.resolve(mention.of(text))
                if day and day.earliest and day.earliest == day.latest:
                    return day.earliest.isoformat()
    return None


def _within(mentions: Iterable[Mention], block: Block) -> Iterator[Mention]:
    return filter(block.covers, mentions)
