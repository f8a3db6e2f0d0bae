"""What running text looks like, told from one line alone.

A line reads as prose if it holds enough words for its look, and enough of the
grammatical words that English prose cannot do without and menus can.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.lexicon import read_lexicon

_FUNCTION: Final = frozenset(read_lexicon("layout")["function_words"])
#: Lines whose look is remembered: several rules ask for that of a line in turn.
LINES: Final = 128
#: Counting words stops here: beyond it a line is long whatever follows.
_REACH: Final = 2_000
_WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_CLOSERS: Final = "\"'”’»)] \t"
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
# Grammatical words tell nothing where the script is not Latin; length must do, and,
# where a script has no spaces, the stop.
_FOREIGN: Final = re.compile(r"\W*[\u0370-\u1cff]{2}")
_FOREIGN_LINE: Final = 60
_UNSPACED: Final = re.compile(r".{0,40}?[\u3040-\ud7a3]{2}")
_UNSPACED_LINE: Final = 15


class _Look(NamedTuple):
    """How many words, and how many grammatical ones, make a line of this look prose."""

    pattern: re.Pattern[str]
    words: int
    grammatical: int


# The first look that a line has decides; the counts were set on the project's articles.
_LOOKS: Final = (
    _Look(re.compile(r"(?:\.\.|…)[\"”’')\]]*$"), 8, 2),  # trails off, as teasers do
    _Look(re.compile(r"[.!?…][\"'”’»)\] \t]*$"), 4, 1),  # closes a sentence
    _Look(re.compile(r"[a-z]{3}[.!?][\"”’']?\s+[\"“‘#@]?[A-Z#@]"), 10, 2),  # holds one
    _Look(re.compile(r":$"), 3, 1),  # announces a list or a quotation
    _Look(re.compile(r"^[\"“‘'][^\"“”]{8,400}?[.!?,][\"”’']"), 5, 1),  # opens with one
    _Look(re.compile(r""), 24, 5),  # is long
)


@lru_cache(maxsize=LINES)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words at the head of a line; of all but very long ones, all words."""
    return tuple(_WORD.findall(text, 0, _REACH))


def word_count(text: str) -> int:
    """Count the words of a line; of a very long one, those at its head.

    >>> word_count("Its co-chair didn’t say.")
    4
    """
    return len(words_of(text))


def is_grammatical(word: str) -> bool:
    """Tell whether the word is one of the commonest grammatical words of English."""
    return word.casefold() in _FUNCTION


def content_words(text: str) -> frozenset[str]:
    """Return the words of four letters or more, cut to four, to compare lines by.

    >>> sorted(content_words("Services for children, a service"))
    ['chil', 'serv']
    """
    return frozenset(word[:4].casefold() for word in _LONG_WORD.findall(text))


def ends_sentence(text: str) -> bool:
    """Tell whether the line closes with a full stop or its like, marks apart."""
    return text.rstrip(_CLOSERS).endswith(_STOPS)


@lru_cache(maxsize=LINES)
def is_prose(text: str) -> bool:
    """Tell whether the line reads as running text: sentences, grammatical words.

    A long line counts even where its closing stop is missing, as in a list or a
    quotation that was cut.

    >>> is_prose("The council said it had no choice.")
    True
    >>> is_prose("Council tax bills to rise")
    False
    """
    if _FOREIGN.match(text):
        return len(text) >= _FOREIGN_LINE
    if _UNSPACED.match(text):
        whole = ends_sentence(text) and not text.endswith("..")
        return whole and len(text) >= _UNSPACED_LINE
    words = words_of(text)
    # Both ends are enough to tell the look, and bound what the patterns read.
    ends = text if len(text) <= _REACH else text[: _REACH // 2] + text[-_REACH // 2 :]
    look = next(look for look in _LOOKS if look.pattern.search(ends))
    grammatical = sum(map(is_grammatical, words))
    return len(words) >= look.words and grammatical >= look.grammatical
