"""Organisations of a document: which names are one body, and its full name.

Reach for :func:`group_organisations`. A long form and its abbreviation are joined when
one stands in brackets behind the other or the letters fit one body alone; a short form
("Penbury" for "Penbury University") when only one body's name holds it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.records import Mention
from pipeline.stages.identities.passages import Passages
from pipeline.stages.identities.words import (
    BODY_NOUNS,
    BODY_OPENINGS,
    KNOWN_BODIES,
    fold,
    words_of,
)

_LINK: Final = {"and", "for", "in", "of", "on", "the", "to", "&"}
_SHORT: Final = re.compile(r"[A-Z][A-Za-z&.]{1,8}")
_BRACKET: Final = re.compile(r"\s*\((?:the\s+)?([A-Z][A-Za-z&]{1,8})\)")
_ARTICLE: Final = re.compile(r"^(?:[Tt]he|THE|an?)\s+(?=\S)")
#: Kinds of body that share the name of their place with too many others.
_NEVER_SHORT: Final = {"council", "police", "health", "government", "court"}
#: Capitals that an abbreviation has: "TfL".
_CAPITALS: Final = 2
#: Words of a name that tell more than a kind: "League of Friends".
_TELLING: Final = 3
_LEGAL: Final = {"group", "holdings", "inc", "limited", "llp", "ltd", "plc"}


@dataclass(slots=True, eq=False)
class Organisation:
    """A body while its mentions are being gathered."""

    forms: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest form that the document prints."""
        return max(self.forms, key=lambda form: (len(form), -form.isupper(), form))

    @property
    def words(self) -> list[str]:
        """The words of the full name, folded."""
        return words_of(self.name)


def clean_name(text: str) -> str:
    """Return an organisation's name without its article.

    A possessive ending stays: it belongs to names such as "St Piran's" and stands
    outside the mention elsewhere.
    """
    plain = " ".join(text.split())
    return _ARTICLE.sub("", plain) or plain


def initials(name: str) -> str:
    """Return the first letters of a name's words, small words left out.

    >>> initials("University and College Union")
    'ucu'
    """
    words = [word for word in re.split(r"[\s-]+", name) if word]
    return "".join(fold(w)[0] for w in words if fold(w) not in _LINK and w[0].isalnum())


def head_of(words: list[str]) -> str:
    """Return the word of a name that tells what it is.

    >>> head_of(["university", "of", "penbury"])
    'university'
    """
    for at, word in enumerate(words):
        if word in {"of", "for", "in"} and at:
            return words[at - 1]
    return words[-1] if words else ""


def kinds_of(name: str) -> set[str]:
    """Return the kinds of body that a name gives away."""
    words = words_of(name)
    if not words:
        return set()
    known = KNOWN_BODIES.get(" ".join(words), [])
    opening = BODY_OPENINGS.get(words[0]) or BODY_OPENINGS.get(" ".join(words[:2]))
    head = head_of(words)
    by_head = set(BODY_NOUNS.get(head, []))
    if head != words[-1]:
        by_head.discard("company")  # "Better Buses for Penbury" sells no journeys
    return {*known, *(opening or ()), *by_head}


def group_organisations(
    passages: Passages, mentions: Iterable[Mention]
) -> tuple[list[Organisation], dict[Mention, Organisation]]:
    """Return the bodies in the order of first mention, and whose each mention is."""
    by_name: dict[str, Organisation] = {}
    owners: dict[Mention, Organisation] = {}
    for mention in mentions:
        name = clean_name(mention.of(passages.text))
        body = by_name.setdefault(" ".join(words_of(name)), Organisation())
        body.forms[name] += 1
        body.mentions.append(mention)
        owners[mention] = body
    bodies = list(by_name.values())
    bodies = _join(bodies, _bracketed(passages, owners), owners)
    bodies = _join(bodies, _spelled_out(bodies), owners)
    bodies = _join(bodies, _shortened(bodies), owners)
    for body in bodies:
        body.mentions.sort()
    return sorted(bodies, key=lambda body: body.mentions[0]), owners


_Finder = Callable[[Organisation], "Organisation | None"]


