"""Lemmas of cue words: irregular forms by list, regular inflection by rule.

Reach for :func:`lemma` where the inflected form of a verb or noun has to be looked up.
A known lemma is preferred to a merely possible one, so the rules may be generous; an
unknown word gets the likeliest of its readings.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from pipeline.lexicon import read_lexicon

_IRREGULAR: Final[dict[str, str]] = read_lexicon("cues")["irregular"]
_DOUBLED: Final = re.compile(r"([bdgklmnprt])\1$")
#: Stems that lose an e before -ed and -ing: state, judge, advise, reduce, believe.
_MUTE_E: Final = re.compile(
    r"(?:(?<![aeo])[aiu]t|[^aeiou][lr]|[aeiou]s|(?<!o)u[lr]|[uv]ad|[cguvz])$"
)
_SHORTEST: Final = 2


def lemma(word: str, known: AbstractSet[str] = frozenset()) -> str:
    """Return the lemma of a word in lower case, one of ``known`` where it can be.

    >>> [lemma(word) for word in ("said", "denies", "stopped", "revealing", "stated")]
    ['say', 'deny', 'stop', 'reveal', 'state']
    """
    irregular = _IRREGULAR.get(word)
    if irregular is not None:
        return irregular
    if word in known:
        return word
    readings = list(_readings(word))
    return next((it for it in readings if it in known), readings[0])


def _readings(word: str) -> Iterator[str]:
    """Yield what the word may be a form of, the likeliest first; never nothing."""
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > _SHORTEST:
            yield from _stems(stem)
    if word.endswith("ies"):
        yield word.removesuffix("ies") + "y"
    if re.search(r"(?:s|x|z|ch|sh)es$", word):
        yield word.removesuffix("es")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word.removesuffix("s")
    yield word


def _stems(stem: str) -> Iterator[str]:
    if stem.endswith("i"):
        yield stem.removesuffix("i") + "y"
    elif _DOUBLED.search(stem):
        yield stem[:-1]
        yield stem
    elif _MUTE_E.search(stem):
        yield stem + "e"
        yield stem
    else:
        yield stem
        yield stem + "e"
