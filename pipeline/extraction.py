"""From one article to its claims.

Reach for :func:`extract` where the claims are all that is wanted, and for
:func:`read_out` where the blocks, entities and identities of the article are wanted
too. Both are pure apart from the pipeline that they are given. For many articles, or
for files, use :mod:`pipeline.batch`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline import assembly, layers
from pipeline.errors import UnreadableInputError
from pipeline.producer import producer
from pipeline.reading import from_record, from_text
from pipeline.reading.tokenizing import tokenise
from pipeline.reading.views import View, place, view_of
from pipeline.records import (
    Attribution,
    Claim,
    Document,
    DocumentRecord,
    EntitySpan,
    Identity,
    IdentityRecord,
    Mention,
    Span,
)
from pipeline.stages.claims.builder import claim_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read out of one article."""

    document: DocumentRecord
    claims: tuple[Claim, ...]


def extract(
    article: str | Mapping[str, Any] | Document, nlp: Language | None = None
) -> list[Claim]:
    """Extract the claims of one article, in the order of their contents.

    The article is its plain text, a mapping with a ``text`` and any of ``id``,
    ``title``, ``url`` and ``published``, or a document that was read before. Without
    ``nlp`` the model that comes with the package is loaded, once in a process.

    Raises :class:`pipeline.errors.UnreadableInputError` where that is no article.
    """
    return list(read_out(_document(article), nlp or shipped()).claims)


def read_out(document: Document, nlp: Language) -> Extraction:
    """Run the pipeline over a document and collect what the stages wrote.

    Raises :class:`pipeline.errors.UnreadableInputError` for a text that is longer than
    ``nlp.max_length``.
    """
    view = view_of(document)
    doc = nlp(_make_doc(document, view, nlp))
    claims = layers.CLAIMS.get(doc)
    if view.maps:
        placed = [place(claim, view, document) for claim in claims]
        claims = tuple(_renamed(placed, document))
    return Extraction(
        document=place(_record(document, doc, nlp), view, document), claims=claims
    )


def _renamed(claims: Sequence[Claim], document: Document) -> Iterator[Claim]:
    """Give claims the ids that their places in the source make."""
    ids: dict[str | None, str] = {}
    for claim in claims:
        content = [Span(start=part.start, end=part.end) for part in claim.content]
        same = Attribution(id="", content=tuple(content), type=claim.type)
        ids[claim.id] = claim_id(document, same, content)
    for claim in claims:
        yield replace(claim, id=ids[claim.id], nested_in=ids.get(claim.nested_in))


def make_doc(document: Document, nlp: Language) -> Doc:
    """Tokenise a document and put on the ``Doc`` what the stages need to know of it.

    Of HTML the ``Doc`` holds what is shown; spans of its layers count in that.
    """
    return _make_doc(document, view_of(document), nlp)


def _make_doc(document: Document, view: View, nlp: Language) -> Doc:
    if len(view.text) > nlp.max_length:
        raise UnreadableInputError(
            document.source,
            f"{len(view.text):,} characters are more than the {nlp.max_length:,} "
            "that are taken for one article",
            "split it into its articles",
        )
    doc = tokenise(view.text, nlp)
    layers.DOCUMENT.set(doc, [replace(document, text="", title=view.title(document))])
    layers.HINTS.set(doc, view.hints)
    return doc


def _record(document: Document, doc: Doc, nlp: Language) -> DocumentRecord:
    """Return the article with what the stages wrote, as they have placed it."""
    # the stages have added what the article says of itself
    (described,) = layers.DOCUMENT.get(doc)
    text = layers.text_of(doc)
    return DocumentRecord(
        id=document.id,
        source=document.source,
        title=described.title,
        byline=described.byline,
        url=document.url,
        published=described.published,
        sha256=document.sha256,
        media_type=document.media_type,
        encoding=document.encoding,
        text=document.text,
        blocks=layers.BLOCKS.get(doc),
        entities=tuple(_entity(mention, text) for mention in layers.MENTIONS.get(doc)),
        identities=tuple(map(_identity, layers.IDENTITIES.get(doc))),
        claims=len(layers.CLAIMS.get(doc)),
        producer=producer(nlp),
    )


def _document(article: str | Mapping[str, Any] | Document) -> Document:
    if isinstance(article, Document):
        return article
    if isinstance(article, str):
        return from_text(article)
    return from_record(article)


@cache
def shipped() -> Language:
    """Load the model that comes with the package, once in a process."""
    return assembly.load()


def _entity(mention: Mention, text: str) -> EntitySpan:
    return EntitySpan(
        start=mention.start,
        end=mention.end,
        exact=mention.of(text),
        label=mention.label,
        id=mention.identity,
    )


def _identity(identity: Identity) -> IdentityRecord:
    return IdentityRecord(
        id=identity.id,
        kind=identity.kind,
        name=identity.name,
        aliases=identity.aliases,
        party=identity.party,
        posts=identity.posts,
    )
