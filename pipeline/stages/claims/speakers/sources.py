"""The anatomy of a source: its article, its head noun, and the names in it.

Reach for :func:`read_source`. Names are reduced to letters first (P, O, L, N), so that
"the IOPC's director, Ada Moss," has the skeleton "the O's director, P," and the head
*director*.
"""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.records import Mention, Span
from pipeline.stages.claims.speakers.scene import Scene
from pipeline.stages.identities.words import DOCUMENTS, GROUPS, fold, words_of

_OPENING: Final = re.compile(r"\s*(?:(?:and|but|by|for|from|so)\s+)?", re.IGNORECASE)
_CUT: Final = re.compile(
    r",|\(|\s[–—-]\s|\s(?:about|after|against|among|and|as|at|before|by|for|from|in|into|of|on|over"
    r"|outside|since|that|to|under|who|whom|whose|which|with|within"
    r"|[a-z]+ed\s+(?:by|for|from|in|into|last|on|out|to|yesterday)"
    r"|obtained|seen|written|sent|set|calling|covering|drawn|dated)\b"
)
#: Counted out of others; the word before the preposition is the head: "some of them".
_PARTITIVE: Final = re.compile(
    r"(?:(?:one|another)(?=\s+of\b)|(?:any|some)(?=\s+(?:at|from|in|of|on|within)\b))",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[\w’'-]+")
#: What opens a clause right behind a noun: "figures filed with", "a text she sent".
_CLAUSE: Final = re.compile(
    r"[a-z]+(?:ed|ing)|close|made|put|read|shown|still|taken|he|i|she|they|we"
)
#: Groups that no adjective is made of, as *public* is in "public spending".
_COLLECTIVE: Final = frozenset({"children", "men", "people", "staff", "women"})
_OWNER: Final = re.compile(
    r"(?:the\s+)?((?:[a-z-]+['’]?\s+){0,2}?[a-z-]+)['’]s?\s", re.IGNORECASE
)
_ABBREVIATION: Final = re.compile(r"\s*\((?:[NO]|[A-Z]{2,6})\)")
_ARTICLE: Final = re.compile(
    r"(?:(?P<def>the|this|that|these|those)|(?P<indef>an?|another|one|some|any|my|our)"
    r"|(?P<poss>his|her|its|their|whose))\b\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase taken apart."""

    span: Span
    skeleton: str
    chunk: str
    head: str
    words: tuple[str, ...]
    article: str
    definite: bool
    indefinite: bool
    people: tuple[Mention, ...]
    bodies: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Where the source begins."""
        return self.span.start

    @property
    def owner(self) -> list[str]:
        """The words of whom the source belongs to: "the council's" leader."""
        found = _OWNER.match(self.chunk)
        return words_of(found[1]) if found else []

    @property
    def rest(self) -> str:
        """The skeleton behind the head."""
        return self.skeleton[len(self.chunk) :]


def read_source(scene: Scene, span: Span) -> Source:
    """Take a source phrase apart; the head is the last word before any complement."""
    opening = _OPENING.match(scene.text, span.start, span.end)
    start = opening.end() if opening else span.start
    skeleton = scene.skeletons.of(start, span.end)
    skeleton = skeleton if skeleton.strip() else scene.text[span.start : span.end]
    skeleton = _ABBREVIATION.sub("", skeleton)
    article = None if _PARTITIVE.match(skeleton) else _ARTICLE.match(skeleton)
    begin = article.end() if article and article.end() < len(skeleton) else 0
    cut = _CUT.search(skeleton, begin + 1)
    chunk = _without_clause(skeleton[: cut.start() if cut else len(skeleton)])
    letters = re.findall(r"[\w’'%&-]+", chunk)
    words = tuple(words_of(chunk[begin:] if article else chunk))
    return Source(
        span=Span(start=start, end=span.end),
        skeleton=skeleton,
        chunk=chunk,
        head=letters[-1] if letters and letters[-1] in "POLN" else _head(words),
        words=words,
        article=article[0].strip().lower() if article else "",
        definite=bool(article and article["def"]),
        indefinite=bool(article and article["indef"]) or words == ("one",),
        people=tuple(scene.inside(span, "PERSON")),
        bodies=tuple(scene.inside(span, "ORG")),
    )


def _without_clause(chunk: str) -> str:
    """Cut a noun phrase where a clause begins behind a document or group."""
    before = ""
    for word in _WORD.finditer(chunk):
        if before and _CLAUSE.fullmatch(fold(word[0])):
            return chunk[: word.start()].rstrip()
        folded = fold(word[0])
        plural = folded in GROUPS and (folded.endswith("s") or folded in _COLLECTIVE)
        before = folded if plural or folded in DOCUMENTS else ""
    return chunk.rstrip()


def _head(words: tuple[str, ...]) -> str:
    """Return the noun; of documents the longest name that the lists know."""
    for size in (3, 2):
        if " ".join(words[-size:]) in DOCUMENTS:
            return " ".join(words[-size:])
    return words[-1] if words else ""
