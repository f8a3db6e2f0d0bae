"""A claim's words as they are compared: folded, with its figures taken out.

Reach for :func:`wording_of`. Direct and indirect speech come out alike as far as tense
and person go ("We will", "they would"), and every figure becomes one sign, so that a
figure may differ while the words agree.
"""

import re
from dataclasses import dataclass
from typing import Final

from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.lexicon import read_lexicon
from pipeline.records import Claim, Figure

#: Stands for a figure among the words.
FIGURE: Final = "#"

_MASK: Final = "\ue000"
_TOKEN: Final = re.compile(rf"{_MASK}|%|[^\W_]+(?:'[^\W_]+)*")
_NOT: Final = re.compile(r"(?:\b(?P<whole>ca|wo|sha)n't|n't|\bcannot)\b")
_WHOLE: Final = {"ca": "can not", "wo": "will not", "sha": "will not"}
_SAME: Final[dict[str, str]] = {
    word: key for key, row in read_lexicon("tellings")["same"].items() for word in row
}
_ENDINGS: Final = {"'m": "be", "'re": "be", "'ve": "have", "'ll": "will"}
_IT_IS: Final = frozenset({"he's", "it's", "she's", "that's", "there's"})
#: Labels of mentions that tell one claim from another.
_TELLING: Final = frozenset({"PERSON", "ORG", "LOC", "NORP", "DATE"})
_COMPLEMENTISERS: Final = frozenset({"this", "to"})


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a telling; the nth figure stands where the nth sign does.

    ``names`` are the words of people, bodies, places and days among them, ``weight``
    counts the different words that are neither figures nor found in any text.
    """

    words: tuple[str, ...]
    figures: tuple[Figure, ...]
    names: frozenset[str]
    weight: int


def wording_of(claim: Claim) -> Wording:
    """Return the words of a claim's readable text."""
    masked, figures = _mask(_folded(claim.text), claim.figures)
    words = _words(masked)
    names = (_words(_folded(it.exact)) for it in claim.mentions if it.label in _TELLING)
    return Wording(
        words=words,
        figures=figures,
        names=frozenset(word for name in names for word in name if is_content(word)),
        weight=len({word for word in words if is_content(word)}),
    )


def is_content(word: str) -> bool:
    """Tell a word that carries a claim from figures and from words of any text."""
    return word not in STOP_WORDS and word not in _SAME and word != FIGURE


def _folded(text: str) -> str:
    """Return a text in small letters, with one kind of apostrophe and of space."""
    plain = " ".join(text.casefold().replace("’", "'").replace("‘", "'").split())
    return plain.replace("per cent", "%")


def _mask(text: str, figures: tuple[Figure, ...]) -> tuple[str, tuple[Figure, ...]]:
    """Put one sign in place of each figure that is found, in order."""
    parts: list[str] = []
    found: list[Figure] = []
    reached = 0
    for figure in figures:
        printed = _folded(figure.exact)
        at = text.find(printed, reached)
        if at >= 0:
            parts += text[reached:at], _MASK
            reached = at + len(printed)
            found.append(figure)
    return "".join([*parts, text[reached:]]), tuple(found)


def _words(text: str) -> tuple[str, ...]:
    spelt = _NOT.sub(_negation, text)
    words = [part for token in _TOKEN.findall(spelt) for part in _expand(token)]
    opening = bool(words) and words[0] in _COMPLEMENTISERS
    return tuple(words[1:] if opening else words)


def _negation(match: re.Match[str]) -> str:
    if match["whole"]:
        return _WHOLE[match["whole"]]
    return "can not" if match[0] == "cannot" else " not"


def _expand(token: str) -> tuple[str, ...]:
    """Return a token as one word, or as two where an auxiliary is contracted to it."""
    if token == _MASK:
        return (FIGURE,)
    stem, mark, ending = token.rpartition("'")
    auxiliary = _ENDINGS.get(mark + ending)
    if auxiliary:
        return (_SAME.get(stem, stem), auxiliary)
    if token in _IT_IS:
        return (_SAME.get(stem, stem), "be")
    plain = token.removesuffix("'s")
    return (_SAME.get(plain, plain),)
