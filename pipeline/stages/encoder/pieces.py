"""From text to what the encoder reads: words, word pieces and their shapes.

A *word* is what the tokenizer's splitter cuts: a run of letters and digits or one
punctuation mark. Labels stand on words; the network reads *pieces* of words. Its
vocabulary is uncased and white space is lost on it, so each piece also carries the
casing of its word and the gap before it, and a line break is a piece of its own: on
British news that piece alone was worth ten points of content F1.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.records import Span


class Casing(IntEnum):
    """How a word is written; the uncased vocabulary would lose it."""

    NONE = 0
    LOWER = 1
    UPPER = 2
    INITIAL = 3
    TITLE = 4
    MIXED = 5
    DIGITS = 6
    MARK = 7


class Gap(IntEnum):
    """What stands between a piece and the one before it."""

    GLUED = 0
    SPACE = 1
    LINE = 2
    BLANK_LINE = 3


#: The piece that stands for a line break: a slot that the vocabulary leaves unused.
LINE_BREAK: Final = "[unused1]"
_BLANK_LINE_BREAKS: Final = 2


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as the encoder reads it.

    ``ids``, ``casing`` and ``gaps`` have one number per piece; ``first`` gives for each
    word of ``words`` the position of its first piece; ``lines`` gives the words of each
    line, half-open and without gaps between them.
    """

    words: tuple[Span, ...]
    lines: tuple[tuple[int, int], ...]
    first: NDArray[np.int64]
    ids: NDArray[np.int64]
    casing: NDArray[np.int64]
    gaps: NDArray[np.int64]

    def touched(self, span: Span) -> tuple[int, int] | None:
        """Return the words that a passage touches, half-open, if there are any."""
        first = bisect_right(self.words, span.start, key=attrgetter("end"))
        end = bisect_left(self.words, span.end, key=attrgetter("start"))
        return (first, end) if first < end else None


class PieceReader:
    """Cuts passages of a text into words and pieces.

    The tokenizer is Hugging Face's ``tokenizers``, made from the content of a
    ``tokenizer.json``; its offsets count code points of the original string.
    """

    def __init__(self, tokenizer: bytes) -> None:
        self._tokenizer = Tokenizer.from_buffer(tokenizer)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        vocabulary = self._tokenizer.get_vocab()
        self._line_break = vocabulary[LINE_BREAK]
        self.begin = vocabulary["[CLS]"]
        self.end = vocabulary["[SEP]"]
        self.mask = vocabulary["[MASK]"]

    def read(self, text: str, passages: Iterable[Span]) -> Pieces:
        """Read the passages, in order, as one run of pieces.

        Between lines, and between passages, stands one line-break piece. Characters
        that the tokenizer drops (zero-width marks, combining accents) belong to the
        word before them. Lines without a word leave no piece.
        """
        words: list[Span] = []
        first: list[int] = []
        lines: list[tuple[int, int]] = []
        rows: list[tuple[int, int, int]] = []
        for line in _lines(text, passages):
            pieces = self._line(text, line)
            if not pieces:
                continue
            if words:
                gap = _gap(text[words[-1].end : pieces[0][0].start] or "\n")
                rows.append((self._line_break, Casing.NONE, gap))
            begin = len(words)
            for word, ids in pieces:
                glued = words and len(words) > begin
                gap = _gap(text[words[-1].end : word.start]) if glued else Gap.GLUED
                casing = _casing(word.of(text))
                first.append(len(rows))
                words.append(word)
                rows.append((ids[0], casing, gap))
                rows.extend((piece, casing, Gap.GLUED) for piece in ids[1:])
            lines.append((begin, len(words)))
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        return Pieces(
            words=tuple(words),
            lines=tuple(lines),
            first=np.array(first, dtype=np.int64),
            ids=columns[0],
            casing=columns[1],
            gaps=columns[2],
        )

    def _line(self, text: str, line: Span) -> list[tuple[Span, list[int]]]:
        """Return the words of one line, each with its pieces."""
        encoding = self._tokenizer.encode(line.of(text), add_special_tokens=False)
        bounds: list[tuple[int, int, list[int]]] = []
        last = None
        for piece, word, (start, end) in zip(
            encoding.ids, encoding.word_ids, encoding.offsets, strict=True
        ):
            if word == last:
                bounds[-1] = (bounds[-1][0], end, [*bounds[-1][2], piece])
            else:
                bounds.append((start, end, [piece]))
            last = word
        limits = [start for start, _, _ in bounds[1:]] + [line.end - line.start]
        return [
            (
                _run_on(text, line.start + start, line.start + end, line.start + limit),
                ids,
            )
            for (start, end, ids), limit in zip(bounds, limits, strict=False)
        ]


def _lines(text: str, passages: Iterable[Span]) -> Iterable[Span]:
    for passage in passages:
        start = passage.start
        for line in passage.of(text).splitlines(keepends=True):
            yield Span(start=start, end=start + len(line))
            start += len(line)


def _run_on(text: str, start: int, end: int, limit: int) -> Span:
    """Let a word run on over dropped characters, up to the next word or white space."""
    while end < limit and not text[end].isspace():
        end += 1
    return Span(start=start, end=end)


def _gap(white: str) -> Gap:
    breaks = white.count("\n") or white.count("\r")
    if breaks:
        return Gap.BLANK_LINE if breaks >= _BLANK_LINE_BREAKS else Gap.LINE
    return Gap.SPACE if white else Gap.GLUED


def _casing(word: str) -> Casing:
    if not word[0].isalnum():
        return Casing.MARK
    if word.isdigit():
        return Casing.DIGITS
    if word.islower():
        return Casing.LOWER
    if word.isupper():
        return Casing.INITIAL if len(word) == 1 else Casing.UPPER
    return Casing.TITLE if word.istitle() else Casing.MIXED
