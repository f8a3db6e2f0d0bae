"""Whether an article's record agrees with itself, and its claims with it.

Reach for :func:`document_problems` and :func:`claim_problems`; both yield a sentence
for each thing that is wrong.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from typing import Final

from pipeline.reading import ReadOptions, from_text
from pipeline.reading.about import HTML
from pipeline.reading.views import view_of
from pipeline.records import Attribution, Claim, DocumentRecord, Span
from pipeline.runs import as_document
from pipeline.stages.claims.builder import claim_id
from pipeline.verification.passages import misplaced

_ANY_LENGTH: Final = ReadOptions(max_chars=1 << 62)


class Article:
    """An article with what its claims must agree with; ``ids`` are those of claims."""

    def __init__(self, record: DocumentRecord) -> None:
        self.record = record
        self.ids: set[str] = set()
        self.identities = {who.id for who in record.identities}
        self.document = as_document(record)
        self.is_html = record.media_type == HTML
        #: Whether the stages read the very text that the offsets count in.
        self.is_source = not self.is_html and not view_of(self.document).maps


def document_problems(article: Article) -> Iterator[str]:
    """Yield what is wrong with an article's record taken alone."""
    record = article.record
    data = record.text.encode("utf-8", "surrogatepass")
    if hashlib.sha256(data).hexdigest() != record.sha256:
        yield "sha256 is not that of the text"
    if (
        from_text(record.text, source=record.source, options=_ANY_LENGTH).id
        != record.id
    ):
        yield "the id is not that of this source and text"
    yield from misplaced(record, record.text, shown=article.is_html)
    for place, entity in enumerate(record.entities):
        if entity.id is not None and entity.id not in article.identities:
            yield f"entities[{place}]: {entity.id} is no identity of the article"
    for before, after in pairwise(record.blocks):
        if before.start > after.start:
            yield f"blocks: the one at {after.start} stands behind its place"


def claim_problems(article: Article, claim: Claim) -> Iterator[str]:
    """Yield what is wrong with a claim of the article.

    Its outer claim is looked for by :func:`unknown_outer`, once all claims are known.
    """
    record = article.record
    if claim.id in article.ids:
        yield "another claim of the article has the same id"
    article.ids.add(claim.id)
    for field in fields(claim.document):
        if getattr(claim.document, field.name) != getattr(record, field.name):
            yield f"document.{field.name} is not the article's"
    shown = article.is_html and "markup" in claim.flags
    yield from misplaced(claim, record.text, shown=shown)
    yield from _outside(claim)
    known = {claim.speaker.id, *(mention.id for mention in claim.mentions)} - {None}
    for unknown in sorted(map(str, known - article.identities)):
        yield f"{unknown} is no identity of the article"
    if article.is_source:
        yield from _unlike_source(article, claim)


def unknown_outer(article: Article, claim: Claim) -> str | None:
    """Return what is wrong with the claim that a claim is nested in, if anything."""
    if claim.nested_in is None or claim.nested_in in article.ids:
        return None
    return f"nested_in: {claim.nested_in} is no claim of the article"


def _outside(claim: Claim) -> Iterator[str]:
    """Yield what is said to be inside the content and is not."""
    content = [Span(start=part.start, end=part.end) for part in claim.content]
    for field in ("mentions", "figures", "dates"):
        for place, part in enumerate(getattr(claim, field)):
            span = Span(start=part.start, end=part.end)
            if not any(segment.covers(span) for segment in content):
                yield f"{field}[{place}] stands outside the content"


def _unlike_source(article: Article, claim: Claim) -> Iterator[str]:
    """Yield what a claim gets wrong of the text around it, and of its own id."""
    text = article.record.text
    content = [Span(start=part.start, end=part.end) for part in claim.content]
    same = Attribution(id="", content=tuple(content), type=claim.type)
    if claim_id(article.document, same, content) != claim.id:
        yield "the id is not that of this article, type and content"
    first, prefix = content[0], claim.context.prefix
    if not text.startswith(prefix, max(0, first.start - len(prefix)), first.start):
        yield "context.prefix is not what stands before the content"
    if not text.startswith(claim.context.suffix, first.end):
        yield "context.suffix is not what stands behind the first segment"
