"""What numbers in digits and words are worth, and what quantities count in."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages.entities.numbers import WORDS, read_number
from pipeline.stages.entities.quantities import find_quantities


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("twenty-one", 21),
        ("a hundred and twenty", 120),
        ("nine hundred", 900),
        ("two hundred and fifty thousand", 250_000),
        ("three million two hundred thousand and six", 3_200_006),
        ("half a million", 500_000),
        ("two and a half million", 2_500_000),
        ("half a dozen", 6),
        ("two-thirds", 0.666666667),
        ("three quarters", 0.75),
        ("1,398.42", 1398.42),
        ("2.4m", 2_400_000),
        ("36k", 36_000),
        ("9bn", 9_000_000_000),
    ],
)
def test_numbers_are_read(words: str, value: float) -> None:
    assert read_number(words) == value


@pytest.mark.parametrize("words", ["", "and", "a", "several", "first", "Tuesday"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert read_number(words) is None


@settings(derandomize=True, max_examples=100)
@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_digits_are_read(value: float) -> None:
    assert read_number(f"{value:,}") == value


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("£1.2m", "money", 1_200_000, "£"),
        ("two million pounds", "money", 2_000_000, "£"),
        ("98p", "money", 0.98, "£"),
        ("€4.15", "money", 4.15, "€"),
        ("US$5bn", "money", 5_000_000_000, "$"),
        ("nine per cent", "percent", 9, "%"),
        ("three percentage points", "percent", 3, "percentage point"),
        ("two and a half miles", "measure", 2.5, "mile"),
        ("16kg", "measure", 16, "kg"),
        ("62 years old", "age", 62, "year"),
        ("45-year-old", "age", 45, "year"),
        ("one in ten", "ratio", 1, None),
    ],
)
def test_quantities_carry_kind_value_and_unit(
    text: str, kind: str, value: float, unit: str | None
) -> None:
    [quantity] = find_quantities(text)
    assert (quantity.of(text), quantity.kind) == (text, kind)
    assert (quantity.value, quantity.unit) == (value, unit)


def test_words_do_not_join_across_an_enumeration() -> None:
    text = "one, two and three"
    assert [match[0] for match in re.finditer(WORDS, text)] == ["one", "two", "three"]


@settings(derandomize=True, max_examples=200)
@given(st.text(alphabet="£1 2,0.-%mbn twohalfdzen\ni", max_size=60))
def test_quantities_never_overlap(text: str) -> None:
    done = 0
    for quantity in find_quantities(text):
        assert done <= quantity.start < quantity.end <= len(text)
        assert quantity.covers(quantity.number)
        done = quantity.end
