"""The fixtures that test modules share: builders of records, and two pipelines.

``nlp`` is the pipeline as shipped, weights included. ``toy_nlp`` writes a claim for
each "A B said …" and raises on the word *explode*: enough for what surrounds the
stages, and quick.
"""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from hypothesis import settings
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import assembly, layers
from pipeline.records import (
    Block,
    Claim,
    Confidence,
    ContentSegment,
    Context,
    CueSpan,
    Document,
    DocumentRef,
    Exact,
    Producer,
    SaidOn,
    Span,
    Speaker,
)

settings.register_profile("project", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("project")

ROOT = Path(__file__).parent.parent
_SAID = re.compile(r"(?P<source>[A-Z]\w+ [A-Z]\w+) (?P<cue>said) (?P<content>[^.\n]+)")

MakeDocument = Callable[..., Document]
MakeClaim = Callable[..., Claim]


def _document(text: str, *, source: str = "notes/ferry.txt") -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=f"d_{digest[:12]}", source=source, text=text, sha256=digest)


def _claim(
    document: Document,
    content: str,
    *,
    cue: str | None = None,
    source: str | None = None,
    confidence: float = 0.5,
) -> Claim:
    def cut(passage: str) -> dict[str, int | str]:
        start = document.text.index(passage)
        return {"start": start, "end": start + len(passage), "exact": passage}

    segment = ContentSegment(**cut(content), quoted="not")
    return Claim(
        id=f"c_{segment.start}",
        document=DocumentRef(
            id=document.id,
            source=document.source,
            title=document.title,
            url=document.url,
            published=document.published,
            sha256=document.sha256,
            media_type=document.media_type,
        ),
        type="indirect",
        text=content,
        content=(segment,),
        cue=CueSpan(**cut(cue), lemma="say") if cue else None,
        source=Exact(**cut(source)) if source else None,
        speaker=Speaker(kind="person", name=source) if source else Speaker(),
        force="state",
        negated=False,
        nested_in=None,
        said_on=SaidOn(edtf=None, earliest=None, latest=None, basis="none"),
        context=Context(
            prefix=document.text[: segment.start][-32:],
            suffix=document.text[segment.end :][:32],
            block="body",
            sentence=Span(start=0, end=len(document.text)),
        ),
        confidence=Confidence(content=confidence, speaker=confidence),
        reason="written by hand",
        producer=Producer(name="en-news-claims", version="0", model="toy 0"),
    )


@pytest.fixture(scope="session")
def make_document() -> MakeDocument:
    """Build a document from its text."""
    return _document


@pytest.fixture(scope="session")
def make_claim() -> MakeClaim:
    """Build a claim from a document and the passages, each found where it first is."""
    return _claim


@Language.component("toy_claims")
def _toy_claims(doc: Doc) -> Doc:
    if "explode" in doc.text:
        message = "the word was said"
        raise ValueError(message)
    (described,) = layers.DOCUMENT.get(doc)
    document = _document(doc.text, source=described.source)
    everything = Block(start=0, end=len(doc.text), label="body", reason="a toy")
    layers.BLOCKS.set(doc, [everything] if doc.text else [])
    layers.CLAIMS.set(
        doc,
        (
            _claim(document, match["content"], cue="said", source=match["source"])
            for match in _SAID.finditer(doc.text)
        ),
    )
    return doc


@pytest.fixture(scope="session")
def toy_nlp() -> Language:
    """A pipeline without weights, see above."""
    nlp = spacy.blank("en")
    nlp.add_pipe("toy_claims")
    return nlp


@pytest.fixture
def toy_model(monkeypatch: pytest.MonkeyPatch, toy_nlp: Language) -> Language:
    """Let whatever loads a model get the toy pipeline."""
    monkeypatch.setattr(assembly, "load", lambda _model="": toy_nlp)
    return toy_nlp


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline as shipped."""
    return assembly.load(str(ROOT / "models" / assembly.MODEL))
