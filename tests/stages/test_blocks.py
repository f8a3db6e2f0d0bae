"""Blocks: every line labelled, nothing deleted, no claim read from the page."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gold import GoldBlock, GoldDocument, read_gold
from pipeline.layers import BLOCKS
from pipeline.lexicon import read_lexicon
from pipeline.records import CLAIM_BLOCKS, OUTSIDE_BLOCKS, Block
from pipeline.stages.blocks.labeller import label_blocks

CASES = Path(__file__).parent.parent / "cases" / "blocks"
GOLD = Path(__file__).parent.parent.parent / "corpus" / "gold"


def cases(*names: str) -> list[object]:
    lines = [
        line
        for name in names
        for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    rows = map(json.loads, lines)
    return [pytest.param(row["page"], id=row["why"]) for row in rows]


def check(page: list[list[str]]) -> None:
    text = "".join(part for _, part in page)
    expected = [label for label, part in page for _ in part]
    for block in label_blocks(text):
        found = {expected[i] for i in range(block.start, block.end) if text[i].strip()}
        assert found == {block.label}, (block, block.of(text))


@pytest.mark.parametrize("page", cases("pages", "glued"))
def test_pages(page: list[list[str]]) -> None:
    check(page)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("page", cases("known-failures"))
def test_known_failures(page: list[list[str]]) -> None:
    check(page)


@pytest.mark.parametrize("page", cases("pages", "glued"))
def test_line_ends_do_not_matter(page: list[list[str]]) -> None:
    check([[label, part.replace("\n", "\r\n")] for label, part in page])


LINES = st.sampled_from(
    [
        "Home | News | Sport",
        "Council 'misled' readers",
        "By Ann Lee",
        "“We were told,” she said. “We were not asked.”",
        "Start Quote",
        "End Quote Ann Lee Mayor",
        "Read more: Bypass opens.Learn More",
        "• one",
        "# Mill",
        "12:30",
        "“",
        "The mill will close in May, the owners said.",
        "Picture: Ann Lee",
        "Will the mill close - Marsh Ferry Echo",
        "Will the mill close",
        "Will the mill close?",
        "READ MORE:",
        "Notes to editors",
        "Comments",
        "Ann Lee on May 3, 2024 at 9:12 am said:",
        "Ann Lee is our reporter and lives by the sea.",
        "[VIDEO: the mill]",
        "9th March 2023 | Updated 3 hours ago",
        "これが非常に困ったもので、大変でした。",
    ]
)
PAGES = st.lists(LINES | st.text(max_size=30), max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\u2028", " "]).map(
        lambda end: end.join(lines)
    )
)


@given(PAGES | st.text())
def test_blocks_cover_the_text(text: str) -> None:
    behind = 0
    for block in label_blocks(text):
        assert behind <= block.start < block.end <= len(text)
        assert not text[behind : block.start].strip()
        assert block.of(text) == block.of(text).strip()
        assert block.reason
        behind = block.end
    assert not text[behind:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "She said so today. " * 60_000,
        "a" * 1_000_000,
        '"' * 1_000_000,
        "“‘.! A" * 100_000,
        "She said so.\n\n" * 6_000,
        " " * 1_000_000 + "x",
        "| " * 200_000,
        "[MORE " * 100_000,
        "Notes to editors\n" * 10_000,
        "Ann Lee on May 3, 2024 at 9:12 am said:\n" * 10_000,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_long_inputs_are_covered_too(text: str) -> None:
    blocks = label_blocks(text)
    assert blocks[0].start == len(text) - len(text.lstrip())
    assert blocks[-1].end == len(text.rstrip())


@pytest.fixture(scope="module")
def gold() -> list[GoldDocument]:
    return list(read_gold(GOLD))


def painted(text: str, blocks: Sequence[Block | GoldBlock]) -> list[str]:
    """Label each character; a block inside another is the one that counts."""
    labels = [""] * len(text)
    for block in sorted(blocks, key=lambda block: (block.start, -block.end)):
        labels[block.start : block.end] = [block.label] * (block.end - block.start)
    return labels


def test_no_claim_of_the_corpus_is_lost(gold: list[GoldDocument]) -> None:
    lost = []
    for document in gold:
        labels = painted(document.text, label_blocks(document.text))
        lost += [
            (document.id, segment.of(document.text))
            for attribution in document.attributions
            for segment in attribution.content
            if not CLAIM_BLOCKS.issuperset(labels[segment.start : segment.end])
        ]
    assert not lost


def test_furniture_of_the_corpus(gold: list[GoldDocument]) -> None:
    right = there = found = 0
    for document in gold:
        pairs = zip(
            document.text,
            painted(document.text, document.blocks),
            painted(document.text, label_blocks(document.text)),
            strict=True,
        )
        for character, wanted, given_ in pairs:
            if character.strip():
                there += wanted in OUTSIDE_BLOCKS
                found += given_ in OUTSIDE_BLOCKS
                right += wanted in OUTSIDE_BLOCKS and given_ in OUTSIDE_BLOCKS
    assert right / found >= 0.98
    assert right / there >= 0.96


def test_the_component_writes_the_layer_and_a_view() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("news_blocks")
    doc = nlp("Mill to close\n\nThe mill will close in May, Ann Lee said.")
    assert [block.label for block in BLOCKS.get(doc)] == ["headline", "body"]
    assert [span.label_ for span in doc.spans["blocks"]] == ["headline", "body"]
    assert doc.text[BLOCKS.get(doc)[1].start :].startswith("The mill")


def test_furniture_phrases_are_sorted_folded_and_unique() -> None:
    seen: set[tuple[str, str]] = set()
    for kind in read_lexicon("furniture")["kind"]:
        phrases = kind["phrases"]
        assert phrases == sorted(set(phrases))
        assert all(phrase == phrase.casefold().strip() for phrase in phrases)
        assert not any(mark in phrase for phrase in phrases for mark in "’‘“”")
        keys = {(kind["place"], phrase) for phrase in phrases}
        assert not keys & seen
        seen |= keys


def test_layout_words_are_sorted_folded_and_unique() -> None:
    for words in read_lexicon("layout").values():
        assert words == sorted(set(words))
        assert all(word == word.casefold() for word in words)
