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
from pipeline.stages.entities.numbers import any_of

_CUES: Final = read_lexicon("cues")
_GRAMMAR: Final[dict[str, list[str]]] = _CUES["grammar"]
_FORCES: Final[dict[str, Force]] = {
    word: force for force, words in _CUES["force"].items() for word in words
}
_LEMMAS: Final = _FORCES.keys()
_LIGHT: Final = frozenset(_GRAMMAR["light"])
_NEGATORS: Final = frozenset(_GRAMMAR["negators"])
_NOT_NEGATORS: Final = tuple(_GRAMMAR["not_negators"])
_SHORTFALL: Final = re.compile(rf"\b{any_of(_GRAMMAR['shortfalls'])}\b")
_PARTICLES: Final = frozenset(_GRAMMAR["particles"])
_REFUSABLE: Final = frozenset(_GRAMMAR["refusable"])

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?(?:-[^\W\d_]+)*")
_WOULD_NOT: Final = re.compile(
    r"\b(?:(?:will|would) (?:not|neither|never)|won't|wouldn't)\b"
)
_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being)\b")
_TO: Final = re.compile(r"(?:not )?to\b", re.IGNORECASE)
_ORDERING: Final = frozenset({"ask", "tell", "say", "remind"})
#: What a refusal may be of other than speech: refuses permission, 92 homes, a licence.
_THING: Final = re.compile(
    r"(?!(?:not )?to\b|(?:all |any |further )?comments?\b|interviews?\b|[\"'“‘])\S",
    re.IGNORECASE,
)
_REFUSED: Final = frozenset({"refuse", "refused", "refuses", "refusing"})
_WANTING: Final = frozenset({"agree", "like", "prefer", "want", "wish"})
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
    return _read(plain, ordered=ordered, thing=_THING.match(content) is not None)


def knows(lemma: str) -> bool:
    """Tell whether the lexicon says what force a lemma has."""
    return lemma in _LEMMAS


@lru_cache(maxsize=1024)
def _read(cue: str, *, ordered: bool, thing: bool) -> CueReading:
    """Read a folded cue.

    ``ordered`` tells whether the content is an infinitive, ``thing`` whether it is
    something that can be granted or refused.
    """
    words = _WORD.findall(cue)
    if not words:
        return CueReading(lemma=cue)
    key = _decide(words)
    refused = thing and words[-1] in _REFUSED
    force = _force(key, cue, ordered=ordered, thing=refused)
    return CueReading(lemma=key, force=force, negated=_negated(cue, words, force))


def _decide(words: list[str]) -> str:
    """Return the deciding lemma: the first that the lexicon knows and is not light."""
    found = [key for key in (_known(words, i) for i in range(len(words))) if key]
    heavy = (key for key in found if key not in _LIGHT)
    if found:
        return next(heavy, found[-1])
    telling = (word for word in reversed(words) if word not in _PARTICLES)
    return lemma(next(telling, words[-1]))


def _known(words: list[str], place: int) -> str | None:
    head = lemma(words[place], _LEMMAS)
    for size in (3, 2, 1):
        rest = words[place + 1 : place + size]
        for first in (head, words[place]):
            phrase = " ".join((first, *rest))
            if phrase in _LEMMAS:
                return phrase
    return None


def _force(key: str, cue: str, *, ordered: bool, thing: bool) -> Force:
    force: Force = _FORCES.get(key, "state")
    if key in _REFUSALS and (_PASSIVE.search(cue) or thing):
        return "find"
    if key in _REFUSABLE and _WOULD_NOT.search(cue):
        return "decline"
    if key in _ORDERING and ordered and not cue.startswith("demand"):
        return "demand"
    if key in _WANTING and ordered:
        return "intend"
    return force


def _negated(cue: str, words: list[str], force: Force) -> bool:
    if force == "decline" or _SHORTFALL.search(cue):
        return True
    if any(phrase in cue for phrase in _NOT_NEGATORS):
        return False
    return any(word in _NEGATORS or word.endswith("n't") for word in words)
