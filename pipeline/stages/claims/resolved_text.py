"""A claim's text with names for the words that certainly mean them.

Reach for :class:`TextResolver` where claims must be read far from their article: "I
will go" becomes "[Ada Moss] will go". Only what cannot be somebody else is replaced:

- *I* and *my* in a wholly quoted segment are the person who is quoted, *we* and *our*
  the body, where a body or its spokesperson is;
- *he*, *she*, *his* and *her* outside quotation marks are the speaker, where the rules
  of :mod:`pipeline.stages.claims.third_person` leave nobody else;
- "the scheme" and "the council" are the one scheme or council that the article names,
  see :mod:`pipeline.stages.claims.references`.

*It*, *they*, a person's *we* and whoever a quotation speaks of stay as they are. Verbs
are left alone, but for *am*, *are* and *have* right behind the pronoun.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.marks import Quotation, overlapping
from pipeline.records import Attribution, Identity, Span, Speaker
from pipeline.stages.claims.article import Article
from pipeline.stages.claims.references import NamedThings
from pipeline.stages.claims.third_person import owner, third_person
from pipeline.stages.claims.wording import read_alone
from pipeline.stages.identities.words import fold

_NUMBERED: Final = frozenset(read_lexicon("references")["numbered"])
#: Stand for a word until the text is put together: its first character, and the rest.
_FIRST, _REST = "\ue000", "\ue001"
_PLACE: Final = re.compile(f"{_FIRST}{_REST}*")
_NO_INITIAL: Final = r"\b(?!\.\w)"
_SINGULAR: Final = re.compile(
    rf"\b(?:I(?P<be>['’]m|\s+am)|I(?P<have>['’]ve|\s+have)|I|me|(?P<own>[Mm]y))"
    rf"{_NO_INITIAL}"
)
_PLURAL: Final = re.compile(
    r"\b(?:[Ww]e(?P<be>['’]re|\s+are)|[Ww]e(?P<have>['’]ve|\s+have)|[Ww]e|us"
    rf"|(?P<own>[Oo]ur)){_NO_INITIAL}"
)
_WORD_BEFORE: Final = re.compile(r"(\w+)\s+$")
#: The longest word that is looked for before a numeral.
_REACH: Final = 40

Replacement = tuple[Span, str]


class TextResolver:
    """The people and things of one article, ready to be put into its claims."""

    def __init__(self, article: Article, identities: Sequence[Identity]) -> None:
        self._article = article
        self._identities = {who.id: who for who in identities}
        self._things = NamedThings(
            article.text, lambda offset: article.block_at(offset) == "body"
        )

    def resolve(
        self, attribution: Attribution, speaker: Speaker, content: Sequence[Span]
    ) -> str | None:
        """Return the content as running text with names in square brackets.

        ``content`` are the segments that the claim is read from. None where nothing
        can be replaced for certain; what stands for the speaker is as sure as the
        ``speaker`` is.
        """
        if _FIRST in self._article.text or _REST in self._article.text:
            return None
        found: dict[int, Replacement] = {}
        for span in content:
            for place, name in (
                *self._speaking(span, attribution, speaker),
                *self._spoken_of(span, attribution, speaker),
                *self._named(span, content),
            ):
                found.setdefault(place.start, (place, name))
        replacements = [found[start] for start in sorted(found)]
        return _rewrite(self._article, content, replacements) if found else None

    def _speaking(
        self, span: Span, attribution: Attribution, speaker: Speaker
    ) -> Iterator[Replacement]:
        """Replace *I* and *we* where all of a segment is quoted from the speaker."""
        text = self._article.text
        expression, name = _first_person(speaker)
        marks = overlapping(self._article.quotations, span)
        if attribution.nested_in is not None:
            marks = [mark for mark in marks if span.covers(mark)]
        depth = min((mark.depth for mark in marks), default=0)
        own = [mark for mark in marks if mark.depth == depth]
        if name is None or len(own) != 1 or not _fills(own[0], span, text):
            return
        for match in expression.finditer(text, span.start, span.end):
            place = Span(start=match.start(), end=match.end())
            around = overlapping(marks, place)
            inside = any(mark.depth > depth for mark in around)
            if not inside and not _numeral(text, match, span.start):
                yield place, _inflected(name, match)

    def _spoken_of(
        self, span: Span, attribution: Attribution, speaker: Speaker
    ) -> Iterator[Replacement]:
        return third_person(
            self._article,
            span,
            self._identities.get(speaker.id or ""),
            source=attribution.source,
            identities=self._identities,
        )

    def _named(self, span: Span, content: Sequence[Span]) -> Iterator[Replacement]:
        """Replace "the scheme" where its name stands before the content."""
        for place, name, known in self._things.references(span):
            if known.end <= content[0].start:
                yield place, name


def _first_person(speaker: Speaker) -> tuple[re.Pattern[str], str | None]:
    """Return which pronouns are the speaker's own, and the name that they mean."""
    match speaker.kind:
        case "person":
            return _SINGULAR, speaker.name
        case "organisation":
            return _PLURAL, speaker.name
        case "spokesperson":
            return _PLURAL, speaker.organisation
    return _PLURAL, None


def _fills(mark: Quotation, span: Span, text: str) -> bool:
    """Tell whether nothing of the segment but punctuation stands outside the marks."""
    before, after = text[span.start : mark.start], text[mark.end : span.end]
    return not any(map(str.isalnum, before + after))


def _numeral(text: str, match: re.Match[str], start: int) -> bool:
    """Tell *I* behind "Elizabeth" or "phase" from the pronoun."""
    line = text[max(start, match.start() - _REACH) : match.start()]
    before = _WORD_BEFORE.search(line)
    return before is not None and fold(before[1]) in _NUMBERED


def _inflected(name: str, match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts.get("own"):
        return owner(name)
    if parts.get("be"):
        return f"{name} is"
    return f"{name} has" if parts.get("have") else name


def _rewrite(
    article: Article, content: Sequence[Span], replacements: Sequence[Replacement]
) -> str:
    """Read the content alone with placeholders of the same length, then fill them."""
    whole = Span(start=content[0].start, end=content[-1].end)
    letters = list(whole.of(article.text))
    for place, _ in replacements:
        filler = [_FIRST, *[_REST] * (place.end - place.start - 1)]
        letters[place.start - whole.start : place.end - whole.start] = filler
    text = read_alone(
        "".join(letters),
        [_moved(span, whole.start) for span in content],
        [_rebased(it, whole.start) for it in overlapping(article.quotations, whole)],
    )
    names = iter(replacements)
    return _PLACE.sub(lambda _: f"[{next(names)[1]}]", text)


def _moved(span: Span, offset: int) -> Span:
    return Span(start=span.start - offset, end=span.end - offset)


def _rebased(mark: Quotation, offset: int) -> Quotation:
    return replace(
        mark,
        start=mark.start - offset,
        end=mark.end - offset,
        inner_start=mark.inner_start - offset,
        inner_end=mark.inner_end - offset,
    )
