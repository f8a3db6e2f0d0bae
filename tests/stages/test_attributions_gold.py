"""From faultless parts the annotated articles come out as they were annotated.

What an encoder would see if it made no mistake is taken from the gold articles: once
with every pointer, once without those of quoted segments that go on. The rules of this
stage then have to find every attribution again, to the character.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.gold import GoldAttribution, GoldDocument, read_gold
from pipeline.records import Attribution, Block, Part, Role, Span
from pipeline.stages.attributions.assembly import find_attributions

GOLD = Path(__file__).parents[2] / "corpus" / "gold"
MARKS = "\"'“‘"
#: What may be lost: a handful of annotations that divide or end a content otherwise.
MOST_LOST = 0.005

Key = tuple[Span | None, Span | None, tuple[Span, ...], str | None]


def attribution_parts(found: GoldAttribution, *, first: int) -> list[Part]:
    """Return the parts of one attribution, to stand at ``first`` in the list."""

    def part(span: Span, role: Role) -> Part:
        level = "inner" if found.nested_in else "outer"
        return Part(start=span.start, end=span.end, role=role, level=level)

    parts = [part(found.source, "source")] if found.source else []
    source = first if parts else None
    cue = None
    if found.cue:
        cue = first + len(parts)
        parts.append(replace(part(found.cue, "cue"), source=source))
    contents = [part(segment, "content") for segment in found.content]
    return parts + [replace(c, cue=cue, source=source) for c in contents]


def parts_of(document: GoldDocument) -> list[Part]:
    parts: list[Part] = []
    for found in document.attributions:
        parts += attribution_parts(found, first=len(parts))
    return parts


def without_continuations(document: GoldDocument) -> list[Part]:
    """Return the parts, with quoted segments but the first pointing nowhere."""
    seen: set[int | None] = set()
    parts = []
    for part in parts_of(document):
        goes_on = part.cue in seen and document.text[part.start] in MARKS
        parts.append(replace(part, cue=None, source=None) if goes_on else part)
        if part.role == "content" and part.cue is not None:
            seen.add(part.cue)
    return parts


def keys(
    found: list[Attribution] | tuple[GoldAttribution, ...],
) -> list[Key]:
    return [(a.source, a.cue, a.content, a.type) for a in found]


@pytest.mark.parametrize("see", [parts_of, without_continuations])
def test_gold_attributions_are_found_again(
    see: Callable[[GoldDocument], list[Part]],
) -> None:
    lost: list[Key] = []
    count = 0
    for document in read_gold(GOLD):
        blocks = [
            Block(start=b.start, end=b.end, label=b.label, reason="")
            for b in document.blocks
        ]
        found = find_attributions(document.text, blocks, see(document))
        again = keys(found)
        lost += [key for key in keys(document.attributions) if key not in again]
        count += len(document.attributions)
        assert len(found) <= len(document.attributions)
    assert len(lost) < count * MOST_LOST


def test_gold_nesting_is_found_again() -> None:
    for document in read_gold(GOLD):
        found = find_attributions(document.text, (), parts_of(document))
        outer = {a.content: a for a in found}
        names = {a.id: a.content for a in document.attributions}
        for annotated in document.attributions:
            if annotated.nested_in and annotated.content in outer:
                nested_in = outer[annotated.content].nested_in
                content = next(a.content for a in found if a.id == nested_in)
                assert content == names[annotated.nested_in]
