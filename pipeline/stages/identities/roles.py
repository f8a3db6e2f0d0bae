"""Passages that name a post, whether the model saw them or not.

Reach for :func:`find_roles`. Mentions labelled ROLE are taken as they are; where the
model labelled none, the word lists find heads such as *director* with the words that
belong to them.
"""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.records import Mention, Span
from pipeline.stages.identities.words import (
    BODY_NOUNS,
    COUNCILLOR,
    EVENTS,
    FORMER,
    RANKS,
    ROLE_HEADS,
    ROLE_MODIFIERS,
    any_of,
    bare,
    fold,
    words_of,
)

_TITLE: Final = any_of(COUNCILLOR | RANKS)
_UPPER: Final = frozenset({"am", "mep", "mla", "mp", "ms", "msp", "td"})
_BEFORE: Final = any_of(ROLE_MODIFIERS | FORMER)
_STOP: Final = (
    r"(?!(?:a|after|an|and|at|before|her|his|in|its|is|had|has|on|said|says|the|their|told"
    r"|was|when|where|who|will)\b)"
)
_WORD: Final = rf"{_STOP}[a-z][\w'’-]*"
_COMPLEMENT: Final = (
    rf"(?:\s+(?:for|of|on)\s+{_WORD}(?:\s+{_WORD}){{0,3}}"
    rf"(?:(?:,\s+{_WORD}(?:\s+{_WORD})?){{0,3}},?\s+and\s+{_WORD}(?:\s+{_WORD}){{0,2}})?"
    r"(?=,|\.|\s+(?:at|in|and|who|has|is)\b|\s+[A-Z]|$))?"
)
_CORE: Final = rf"(?:{_BEFORE}[\s-]+){{0,4}}{any_of(ROLE_HEADS - _UPPER)}"
_ROLE: Final = re.compile(
    rf"\b(?P<core>(?i:{_CORE}(?:\s+and\s+{_CORE})?)\b(?!['’]s?\b)"
    rf"(?!\s(?:executive|officer|constable|inspector)s?\b)){_COMPLEMENT}"
    r"|\b(?P<member>MP|MSP|MLA|TD|AM|MEP)\b"
    r"(?:\s+for\s+[A-Z][\w’'-]+(?:\s+(?:and\s+)?[A-Z][\w’'-]+)*)?",
    re.MULTILINE,
)
_FIRST: Final = re.compile(r"[^\W_]+")
_OPENERS: Final = frozenset(
    _FIRST.findall(entry)[0]
    for entry in ROLE_HEADS | ROLE_MODIFIERS | FORMER | COUNCILLOR | RANKS
)
#: Words between an owner or article and the post: "the council's *flood risk* manager".
_OWNED: Final = re.compile(
    r"(?:['’]s?|\b(?:an?|her|his|its|the|their))\s+((?:[a-z][\w'’-]*\s+){1,4})$"
)
_JOINED: Final = re.compile(r"\b[^\W\d_]+-$")
_LOOSE_END: Final = re.compile(r"(?<=\w)[\s,]+(?:and|at|for|in|of|on)$")
_NO_PART: Final = frozenset(
    {"and", "at", "first", "for", "from", "in", "local", "new", "of", "on", "only"}
    | {"other", "own", "same", "that", "to", "with"}
)
_PRINTED_TITLE: Final = re.compile(rf"\b(?i:{_TITLE})\b\.?(?=\s+[A-Z])")


def find_roles(text: str, mentions: tuple[Mention, ...]) -> list[Span]:
    """Return the passages that name a post, in order, none inside a name."""
    roles = [_whole(text, m) for m in mentions if m.label == "ROLE" and _post(text, m)]
    taken = _mask(text, mentions)
    for match in _candidates(text):
        role = _free(text, match, taken)
        if role:
            roles.append(role)
            taken[role.start : role.end] = b"\1" * (role.end - role.start)
    return sorted(roles)


def _post(text: str, mention: Mention) -> bool:
    """Tell whether a mention is no event: "a press conference"."""
    return not EVENTS & set(words_of(mention.of(text))[-1:])


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Try the patterns where a word stands that a post can begin with."""
    end = 0
    for word in _FIRST.finditer(text):
        if word.start() < end or word[0].lower() not in _OPENERS:
            continue
        match = _ROLE.match(text, word.start()) or _PRINTED_TITLE.match(
            text, word.start()
        )
        if match:
            end = match.end()
            yield match


def _free(text: str, match: re.Match[str], taken: bytearray) -> Span | None:
    """Return the longest reading of a post that covers no name."""
    ends = [match.end(name) for name in match.groupdict() if match[name]]
    for end in (match.end(), *ends):
        if not any(taken[match.start() : end]):
            start = _owned_from(text, match.start())
            clear = not any(taken[start : match.start()])
            return Span(start=start if clear else match.start(), end=end)
    return None


def _owned_from(text: str, start: int) -> int:
    """Return where a post begins that an owner or article stands before."""
    found = _OWNED.search(text, max(0, start - 60), start)
    if not found:
        return start
    words = found[1].split()
    owners = [at for at, word in enumerate(words) if bare(fold(word)) in BODY_NOUNS]
    words = words[owners[-1] + 1 :] if owners else words
    if not words or any(word in _NO_PART for word in words):
        return start
    return start - len(found[1]) + found[1].rindex(" ".join(words)) if words else start


def _whole(text: str, mention: Mention) -> Span:
    """Return a post with its first word whole ("player-coach") and no loose end."""
    joined = _JOINED.search(text, max(0, mention.start - 30), mention.start)
    loose = _LOOSE_END.search(text, mention.start, mention.end)
    start = joined.start() if joined else mention.start
    return Span(start=start, end=loose.start() if loose else mention.end)


def _mask(text: str, mentions: tuple[Mention, ...]) -> bytearray:
    taken = bytearray(len(text))
    for mention in mentions:
        if mention.label in {"PERSON", "ORG", "ROLE", "LOC"}:
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return taken


def is_title(role: str) -> bool:
    """Tell whether a post is printed as a title before the name: *Cllr*, *Det Insp*."""
    return fold(role).rstrip(".") in COUNCILLOR | RANKS


def post_name(role: str) -> str:
    """Return a post as it is written out; only *Cllr* and the like change.

    >>> post_name("Cllr")
    'councillor'
    """
    plain = " ".join(role.split()).strip(".,")
    return "councillor" if fold(plain) in COUNCILLOR else plain


def is_former(role: str) -> bool:
    """Tell whether a post is said to be held no longer."""
    return any(word in FORMER for word in words_of(role.replace("-", " "))[:1])


def post_nouns(words: list[str]) -> list[str]:
    """Return the nouns that a post is about.

    >>> post_nouns(["chair", "of", "governors", "and", "trustee"])
    ['chair', 'trustee']
    """
    nouns, inside = [], False
    for at, word in enumerate([*words, "and"]):
        if word in {"at", "for", "in", "of", "on"} and not inside and at:
            nouns.append(words[at - 1])
            inside = True
        elif word == "and" and at:
            if not inside:
                nouns.append(words[at - 1])
            inside = False
    return nouns or words[-1:]
