"""Layers survive every way in which spaCy moves a Doc, and show themselves as spans."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from pipeline import layers
from pipeline.records import Identity, Mention, Part, Post, Span

TEXT = "Cllr Anna Brook (Green) said so."
MENTIONS = (
    Mention(start=5, end=15, label="PERSON", score=0.9, identity="p_anna-brook"),
    Mention(start=17, end=22, label="NORP"),
)
IDENTITY = Identity(
    id="p_anna-brook",
    kind="person",
    name="Anna Brook",
    party="Green",
    posts=(Post(role="councillor", organisation=None, start=0, end=4),),
    mentions=(Span(start=5, end=15),),
)
PART = Part(start=0, end=23, role="source", level="outer", score=0.8)


@pytest.fixture
def doc() -> Doc:
    doc = spacy.blank("en").make_doc(TEXT)
    layers.MENTIONS.set(doc, MENTIONS)
    layers.IDENTITIES.set(doc, [IDENTITY])
    layers.PARTS.set(doc, [PART])
    return doc


def _through_bytes(doc: Doc) -> Doc:
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def _through_bin(doc: Doc) -> Doc:
    binned = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (restored,) = DocBin().from_bytes(binned).get_docs(doc.vocab)
    return restored


@pytest.mark.parametrize("move", [lambda doc: doc, _through_bytes, _through_bin])
def test_records_come_back_as_they_were(doc: Doc, move: Callable[[Doc], Doc]) -> None:
    moved = move(doc)
    assert layers.MENTIONS.get(moved) == MENTIONS
    assert layers.IDENTITIES.get(moved) == (IDENTITY,)
    assert layers.PARTS.get(moved) == (PART,)


def test_a_layer_that_nobody_wrote_is_empty(doc: Doc) -> None:
    assert layers.CLAIMS.get(doc) == ()


def test_writing_again_replaces(doc: Doc) -> None:
    layers.MENTIONS.set(doc, [])
    assert layers.MENTIONS.get(doc) == ()
    assert layers.IDENTITIES.get(doc) == (IDENTITY,)


@pytest.mark.parametrize(
    ("start", "end", "shown"), [(5, 15, "Anna Brook"), (6, 14, "Anna Brook")]
)
def test_shown_spans_widen_to_tokens(
    doc: Doc, start: int, end: int, shown: str
) -> None:
    layers.show(doc, "people", [(Span(start=start, end=end), "PERSON")])
    (span,) = doc.spans["people"]
    assert (span.text, span.label_) == (shown, "PERSON")
