"""What a claim does with its content: state, deny, warn …, and whether it is negated.

Reach for :func:`read_cue` with the words of the cue and of the content. The answer
follows from the lemma of the deciding word (``lexicon/cues.toml``) and its grammar:
negation inside the cue, passives, what the content begins with. Without a cue, or with
one that the lexicon does not know, a claim is a plain statement.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.records import Force
from pipeline.stages.claims.lemmas import lemma

_CUES: Final = read_lexicon("cues")
_GRAMMAR: Final[dict[str, list[str]]] = _CUES["grammar"]
_FORCES: Final[dict[str, Force]] = {
    word: force for force, words in _CUES["force"].items() for word in words
}
_LEMMAS: Final = _FORCES.keys()
_LIGHT: Final = frozenset(_GRAMMAR["light"])
_NEGATORS: Final = frozenset(_GRAMMAR["negators"])
_NOT_NEGATORS: Final = tuple(_GRAMMAR["not_negators"])
_SHORTFALLS: Final = tuple(_GRAMMAR["shortfalls"])
_REFUSABLE: Final = frozenset(_GRAMMAR["refusable"])

_WORD: Final = re.compile(r"[^\W\d_]+(?:n['’]t)?(?:-[^\W\d_]+)*")
_WOULD_NOT: Final = re.compile(
    r"\b(?:(?:will|would) (?:not|neither|never)|won't|wouldn't)\b"
)
_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being)\b")
_TO: Final = re.compile(r"(?:not )?to\b", re.IGNORECASE)
_ORDERING: Final = frozenset({"ask", "tell", "say", "remind"})
_REFUSALS: Final = frozenset({"refuse", "decline"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CueReading:
    """The lemma that decides, what it does with the content, and its polarity."""

    lemma: str
    force: Force = "state"
    negated: bool = False


def read_cue(cue: str, content: str = "") -> CueReading:
    """Read the words of a cue, with the content whose beginning may change their force.

    ``lemma`` is that of the deciding word, with its particle ("call for"); for a cue
    without words, such as a colon, the cue itself.

    >>> read_cue("did not say", "whether it would appeal")
    CueReading(lemma='say', force='state', negated=True)
    >>> read_cue("has repeatedly called for", "an inquiry").force
    'demand'
    """
    plain = " ".join(cue.lower().replace("’", "'").split())
    ordered = _TO.match(content) is not None or plain.endswith(" to")
    return _read(plain, ordered=ordered)


@lru_cache(maxsize=1024)
def _read(cue: str, *, ordered: bool) -> CueReading:
    """Read a folded cue; ``ordered`` tells whether the content is an infinitive."""
    words = _WORD.findall(cue)
    if not words:
        return CueReading(lemma=cue)
    key = _decide(words)
    force = _force(key, cue, ordered=ordered)
    return CueReading(lemma=key, force=force, negated=_negated(cue, words, force))


def _decide(words: list[str]) -> str:
    """Return the deciding lemma: the first that the lexicon knows and is not light."""
    found = [key for key in (_known(words, i) for i in range(len(words))) if key]
    heavy = (key for key in found if key not in _LIGHT)
    return next(heavy, found[-1] if found else lemma(words[-1]))


def _known(words: list[str], place: int) -> str | None:
    head = lemma(words[place], _LEMMAS)
    for size in (3, 2, 1):
        rest = words[place + 1 : place + size]
        for first in (head, words[place]):
            phrase = " ".join((first, *rest))
            if phrase in _LEMMAS:
                return phrase
    return None


def _force(key: str, cue: str, *, ordered: bool) -> Force:
    force: Force = _FORCES.get(key, "state")
    if key in _REFUSALS and _PASSIVE.search(cue):
        return "find"
    if key in _REFUSABLE and _WOULD_NOT.search(cue):
        return "decline"
    if key in _ORDERING and ordered and not cue.startswith("demand"):
        return "demand"
    if key in ("want", "agree", "promise") and ordered:
        return "promise" if key == "promise" else "intend"
    return force


def _negated(cue: str, words: list[str], force: Force) -> bool:
    if force == "decline" or cue.startswith(_SHORTFALLS):
        return True
    if any(phrase in cue for phrase in _NOT_NEGATORS):
        return False
    return any(word in _NEGATORS or word.endswith("n't") for word in words)
