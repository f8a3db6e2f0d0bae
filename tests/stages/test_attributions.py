"""Parts become attributions by rules that a reader of newspapers can check.

The rows stand in ``tests/cases/attributions``; their mark-up is explained there.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pipeline.records import Attribution, Block, BlockLabel, Part, Role
from pipeline.stages.attributions.assembly import find_attributions

CASES = Path(__file__).parents[1] / "cases" / "attributions"
ROWS = [
    pytest.param(row, id=f"{path.stem}: {row['why']}")
    for path in sorted(CASES.glob("*.jsonl"))
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
]
ROLES: dict[str, Role] = {"s": "source", "c": "cue", "q": "content"}
TO_LABEL: TypeAdapter[BlockLabel] = TypeAdapter(BlockLabel)
TOKEN = re.compile(r"⟦(?P<key>[scq])(?P<numbers>\d+(?:\+\d+)*) |(?P<close>⟧)")


class Marked:
    """The text, blocks and parts of a marked-up row."""

    def __init__(self, marked: str, inner: list[int]) -> None:
        self.text = ""
        self.blocks: list[Block] = []
        self._found: list[tuple[Part, list[int]]] = []
        self._inner = inner
        for line in marked.splitlines(keepends=True):
            if line.startswith("@@"):
                self._block(TO_LABEL.validate_python(line[2:].strip()))
            else:
                self._line(line)
        self._end_block()
        self.parts = list(self._linked())

    def _block(self, label: BlockLabel) -> None:
        self._end_block()
        start = len(self.text)
        self.blocks.append(Block(start=start, end=start, label=label, reason=""))

    def _end_block(self) -> None:
        if self.blocks:
            self.blocks[-1] = replace(self.blocks[-1], end=len(self.text))

    def _line(self, line: str) -> None:
        waiting: list[tuple[re.Match[str], int]] = []
        position = 0
        for token in TOKEN.finditer(line):
            self.text += line[position : token.start()]
            position = token.end()
            if token["close"]:
                self._part(*waiting.pop())
            else:
                waiting.append((token, len(self.text)))
        self.text += line[position:]

    def _part(self, opening: re.Match[str], start: int) -> None:
        numbers = [int(number) for number in opening["numbers"].split("+")]
        part = Part(
            start=start,
            end=len(self.text),
            role=ROLES[opening["key"]],
            level="inner" if numbers[0] in self._inner else "outer",
        )
        self._found.append((part, numbers))

    def _linked(self) -> Iterator[Part]:
        """Point parts to those of the same number; 0 points nowhere."""
        places = {
            (part.role, number): position
            for position, (part, numbers) in enumerate(self._found)
            for number in numbers
            if number
        }
        for part, (number, *_) in self._found:
            cue = places.get(("cue", number)) if part.role == "content" else None
            source = places.get(("source", number)) if part.role != "source" else None
            yield replace(part, cue=cue, source=source)


def described(found: list[Attribution], text: str) -> list[dict[str, Any]]:
    """Say what was found in words, leaving out what is missing."""
    rows = []
    for a in found:
        row = {
            "source": a.source and a.source.of(text),
            "cue": a.cue and a.cue.of(text),
            "content": [span.of(text) for span in a.content],
            "type": a.type,
            "nested_in": a.nested_in,
            "appearances": [span.of(text) for span in a.appearances],
            "flags": list(a.flags),
        }
        rows.append({name: value for name, value in row.items() if value})
    return rows


@pytest.mark.parametrize("row", ROWS)
def test_attributions(row: dict[str, Any]) -> None:
    marked = Marked(row["parts"], row.get("inner", []))
    found = find_attributions(marked.text, marked.blocks, marked.parts)
    assert described(found, marked.text) == row["attributions"]


def test_ids_count_the_contents_in_order() -> None:
    marked = Marked('⟦q1 "We go,"⟧ ⟦s1 he⟧ ⟦c1 said⟧. ⟦s2 She⟧ ⟦c2 says⟧ ⟦q2 no⟧.', [])
    found = find_attributions(marked.text, (), marked.parts)
    assert [a.id for a in found] == ["a1", "a2"]


def test_confidence_is_that_of_the_weakest_part() -> None:
    marked = Marked("⟦s1 She⟧ ⟦c1 says⟧ ⟦q1 no⟧.", [])
    parts = [replace(marked.parts[0], score=0.1), *marked.parts[1:]]
    parts[1] = replace(parts[1], score=0.75)
    parts[2] = replace(parts[2], score=0.5)
    (found,) = find_attributions(marked.text, (), parts)
    assert found.confidence == 0.5


def test_the_order_of_the_parts_does_not_matter() -> None:
    marked = Marked("⟦s1+2 She⟧ ⟦c1 says⟧ ⟦q1 no⟧ but ⟦c2 hopes for⟧ ⟦q2 more⟧.", [])
    last = len(marked.parts) - 1

    def turned(position: int | None) -> int | None:
        return None if position is None else last - position

    backwards = [
        replace(part, cue=turned(part.cue), source=turned(part.source))
        for part in reversed(marked.parts)
    ]
    assert find_attributions(marked.text, (), backwards) == find_attributions(
        marked.text, (), marked.parts
    )


TEXTS = st.text(st.sampled_from("ab “”\"'.,\n–:"), min_size=1, max_size=60)
LABELS = st.sampled_from(["headline", "body", "pull_quote", "caption", "furniture"])


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Block], list[Part]]:
    """Any text, any blocks, any parts that point anywhere."""
    text = draw(TEXTS)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    blocks = [
        Block(start=start, end=end, label=draw(LABELS), reason="")
        for start, end in pairwise(edges)
    ]
    parts = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        part = Part(
            start=start,
            end=draw(st.integers(start + 1, len(text))),
            role=draw(st.sampled_from(list(ROLES.values()))),
            level=draw(st.sampled_from(["outer", "inner"])),
            cue=draw(st.none() | st.integers(-1, 7)),
            source=draw(st.none() | st.integers(-1, 7)),
        )
        parts.append(part)
    return text, blocks, parts


@given(articles())
@settings(derandomize=True, max_examples=300)
def test_whatever_comes_in_the_spans_are_sound(
    article: tuple[str, list[Block], list[Part]],
) -> None:
    text, blocks, parts = article
    found = find_attributions(text, blocks, parts)
    ids = {a.id for a in found}
    for a in found:
        assert a.content == tuple(sorted(set(a.content)))
        assert a.nested_in is None or a.nested_in in ids - {a.id}
        others = [span for span in (a.cue, a.source) if span]
        for span in (*a.content, *a.appearances, *others):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip()
    assert [a.content[0].start for a in found] == sorted(
        a.content[0].start for a in found
    )
    assert find_attributions(text, blocks, parts) == found
