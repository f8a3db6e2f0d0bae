"""What holds for any text whatever, through the pipeline as shipped."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from spacy.language import Language

from pipeline.batch.extractor import Extractor
from pipeline.batch.runner import extract_all
from pipeline.extraction import Extraction, read_out
from pipeline.reading import ReadOptions, from_text, read_inputs
from pipeline.records import CLAIM_BLOCKS, Document
from pipeline.schema import from_line, json_schema, to_line

ARTICLES = Path(__file__).parent.parent / "corpus" / "articles"

#: Pieces of news prose between which anything may stand.
PHRASES = (
    "Anna Brook said ",
    "the weir would hold",
    "“We have listened,” ",
    '"moved the goal posts" ',
    "according to Tarn Council (TC)",
    "She added: ",
    "Cllr Tom Vale (Lab), the leader, ",
    "nearly 6,000 people",
    "last November",
    "Start Quote",
    "Related Stories",
)
ODDITIES = (
    "\r\n",
    "\n\n",
    "\u00a0",
    "e\u0301",
    "🛶",
    "👩🏽‍⚕️",
    "\u200b",
    "\ufeff",
    "“",
    "'",
    "\t",
)
articles = st.lists(
    st.sampled_from(PHRASES) | st.sampled_from(ODDITIES) | st.text(max_size=8),
    min_size=1,
    max_size=30,
).map("".join)


def _passages(value: object) -> Iterator[Mapping[str, object]]:
    """Find every span of a record, however deep it stands."""
    if isinstance(value, Mapping):
        if value.get("start") is not None and value.get("end") is not None:
            yield value
        for inner in value.values():
            yield from _passages(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _passages(inner)


def _check_spans(extraction: Extraction, text: str) -> None:
    for record in (extraction.document, *extraction.claims):
        for passage in _passages(asdict(record)):
            start, end = passage["start"], passage["end"]
            assert 0 <= start < end <= len(text), passage
            if "exact" in passage:
                assert text[start:end] == passage["exact"]


def _readable(text: str) -> bool:
    return bool(text.strip()) and not any("\ud800" <= c <= "\udfff" for c in text)


@settings(max_examples=60)
@given(text=articles.filter(_readable))
def test_every_span_is_exact(nlp: Language, text: str) -> None:
    extraction = read_out(from_text(text), nlp)
    assert extraction.document.text == text
    _check_spans(extraction, text)


@settings(max_examples=30)
@given(text=articles.filter(_readable))
def test_every_line_satisfies_its_schema_and_comes_back(
    nlp: Language, text: str
) -> None:
    extraction = read_out(from_text(text), nlp)
    for name, records in {
        "claim": extraction.claims,
        "document": (extraction.document,),
    }.items():
        validator = Draft202012Validator(json_schema(name))
        for record in records:
            line = to_line(record)
            validator.validate(orjson.loads(line))
            assert to_line(from_line(line)) == line


@settings(max_examples=30)
@given(text=articles.filter(_readable))
def test_blocks_cover_the_text_and_claims_lie_in_the_right_ones(
    nlp: Language, text: str
) -> None:
    extraction = read_out(from_text(text), nlp)
    blocks = extraction.document.blocks
    inside = set()
    for block in blocks:
        inside.update(range(block.start, block.end))
    assert all(text[i].isspace() for i in range(len(text)) if i not in inside)
    for claim in extraction.claims:
        for segment in claim.content:
            (label,) = {
                block.label
                for block in blocks
                if block.start <= segment.start < block.end
            }
            assert label in CLAIM_BLOCKS


@pytest.fixture(scope="module")
def corpus() -> list[Document]:
    """The first articles of the corpus."""
    items = read_inputs([str(ARTICLES)], options=ReadOptions())
    documents = [item for item in items if isinstance(item, Document)]
    assert documents
    return documents[:6]


@pytest.fixture
def extractor(nlp: Language) -> Extractor:
    """An extractor that has its model already."""
    extractor = Extractor()
    vars(extractor)["nlp"] = nlp
    return extractor


def test_order_and_neighbours_change_no_line(
    corpus: list[Document], extractor: Extractor
) -> None:
    together = {lines.item.id: lines for lines in extract_all(corpus, extractor)}
    backwards = extract_all(corpus[::-1], extractor)
    assert {lines.item.id: lines for lines in backwards} == together
    for document in corpus:
        assert extractor([document]) == [together[document.id]]


def test_articles_give_claims_with_exact_spans(
    corpus: list[Document], nlp: Language
) -> None:
    for document in corpus:
        extraction = read_out(document, nlp)
        assert extraction.claims, document.source
        _check_spans(extraction, document.text)
