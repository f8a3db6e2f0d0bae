"""Claims out of attributions: all that a record says, cut from one document.

Reach for :func:`build_claims` once speakers are resolved. Claims stand in the order of
their contents, and ids depend on the document and the spans alone, so that they survive
a retrained model. Contents outside the blocks that claims are read from are left out.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipeline.marks import overlapping, quoted_share
from pipeline.records import (
    Attribution,
    Claim,
    Confidence,
    ContentSegment,
    Context,
    CueSpan,
    DateSpan,
    Document,
    DocumentRef,
    EntitySpan,
    Exact,
    Figure,
    Identity,
    Producer,
    Resolved,
    SaidOn,
    Span,
    Speaker,
)
from pipeline.stages.claims.article import Article
from pipeline.stages.claims.dates.mentioned import find_dates, said_on, stated_days
from pipeline.stages.claims.figures import find_figures
from pipeline.stages.claims.force import CueReading, read_cue
from pipeline.stages.claims.resolved_text import TextResolver
from pipeline.stages.claims.wording import read_alone

#: Characters of context on either side, as the Web Annotation model has them.
_CONTEXT: Final = 32
_ID_LENGTH: Final = 24
_SEPARATOR: Final = "\u241f"
_UNRESOLVED: Final = Resolved(
    speaker=Speaker(), confidence=0.0, reason="", flags=("speaker_unresolved",)
)


def build_claims(
    article: Article,
    *,
    attributions: Iterable[Attribution],
    identities: Sequence[Identity],
    speakers: Mapping[str, Resolved],
    producer: Producer,
) -> list[Claim]:
    """Build the claims of a document.

    ``speakers`` are by attribution id, and an attribution without one has an unknown
    speaker. An outer claim that is left out is not named by the claims nested in it.
    """
    resolver = TextResolver(article, identities)
    readable = [
        (attribution, content)
        for attribution in attributions
        if (content := tuple(filter(article.readable, attribution.content)))
    ]
    readable.sort(key=lambda pair: [(span.start, span.end) for span in pair[1]])
    ids = {
        one.id: claim_id(article.document, one, content) for one, content in readable
    }
    claims = []
    for attribution, content in readable:
        resolved = speakers.get(attribution.id, _UNRESOLVED)
        claim = _build(
            article,
            attribution,
            content=content,
            resolved=resolved,
            ids=ids,
            producer=producer,
        )
        text_resolved = resolver.resolve(attribution, resolved.speaker, content)
        claims.append(replace(claim, text_resolved=text_resolved))
    return claims


def claim_id(
    document: Document, attribution: Attribution, content: Sequence[Span]
) -> str:
    """Return the id of a claim, which depends on document, type and content alone."""
    parts = (document.id, attribution.type, content[0].start, content[-1].end)
    name = _SEPARATOR.join(map(str, parts))
    return f"c_{hashlib.sha256(name.encode()).hexdigest()[:_ID_LENGTH]}"


def _build(
    article: Article,
    attribution: Attribution,
    *,
    content: tuple[Span, ...],
    resolved: Resolved,
    ids: Mapping[str, str],
    producer: Producer,
) -> Claim:
    text = article.text
    cue = _read_cue(text, attribution, content)
    dates = tuple(_dates(article, content))
    said, unread = _said(article, attribution, content)
    undated = unread or any(date.edtf is None for date in dates)
    return Claim(
        id=ids[attribution.id],
        document=_reference(article.document),
        type=attribution.type,
        text=read_alone(text, content, article.quotations),
        content=tuple(_segment(article, attribution, span) for span in content),
        cue=_cue_span(text, attribution.cue, cue),
        source=_exact(text, attribution.source) if attribution.source else None,
        speaker=resolved.speaker,
        force=cue.force,
        negated=cue.negated,
        nested_in=ids.get(attribution.nested_in or ""),
        appearances=tuple(_exact(text, span) for span in attribution.appearances),
        mentions=tuple(_mentions(article, content)),
        figures=tuple(_figures(article, content)),
        dates=dates,
        said_on=said,
        context=_context(article, content[0]),
        confidence=Confidence(
            content=attribution.confidence, speaker=resolved.confidence
        ),
        reason="; ".join(filter(None, (attribution.reason, resolved.reason))),
        flags=_flags(attribution, resolved, undated=undated),
        producer=producer,
    )


def _reference(document: Document) -> DocumentRef:
    return DocumentRef(
        id=document.id,
        source=document.source,
        title=document.title,
        url=document.url,
        published=document.published,
        sha256=document.sha256,
        media_type=document.media_type,
    )


def _exact(text: str, span: Span) -> Exact:
    return Exact(start=span.start, end=span.end, exact=span.of(text))


def _read_cue(
    text: str, attribution: Attribution, content: Sequence[Span]
) -> CueReading:
    words = attribution.cue.of(text) if attribution.cue else ""
    return read_cue(words, content[0].of(text))


def _cue_span(text: str, cue: Span | None, reading: CueReading) -> CueSpan | None:
    if cue is None:
        return None
    return CueSpan(
        start=cue.start, end=cue.end, exact=cue.of(text), lemma=reading.lemma
    )


def _segment(article: Article, attribution: Attribution, span: Span) -> ContentSegment:
    """Tell how much is quoted; marks around a nested claim are the outer claim's."""
    held = [
        quotation
        for quotation in overlapping(article.quotations, span)
        if attribution.nested_in is None or span.covers(quotation)
    ]
    return ContentSegment(
        start=span.start,
        end=span.end,
        exact=span.of(article.text),
        quoted=quoted_share([span], held, text=article.text),
    )


def _mentions(article: Article, content: Sequence[Span]) -> Iterator[EntitySpan]:
    for mention in article.mentions_in(content):
        yield EntitySpan(
            start=mention.start,
            end=mention.end,
            exact=mention.of(article.text),
            label=mention.label,
            id=mention.identity,
        )


def _figures(article: Article, content: Sequence[Span]) -> Iterator[Figure]:
    for span in content:
        yield from find_figures(
            article.text, article.quantities, segment=span, dates=article.dates
        )


def _dates(article: Article, content: Sequence[Span]) -> Iterator[DateSpan]:
    for span in content:
        yield from find_dates(
            article.text, article.dates, segment=span, reader=article.reader
        )


def _said(
    article: Article, attribution: Attribution, content: Sequence[Span]
) -> tuple[SaidOn, bool]:
    """Return the day of the claim, and whether one is stated that nothing settles."""
    stated = stated_days(
        article.text,
        article.dates,
        content=content,
        cue=attribution.cue,
        sentence=article.sentence_of(attribution.cue or content[0]),
        reader=article.reader,
    )
    days = list(stated)
    day = said_on(days, article.reader)
    return day, day.basis == "none" and any(it.edtf is None for it in days)


def _context(article: Article, first: Span) -> Context:
    text = article.text
    return Context(
        prefix=text[max(0, first.start - _CONTEXT) : first.start],
        suffix=text[first.end : first.end + _CONTEXT],
        block=article.block_at(first.start),
        sentence=article.sentence_of(first),
    )


def _flags(
    attribution: Attribution, resolved: Resolved, *, undated: bool
) -> tuple[str, ...]:
    flags = {*attribution.flags, *resolved.flags}
    if undated:
        flags.add("relative_date_unresolved")
    return tuple(sorted(flags))
