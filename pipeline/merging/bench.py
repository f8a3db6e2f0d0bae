"""Time the merging of invented claims, and the memory that it takes.

``python -m pipeline.merging.bench [NUMBER [SEED]]`` invents so many claims (100,000
where none is given), merges them and prints seconds and the peak of memory. A third of
the claims is told again by other articles, some with an edit or another figure.
"""

import hashlib
import resource
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from time import process_time
from typing import Final

from numpy.random import Generator, default_rng

from pipeline.merging.merger import merge
from pipeline.records import (
    Claim,
    Confidence,
    ContentSegment,
    Context,
    DocumentRef,
    Exact,
    Figure,
    Producer,
    SaidOn,
    Span,
    Speaker,
)

_NUMBER: Final = 100_000
_SYLLABLES: Final = (
    "ba",
    "de",
    "fi",
    "go",
    "lu",
    "ma",
    "ne",
    "pi",
    "ro",
    "su",
    "ta",
    "ve",
)
_GRAMMAR: Final = (
    "the",
    "of",
    "to",
    "in",
    "for",
    "and",
    "on",
    "with",
    "at",
    "by",
    "from",
)
_FIRST_DAY: Final = date(2024, 1, 1)
_DAYS: Final = 365
_VOCABULARY: Final = 5_000
#: Claims that an article holds, and that a speaker makes.
_IN_ARTICLE: Final = 12
_SPEAK: Final = 20
#: Words of a claim, and the share of them that any text has.
_WORDS: Final = (6, 31)
_GRAMMATICAL: Final = 0.4
#: Shares of claims that are told again, and of these that lose or gain a word or have
#: another figure.
_RETOLD: Final = 0.33
_CUT: Final = 0.15
_ADDED: Final = 0.15
_COUNTED: Final = 0.1

Said = tuple[Speaker, tuple[str, ...], int]


def invent_claims(number: int, *, seed: int = 1) -> Iterator[Claim]:
    """Yield so many claims of invented speakers; the same seed gives the same claims.

    Speakers and words are as unevenly spread as in news: a few speak very often.
    """
    chance = default_rng(seed)
    words = [_word(chance) for _ in range(_VOCABULARY)]
    speakers = [_speaker(chance) for _ in range(max(1, number // _SPEAK))]
    told: list[Said] = []
    for place in range(number):
        if told and chance.random() < _RETOLD:
            said = _retold(chance, told[chance.integers(len(told))], words)
        else:
            speaker = speakers[_low(chance, len(speakers))]
            size = chance.integers(*_WORDS)
            content = tuple(_next(chance, words) for _ in range(size))
            said = (speaker, content, int(chance.integers(2, 10_000)))
            told.append(said)
        yield _claim(place, *said)


def _low(chance: Generator, below: int) -> int:
    return int(below * chance.random() ** 3)


def _word(chance: Generator) -> str:
    size = chance.integers(2, 5)
    return "".join(_SYLLABLES[at] for at in chance.integers(len(_SYLLABLES), size=size))


def _next(chance: Generator, words: Sequence[str]) -> str:
    if chance.random() < _GRAMMATICAL:
        return _GRAMMAR[chance.integers(len(_GRAMMAR))]
    return words[_low(chance, len(words))]


def _speaker(chance: Generator) -> Speaker:
    name = f"{_word(chance)} {_word(chance)}".title()
    known = f"p_{name.lower().replace(' ', '-')}"
    return Speaker(id=known, kind="person", name=name, resolution="named")


def _retold(chance: Generator, said: Said, words: Sequence[str]) -> Said:
    """Tell again: as it was, with a word more or less, or with another figure."""
    speaker, content, figure = said
    edit = chance.random()
    at = int(chance.integers(len(content)))
    if edit < _CUT:
        content = (*content[:at], *content[at + 1 :])
    elif edit < _CUT + _ADDED:
        content = (*content[:at], _next(chance, words), *content[at:])
    elif edit < _CUT + _ADDED + _COUNTED:
        figure += 1
    return speaker, content, figure


def _claim(
    place: int, speaker: Speaker, content: tuple[str, ...], figure: int
) -> Claim:
    article = place // _IN_ARTICLE
    day = (_FIRST_DAY + timedelta(days=article * 7 % _DAYS)).isoformat()
    text = " ".join([*content, str(figure)])
    start = 1_000 * (place % _IN_ARTICLE)
    end = start + len(text)
    digest = hashlib.sha256(str(article).encode()).hexdigest()
    number = Figure(
        start=end - len(str(figure)),
        end=end,
        exact=str(figure),
        value=float(figure),
        unit=None,
    )
    return Claim(
        id=f"c_{place:08}",
        document=DocumentRef(
            id=f"d_{digest[:16]}",
            source=f"invented/{article:06}.txt",
            title=None,
            url=None,
            published=day,
            sha256=digest,
            media_type="text/plain",
        ),
        type="indirect",
        text=text,
        content=(ContentSegment(start=start, end=end, exact=text, quoted="not"),),
        cue=None,
        source=Exact(start=end, end=end + 1, exact="X"),
        speaker=speaker,
        force="state",
        negated=False,
        nested_in=None,
        figures=(number,),
        said_on=SaidOn(edtf=day, earliest=day, latest=day, basis="published"),
        context=Context(
            prefix="", suffix="", block="body", sentence=Span(start=start, end=end)
        ),
        confidence=Confidence(content=0.9, speaker=0.9),
        reason="invented",
        producer=Producer(name="en-news-claims", version="0", model="none"),
    )


def main(arguments: Sequence[str]) -> None:
    """Merge invented claims and print what that takes."""
    number, seed = (*map(int, arguments), *(_NUMBER, 1)[len(arguments) :])
    begun = process_time()
    for _ in invent_claims(number, seed=seed):
        pass
    invented = process_time()
    merged = shared = 0
    for one in merge(invent_claims(number, seed=seed)):
        merged += 1
        shared += one.documents > 1
    seconds = (process_time() - invented) - (invented - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{number:,} claims: {merged:,} after merging, {shared:,} told by several "
        f"articles\n{seconds:.1f} s of one thread, peak memory {peak:.0f} MB\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
