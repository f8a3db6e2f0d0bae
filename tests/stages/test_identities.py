"""Names become people and bodies, with the posts that the text gives them.

The rows stand in ``tests/cases/identities``; the fields are explained there.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline import layers
from pipeline.gold import from_json
from pipeline.gold_markup import compile_markup
from pipeline.records import Block, Identity, Mention
from pipeline.stages.claims.speakers.scene import main_post
from pipeline.stages.identities.gender import gender_after, gender_before, settle
from pipeline.stages.identities.names import may_be_same, read_name, strip_titles
from pipeline.stages.identities.parties import party_named
from pipeline.stages.identities.resolver import Resolution, resolve_identities

CASES = Path(__file__).parents[1] / "cases" / "identities"


def _rows(name: str) -> list[Any]:
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(row, id=row["why"]) for row in map(json.loads, lines)]


def _resolve(marked: str) -> tuple[str, Resolution]:
    body = marked if marked.startswith("@@") else f"@@body\n{marked}"
    described = json.dumps({"id": "case", "claims": {}})
    gold = from_json(compile_markup(f"{body}\n=====\n{described}", "case"), "case")
    blocks = [
        Block(start=b.start, end=b.end, label=b.label, reason="") for b in gold.blocks
    ]
    mentions = [Mention(start=e.start, end=e.end, label=e.label) for e in gold.entities]
    return gold.text, resolve_identities(gold.text, blocks, mentions)


@pytest.mark.parametrize("row", _rows("names"))
def test_names_of_one_person_or_body_are_one_identity(row: dict[str, Any]) -> None:
    text, resolution = _resolve(row["text"])
    names = {
        who.name: [mention.of(text) for mention in who.mentions]
        for who in resolution.identities
    }
    assert names == row["names"]


def _described(who: Identity) -> dict[str, str]:
    post = main_post(who)
    fields = {
        "name": who.name,
        "role": post.role if post else None,
        "organisation": post.organisation if post else None,
        "party": who.party,
        "gender": who.gender,
    }
    return {key: value for key, value in fields.items() if value}


@pytest.mark.parametrize("row", _rows("posts"))
def test_posts_and_parties_are_read_from_the_words_around(row: dict[str, Any]) -> None:
    _, resolution = _resolve(row["text"])
    people = [_described(who) for who in resolution.identities if who.kind == "person"]
    for found, wanted in zip(people, row["people"], strict=True):
        if "gender" not in wanted:
            found.pop("gender", None)
        assert found == wanted


def test_a_post_names_the_passage_that_says_so() -> None:
    text, resolution = _resolve("⦃Penbury Council|ORG⦄ leader ⦃Ada Moss|PERSON⦄ left.")
    (post,) = resolution.identities[0].posts
    assert text[post.start : post.end] == "leader"


def test_ids_are_made_of_names_and_are_unique() -> None:
    _, resolution = _resolve(
        "⦃Ana Núñez|PERSON⦄ met ⦃A-B Ltd|ORG⦄, ⦃A & B Ltd|ORG⦄ and ⦃李|PERSON⦄."
    )
    assert [who.id for who in resolution.identities] == [
        "p_ana-nunez",
        "p_李",
        "o_a-b-ltd",
        "o_a-b-ltd-2",
    ]


def test_only_people_and_bodies_get_an_id() -> None:
    _, resolution = _resolve("⦃Ada Moss|PERSON⦄ left ⦃Hull|LOC⦄ in ⦃May|DATE⦄.")
    assert [mention.identity for mention in resolution.mentions] == [
        "p_ada-moss",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("printed", "tokens"),
    [
        ("Dame Ada Moss", ("ada", "moss")),
        ("Det Ch Insp Ada Moss", ("ada", "moss")),
        ("The Rev Ada Moss", ("ada", "moss")),
        ("Ada Moss OBE", ("ada", "moss")),
        ("A.B. Moss", ("a", "b", "moss")),
        ("Moss, Ada", ("ada", "moss")),
        ("Ada “Tiny” Moss", ("ada", "moss")),
        ("Ada Moss’s", ("ada", "moss")),
        ("Ana de la Cruz", ("ana", "de", "la", "cruz")),
        ("Dean Moss", ("dean", "moss")),
    ],
)
def test_a_name_is_taken_apart(printed: str, tokens: tuple[str, ...]) -> None:
    assert read_name(printed).tokens == tokens


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Moss", "Ada Moss", True),
        ("Ada Moss", "A. Moss", True),
        ("Ada Moss", "Ian Moss", False),
        ("Ada Moss", "Ada Orr", False),
        ("Ada Jane Moss", "Ada Moss", True),
        ("Ada Jane Moss", "Jane Moss", False),
        ('Gwyn "Tank" Rees', "Tank Rees", True),
    ],
)
def test_two_names_may_be_one_person(one: str, other: str, *, same: bool) -> None:
    assert may_be_same(read_name(one), read_name(other)) is same
    assert may_be_same(read_name(other), read_name(one)) is same


@pytest.mark.parametrize(
    ("before", "gender"),
    [
        ("said Mrs ", "female"),
        ("said Sir ", "male"),
        ("his daughter, ", "female"),
        ("said Dr ", None),
        ("said ", None),
    ],
)
def test_words_before_a_name_tell_the_gender(before: str, gender: str | None) -> None:
    assert gender_before(before) == gender


@pytest.mark.parametrize(
    ("after", "gender"),
    [
        (", a mother of three,", "female"),
        (", who lost his job", "male"),
        (", whose son is nine,", None),
        (", who accused her of fraud", None),
        (" and his wife", None),
    ],
)
def test_words_behind_a_name_tell_the_gender(after: str, gender: str | None) -> None:
    assert gender_after(after) == gender


def test_contradicting_evidence_tells_no_gender() -> None:
    assert settle(["female", "male"]) is None
    assert settle([None, "male", "male"]) == "male"


def test_a_party_is_named_in_full() -> None:
    assert party_named("Lib Dems") == "Liberal Democrat"
    assert party_named("Sinn Féin") == "Sinn Féin"
    assert party_named("Hull") is None


def test_a_title_alone_is_left_as_it_is() -> None:
    assert strip_titles("Mr") == "Mr"


def test_the_component_writes_ids_that_survive_bytes() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("news_identities")
    doc = nlp.make_doc("Ada Moss left Hull.")
    layers.MENTIONS.set(doc, [Mention(start=0, end=8, label="PERSON")])
    doc = Doc(nlp.vocab).from_bytes(nlp(doc).to_bytes())
    assert [who.id for who in layers.IDENTITIES.get(doc)] == ["p_ada-moss"]
    assert [one.identity for one in layers.MENTIONS.get(doc)] == ["p_ada-moss"]
    shown = [(span.text, span.label_, span.kb_id_) for span in doc.ents]
    assert shown == [("Ada Moss", "PERSON", "p_ada-moss")]


NAMES = st.lists(
    st.sampled_from(
        ["Ada", "Moss", "Dr", "O’Dea", "de", "(KCC)", "'s", "李", "\U0001f642"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(st.lists(st.tuples(NAMES, st.sampled_from(["PERSON", "ORG", "ROLE", "NORP"]))))
def test_any_names_give_exact_identities(named: list[tuple[str, Any]]) -> None:
    text, mentions = "", []
    for name, label in named:
        start = len(text) + 5
        text += f"\r\nso {name}"
        mentions.append(Mention(start=start, end=start + len(name), label=label))
    resolution = resolve_identities(text, [], mentions)
    assert len(resolution.mentions) == len(mentions)
    ids = [who.id for who in resolution.identities]
    assert len(ids) == len(set(ids))
    known = {who.id: who for who in resolution.identities}
    for mention in resolution.mentions:
        if mention.identity:
            assert mention.label in {"PERSON", "ORG"}
            spans = {(s.start, s.end) for s in known[mention.identity].mentions}
            assert (mention.start, mention.end) in spans
