"""Marked text: every character in its stretch, in colours that can be told apart."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.explaining.stretches import Label, cut
from pipeline.records import Span


def _pairs(page: str) -> Iterator[tuple[str, str]]:
    """Yield the colours of text and background that stand together."""
    ink = re.search(r"body \{[^}]*?[ ;]color: (#\w+)", page)
    assert ink
    for colour in re.findall(r"background: (#\w+)", page):
        yield ink[1], colour
    for colour in re.findall(r"[{;] color: (#\w+)", page):
        yield colour, "#fff"


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_colours_can_be_told_apart_by_weak_eyes() -> None:
    """Contrast of 7:1 is what the guidelines for accessible pages ask at most."""
    page = Path(__file__).parents[1] / "pipeline" / "explaining" / "page.html"
    pairs = list(_pairs(page.read_text(encoding="utf-8")))
    assert len(pairs) > 5
    for one, other in pairs:
        light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 7, (one, other)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_stretches_are_the_passage_with_all_its_labels(
    ends: list[tuple[int, int]], one: int, other: int
) -> None:
    labels = [Label(*sorted(pair), "content", str(at)) for at, pair in enumerate(ends)]
    passage = Span(start=min(one, other), end=max(one, other))
    stretches = list(cut(passage, labels))
    assert all(before.end == after.start for before, after in pairwise(stretches))
    for offset in range(passage.start, passage.end):
        (found,) = (it for it in stretches if it.start <= offset < it.end)
        held = {label for label in labels if label.start <= offset < label.end}
        assert set(found.labels) == held
        starts = [(label.start, -label.end) for label in found.labels]
        assert starts == sorted(starts)
