"""Pronouns that gold answers: what is asked, by whom it is answered, how it counts."""

from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner

from pipeline.evaluation.gold_pronouns import (
    Answer,
    PronounScores,
    Question,
    ask,
    nearest,
    with_gold_names,
)
from pipeline.evaluation.pronouns import Article, score_pronouns, tell_pronouns
from pipeline.gold import GoldDocument, GoldEntity
from pipeline.records import Attribution, Block, EntityLabel, Identity, Mention, Span
from pipeline.stages.identities.resolver import resolve_identities

TEXT = "Ms Ada Moss met Mr Ian Orr. Ian Orr's sister said no. She told him so."


def at(passage: str, *, after: int = 0) -> Span:
    start = TEXT.index(passage, after)
    return Span(start=start, end=start + len(passage))


ADA, IAN = at("Ada Moss"), at("Ian Orr")
AGAIN = at("Ian Orr", after=IAN.end)
SISTER = at("Ian Orr's sister")
SHE, HIM = at("She"), at("him")
PEOPLE = tuple(
    GoldEntity(start=one.start, end=one.end, label="PERSON")
    for one in (ADA, IAN, AGAIN)
)
CLUSTERED = GoldDocument(
    id="test/1",
    text=TEXT,
    layers=frozenset({"entities", "clusters"}),
    labels=frozenset({"PERSON"}),
    entities=PEOPLE,
    clusters=((SISTER, SHE), (at("Mr Ian Orr"), at("Ian Orr's"), HIM)),
)
PAIRED = GoldDocument(
    id="test/2", text=TEXT, clusters=((ADA, SHE),), distinct=((IAN, SHE),)
)


def mention(span: Span, label: EntityLabel = "PERSON") -> Mention:
    return Mention(start=span.start, end=span.end, label=label)


def person(name: str, *mentions: Span) -> Identity:
    return Identity(id=name, kind="person", name=name, mentions=mentions)


def article(*names: Span) -> Article:
    return Article(
        text=TEXT,
        blocks=(Block(start=0, end=len(TEXT), label="body", reason=""),),
        mentions=tuple(map(mention, names)),
        attributions=(
            Attribution(id="1", content=(at("no"),), source=SISTER, cue=at("said")),
        ),
    )


def test_clusters_without_a_name_are_not_asked_about() -> None:
    """The sister is named nowhere, though her phrase holds her brother's name."""
    assert [(one.word, one.names) for one in ask(CLUSTERED)] == [("him", (IAN, AGAIN))]


def test_of_pairs_both_names_are_asked_about() -> None:
    (one,) = ask(PAIRED)
    assert (one.names, one.others, one.gender) == ((ADA,), (IAN,), "female")


def test_labels_that_gold_marks_are_taken_from_gold_alone() -> None:
    found = (mention(at("met")), mention(at("sister"), "ROLE"))
    kept = with_gold_names(CLUSTERED, found)
    assert [one.of(TEXT) for one in kept] == [
        "Ada Moss",
        "Ian Orr",
        "Ian Orr",
        "sister",
    ]


def test_names_of_pairs_are_added_and_take_the_place_of_what_they_overlap() -> None:
    found = (mention(at("Ada")), mention(AGAIN))
    kept = with_gold_names(PAIRED, found)
    assert [(one.start, one.end) for one in kept] == [
        (one.start, one.end) for one in (ADA, IAN, AGAIN)
    ]


def test_the_baseline_takes_the_nearest_name_whose_gender_fits() -> None:
    found = resolve_identities(TEXT, (), tuple(map(mention, (ADA, IAN, AGAIN))))
    she = Question(pronoun=SHE, word="she", names=())
    answers = [nearest(one, found) for one in (she, replace(she, word="he"))]
    assert [one.who.name for one in answers if one.who] == ["Ada Moss", "Ian Orr"]
    first = replace(she, pronoun=Span(start=0, end=2))
    assert nearest(first, found) == Answer()


QUESTION = Question(pronoun=SHE, word="she", names=(ADA,), others=(IAN,))


@pytest.mark.parametrize(
    ("answer", "share", "accuracy"),
    [
        (Answer(who=person("Ada Moss", ADA), known=True), "right", 100),
        (Answer(who=person("Ian Orr", IAN), known=True), "wrong", 0),
        (Answer(known=True), "wrong", 0),
        (Answer(), "abstained", 0),
    ],
)
def test_answers_count_as_right_wrong_or_none(
    answer: Answer, share: str, accuracy: float
) -> None:
    scores = PronounScores()
    scores.add(QUESTION, "open", {"resolver": answer, "nearest": Answer()})
    tables = scores.sections()
    row = tables["pronouns, all"]["resolver"]
    assert {name for name in ("right", "wrong", "abstained") if row[name]} == {share}
    assert tables["candidates, as GAP counts"]["resolver"]["accuracy"] == accuracy


def test_whoever_means_neither_name_is_right_to_name_none() -> None:
    scores = PronounScores()
    neither = replace(QUESTION, names=(), others=(ADA, IAN))
    both = {
        "resolver": Answer(),
        "nearest": Answer(who=person("Ian Orr", IAN), known=True),
    }
    scores.add(neither, "open", both)
    rows = scores.sections()["candidates, as GAP counts"]
    assert [rows[way]["accuracy"] for way in ("resolver", "nearest")] == [100, 0]


def test_the_claims_stage_is_asked_with_the_names_of_gold() -> None:
    scores = score_pronouns([CLUSTERED], lambda _: article())
    row = scores.sections()["pronouns, all"]["resolver"]
    assert (row["right"], row["asked"]) == (100, 1)


def test_the_command_says_what_it_wants() -> None:
    app = typer.Typer()
    app.command()(tell_pronouns)
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    assert "--genre" in result.output
