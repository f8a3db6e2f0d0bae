"""A claim's text with names for the words that certainly mean them.

Reach for :class:`TextResolver` where claims must be read far from their article: "I
will go" becomes "I [Ada Moss] will go". Only what cannot be somebody else is named:

- *I* and *my* in a wholly quoted segment are the person who is quoted, *we* and *our*
  the body, where a body or its spokesperson is; the name stands behind the first of
  them in each sentence, and every word of the quotation stays;
- *he*, *she*, *his* and *her* outside quotation marks give way to the speaker, where
  the rules of :mod:`pipeline.stages.claims.third_person` leave nobody else;
- "the scheme" and "the council" give way to the one scheme or council that the article
  names, see :mod:`pipeline.stages.claims.references`.

*It*, *they*, a person's *we* and whoever a quotation speaks of stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.marks import Quotation, overlapping
from pipeline.records import Attribution, Identity, Span, Speaker
from pipeline.stages.claims.article import Article
from pipeline.stages.claims.references import NamedThings, printed_names
from pipeline.stages.claims.third_person import owner, third_person
from pipeline.stages.claims.wording import read_alone, without_that
from pipeline.stages.identities.words import fold

_NUMBERED: Final = frozenset(read_lexicon("references")["numbered"])
#: Stand for a word until the text is put together: its first character, and the rest;
#: letters that no news is written in, since letters tell what a quotation leaves out.
_FIRST, _REST = "\U00010400", "\U00010428"
_PLACE: Final = re.compile(f"{_FIRST}{_REST}*")
_NO_INITIAL: Final = r"\b(?!\.\w)"
_CONTRACTED: Final = r"(?:['’](?:d|ll|m|re|ve)\b)?"
_SINGULAR: Final = re.compile(rf"\b(?:I{_CONTRACTED}|me|(?P<own>[Mm]y)){_NO_INITIAL}")
_PLURAL: Final = re.compile(
    rf"\b(?:[Ww]e{_CONTRACTED}|us|(?P<own>[Oo]ur)){_NO_INITIAL}"
)
_WORD_BEFORE: Final = re.compile(r"(\w+)\s+$")
#: The longest word that is looked for before a numeral.
_REACH: Final = 40

#: A passage, and what is printed in its place.
Replacement = tuple[Span, str]


class TextResolver:
    """The people and things of one article, ready to be put into its claims."""

    def __init__(self, article: Article, identities: Sequence[Identity]) -> None:
        self._article = article
        self._identities = {who.id: who for who in identities}
        self._printed = printed_names(article.text, article.mentions)
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
        sentences: set[Span] = set()
        for span in content:
            for place, name in self._speaking(span, attribution, speaker):
                sentence = self._article.sentence_of(place)
                if sentence not in sentences:
                    sentences.add(sentence)
                    words = place.of(self._article.text)
                    found[place.start] = place, f"{words} [{name}]"
            for place, name in (
                *self._spoken_of(span, attribution, speaker),
                *self._named(span, content),
            ):
                found.setdefault(place.start, (place, f"[{name}]"))
        replacements = [found[start] for start in sorted(found)]
        return _rewrite(self._article, content, replacements) if found else None

    def _speaking(
        self, span: Span, attribution: Attribution, speaker: Speaker
    ) -> Iterator[Replacement]:
        """Name *I* and *we* where all of a segment is quoted from the speaker."""
        text = self._article.text
        expression, name = _first_person(speaker)
        marks = overlapping(self._article.quotations, span)
        if attribution.nested_in is not None:
            marks = [mark for mark in marks if span.covers(mark)]
        depth = min((mark.depth for mark in marks), default=0)
        own = [mark for mark in marks if mark.depth == depth]
        name = self._printed.get(name or "", name)
        if name is None or len(own) != 1 or not _fills(own[0], span, text):
            return
        for match in expression.finditer(text, span.start, span.end):
            place = Span(start=match.start(), end=match.end())
            around = overlapping(marks, place)
            inside = any(mark.depth > depth for mark in around)
            if not inside and not _numeral(text, match, span.start):
                yield place, owner(name) if match["own"] else name

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


def _rewrite(
    article: Article, content: Sequence[Span], replacements: Sequence[Replacement]
) -> str:
    """Read the content alone with placeholders of the same length, then fill them."""
    content = without_that(article.text, content)
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
    return _PLACE.sub(lambda _: next(names)[1], text)


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
