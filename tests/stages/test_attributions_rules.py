"""The rules behind the attributions, one by one, and the stage as spaCy runs it."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import layers
from pipeline.records import CLAIM_BLOCKS, Block, Part, Role, Span
from pipeline.stages.attributions.assembly import find_attributions
from pipeline.stages.attributions.component import Attributions, Links
from pipeline.stages.attributions.edges import clean_content
from pipeline.stages.attributions.nearness import link_by_nearness
from pipeline.stages.attributions.pull_quotes import read_pull_quote
from pipeline.stages.attributions.regions import Regions


def part(
    text: str,
    role: Role,
    passage: str,
    *,
    cue: int | None = None,
    source: int | None = None,
) -> Part:
    start = text.index(passage)
    end = start + len(passage)
    return Part(start=start, end=end, role=role, cue=cue, source=source)


# ---- where claims may be read


def test_a_block_within_another_cuts_it_in_two() -> None:
    text = "A caption (Picture: Desk) of a hill"
    outer = Block(start=0, end=len(text), label="caption", reason="")
    inner = Block(start=10, end=25, label="furniture", reason="")
    regions = Regions(text, [outer, inner])
    assert [region.of(text) for region in regions.all] == ["A caption ", " of a hill"]
    assert regions.at(12) is None


def test_a_part_keeps_the_block_that_holds_most_of_it() -> None:
    text = "Menu\nThe road is closed"
    blocks = [
        Block(start=0, end=5, label="furniture", reason=""),
        Block(start=5, end=len(text), label="body", reason=""),
    ]
    regions = Regions(text, blocks)
    whole = Part(start=0, end=len(text), role="content")
    clipped = regions.clip(whole)
    assert clipped is not None
    assert clipped.of(text) == "The road is closed"
    assert regions.clip(Part(start=0, end=4, role="content")) is None


def test_all_body_text_is_one_flow_and_other_blocks_are_their_own() -> None:
    text = "aa\nbb\ncc\ndd\n"
    labels = ("body", "caption", "body", "headline")
    blocks = [
        Block(start=3 * n, end=3 * n + 3, label=label, reason="")
        for n, label in enumerate(labels)
    ]
    flows = [region.flow for region in Regions(text, blocks).all]
    assert flows[0] == flows[2]
    assert len(set(flows)) == 3


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=6))
@settings(derandomize=True)
def test_regions_never_overlap(edges: list[tuple[int, int]]) -> None:
    text = "x" * 40
    labels = sorted(CLAIM_BLOCKS)
    blocks = [
        Block(start=start, end=start + length, label=labels[n % 6], reason="")
        for n, (start, length) in enumerate(edges)
    ]
    regions = Regions(text, blocks).all
    ends = [0, *(region.end for region in regions)]
    assert all(r.start >= end for r, end in zip(regions, ends, strict=False))
    if blocks:
        covered = {n for b in blocks for n in range(b.start, b.end)}
        assert covered == {n for r in regions for n in range(r.start, r.end)}


# ---- edges


@pytest.mark.parametrize(
    ("text", "seen", "kept", "why"),
    [
        ("He said: “We go.”", "We go", "“We go.”", "marks and the stop in them"),
        ("He said: “We go”.", "“We go”.", "“We go”", "the stop outside them"),
        ("We go, he said.", "We go,", "We go", "a comma before the cue"),
        ('"We go", he said.', 'We go",', '"We go"', "one mark seen, one not"),
        ("He called it 'mad'.", "it 'mad", "it 'mad'", "a mark that closes a part"),
        ("Why? “No,” he said.", "“No", "“No,”", "the comma inside"),
        ("“I fear it is late,” he said.", "it is late", "it is late", "not all of it"),
        (
            "He said it is over...",
            "it is over...",
            "it is over...",
            "an ellipsis stays",
        ),
        ("He said …", "…", "…", "nothing would be left but this"),
    ],
)
def test_clean_content(text: str, seen: str, kept: str, why: str) -> None:
    span = part(text, "content", seen)
    regions = Regions(text, ())
    assert clean_content(text, span, regions.quotations).of(text) == kept, why


# ---- pull quotes


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        ("“We go”\nTom Hale", ["“We go”"], "Tom Hale"),
        ("“We go” Tom Hale, carer", ["“We go”"], "Tom Hale, carer"),
        ("We go – Tom Hale", ["We go"], "Tom Hale"),
        ("We go\n— Maria de Souza\nCarer", ["We go"], "Maria de Souza"),
        ("Start Quote\nWe go\nwe stay\nEnd Quote", ["We go", "we stay"], None),
        ("“", [], None),
    ],
)
def test_pull_quotes(text: str, said: list[str], name: str | None) -> None:
    found = read_pull_quote(
        text, Span(start=0, end=len(text)), Regions(text, ()).quotations
    )
    assert [span.of(text) for span in found.said] == said
    assert (found.name.of(text) if found.name else None) == name


# ---- nearness


def test_the_nearest_cue_of_the_sentence_wins_over_a_nearer_one_outside() -> None:
    text = "She agreed. The road, a long one, is closed, he said."
    parts = [
        part(text, "cue", "agreed"),
        part(text, "content", "The road, a long one, is closed"),
        part(text, "source", "he"),
        part(text, "cue", "said"),
    ]
    linked = link_by_nearness(text, parts)
    assert linked[1].cue == 3
    assert linked[3].source == 2


def test_a_content_without_cue_in_its_paragraph_points_to_a_source() -> None:
    text = "She agreed.\n\nMr Hale shrugged. “Never.”"
    parts = [
        part(text, "cue", "agreed"),
        part(text, "source", "Mr Hale"),
        part(text, "content", "“Never.”"),
    ]
    (_, _, content) = link_by_nearness(text, parts)
    assert (content.cue, content.source) == (None, 1)


def test_pointers_that_are_there_stay() -> None:
    text = "He said no, she said yes."
    parts = [
        part(text, "cue", "said"),
        part(text, "content", "yes", cue=0),
        part(text, "content", "no"),
    ]
    assert [p.cue for p in link_by_nearness(text, parts)] == [None, 0, 0]


# ---- weak contents


@pytest.mark.parametrize(
    ("why", "scores", "points", "contents"),
    [
        ("a firm content keeps the weak one out", (0.9, 0.3), True, ["no"]),
        ("firm ones are taken together", (0.6, 0.9), True, ["no", "never"]),
        ("of weak ones the best is taken", (0.2, 0.3), True, ["never"]),
        ("a weak one that nobody says is nothing", (0.2, 0.3), False, []),
    ],
)
def test_a_cue_takes_weak_contents_only_where_it_has_no_other(
    why: str, scores: tuple[float, float], points: bool, contents: list[str]
) -> None:
    del why
    text = "She said no and never."
    parts = [part(text, "cue", "said")]
    for passage, score in zip(("no", "never"), scores, strict=True):
        found = part(text, "content", passage, cue=0 if points else None)
        parts.append(replace(found, score=score))
    found = find_attributions(text, (), parts)
    assert [span.of(text) for one in found for span in one.content] == contents


# ---- the stage


@pytest.mark.parametrize("links", get_args(Links))
def test_the_stage_writes_records_and_spans(links: Links) -> None:
    stage = Attributions("news_attributions", links=links)
    words = ["Ms", "Aziz", "said", "the", "road", "was", "closed"]
    doc = Doc(Vocab(), words=words)
    parts = [
        part(doc.text, "source", "Ms Aziz"),
        part(doc.text, "cue", "said", source=0),
        part(doc.text, "content", "the road was closed", cue=1),
    ]
    layers.PARTS.set(doc, parts)
    assert stage(doc) is doc
    (found,) = layers.ATTRIBUTIONS.get(doc)
    assert found.source is not None
    assert found.source.of(doc.text) == "Ms Aziz"
    groups = {name: [str(s) for s in doc.spans[name]] for name in doc.spans}
    assert groups == {
        "sources": ["Ms Aziz"],
        "cues": ["said"],
        "contents": ["the road was closed"],
    }
    assert doc.spans["contents"][0].label_ == found.id


@pytest.mark.parametrize(("links", "cue"), [("encoder", "said"), ("nearness", "added")])
def test_nearness_takes_no_pointer_into_account(links: Links, cue: str) -> None:
    stage = Attributions("news_attributions", links=links)
    doc = Doc(Vocab(), words=["She", "said", "and", "added", "that", "it", "rains"])
    parts = [
        part(doc.text, "cue", "said"),
        part(doc.text, "cue", "added"),
        part(doc.text, "content", "that it rains", cue=0),
    ]
    layers.PARTS.set(doc, parts)
    (found,) = layers.ATTRIBUTIONS.get(stage(doc))
    assert found.cue is not None
    assert found.cue.of(doc.text) == cue
