"""From one article to its claims.

Reach for :func:`extract` where the claims are all that is wanted, and for
:func:`read_out` where the blocks, entities and identities of the article are wanted
too. Both are pure apart from the pipeline that they are given. For many articles, or
for files, use :mod:`pipeline.batch`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline import assembly, layers
from pipeline.errors import UnreadableInputError
from pipeline.producer import producer
from pipeline.reading import from_record, from_text
from pipeline.records import (
    Claim,
    Document,
    DocumentRecord,
    EntitySpan,
    Identity,
    IdentityRecord,
    Mention,
)


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
    doc = nlp(make_doc(document, nlp))
    claims = layers.CLAIMS.get(doc)
    # the stages have added what the article says of itself
    (described,) = layers.DOCUMENT.get(doc)
    return Extraction(
        document=DocumentRecord(
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
            entities=tuple(
                _entity(mention, document.text) for mention in layers.MENTIONS.get(doc)
            ),
            identities=tuple(map(_identity, layers.IDENTITIES.get(doc))),
            claims=len(claims),
            producer=producer(nlp),
        ),
        claims=claims,
    )


def make_doc(document: Document, nlp: Language) -> Doc:
    """Tokenise a document and put on the ``Doc`` what the stages need to know of it."""
    if len(document.text) > nlp.max_length:
        raise UnreadableInputError(
            document.source,
            f"{len(document.text):,} characters are more than the {nlp.max_length:,} "
            "that are taken for one article",
            "split it into its articles",
        )
    doc = nlp.make_doc(document.text)
    layers.DOCUMENT.set(doc, [replace(document, text="")])
    return doc


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
