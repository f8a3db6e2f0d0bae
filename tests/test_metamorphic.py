"""Changes to an article that must change nothing about its claims but the names.

Each article is read by the whole pipeline as it stands and once more with people
renamed, with two surnames swapped, or with a paragraph about something else: claims,
speakers, posts and reasons stay what they were.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from spacy.language import Language

from pipeline.extraction import extract
from pipeline.records import Claim

BRIDGE = """Bridge 'will not open before the autumn'

The footbridge at Penrow will stay shut until October, Kellan County Council has said.

Council leader Owen Tranter said the piers had moved by three inches.

"I would not send my own dog across it," he said.

Susan Hartley, who runs the tea room beside the bridge, said trade had halved.

She said the council had not answered her letters.

Mr Tranter denied that, and added that a reply had been sent on Friday.
"""
GNOMES = """Woman admits stealing garden gnomes

A woman who stole 14 garden gnomes has been told to give them back.

Rachel Mercer, 37, of Tarnwick, told magistrates that she had been lonely.

Prosecutor Martin Dobson said the gnomes had been found in a bath.

"They were wearing scarves," he told the court.

Ms Mercer said she would knit no more.

Chair of the bench Helen Lowther said it was the oddest case she had heard.
"""
LIFTS = """Tenants 'left to climb'

Lifts in a tower block at Hembury have failed for the ninth time this year.

"My mother is 91 and has not been outside since June," said Andrew Marsden.

Mr Marsden, secretary of Hembury Tenants' Association, said nobody had replied to him.

A spokeswoman for Westmarsh Homes said an engineer had been sent for.

She said a new motor would be fitted by Friday.

Catherine Bolton, from the eleventh floor, said she would believe it when she saw it.
"""
ARTICLES = {"bridge": BRIDGE, "gnomes": GNOMES, "lifts": LIFTS}
#: New names by old; given names stay those of the same sex.
RENAMED = {
    "bridge": {"Owen": "Peter", "Tranter": "Dunmore", "Susan": "Alice"},
    "gnomes": {"Rachel": "Emma", "Mercer": "Sutton", "Martin": "Simon"},
    "lifts": {"Andrew": "Robert", "Marsden": "Fielding", "Bolton": "Ingham"},
}
SWAPPED = {
    "bridge": ("Tranter", "Hartley"),
    "gnomes": ("Mercer", "Dobson"),
    "lifts": ("Marsden", "Bolton"),
}
UNRELATED = (
    "Rain fell on the hills for most of the week.",
    "The market will be held in the old square this year because of roadworks.",
)

Told = list[tuple[object, ...]]


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """Put new names in the place of the old ones, all at once."""
    known = re.compile(rf"\b(?:{'|'.join(names)})\b")
    return known.sub(lambda found: names[found[0]], text)


def _tell(claims: Sequence[Claim], names: Mapping[str, str] | None = None) -> Told:
    """Return what claims tell, without offsets and ids, in other names if given."""

    def read(value: str | None) -> str | None:
        return _renamed(value, names) if value and names else value

    return [
        (
            claim.type,
            claim.force,
            claim.negated,
            read(claim.text),
            read(claim.source.exact if claim.source else None),
            claim.cue.exact if claim.cue else None,
            claim.speaker.kind,
            read(claim.speaker.name),
            claim.speaker.role,
            claim.speaker.organisation,
            claim.speaker.party,
            claim.speaker.resolution,
            claim.reason,
        )
        for claim in claims
    ]


def _insert(text: str, paragraph: str, *, before: int) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join((*paragraphs[:before], paragraph, *paragraphs[before:]))


@pytest.fixture(scope="module")
def plain(nlp: Language) -> Mapping[str, Told]:
    """What the articles tell as they stand."""
    return {name: _tell(extract(text, nlp)) for name, text in ARTICLES.items()}


@pytest.mark.parametrize("name", ARTICLES)
def test_every_article_tells_enough_to_compare(
    name: str, plain: Mapping[str, Any]
) -> None:
    assert len(plain[name]) >= 5
    assert sum(told[6] == "person" for told in plain[name]) >= 3


@pytest.mark.parametrize("name", ARTICLES)
def test_other_names_change_the_names_alone(name: str, nlp: Language) -> None:
    text, names = ARTICLES[name], RENAMED[name]
    before = _tell(extract(text, nlp), names)
    assert _tell(extract(_renamed(text, names), nlp)) == before


@pytest.mark.parametrize("name", ARTICLES)
def test_surnames_that_change_places_change_the_names_alone(
    name: str, nlp: Language
) -> None:
    one, other = SWAPPED[name]
    names = {one: other, other: one}
    before = _tell(extract(ARTICLES[name], nlp), names)
    assert _tell(extract(_renamed(ARTICLES[name], names), nlp)) == before


@pytest.mark.parametrize("paragraph", UNRELATED)
@pytest.mark.parametrize("name", ARTICLES)
def test_an_unrelated_paragraph_changes_nothing(
    name: str, paragraph: str, nlp: Language, plain: Mapping[str, Told]
) -> None:
    longer = _insert(ARTICLES[name], paragraph, before=3)
    assert _tell(extract(longer, nlp)) == plain[name]
