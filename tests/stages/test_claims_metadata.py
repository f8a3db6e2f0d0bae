"""Title, authors and day of publication, read from the article's own lines."""

import pytest

from pipeline.records import Block, BlockLabel, Document, EntityLabel, Mention
from pipeline.stages.claims.metadata import complete

HEADLINE = "Harbour wall\nto be rebuilt"
BYLINE = "By Ada Moss and Ben Orr, chief reporter"
DATELINE = "Tue 8 Oct 2019 17.31 BST"
TEXT = f"{HEADLINE}\n\n{BYLINE}\n{DATELINE}\n\nWork on the wall starts in May.\n"


def block(passage: str, label: str) -> Block:
    start = TEXT.index(passage)
    return Block(start=start, end=start + len(passage), label=label, reason="test")


def mention(passage: str, label: str) -> Mention:
    start = TEXT.index(passage)
    return Mention(start=start, end=start + len(passage), label=label)


BLOCKS = [
    block(HEADLINE, "headline"),
    block(BYLINE, "byline"),
    block(DATELINE, "dateline"),
    block("Work on the wall starts in May.", "body"),
]
MENTIONS = [
    mention("Ada Moss", "PERSON"),
    mention("Ben Orr", "PERSON"),
    mention("chief reporter", "ROLE"),
    mention("Tue 8 Oct 2019", "DATE"),
    mention("May", "DATE"),
]


def document(**given: str) -> Document:
    return Document(id="d_1", source="wall.txt", text=TEXT, sha256="0", **given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("Harbour wall to be rebuilt", "Ada Moss, Ben Orr", "2019-10-08")),
        # what came with the input stands
        (
            {"title": "Wall", "byline": "A. Moss", "published": "2019-10"},
            ("Wall", "A. Moss", "2019-10"),
        ),
        ({"title": "Wall"}, ("Wall", "Ada Moss, Ben Orr", "2019-10-08")),
    ],
)
def test_what_the_article_says_of_itself_fills_what_is_missing(
    given: dict[str, str], expected: tuple[str, str, str]
) -> None:
    completed = complete(document(**given), BLOCKS, MENTIONS)
    assert (completed.title, completed.byline, completed.published) == expected


def test_a_date_in_the_body_is_no_day_of_publication() -> None:
    completed = complete(document(), [BLOCKS[3]], MENTIONS)
    assert (completed.title, completed.byline, completed.published) == (None,) * 3


def test_a_day_that_depends_on_the_day_of_publication_settles_nothing() -> None:
    relative = [mention("Tue", "DATE")]
    assert complete(document(), BLOCKS, relative).published is None


POST = "— Castleby Rovers (@castlebyrovers) March 9, 2024"
BODY = "The wall is down."
NAMES: dict[str, EntityLabel] = {
    "Ada Moss": "PERSON",
    "Castleby Rovers": "PERSON",
    "March 9, 2024": "DATE",
    "8 May 2024": "DATE",
}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # a post amid the running text
        ([(BODY, "body"), (POST, "byline"), (BODY, "body")], (None, None)),
        # a post that ends the article, or opens it
        ([(BODY, "body"), (POST, "byline")], (None, None)),
        ([(POST, "dateline"), (BODY, "body")], (None, None)),
        ([(BODY, "body"), ("8 May 2024", "dateline"), (BODY, "body")], (None, None)),
        ([(BODY, "body"), ("8 May 2024", "dateline")], (None, "2024-05-08")),
        (
            [("By Ada Moss, 8 May 2024", "byline"), (BODY, "body"), (POST, "byline")],
            ("Ada Moss", "2024-05-08"),
        ),
        # an author's own handle
        ([("By Ada Moss @adamoss", "byline"), (BODY, "body")], ("Ada Moss", None)),
        (
            [("Ada Moss, a@news.example, 8 May 2024", "byline"), (BODY, "body")],
            ("Ada Moss", "2024-05-08"),
        ),
    ],
)
def test_lines_of_posts_and_amid_the_text_are_not_the_articles_own(
    lines: list[tuple[str, BlockLabel]], expected: tuple[str | None, str | None]
) -> None:
    text, blocks, mentions = "", [], []
    for line, label in lines:
        blocks.append(
            Block(start=len(text), end=len(text) + len(line), label=label, reason="")
        )
        for name, kind in NAMES.items():
            if name in line:
                start = len(text) + line.index(name)
                mentions.append(Mention(start=start, end=start + len(name), label=kind))
        text += f"{line}\n\n"
    article = Document(id="d_1", source="wall.txt", text=text, sha256="0")
    completed = complete(article, blocks, mentions)
    assert (completed.byline, completed.published) == expected
