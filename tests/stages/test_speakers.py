"""Every source turns out to be somebody, or is left open with a flag.

The rows stand in ``tests/cases/speakers``; the fields are explained there.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gold import GoldDocument, from_json
from pipeline.gold_markup import compile_markup
from pipeline.records import Attribution, Block, Mention, Resolved, Speaker
from pipeline.stages.claims.speakers.sieve import resolve_speakers
from pipeline.stages.identities.resolver import resolve_identities

CASES = Path(__file__).parents[1] / "cases" / "speakers"
OPEN = {"kind": "unknown"}
FIELDS = ("kind", "name", "role", "organisation", "party")


def _rows(name: str) -> list[Any]:
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(row, id=f"{name}: {row['why']}") for row in map(json.loads, lines)
    ]


def _read(marked: str, nested: dict[str, str]) -> GoldDocument:
    body = marked if marked.startswith("@@") else f"@@body\n{marked}"
    numbers = [str(number) for number in range(1, 9) if f"⟦q{number} " in marked]
    claims = {
        number: {"type": "indirect", "nested_in": nested.get(number), "speaker": OPEN}
        for number in numbers
    }
    described = json.dumps({"id": "case", "claims": claims})
    return from_json(compile_markup(f"{body}\n=====\n{described}", "case"), "case")


def _resolve(marked: str) -> dict[str, Resolved]:
    nested = {"2": "1"} if "⟦s2 I⟧" in marked else {}
    gold = _read(marked, nested)
    blocks = [
        Block(start=b.start, end=b.end, label=b.label, reason="") for b in gold.blocks
    ]
    mentions = [Mention(start=e.start, end=e.end, label=e.label) for e in gold.entities]
    attributions = [
        Attribution(
            id=one.id,
            content=one.content,
            cue=one.cue,
            source=one.source,
            nested_in=one.nested_in,
        )
        for one in gold.attributions
    ]
    who = resolve_identities(gold.text, blocks, mentions)
    return resolve_speakers(
        gold.text, blocks, who.mentions, who.identities, attributions
    )


def _fields(speaker: Speaker) -> dict[str, str]:
    values = ((field, getattr(speaker, field)) for field in FIELDS)
    return {field: value for field, value in values if value}


def _check(row: dict[str, Any]) -> None:
    found = _resolve(row["text"])
    wanted = row["speakers"]
    assert {number: _fields(found[number].speaker) for number in wanted} == wanted


@pytest.mark.parametrize(
    "row",
    [
        row
        for name in ("people", "pronouns", "silent", "bodies", "documents")
        for row in _rows(name)
    ],
)
def test_the_speaker_is_who_the_text_says(row: dict[str, Any]) -> None:
    _check(row)


@pytest.mark.xfail(strict=True, reason="not found yet")
@pytest.mark.parametrize("row", _rows("known-failures"))
def test_speakers_that_are_not_found_yet(row: dict[str, Any]) -> None:
    _check(row)


@pytest.mark.parametrize(
    ("marked", "resolution"),
    [
        ("⟦s1 ⦃Ada Moss|PERSON⦄⟧ ⟦c1 said⟧ ⟦q1 no⟧.", "named"),
        ("⦃Ada Moss|PERSON⦄ left. ⟦s1 ⦃Moss|PERSON⦄⟧ ⟦c1 said⟧ ⟦q1 no⟧.", "alias"),
        ("⦃Ada Moss|PERSON⦄ left. ⟦s1 She⟧ ⟦c1 said⟧ ⟦q1 no⟧.", "pronoun"),
        ("⦃Ofsted|ORG⦄ left. ⟦s1 The watchdog⟧ ⟦c1 said⟧ ⟦q1 no⟧.", "description"),
        ('⦃Ada Moss|PERSON⦄ left. ⟦q1 "No."⟧', "continuation"),
        ("@@pull_quote\n⟦q1 No⟧\n⦃Ada Moss|PERSON⦄", "pull_quote"),
        ("⟦c1 It is said⟧ ⟦q1 that it rains⟧.", "none"),
    ],
)
def test_the_way_to_the_speaker_is_told(marked: str, resolution: str) -> None:
    assert _resolve(marked)["1"].speaker.resolution == resolution


def test_an_open_speaker_is_flagged_and_says_why() -> None:
    found = _resolve("⟦s1 He⟧ ⟦c1 said⟧ ⟦q1 no⟧.")["1"]
    assert found.flags == ("speaker_unresolved",)
    assert found.reason == "nobody near fits the pronoun"


STORY = (
    "⟦s1 ⦃Penbury Council|ORG⦄ ⦃leader|ROLE⦄ ⦃{leader}|PERSON⦄⟧ ⟦c1 said⟧ ⟦q1 no⟧.\n\n"
    '⟦q2 "It is late,"⟧ ⟦s2 she⟧ ⟦c2 said⟧.\n\n{extra}'
    "⟦s3 Mr ⦃{critic}|PERSON⦄, of ⦃Warm Hands|ORG⦄,⟧ ⟦c3 said⟧ ⟦q3 yes⟧.\n\n"
    "⟦s4 He⟧ ⟦c4 added⟧ ⟦q4 it was early⟧. "
    '⟦s5 The ⦃leader|ROLE⦄⟧ ⟦c5 disagreed⟧: ⟦q5 "Never."⟧'
)
SURNAMES = st.sampled_from(["Moss", "O’Dea", "Núñez", "ap Rhys", "Orr-Pell", "Li"])


def _story(leader: str, critic: str, extra: str = "") -> dict[str, str | None]:
    found = _resolve(STORY.format(leader=leader, critic=critic, extra=extra))
    return {number: one.speaker.name for number, one in found.items()}


@given(SURNAMES, SURNAMES)
def test_other_names_change_nothing_but_the_names(one: str, other: str) -> None:
    if one != other:
        leader, critic = f"Ada {one}", f"Ian {other}"
        assert _story(leader, critic) == {
            "1": leader,
            "2": leader,
            "3": critic,
            "4": critic,
            "5": leader,
        }


def test_an_unrelated_paragraph_changes_nothing() -> None:
    plain = _story("Ada Moss", "Ian Orr")
    assert (
        _story("Ada Moss", "Ian Orr", "Rain fell in ⦃Hull|LOC⦄ all week.\n\n") == plain
    )
