"""What "the scheme" and "the council" mean, where an article names just one.

Reach for :class:`NamedThings`. A description is settled if all names in the running
text that end with its noun are forms of one ("Harbour Walk scheme"), and if the noun
stands nowhere else at the head of a phrase that might be another thing ("a scheme",
"similar schemes", "the bus scheme"). Anything less is no answer.
:func:`printed_names` tells which bodies are printed with "the".
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.records import Mention, Span
from pipeline.stages.identities.words import BODY_NOUNS, any_of, fold

_REFERENCES: Final = read_lexicon("references")
_NOUNS: Final = frozenset(_REFERENCES["things"]) | frozenset(
    noun for noun in BODY_NOUNS if " " not in noun
)
_AFTER: Final = any_of(frozenset(_REFERENCES["after"]))
_COMPLEMENTS: Final = any_of(frozenset(_REFERENCES["complements"]))
_OPENERS: Final = frozenset(_REFERENCES["openers"])

#: Forms of the nouns, with the noun and whether the form is its plural.
_FORMS: Final = {
    **{f"{noun}{ending}": (noun, True) for noun in _NOUNS for ending in ("s", "es")},
    **{noun: (noun, False) for noun in _NOUNS},
}
_WORD: Final = re.compile(r"\w+")
_STOP: Final = r"\s*(?:[.,;:!?…)\]\"“”‘’]|['’]s?\b|-\s|–|—|$)"
_WHOLE: Final = re.compile(rf"{_STOP}|\s+{_AFTER}\b", re.IGNORECASE)
_PHRASE: Final = re.compile(rf"{_STOP}|\s+(?:{_AFTER}|{_COMPLEMENTS})\b", re.IGNORECASE)
_SUBJECT: Final = re.compile(
    rf"{_STOP}|\s+(?:{_AFTER}|{any_of(frozenset(_REFERENCES['telling']))}|[a-z]+ed)\b"
)
_CAPITALISED: Final = r"[A-Z](?=[\w’'&-]*[a-z])[\w’'&-]*"
_NAME: Final = re.compile(rf"(?<![\w’'&-])(?:{_CAPITALISED}[ \u00a0]){{1,6}}$")
_CAPITAL: Final = re.compile(r"[ \u00a0][A-Z]")
_THE: Final = re.compile(r"\b(?:the)\s+$", re.IGNORECASE)
#: Characters before a noun in which its name must begin.
_REACH: Final = 90


@dataclass(slots=True)
class _Noun:
    """What an article does with one noun."""

    names: list[tuple[Span, str]] = field(default_factory=list)
    references: list[Span] = field(default_factory=list)
    settled: bool = True


class NamedThings:
    """The things of one article, findable by a description that means one of them."""

    def __init__(self, text: str, in_body: Callable[[int], bool]) -> None:
        self._found: list[tuple[Span, str, Span]] = []
        nouns: defaultdict[str, _Noun] = defaultdict(_Noun)
        for head in _WORD.finditer(text):
            form = _FORMS.get(head[0].lower())
            if form is not None and in_body(head.start()):
                _learn(nouns[form[0]], text, head, plural=form[1])
        for noun in nouns.values():
            self._found.extend(_settle(text, noun))
        self._found.sort()

    def references(self, span: Span) -> Iterator[tuple[Span, str, Span]]:
        """Yield descriptions within a passage, with their name and where it stands.

        >>> text = "The Harbour Walk scheme is late. Ada Moss said the scheme was dear."
        >>> things = NamedThings(text, lambda offset: True)
        >>> [name for _, name, _ in things.references(Span(start=46, end=65))]
        ['the Harbour Walk scheme']
        """
        at = bisect_left(self._found, span.start, key=lambda one: one[0].start)
        while at < len(self._found) and span.covers(self._found[at][0]):
            yield self._found[at]
            at += 1


def printed_names(text: str, mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the bodies that a text mostly prints with their article, with it.

    Names before a further noun ("the Dale Council leader") tell nothing of themselves.

    >>> text = "The Canal Agency said so. Ada Moss is of the Canal Agency."
    >>> names = [Mention(start=at, end=at + 12, label="ORG") for at in (4, 45)]
    >>> printed_names(text, names)
    {'Canal Agency': 'the Canal Agency'}
    """
    balance: Counter[str] = Counter()
    for mention in mentions:
        if mention.label == "ORG" and _SUBJECT.match(text, mention.end):
            the = _THE.search(text[max(0, mention.start - 5) : mention.start])
            balance[mention.of(text)] += 1 if the else -1
    return {name: f"the {name}" for name, count in balance.items() if count > 0}


def _learn(noun: _Noun, text: str, head: re.Match[str], *, plural: bool) -> None:
    """Take in one occurrence of a noun: a name, a reference, or something else."""
    before = text[max(0, head.start() - _REACH) : head.start()]
    name = _name_before(before)
    the = _THE.search(before)
    if name is not None and _CAPITAL.match(text, head.end()):
        return  # "Dale County" of "Dale County Council"
    if name is not None and not plural:
        start = head.start() - len(name)
        noun.names.append((Span(start=start, end=head.end()), text[start : head.end()]))
    elif _PHRASE.match(text, head.end()):
        if the is None or plural:
            noun.settled = False
        elif _WHOLE.match(text, head.end()):
            start = head.start() - len(before) + the.start()
            noun.references.append(Span(start=start, end=head.end()))


def _name_before(before: str) -> str | None:
    """Return the capitalised words right before a noun, without what opens a phrase."""
    found = _NAME.search(before)
    if found is None:
        return None
    name = found[0]
    while name and name.split()[0].lower() in _OPENERS:
        name = name[len(name.split()[0]) :].lstrip(" \u00a0")
    return name or None


def _settle(text: str, noun: _Noun) -> Iterator[tuple[Span, str, Span]]:
    """Yield the references of a noun if everything named by it is one thing."""
    if not noun.settled or not noun.names:
        return
    place, longest = max(noun.names, key=lambda one: (len(one[1]), -one[0].start))
    known = set(fold(longest).split())
    if not all(set(fold(name).split()) <= known for _, name in noun.names):
        return
    first = min(one for one, _ in noun.names)
    article = _THE.search(text[max(0, place.start - 5) : place.start])
    name = f"the {longest}" if article else longest
    for reference in noun.references:
        if first.start < reference.start:
            yield reference, " ".join(name.split()), first
