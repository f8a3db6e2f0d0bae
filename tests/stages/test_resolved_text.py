"""Names for what certainly means them, and for nothing else."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon import read_lexicon
from pipeline.records import (
    Attribution,
    Block,
    Document,
    Identity,
    Mention,
    Span,
    Speaker,
)
from pipeline.stages.claims.article import Article, read_article
from pipeline.stages.claims.resolved_text import TextResolver
from pipeline.stages.claims.wording import read_alone

CASES = Path(__file__).parents[1] / "cases" / "resolved_text" / "claims.jsonl"
Row = dict[str, Any]


def _rows() -> list[Row]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def _spans(text: str, passage: str) -> Iterator[Span]:
    for match in re.finditer(re.escape(passage), text):
        yield Span(start=match.start(), end=match.end())


def _id(name: str) -> str:
    return f"p_{name.lower().replace(' ', '-')}"


def _article(row: Row) -> Article:
    text = row["text"]
    document = Document(id="d_1", source="a.txt", text=text, sha256="0")
    everything = Block(start=0, end=len(text), label="body", reason="")
    names = [
        Mention(start=it.start, end=it.end, label="PERSON", identity=_id(name))
        for name in row["people"]
        for it in _spans(text, name)
    ]
    posts = [
        Mention(start=it.start, end=it.end, label="ROLE")
        for post in row.get("posts", ())
        for it in _spans(text, post)
    ]
    bodies = [
        Mention(start=it.start, end=it.end, label="ORG")
        for body in row.get("bodies", ())
        for it in _spans(text, body)
    ]
    return read_article(document, [everything], [*names, *posts, *bodies])


def _people(row: Row) -> list[Identity]:
    return [
        Identity(id=_id(name), kind="person", name=name, gender=gender)
        for name, gender in row["people"].items()
    ]


def _resolve(row: Row, *, nested_in: str | None = None) -> str | None:
    content = tuple(next(_spans(row["text"], part)) for part in row["content"])
    attribution = Attribution(
        id="1",
        content=content,
        source=next(_spans(row["text"], row["source"]), None),
        nested_in=nested_in,
    )
    speaker = Speaker(**row["speaker"])
    if speaker.name in row["people"]:
        speaker = Speaker(**row["speaker"], id=_id(speaker.name))
    resolver = TextResolver(_article(row), _people(row))
    return resolver.resolve(attribution, speaker, content)


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["why"])
def test_what_is_certain_is_replaced_and_nothing_else(row: Row) -> None:
    assert _resolve(row) == row["resolved"]


def test_marks_around_a_nested_claim_are_the_outer_speakers() -> None:
    row = _rows()[0] | {"content": ["I will go"]}
    assert _resolve(row, nested_in="2") is None


@given(st.text(alphabet="I he.she'\"me us my that \n", max_size=60))
def test_without_brackets_the_words_are_those_of_the_text(text: str) -> None:
    row = {"text": f"{text}Ada Moss", "people": {"Ada Moss": "female"}}
    content = (Span(start=0, end=len(text)),)
    article = _article(row)
    speaker = Speaker(kind="person", name="Ada Moss", id=_id("Ada Moss"))
    resolved = TextResolver(article, _people(row)).resolve(
        Attribution(id="1", content=content), speaker, content
    )
    plain = read_alone(article.text, content, article.quotations)
    if resolved is None:
        return
    between = map(re.escape, re.split(r" ?\[[^\]]*\]", resolved))
    assert re.fullmatch(".*?".join(between), plain)


@pytest.mark.parametrize("name", list(read_lexicon("references")))
def test_words_of_reference_are_sorted_and_unique(name: str) -> None:
    words = read_lexicon("references")[name]
    assert words == sorted(set(words))
    assert all(word == word.lower() for word in words)
