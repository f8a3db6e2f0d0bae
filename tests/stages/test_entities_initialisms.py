"""Initialisms are settled for the whole article."""

import pytest

from pipeline.records import EntityLabel, Mention
from pipeline.stages.entities.initialisms import settle_initialisms

Row = tuple[str, EntityLabel, float]


def labels(*rows: Row) -> list[EntityLabel]:
    """Settle the names, printed one after the other, and return their labels."""
    text = "; ".join(name for name, _, _ in rows)
    mentions, start = [], 0
    for name, label, score in rows:
        end = start + len(name)
        mentions.append(Mention(start=start, end=end, label=label, score=score))
        start = end + 2
    return [mention.label for mention in settle_initialisms(text, mentions)]


@pytest.mark.parametrize(
    ("why", "rows", "expected"),
    [
        (
            "an organisation has these initials",
            [("Hexham Water Board", "ORG", 0.9), ("HWB", "NORP", 0.9)],
            ["ORG", "ORG"],
        ),
        (
            "small words may be left out",
            [("Bank of the North", "ORG", 0.9), ("BN", "LOC", 0.9)],
            ["ORG", "ORG"],
        ),
        (
            "else the places decide together",
            [("SNP", "NORP", 0.9), ("SNP", "NORP", 0.8), ("SNP", "ORG", 0.9)],
            ["NORP", "NORP", "NORP"],
        ),
        (
            "one body's initials say nothing of another's",
            [("Hexham Water Board", "ORG", 0.9), ("UK", "LOC", 0.9)],
            ["ORG", "LOC"],
        ),
        (
            "a place name may be a county here and a club there",
            [("Kent", "LOC", 0.9), ("Kent", "ORG", 0.9), ("Kent", "LOC", 0.9)],
            ["LOC", "ORG", "LOC"],
        ),
        ("a role is no name", [("CEO", "ROLE", 0.9)], ["ROLE"]),
    ],
)
def test_initialisms_have_one_label(
    why: str, rows: list[Row], expected: list[EntityLabel]
) -> None:
    del why
    assert labels(*rows) == expected
