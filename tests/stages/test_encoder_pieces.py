"""Words, pieces and windows: what the encoder reads, and where it stands."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Span
from pipeline.stages.encoder.pieces import Casing, Gap, PieceReader, Pieces
from pipeline.stages.encoder.windows import best_windows, cut_windows

MODEL = Path(__file__).parents[2] / "models" / "en_news_claims"
READER = PieceReader((MODEL / "news_encoder" / "tokenizer.json").read_bytes())
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def read(text: str) -> Pieces:
    return READER.read(text, [Span(start=0, end=len(text))])


def words(text: str) -> list[str]:
    return [word.of(text) for word in read(text).words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," she said.', ['"', "Yes", ",", '"', "she", "said", "."]),
        ("the council's plan", ["the", "council", "'", "s", "plan"]),
        # the currency stays with its digits, separators do not
        ("£1.2m", ["£1", ".", "2m"]),
        # a combining accent and a zero-width joiner belong to the word before them
        ("cafe\u0301 society", ["cafe\u0301", "society"]),
        ("a\u200db c", ["a\u200db", "c"]),
        ("one\u00a0two\r\nthree", ["one", "two", "three"]),
        ("🎉 well", ["🎉", "well"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_words_are_cut_where_the_tokenizer_cuts(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A plan.", [Casing.INITIAL, Casing.LOWER, Casing.MARK]),
        ("NHS 42 McKay", [Casing.UPPER, Casing.DIGITS, Casing.MIXED]),
        ("Jane", [Casing.TITLE]),
    ],
)
def test_casing_says_how_a_word_is_written(text: str, expected: list[Casing]) -> None:
    pieces = read(text)
    assert list(pieces.casing[pieces.first]) == expected


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("a b", [Gap.GLUED, Gap.SPACE]),
        ("a,", [Gap.GLUED, Gap.GLUED]),
        # the line break is a piece of its own and carries the gap
        ("a\nb", [Gap.GLUED, Gap.LINE, Gap.GLUED]),
        ("a\r\n\r\nb", [Gap.GLUED, Gap.BLANK_LINE, Gap.GLUED]),
    ],
)
def test_gaps_say_what_stands_between(text: str, gaps: list[Gap]) -> None:
    assert list(read(text).gaps) == gaps


def test_a_passage_left_out_leaves_a_line_break() -> None:
    text = "Kept words. LEFT OUT Kept again."
    pieces = READER.read(text, [Span(start=0, end=11), Span(start=21, end=32)])
    assert [word.of(text) for word in pieces.words] == [
        *("Kept", "words", "."),
        *("Kept", "again", "."),
    ]
    assert pieces.lines == ((0, 3), (3, 6))


@given(ANYTHING)
def test_words_stand_in_order_within_the_text(text: str) -> None:
    pieces = read(text)
    ends = 0
    for word in pieces.words:
        assert ends <= word.start < word.end <= len(text)
        ends = word.end
    assert len(pieces.first) == len(pieces.words)
    assert len(pieces.ids) == len(pieces.casing) == len(pieces.gaps)


@given(ANYTHING, st.integers(12, 40), st.integers(0, 8))
def test_windows_cover_every_word_and_keep_their_size(
    text: str, size: int, overlap: int
) -> None:
    pieces = read(text)
    windows = list(cut_windows(pieces, READER, size=size, overlap=overlap))
    assert all(len(window.ids) <= size for window in windows)
    covered = {word for w in windows for word in range(w.start, w.end)}
    assert covered == set(range(len(pieces.words)))
    best = best_windows(windows, len(pieces.words))
    for word, number in enumerate(best):
        assert windows[number].start <= word < windows[number].end


def test_a_word_is_read_where_it_stands_deepest() -> None:
    text = "\n".join(f"line {number} has five words" for number in range(60))
    pieces = read(text)
    windows = list(cut_windows(pieces, READER, size=100, overlap=40))
    best = best_windows(windows, len(pieces.words))
    assert len(windows) > 3
    assert np.all(np.diff(best) >= 0)
    for word in range(windows[1].start, windows[0].end):
        depth = (windows[0].end - word, word - windows[1].start)
        assert best[word] == int(depth[0] < depth[1] + 1)
