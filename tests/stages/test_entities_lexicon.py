"""The word lists of numbers, units, calendar and cues keep their own rules."""

from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.lexicon import read_lexicon

NAMES = ["calendar", "cues", "numbers", "units"]


def lists(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from lists(value, f"{path}.{key}")
        elif isinstance(value, list):
            yield f"{path}.{key}", value
    leaves = [key for key, value in table.items() if isinstance(value, (int, str))]
    if leaves:
        yield path, leaves


@pytest.mark.parametrize("name", NAMES)
def test_lists_are_sorted_unique_and_lower_case(name: str) -> None:
    for path, words in lists(read_lexicon(name)):
        assert words == sorted(set(words)), path
        assert all(word == word.lower() for word in words if "currencies" not in path)


def test_no_lemma_has_two_forces() -> None:
    words = [word for it in read_lexicon("cues")["force"].values() for word in it]
    assert len(words) == len(set(words))
