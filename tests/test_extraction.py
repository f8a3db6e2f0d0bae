"""One article in, its claims out, however the article is given."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from spacy.language import Language

import pipeline
from pipeline import extraction
from pipeline.errors import UnknownModelError, UnreadableInputError
from pipeline.extraction import read_out
from pipeline.reading import from_text
from pipeline.records import Document

TEXT = "Anna Brook said the weir would hold. Tom Vale said nothing of the kind."
MakeDocument = Callable[..., Document]


@pytest.mark.parametrize(
    "article",
    [TEXT, {"text": TEXT, "title": "The weir"}, from_text(TEXT, source="weir.txt")],
    ids=["text", "mapping", "document"],
)
def test_an_article_is_a_text_a_mapping_or_a_document(
    toy_nlp: Language, article: str | Mapping[str, Any] | Document
) -> None:
    claims = pipeline.extract(article, toy_nlp)
    assert [claim.speaker.name for claim in claims] == ["Anna Brook", "Tom Vale"]


def test_the_shipped_model_is_loaded_once(
    toy_model: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = []
    monkeypatch.setattr(
        extraction.assembly, "load", lambda: loaded.append(1) or toy_model
    )
    extraction.shipped.cache_clear()
    for _ in range(2):
        assert len(pipeline.extract(TEXT)) == 2
    extraction.shipped.cache_clear()
    assert loaded == [1]


@pytest.mark.parametrize("article", ["", " \n", {"title": "No text"}])
def test_what_is_no_article_is_refused(
    toy_nlp: Language, article: str | Mapping[str, Any]
) -> None:
    with pytest.raises(UnreadableInputError):
        pipeline.extract(article, toy_nlp)


def test_an_unknown_model_is_refused_with_the_next_step() -> None:
    with pytest.raises(UnknownModelError, match="leave the option out"):
        pipeline.load("no_such_model")


def test_the_document_is_written_out_as_it_was_read(
    toy_nlp: Language, make_document: MakeDocument
) -> None:
    document = make_document(TEXT)
    written = read_out(document, toy_nlp).document
    same = ("id", "source", "text", "sha256", "media_type", "encoding", "title")
    for field in same:
        assert getattr(written, field) == getattr(document, field)
    assert written.claims == 2
    assert written.producer.model == "en_pipeline 0.0.0"


def test_the_verbs_are_what_the_package_offers() -> None:
    assert {"load", "extract"} <= set(pipeline.__all__)
    for name in pipeline.__all__:
        assert getattr(pipeline, name)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = pipeline.nonsense
