"""Short scenes of news, read by the whole pipeline: who speaks in each claim.

The rows stand in ``tests/cases/scenes``; the fields are explained there.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from pipeline.extraction import extract
from pipeline.records import Claim, Speaker
from pipeline.stages.identities.words import fold

CASES = Path(__file__).parent / "cases" / "scenes"
FIELDS = ("kind", "name", "role", "organisation", "party")


def _read() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.stem, json.loads(line)


def _rows() -> list[Any]:
    return [
        pytest.param(row, id=f"{file}: {row['why']}", marks=_marks(row))
        for file, row in _read()
    ]


def _marks(row: dict[str, Any]) -> list[pytest.MarkDecorator]:
    fails = row.get("failing")
    return [pytest.mark.xfail(strict=True, reason=fails)] if fails else []


def _claim_of(claims: Iterable[Claim], passage: str) -> Claim | None:
    """Return the claim whose content holds the passage; of nested ones the inner."""
    holding = [
        (segment.end - segment.start, claim)
        for claim in claims
        for segment in claim.content
        if passage in segment.exact
    ]
    return min(holding, key=lambda held: held[0])[1] if holding else None


def _fields(speaker: Speaker) -> dict[str, str]:
    values = ((field, getattr(speaker, field)) for field in FIELDS)
    return {field: value for field, value in values if value}


def _alike(fields: dict[str, str]) -> dict[str, str]:
    """Return the fields for comparison: posts are printed with and without capitals."""
    return {**fields, "role": fold(fields.get("role", ""))}


@pytest.mark.parametrize("row", _rows())
def test_every_claim_of_a_scene_has_its_speaker(
    row: dict[str, Any], nlp: Language
) -> None:
    claims = extract(row["text"], nlp)
    found = {passage: _claim_of(claims, passage) for passage in row["speakers"]}
    speakers = {
        passage: _alike(_fields(claim.speaker)) if claim else "no claim"
        for passage, claim in found.items()
    }
    assert speakers == {
        passage: _alike(speaker) for passage, speaker in row["speakers"].items()
    }


def test_every_passage_stands_once_in_its_scene() -> None:
    for _, row in _read():
        for passage in row["speakers"]:
            assert row["text"].count(passage) == 1, (row["why"], passage)
