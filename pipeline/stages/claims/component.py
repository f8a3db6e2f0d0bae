"""The last stage: who claimed what, as complete records.

It reads all layers of a document, resolves the speaker of every attribution and writes
the claims. Put on a ``Doc`` that nobody described, it describes the text as an unnamed
document, so that the stage works in any spaCy pipeline.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layers import (
    ATTRIBUTIONS,
    BLOCKS,
    CLAIMS,
    DOCUMENT,
    IDENTITIES,
    MENTIONS,
    show,
    text_of,
)
from pipeline.producer import producer
from pipeline.records import Document, Span
from pipeline.stages.claims.abstention import sure_attributions, sure_speakers
from pipeline.stages.claims.article import read_article
from pipeline.stages.claims.builder import build_claims
from pipeline.stages.claims.metadata import complete
from pipeline.stages.claims.speakers.sieve import resolve_speakers
from pipeline.stages.identities.roster.ties import TIES, explain


class Claims:
    """Build the claims of a document; ``nlp`` tells the model's name and version.

    Claims whose content is less probable than ``min_confidence`` are left out, and so
    are their attributions; a speaker less probable than ``min_speaker_confidence`` is
    unknown. ``calibration`` holds the fitted weights that make speakers' confidence a
    probability.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        *,
        calibration: Mapping[str, float] | None = None,
        min_confidence: float = 0.0,
        min_speaker_confidence: float = 0.0,
    ) -> None:
        self.name = name
        self.calibration = dict(calibration or {})
        self.min_confidence = min_confidence
        self.min_speaker_confidence = min_speaker_confidence
        self._nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        """Write the claims of a document."""
        text = text_of(doc)
        blocks, mentions = BLOCKS.get(doc), MENTIONS.get(doc)
        attributions = ATTRIBUTIONS.get(doc)
        speakers = resolve_speakers(
            text, blocks, mentions, IDENTITIES.get(doc), attributions
        )
        speakers = explain(speakers, TIES.get(doc))
        sure = sure_attributions(attributions, self.min_confidence)
        if len(sure) < len(attributions):
            ATTRIBUTIONS.set(doc, sure)
        document = complete(_document(doc, text), blocks, mentions)
        DOCUMENT.set(doc, [replace(document, text="")])
        claims = build_claims(
            read_article(document, blocks, mentions),
            attributions=sure,
            identities=IDENTITIES.get(doc),
            speakers=sure_speakers(
                speakers, self.calibration, least=self.min_speaker_confidence
            ),
            producer=producer(self._nlp),
        )
        CLAIMS.set(doc, claims)
        contents = (
            (Span(start=part.start, end=part.end), claim.id)
            for claim in claims
            for part in claim.content
        )
        show(doc, "claims", contents)
        return doc


@Language.factory(
    "news_claims",
    default_config={
        "calibration": {},
        "min_confidence": 0.0,
        "min_speaker_confidence": 0.0,
    },
)
def make_claims(
    nlp: Language,
    name: str,
    calibration: dict[str, float],
    min_confidence: float,
    min_speaker_confidence: float,
) -> Claims:
    """Make the stage; spaCy calls this for ``nlp.add_pipe("news_claims")``."""
    return Claims(
        nlp,
        name,
        calibration=calibration,
        min_confidence=min_confidence,
        min_speaker_confidence=min_speaker_confidence,
    )


def _document(doc: Doc, text: str) -> Document:
    described = DOCUMENT.get(doc)
    if described:
        return replace(described[0], text=text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(id=f"d_{digest[:24]}", source="", text=text, sha256=digest)
