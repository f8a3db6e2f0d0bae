"""Mentions that follow a grammar, case by case, and the edges of merged mentions."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Block, EntityLabel, Mention
from pipeline.stages.entities.merging import merge, trim
from pipeline.stages.entities.patterns import find_patterns

CASES = Path(__file__).parents[1] / "cases" / "entities" / "patterns.jsonl"
MARKED = re.compile(r"⟦([^|]*)\|(\w+)⟧")


def cases() -> Iterator[Any]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield pytest.param(case["text"], id=case["why"])


@pytest.mark.parametrize("marked", list(cases()))
def test_labels_as_the_case_says(marked: str) -> None:
    text = MARKED.sub(r"\1", marked)
    found = [(mention.of(text), mention.label) for mention in find_patterns(text)]
    assert found == MARKED.findall(marked)


def test_menus_and_related_links_are_left_alone() -> None:
    text = "Top 10 stories\nThe council cut 40 jobs."
    blocks = [
        Block(start=0, end=14, label="furniture", reason=""),
        Block(start=15, end=len(text), label="body", reason=""),
    ]
    assert [mention.of(text) for mention in find_patterns(text, blocks)] == ["40"]


@settings(derandomize=True, max_examples=200)
@given(st.text(alphabet="£5 0,.-%mptwohalf\n1/ainthr", max_size=60))
def test_mentions_are_sorted_apart_and_without_white_space_at_their_edges(
    text: str,
) -> None:
    mentions = merge(text, [], find_patterns(text))
    ends = [0]
    for mention in mentions:
        assert ends[-1] <= mention.start < mention.end <= len(text)
        assert mention.of(text) == mention.of(text).strip()
        ends.append(mention.end)


@pytest.mark.parametrize(
    ("text", "label", "kept"),
    [
        ("Ms Turner", "PERSON", "Turner"),
        ("Professor Sir Ian Hale", "PERSON", "Ian Hale"),
        ("Ms Turner's", "PERSON", "Turner"),
        ("the council’s", "ORG", "the council"),
        ("Barnardo's Trustees'", "ORG", "Barnardo's Trustees"),
        (" Kent \n", "LOC", "Kent"),
        ("Lord", "PERSON", "Lord"),
        ("the Rev. Ann Lee", "PERSON", "Ann Lee"),
    ],
)
def test_edges_are_trimmed(text: str, label: EntityLabel, kept: str) -> None:
    mention = trim(text, Mention(start=0, end=len(text), label=label))
    assert mention is not None
    assert mention.of(text) == kept


def test_nothing_but_white_space_is_no_mention() -> None:
    assert trim("  ", Mention(start=0, end=2, label="ORG")) is None


@pytest.mark.parametrize(
    ("read", "found", "kept"),
    [
        (["Two Rivers|ORG"], ["Two|CARDINAL"], ["Two Rivers|ORG"]),
        (["2012|DATE"], ["the end of 2012|DATE"], ["the end of 2012|DATE"]),
        (["5m|DATE"], ["£5m|MONEY"], ["£5m|MONEY"]),
        (["Ann Lee|PERSON"], ["40|CARDINAL"], ["Ann Lee|PERSON", "40|CARDINAL"]),
    ],
)
def test_overlaps_are_settled(
    read: list[str], found: list[str], kept: list[str]
) -> None:
    text = "Two Rivers spent £5m by the end of 2012 on 40 desks for Ann Lee"

    def mentions(names: list[str]) -> Iterator[Mention]:
        for name, label in (entry.split("|") for entry in names):
            start = text.index(name)
            yield Mention(start=start, end=start + len(name), label=label)

    merged = merge(text, mentions(read), mentions(found))
    assert {f"{m.of(text)}|{m.label}" for m in merged} == set(kept)
