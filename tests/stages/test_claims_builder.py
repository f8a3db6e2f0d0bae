"""Claims cut from one small article: every field, and what they promise."""

from collections.abc import Iterator, Sequence

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import layers
from pipeline.marks import pair_marks
from pipeline.records import (
    Attribution,
    Block,
    BlockLabel,
    Claim,
    Document,
    Mention,
    Producer,
    Resolved,
    Span,
    Speaker,
)
from pipeline.schema import from_line, to_line
from pipeline.sentences import sentence_at, split_sentences
from pipeline.stages.claims.article import read_article
from pipeline.stages.claims.builder import build_claims
from pipeline.stages.claims.wording import read_alone

TEXT = (
    "Ferry to close\n\n"
    "Ada Moss said on Tuesday the ferry cost “nearly £1.2m” last year.\n\n"
    "“It is late,” she said. “And cold.”\n\n"
    "Related: Ada Moss said the gate was shut."
)
PRODUCER = Producer(name="en-news-claims", version="1", model="toy 1")
MOSS = Resolved(
    speaker=Speaker(id="p_ada-moss", kind="person", name="Ada Moss"),
    confidence=0.9,
    reason="source names the speaker",
)


def span(text: str, passage: str, *, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = text.index(passage, start + 1)
    return Span(start=start, end=start + len(passage))


def document() -> Document:
    return Document(
        id="d_1", source="a.txt", text=TEXT, sha256="0", published="2013-02-14"
    )


def blocks() -> Iterator[Block]:
    labels: tuple[tuple[str, BlockLabel], ...] = (
        ("Ferry to close", "headline"),
        ("Ada Moss said on", "body"),
        ("“It is late", "body"),
        ("Related", "related"),
    )
    starts = [TEXT.index(words) for words, _ in labels] + [len(TEXT)]
    for place, (_, label) in enumerate(labels):
        yield Block(start=starts[place], end=starts[place + 1], label=label, reason="")


def attributions() -> Sequence[Attribution]:
    return (
        Attribution(
            id="2",
            type="direct",
            content=(span(TEXT, "“It is late,”"), span(TEXT, "“And cold.”")),
            cue=span(TEXT, "said", nth=2),
            source=span(TEXT, "she"),
            reason="quotation goes on",
        ),
        Attribution(
            id="1",
            type="mixed",
            content=(span(TEXT, "the ferry cost “nearly £1.2m” last year"),),
            cue=span(TEXT, "said"),
            source=span(TEXT, "Ada Moss"),
            confidence=0.8,
            flags=("unbalanced_quotes",),
        ),
        Attribution(id="3", content=(span(TEXT, "the gate was shut"),)),
        Attribution(
            id="4",
            content=(span(TEXT, "nearly £1.2m"),),
            nested_in="1",
        ),
        Attribution(id="5", content=(span(TEXT, "cold"),), nested_in="3"),
    )


def build() -> list[Claim]:
    dates = (span(TEXT, "Tuesday"), span(TEXT, "last year"))
    mentions = [Mention(start=it.start, end=it.end, label="DATE") for it in dates]
    return build_claims(
        read_article(document(), list(blocks()), mentions),
        attributions=attributions(),
        identities=(),
        speakers={"1": MOSS, "2": MOSS},
        producer=PRODUCER,
    )


def test_claims_stand_in_the_order_of_their_contents_and_none_is_furniture() -> None:
    assert [claim.content[0].start for claim in build()] == sorted(
        claim.content[0].start for claim in build()
    )
    assert all("gate" not in claim.text for claim in build())


def test_a_claim_says_everything_about_itself() -> None:
    claim = build()[0]
    assert claim.text == "the ferry cost nearly £1.2m last year"
    assert claim.content[0].quoted == "partly"
    assert claim.cue is not None
    assert (claim.cue.exact, claim.cue.lemma) == ("said", "say")
    assert claim.source is not None
    assert claim.source.exact == "Ada Moss"
    assert claim.speaker == MOSS.speaker
    assert (claim.force, claim.negated) == ("state", False)
    assert [mention.exact for mention in claim.mentions] == ["last year"]
    [figure] = claim.figures
    assert (figure.exact, figure.value, figure.modifier) == ("£1.2m", 1.2e6, "nearly")
    [date] = claim.dates
    assert (date.edtf, date.anchor) == ("2012", "2013-02-14")
    assert (claim.said_on.edtf, claim.said_on.basis) == ("2013-02-12", "stated")
    assert claim.context.block == "body"
    assert claim.context.prefix == TEXT[: claim.content[0].start][-32:]
    assert claim.context.suffix == TEXT[claim.content[0].end :][:32]
    sentence = claim.context.sentence.of(TEXT)
    assert sentence.startswith("Ada Moss said on")
    assert sentence.endswith("last year.")
    assert (claim.confidence.content, claim.confidence.speaker) == (0.8, 0.9)
    assert claim.flags == ("unbalanced_quotes",)


def test_an_interrupted_quotation_is_mended() -> None:
    claim = build()[-2]
    assert claim.text == "It is late. And cold."
    assert [part.quoted for part in claim.content] == ["wholly", "wholly"]
    assert claim.reason == "quotation goes on; source names the speaker"


def test_nested_claims_name_the_claim_that_is_written_out() -> None:
    outer, nested, *_, orphan = build()
    assert nested.nested_in == outer.id
    assert orphan.nested_in is None


def test_ids_depend_on_document_type_and_content_alone() -> None:
    first = [claim.id for claim in build()]
    assert len(set(first)) == len(first)
    assert all(it.startswith("c_") for it in first)
    assert first == [claim.id for claim in build()]


def test_without_a_speaker_the_claim_is_flagged() -> None:
    claim = build()[1]
    assert claim.speaker.kind == "unknown"
    assert "speaker_unresolved" in claim.flags


@pytest.mark.parametrize(
    ("text", "published", "flags"),
    [
        ("Ada Moss said on Monday it was late.", None, ("relative_date_unresolved",)),
        ("Ada Moss said on Monday it was late.", "2013-02-14", ()),
        ("Ada Moss said on 4 May 2012 it was late.", None, ()),
        # nothing is stated
        ("Ada Moss said it was late.", None, ()),
    ],
)
def test_a_stated_day_that_nothing_settles_is_flagged(
    text: str, published: str | None, flags: tuple[str, ...]
) -> None:
    days = [span(text, day) for day in ("Monday", "4 May 2012") if day in text]
    one = Attribution(
        id="1", content=(span(text, "it was late"),), cue=span(text, "said")
    )
    [claim] = build_claims(
        read_article(
            Document(id="d_1", source="", text=text, sha256="0", published=published),
            [Block(start=0, end=len(text), label="body", reason="")],
            [Mention(start=it.start, end=it.end, label="DATE") for it in days],
        ),
        attributions=[one],
        identities=(),
        speakers={"1": MOSS},
        producer=PRODUCER,
    )
    assert claim.flags == flags


def test_claims_survive_their_line_of_json() -> None:
    for claim in build():
        assert from_line(to_line(claim)) == claim


def test_every_span_is_exact() -> None:
    for claim in build():
        parts = (*claim.content, *claim.mentions, *claim.figures, *claim.dates)
        for part in parts:
            assert TEXT[part.start : part.end] == part.exact


@pytest.mark.parametrize(
    ("text", "passages", "expected"),
    [
        ('"It is late," she said.', ['"It is late,"'], "It is late."),
        ('"Late, and cold", he said.', ['"Late, and cold"'], "Late, and cold"),
        (
            '"It is late," she said, "and cold."',
            ['"It is late,"', '"and cold."'],
            "It is late, and cold.",
        ),
        (
            'It was "a shame". "We did our best."',
            ['It was "a shame"', '"We did our best."'],
            "It was a shame. We did our best.",
        ),
        ("“She said ‘no’ to me.”", ["“She said ‘no’ to me.”"], "She said ‘no’ to me."),
        ("it was\n  a long  way", ["it was\n  a long  way"], "it was a long way"),
        # the first person in part of a content is not the reporter's
        (
            "he said she was “a prisoner in my home”",
            ["she was “a prisoner in my home”"],
            "she was “a prisoner in my home”",
        ),
        (
            "he said they told “us” nothing",
            ["they told “us” nothing"],
            "they told “us” nothing",
        ),
        (
            "he said the “US ferries” were late",
            ["the “US ferries” were late"],
            "the US ferries were late",
        ),
        ("“My home,” he said.", ["“My home,”"], "My home."),
        # lines of a list
        (
            "- he was late\n- it rained",
            ["he was late", "it rained"],
            "he was late; it rained",
        ),
        (
            "he was late,\nit rained",
            ["he was late,", "it rained"],
            "he was late, it rained",
        ),
        (
            "he was late\n\nit rained",
            ["he was late", "it rained"],
            "he was late. it rained",
        ),
        ("the weir is\nrated\nas poor", ["the weir", "as poor"], "the weir as poor"),
        # "that" which joins a clause, and "that" which points
        ("said that the weir is dry", ["that the weir is dry"], "the weir is dry"),
        ("said that “the weir” is dry", ["that “the weir” is dry"], "the weir is dry"),
        ("said that 40 boats sank", ["that 40 boats sank"], "40 boats sank"),
        ("said that weir is dry", ["that weir is dry"], "that weir is dry"),
        (
            "“That the weir is dry!” he said",
            ["“That the weir is dry!”"],
            "That the weir is dry!",
        ),
        ("said that was that", ["that was that"], "that was that"),
    ],
)
def test_the_wording_reads_alone(text: str, passages: list[str], expected: str) -> None:
    content = [span(text, passage) for passage in passages]
    assert read_alone(text, content, pair_marks(text)) == expected


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Mr A. Lee and Dr. Moss met.", ["Mr A. Lee and Dr. Moss met."]),
        ('"Why?" she asked. Nobody knew.', ['"Why?" she asked.', "Nobody knew."]),
        ("It cost £1.2m. He paid.", ["It cost £1.2m.", "He paid."]),
        ("Headline\n\nBody text", ["Headline", "Body text"]),
        ("He is in No. 10. She said no.", ["He is in No. 10.", "She said no."]),
        ("It ends… Or does it?", ["It ends…", "Or does it?"]),
        ("wrapped\nonce only.", ["wrapped\nonce only."]),
    ],
)
def test_sentences_end_where_printed_english_ends_them(
    text: str, sentences: list[str]
) -> None:
    assert [it.of(text) for it in split_sentences(text)] == sentences


@settings(max_examples=200)
@given(st.text(alphabet="Ab. \n?!\"'”Mr1", max_size=60), st.integers(0, 59))
def test_sentences_are_apart_trimmed_and_cover_all_but_white_space(
    text: str, edge: int
) -> None:
    sentences = split_sentences(text, breaks=[edge])
    assert all(it.of(text).strip() == it.of(text) != "" for it in sentences)
    assert "".join("".join(it.of(text) for it in sentences).split()) == "".join(
        text.split()
    )
    for sentence in sentences:
        assert sentence_at(sentences, sentence.start) == sentence
        assert not sentence.start < edge < sentence.end


def test_the_stages_run_in_any_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("news_entities")
    nlp.add_pipe("news_claims")
    doc = nlp("The bill was £5m.")
    assert [mention.of(doc.text) for mention in layers.MENTIONS.get(doc)] == ["£5m"]
    assert doc.spans["entities"][0].label_ == "MONEY"
    assert layers.CLAIMS.get(doc) == ()