def _join(
    bodies: list[Organisation], find: _Finder, owners: dict[Mention, Organisation]
) -> list[Organisation]:
    """Fold every body for which a fuller one is found into that one."""
    joined: set[int] = set()
    for body in bodies:
        fuller = find(body)
        if fuller is None or fuller is body or id(fuller) in joined:
            continue
        fuller.forms += body.forms
        fuller.mentions += body.mentions
        owners.update(dict.fromkeys(body.mentions, fuller))
        joined.add(id(body))
    return [body for body in bodies if id(body) not in joined]


def _bracketed(passages: Passages, owners: dict[Mention, Organisation]) -> _Finder:
    """Find the long form in front of a bracketed abbreviation, in either order."""
    text = passages.text
    ordered = sorted(owners)
    follower = dict(pairwise(ordered))
    pairs: dict[int, Organisation] = {}
    for mention in ordered:
        after = follower.get(mention)
        gap = text[mention.end : after.start] if after else ""
        if (
            after
            and re.fullmatch(r"\s*\((?:the\s+)?", gap)
            and text[after.end : after.end + 1] == ")"
        ):
            one, other = owners[mention], owners[after]
            short, long = sorted((one, other), key=lambda body: len(body.name))
            pairs[id(short)] = long
        elif bracket := _BRACKET.match(text, mention.end):
            _add_letters(owners[mention], bracket[1])
    return lambda body: pairs.get(id(body))


def _add_letters(body: Organisation, letters: str) -> None:
    if fold(letters) == initials(body.name):
        body.forms[letters] += 1


def _spelled_out(bodies: list[Organisation]) -> _Finder:
    """Find the one body whose initials, or bracketed letters, a name is."""
    spelled: defaultdict[str, list[Organisation]] = defaultdict(list)
    for body in bodies:
        for letters in {*_all_initials(body.name), *map(fold, body.forms)}:
            spelled[letters].append(body)

    def find(body: Organisation) -> Organisation | None:
        name = body.name
        if not _SHORT.fullmatch(name) or sum(map(str.isupper, name)) < _CAPITALS:
            return None
        letters = fold(name.replace(".", ""))
        return _only([other for other in spelled[letters] if other is not body])

    return find


def _all_initials(name: str) -> set[str]:
    """Return the initials with and without small words and a leading "NHS"."""
    words = [word for word in re.split(r"[\s-]+", name) if word[0].isalnum()]
    every = "".join(fold(word)[0] for word in words)
    inner = words[1:] if words[:1] and words[0].isupper() else words
    return {every, initials(name), initials(" ".join(inner))} - {""}


def _shortened(bodies: list[Organisation]) -> _Finder:
    """Find the one body whose name begins or ends with a shorter one."""
    ends: defaultdict[str, list[tuple[Organisation, list[str]]]] = defaultdict(list)
    for body in bodies:
        words = body.words
        for word in {words[0], words[-1]} if words else ():
            ends[word].append((body, words))

    def find(body: Organisation) -> Organisation | None:
        short = body.words
        longer = [
            (other, words)
            for other, words in (ends[short[0]] + ends[short[-1]] if short else [])
            if other is not body and _holds(words, short)
        ]
        kinds = kinds_of(body.name)
        if kinds == {"watchdog"} and len(short) == 1:
            return _only([other for other, words in longer if words[-1:] == short])
        if kinds and short != ["county"] and len(short) < _TELLING:
            return _only([other for other, words in longer if words[-1] in _LEGAL])
        plain = [other for other, words in longer if _only_kind_left(words, short)]
        return _only(plain or [other for other, _ in longer if not _of_place(other)])

    return find


def _of_place(body: Organisation) -> bool:
    """Tell whether a body shares the name of its place with too many others."""
    return bool(kinds_of(body.name) & _NEVER_SHORT)


def _only(found: list[Organisation]) -> Organisation | None:
    """Return what is found if it is one thing; a body may be found twice."""
    return found[0] if len({id(body) for body in found}) == 1 else None


def _holds(long: list[str], short: list[str]) -> bool:
    size = len(short)
    return size < len(long) and (long[:size] == short or long[-size:] == short)


def _only_kind_left(long: list[str], short: list[str]) -> bool:
    """Tell whether all that the longer name adds are words for a kind of body."""
    size = len(short)
    left = long[size:] if long[:size] == short else long[:-size]
    kinds = {kind for word in left for kind in BODY_NOUNS.get(word, [])}
    if kinds & _NEVER_SHORT:
        return False
    county = short == ["county"] and not kinds
    return county or all(word in BODY_NOUNS or word in _LINK for word in left)
