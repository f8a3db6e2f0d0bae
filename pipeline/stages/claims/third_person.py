"""When *he* and *she* in a claim can only be its speaker.

Reach for :func:`third_person`. It answers for pronouns outside quotation marks, where
the article tells the speaker's gender and neither another person who fits the pronoun
nor an unnamed one ("the driver", "his son") stands within a few sentences before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.marks import overlapping
from pipeline.records import Gender, Identity, Mention, Span
from pipeline.stages.claims.article import Article
from pipeline.stages.identities.gender import PRONOUNS
from pipeline.stages.identities.words import GENDERS, UNNAMED_PEOPLE, any_of, fold

_OBJECT: Final = frozenset(read_lexicon("references")["object"])
_THIRD: Final = re.compile(r"\b(?:he|him|his|her|she)\b", re.IGNORECASE)
_WORD_AFTER: Final = re.compile(r"\s+([^\W\d_]+)")
_PEOPLE: Final = re.compile(
    rf"\b{any_of(UNNAMED_PEOPLE | frozenset(GENDERS))}\b", re.IGNORECASE
)
#: Characters before a pronoun in which another person may be meant by it.
_NEAR: Final = 600
#: Characters between a name and a post or noun in apposition to it.
_APPOSED: Final = 40


def third_person(
    article: Article,
    span: Span,
    person: Identity | None,
    *,
    source: Span | None,
    identities: Mapping[str, Identity],
) -> Iterator[tuple[Span, str]]:
    """Yield the pronouns of a segment that mean the person, with the name to read.

    What stands within the ``source`` describes the speaker and is nobody else.
    """
    if person is None or person.kind != "person" or person.gender is None:
        return
    marks = overlapping(article.quotations, span)
    for match in _THIRD.finditer(article.text, span.start, span.end):
        place = Span(start=match.start(), end=match.end())
        quoted = any(mark.covers(place) for mark in overlapping(marks, place))
        if quoted or PRONOUNS[match[0].lower()] != person.gender:
            continue
        if _rivalled(article, person, place.start, source, identities):
            return
        owns = _possessive(article.text, match)
        yield place, owner(person.name) if owns else person.name


def owner(name: str) -> str:
    """Return a name as the owner of something.

    >>> owner("Ada Moss"), owner("Tom Vale")
    ('Ada Moss’', 'Tom Vale’s')
    """
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _possessive(text: str, match: re.Match[str]) -> bool:
    word = match[0].lower()
    if word != "her":
        return word == "his"
    after = _WORD_AFTER.match(text, match.end())
    return after is not None and after[1].lower() not in _OBJECT


def _rivalled(
    article: Article,
    person: Identity,
    offset: int,
    source: Span | None,
    identities: Mapping[str, Identity],
) -> bool:
    """Tell whether somebody else near might be meant."""
    window = Span(start=max(0, offset - _NEAR), end=offset)
    mentions = list(article.mentions_in([window]))
    own = [Span(start=it.start, end=it.end) for it in mentions]
    own = [
        span for span, it in zip(own, mentions, strict=True) if it.identity == person.id
    ]
    described = [source] if source else []
    if any(_is_other(it, person, identities) for it in mentions):
        return True
    posts = (it for it in mentions if it.label == "ROLE")
    nouns = _nouns(article.text, window, person.gender)
    return not all(
        _beside(article.text, place, own) or any(it.covers(place) for it in described)
        for place in (*posts, *nouns)
    )


def _is_other(
    mention: Mention, person: Identity, identities: Mapping[str, Identity]
) -> bool:
    """Tell a name of somebody else whom the pronoun fits."""
    if mention.label != "PERSON" or mention.identity == person.id:
        return False
    other = identities.get(mention.identity or "")
    return other is None or other.gender in {None, person.gender}


def _nouns(text: str, window: Span, gender: Gender | None) -> Iterator[Span]:
    """Yield the nouns for people of a gender, and for people of any."""
    for noun in _PEOPLE.finditer(text, window.start, window.end):
        if GENDERS.get(fold(noun[0]), gender) == gender:
            yield Span(start=noun.start(), end=noun.end())


def _beside(text: str, place: Span, names: Sequence[Span]) -> bool:
    """Tell whether a post or noun is printed with one of the person's own names.

    It stands right before the name ("councillor Ada Moss") or in apposition behind it
    ("Ada Moss, a mother of two").
    """
    for name in names:
        if place.end <= name.start and not text[place.end : name.start].strip(" ,."):
            return True
        behind = name.end <= place.start <= name.end + _APPOSED
        if behind and text[name.end : place.start].lstrip()[:1] in {",", "("}:
            return True
    return False
