"""A roster gives ids, and what the document leaves out; it overrides nothing.

The articles are invented; names in them are marked as in the other tables.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline import layers
from pipeline.errors import BadRosterError, UnreadableInputError
from pipeline.gold import from_json
from pipeline.gold_markup import compile_markup
from pipeline.records import (
    Attribution,
    Document,
    Identity,
    Mention,
    Post,
    Resolved,
    Span,
    Speaker,
)
from pipeline.stages.identities.ids import id_of
from pipeline.stages.identities.resolver import Resolution, resolve_identities
from pipeline.stages.identities.roster.days import certain, in_force
from pipeline.stages.identities.roster.enrolment import Enrolment
from pipeline.stages.identities.roster.entries import Roster
from pipeline.stages.identities.roster.posts import same_party, same_role
from pipeline.stages.identities.roster.reading import (
    Row,
    from_setting,
    read_roster,
    roster_digest,
    roster_setting,
)
from pipeline.stages.identities.roster.ties import TIES, explain

#: The roster of an invented council and its neighbours.
ROSTER = """\
id,kind,name,aliases,role,organisation,party,valid_from,valid_to
Q1,organisation,Penbury County Council,PCC; Penbury Council,,,,,
Q2,person,Ada Moss,Adaline Moss,leader,Penbury County Council,Labour,2021-05-06,
Q2,person,Ada Moss,,cabinet member for transport,PCC,Labour,2017-05-04,2021-05-05
Q3,person,Ian Orr,,cabinet member for housing,PCC,Conservative,,
Q4,person,Rosa Vale,,chief executive,Harbour Trust Ltd,,,
Q5,person,Tom Lake,,councillor,PCC,Labour,,
Q6,person,Tom Lake,,coach,Penbury Rovers,,,
Q7,person,Eve Stone,,councillor,PCC,,2001,2009
Q8,person,Max Wren,,head of parks,PCC,,,
Q9,person,Zoe Wren,,councillor,PCC,,,
Q10,organisation,Marlow Arts Centre,MAC,,,,,
Q11,organisation,Marlow Athletic Club,MAC,,,,,
Q12,person,Kit Brown,,,,Green,,
"""
DAY = "2024-11-01"
NAMED = "full name matches; the document names the organisation"
SHARED = "several entries of this name, and the document singles out none"


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Roster:
    file = tmp_path_factory.mktemp("roster") / "council.csv"
    file.write_text(ROSTER, encoding="utf-8")
    return Roster(read_roster(file))


def _resolve(
    marked: str, roster: Roster, published: str | None = DAY
) -> tuple[str, Resolution]:
    described = json.dumps({"id": "case", "claims": {}})
    gold = from_json(compile_markup(f"@@body\n{marked}\n=====\n{described}", ""), "")
    mentions = [Mention(start=e.start, end=e.end, label=e.label) for e in gold.entities]
    return gold.text, resolve_identities(
        gold.text, [], mentions, roster=roster, published=published
    )


def _shown(who: Identity) -> str:
    """Write an identity on one line, what is empty left out."""
    posts = [f"{post.role} @ {post.organisation}" for post in who.posts]
    return " | ".join(filter(None, (who.id, who.name, *posts, who.party)))


@pytest.mark.parametrize(
    ("why", "marked", "expected"),
    [
        (
            "a full name with its body and post gets the id, and the party is added",
            "⦃Penbury County Council|ORG⦄ ⦃leader|ROLE⦄ ⦃Ada Moss|PERSON⦄ left.",
            "Q2 | Ada Moss | leader @ Penbury County Council | Labour",
        ),
        (
            "a post is added where the document names the body and gives no post",
            "⦃PCC|ORG⦄ met. ⦃Ada Moss|PERSON⦄ said so.",
            "Q2 | Ada Moss | leader @ Penbury County Council | Labour",
        ),
        (
            "an alias counts as the name; the name stays as it is printed",
            "⦃PCC|ORG⦄ met. ⦃Adaline Moss|PERSON⦄ said so.",
            "Q2 | Adaline Moss | leader @ Penbury County Council | Labour",
        ),
        (
            "accents, capitals and titles make no other name",
            "⦃PCC|ORG⦄ met. Dr ⦃ADA MÓSS|PERSON⦄ said so.",
            "Q2 | ADA MÓSS | leader @ Penbury County Council | Labour",
        ),
        (
            "a name that nothing supports gets the id, and nothing is added",
            "The ferry sailed. ⦃Ada Moss|PERSON⦄ waved.",
            "Q2 | Ada Moss",
        ),
        (
            "another body contradicts",
            "⦃Hull Infirmary|ORG⦄ ⦃director|ROLE⦄ ⦃Ada Moss|PERSON⦄ left.",
            "p_ada-moss | Ada Moss | director @ Hull Infirmary",
        ),
        (
            "another post contradicts where no body is printed",
            "The ⦃farmer|ROLE⦄ ⦃Ada Moss|PERSON⦄ left.",
            "p_ada-moss | Ada Moss | farmer @ None",
        ),
        (
            "another party contradicts, whatever else fits",
            "⦃PCC|ORG⦄ ⦃leader|ROLE⦄ ⦃Ada Moss|PERSON⦄ (⦃Con|NORP⦄) left.",
            "p_ada-moss | Ada Moss | leader @ Penbury County Council | Conservative",
        ),
        (
            "another post in the same body does not contradict, and stays as printed",
            "⦃PCC|ORG⦄ ⦃spokeswoman|ROLE⦄ ⦃Ada Moss|PERSON⦄ left.",
            "Q2 | Ada Moss | spokeswoman @ Penbury County Council | Labour",
        ),
        (
            "a councillor's title gets the council of the roster",
            "⦃PCC|ORG⦄ met. ⦃Cllr|ROLE⦄ ⦃Ian Orr|PERSON⦄ left.",
            "Q3 | Ian Orr | councillor @ Penbury County Council | Conservative",
        ),
        (
            "a surname counts with its body",
            "⦃PCC|ORG⦄'s ⦃cabinet member|ROLE⦄ Mr ⦃Orr|PERSON⦄ left.",
            "Q3 | Ian Orr | cabinet member @ Penbury County Council | Conservative",
        ),
        (
            "a surname counts with a post in the only council of the document",
            "⦃PCC|ORG⦄ met. ⦃Cllr|ROLE⦄ ⦃Orr|PERSON⦄ left.",
            "Q3 | Ian Orr | councillor @ Penbury County Council | Conservative",
        ),
        (
            "an initial counts as a surname does",
            "⦃PCC|ORG⦄ met. ⦃Cllr|ROLE⦄ ⦃I. Orr|PERSON⦄ left.",
            "Q3 | Ian Orr | councillor @ Penbury County Council | Conservative",
        ),
        (
            "of two people of one name the post tells which",
            "The ⦃coach|ROLE⦄ ⦃Tom Lake|PERSON⦄ left.",
            "Q6 | Tom Lake | coach @ Penbury Rovers",
        ),
        (
            "of two people of one name the party tells which",
            "⦃Tom Lake|PERSON⦄ (⦃Lab|NORP⦄) left.",
            "Q5 | Tom Lake | councillor @ Penbury County Council | Labour",
        ),
        (
            "of two people of one name neither without evidence",
            "The ferry sailed. ⦃Tom Lake|PERSON⦄ waved.",
            "p_tom-lake | Tom Lake",
        ),
        (
            "who held office at another time is somebody else",
            "⦃PCC|ORG⦄ ⦃councillor|ROLE⦄ ⦃Eve Stone|PERSON⦄ left.",
            "p_eve-stone | Eve Stone | councillor @ Penbury County Council",
        ),
        (
            "unless the document says that it was then",
            "The former ⦃PCC|ORG⦄ ⦃councillor|ROLE⦄ ⦃Eve Stone|PERSON⦄ left.",
            "Q7 | Eve Stone | former councillor @ Penbury County Council",
        ),
        (
            "a company's legal form makes no other body",
            "⦃Harbour Trust|ORG⦄ ⦃chief executive|ROLE⦄ ⦃Rosa Vale|PERSON⦄ left.",
            "Q4 | Rosa Vale | chief executive @ Harbour Trust",
        ),
        (
            "a committee is part of a body and contradicts none",
            "⦃Ada Moss|PERSON⦄, ⦃chair|ROLE⦄ of the ⦃Budget Committee|ORG⦄, left.",
            "Q2 | Ada Moss | chair @ Budget Committee",
        ),
        (
            "a party alone is a fact too",
            "⦃Kit Brown|PERSON⦄ (⦃Green|NORP⦄) left.",
            "Q12 | Kit Brown | Green",
        ),
    ],
)
def test_a_person_is_tied_where_the_document_allows_it(
    roster: Roster, why: str, marked: str, expected: str
) -> None:
    _, resolution = _resolve(marked, roster)
    assert _shown(resolution.identities[0]) == expected, why


@pytest.mark.parametrize(
    ("why", "marked"),
    [
        ("another initial", "⦃PCC|ORG⦄ met. ⦃Cllr|ROLE⦄ ⦃B. Orr|PERSON⦄ left."),
        ("another given name", "⦃PCC|ORG⦄ met. ⦃Cllr|ROLE⦄ ⦃Bob Orr|PERSON⦄ left."),
        (
            "a second council in the document",
            "⦃PCC|ORG⦄ met ⦃Marlow Town Council|ORG⦄. ⦃Cllr|ROLE⦄ ⦃Orr|PERSON⦄ left.",
        ),
        ("nothing ties it to the body", "⦃PCC|ORG⦄ met. Mr ⦃Orr|PERSON⦄ left."),
        ("the document names no body", "⦃Cllr|ROLE⦄ ⦃Orr|PERSON⦄ left."),
        (
            "another party",
            "⦃PCC|ORG⦄ met. ⦃Cllr|ROLE⦄ ⦃Orr|PERSON⦄ (⦃Lab|NORP⦄) left.",
        ),
        (
            "the roster holds it twice",
            "⦃PCC|ORG⦄ met. ⦃Cllr|ROLE⦄ ⦃Wren|PERSON⦄ left.",
        ),
    ],
)
def test_a_surname_is_left_open(roster: Roster, why: str, marked: str) -> None:
    _, resolution = _resolve(marked, roster)
    assert resolution.identities[0].id.startswith("p_"), why


def test_a_post_without_a_body_counts_where_the_document_names_that_body(
    roster: Roster,
) -> None:
    post = Post(role="cabinet member", organisation=None, start=0, end=13)
    mentions = (Span(start=14, end=17),)
    who = Identity(
        id="p_orr", kind="person", name="Orr", posts=(post,), mentions=mentions
    )
    body = Identity(id="o_pcc", kind="organisation", name="PCC")
    for bodies, expected in (({1: body}, "Q3"), ({}, "p_orr")):
        enrolment = Enrolment(roster, DAY)
        enrolment.bodies(bodies)
        found = enrolment.people({1: who})[1]
        assert found.id == expected


@pytest.mark.parametrize(
    ("printed", "listed", "verdict"),
    [
        ("Labour", "Lab", "fits"),
        ("Labour", "Labour Party", "fits"),
        ("Reform", "Reform UK", "fits"),
        ("Scottish National Party", "SNP", "fits"),
        ("Labour", "Conservative", "contradicts"),
        ("Liberal Democrat", "Penbury First", "contradicts"),
    ],
)
def test_parties_are_compared(printed: str, listed: str, verdict: str) -> None:
    assert same_party(printed, listed) == verdict


@pytest.mark.parametrize(
    ("why", "marked", "expected"),
    [
        (
            "an abbreviation that is never spelled out",
            "⦃PCC|ORG⦄ met.",
            ["Q1 | Penbury County Council"],
        ),
        (
            "a fuller name stays as it is printed",
            "⦃Penbury County Council|ORG⦄ met.",
            ["Q1 | Penbury County Council"],
        ),
        (
            "two forms that only the roster knows for one",
            "⦃Penbury County Council|ORG⦄ met. ⦃Penbury Council|ORG⦄ agreed.",
            ["Q1 | Penbury County Council"],
        ),
        (
            "an abbreviation that the document spells out in another way",
            "⦃Portland Cycling Club|ORG⦄ (⦃PCC|ORG⦄) met.",
            ["o_portland-cycling-club | Portland Cycling Club"],
        ),
        (
            "an abbreviation of two bodies of the roster",
            "⦃MAC|ORG⦄ met.",
            ["o_mac | MAC"],
        ),
    ],
)
def test_a_body_is_tied_by_its_fullest_name(
    roster: Roster, why: str, marked: str, expected: list[str]
) -> None:
    _, resolution = _resolve(marked, roster)
    assert [_shown(who) for who in resolution.identities] == expected, why


def test_a_full_name_from_the_roster_makes_the_council_findable(roster: Roster) -> None:
    text = "⦃PCC|ORG⦄ met. ⦃Ian Orr|PERSON⦄, the council's ⦃press officer|ROLE⦄, left."
    _, resolution = _resolve(text, roster)
    assert resolution.identities[0].posts[0].organisation == "Penbury County Council"


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2019-06-01", "cabinet member for transport @ Penbury County Council"),
        ("2021-05-05T09:30:00Z", "cabinet member for transport"),
        ("2021-05-06", "leader"),
        ("2022", "leader"),
        ("2021", "Q2 | Ada Moss"),
        (None, "Q2 | Ada Moss"),
        ("2010-01-01", "p_ada-moss | Ada Moss"),
    ],
)
def test_only_what_held_on_the_day_of_publication_is_added(
    roster: Roster, published: str | None, expected: str
) -> None:
    text = "⦃PCC|ORG⦄ met. ⦃Ada Moss|PERSON⦄ said so."
    _, resolution = _resolve(text, roster, published)
    shown = _shown(resolution.identities[0])
    assert shown == expected if expected.startswith(("Q", "p_")) else expected in shown


def test_what_is_added_names_the_passage_of_the_name(roster: Roster) -> None:
    text, resolution = _resolve("⦃PCC|ORG⦄ met. ⦃Ada Moss|PERSON⦄ said so.", roster)
    (post,) = resolution.identities[0].posts
    assert text[post.start : post.end] == "Ada Moss"


@pytest.mark.parametrize(
    ("marked", "reason", "added", "flags"),
    [
        (
            "⦃PCC|ORG⦄ ⦃leader|ROLE⦄ ⦃Ada Moss|PERSON⦄ left.",
            "full name matches; organisation and role fit",
            ("party",),
            (),
        ),
        (
            "⦃PCC|ORG⦄ met. ⦃Ada Moss|PERSON⦄ left.",
            NAMED,
            ("role", "organisation", "party"),
            (),
        ),
        (
            "⦃PCC|ORG⦄'s ⦃cabinet member|ROLE⦄ Mr ⦃Orr|PERSON⦄ left.",
            "the one such surname of the roster; organisation and role fit",
            ("name", "party"),
            (),
        ),
        (
            "⦃Ada Moss|PERSON⦄ left.",
            "full name matches, and nothing else",
            (),
            ("roster_name_only",),
        ),
        (
            "⦃Tom Lake|PERSON⦄ left.",
            SHARED,
            (),
            ("roster_ambiguous",),
        ),
        (
            "⦃PCC|ORG⦄ ⦃leader|ROLE⦄ ⦃Ada Moss|PERSON⦄ (⦃Con|NORP⦄) left.",
            "name matches, but the document gives another party",
            (),
            ("roster_contradicted",),
        ),
        (
            "⦃Eve Stone|PERSON⦄ left.",
            "name matches, but out of force on 2024-11-01",
            (),
            ("roster_contradicted",),
        ),
    ],
)
def test_every_decision_has_its_reason(
    roster: Roster,
    marked: str,
    reason: str,
    added: tuple[str, ...],
    flags: tuple[str, ...],
) -> None:
    _, resolution = _resolve(marked, roster)
    (tie,) = [tie for tie in resolution.ties if tie.kind == "person"]
    assert (tie.reason, tie.added, tie.flags) == (reason, added, flags)
    assert tie.identity == resolution.identities[0].id
    assert tie.entry in {None, tie.identity}


def test_two_people_told_apart_are_not_made_one(roster: Roster) -> None:
    text = (
        "⦃PCC|ORG⦄ met. Mr ⦃Adaline Moss|PERSON⦄ and Mrs ⦃Ada Moss|PERSON⦄ said so. "
        "He left. She stayed."
    )
    _, resolution = _resolve(text, roster)
    people = [who.id for who in resolution.identities if who.kind == "person"]
    assert people == ["p_adaline-moss", "p_ada-moss"]


def test_two_names_of_one_entry_are_one_identity(roster: Roster) -> None:
    text = "⦃PCC|ORG⦄ met. ⦃Ada Moss|PERSON⦄ spoke. ⦃Adaline Moss|PERSON⦄ left."
    text, resolution = _resolve(text, roster)
    who = resolution.identities[0]
    assert (who.id, who.name, who.aliases) == ("Q2", "Adaline Moss", ("Ada Moss",))
    assert [mention.of(text) for mention in who.mentions] == [
        "Ada Moss",
        "Adaline Moss",
    ]
    assert [one.identity for one in resolution.mentions] == ["Q1", "Q2", "Q2"]


def test_an_id_of_the_roster_is_nobody_elses() -> None:
    roster = Roster([Row(id="p_ada-moss", kind="person", name="Ada Moss", party="SNP")])
    _, resolution = _resolve("⦃Ada Moss|PERSON⦄ (⦃Con|NORP⦄) left.", roster)
    assert resolution.identities[0].id == "p_ada-moss-2"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Moss", "ADA MÓSS", True),
        ("O’Dea", "O'Dea", True),
        ("Anne-Marie Orr", "Anne Marie Orr", True),
        ("Ada Moss", "A. Moss", False),
        ("Ada Moss", "Moss", False),
        ("李", "王", False),
    ],
)
def test_without_a_roster_one_normalised_name_is_one_id_in_every_document(
    one: str, other: str, *, same: bool
) -> None:
    ids = [
        _resolve(f"{before}⦃{name}|PERSON⦄ left.", Roster())[1].identities[0].id
        for name, before in ((one, ""), (other, "So much for the ferry. "))
    ]
    assert (ids[0] == ids[1]) is same


@pytest.mark.parametrize(
    ("printed", "listed", "verdict"),
    [
        ("leader", "leader", "fits"),
        ("former leader", "leader", "fits"),
        ("deputy leader", "leader", "contradicts"),
        ("cabinet member", "cabinet member for housing", "fits"),
        ("cabinet member for roads", "cabinet member for housing", "contradicts"),
        ("MP for Hull", "MP", "fits"),
        ("MP for Hull", "MP for Leith", "contradicts"),
        ("headteacher", "head", "fits"),
        ("Det Insp", "councillor", "contradicts"),
        ("Professor", "vice-chancellor", "open"),
        ("Det Insp", "head of media", "open"),
        ("PC", "chief constable", "contradicts"),
        ("police constable", "chief constable", "contradicts"),
    ],
)
def test_posts_are_compared(printed: str, listed: str, verdict: str) -> None:
    row = Row(id="p_x", kind="person", name="Ada Moss", role=listed)
    assert same_role(printed, row) == verdict


@pytest.mark.parametrize(
    ("since", "until", "day", "may", "must"),
    [
        (None, None, None, True, True),
        (None, None, "2024", True, True),
        ("2021-05-06", None, "2021-05-05", False, False),
        ("2021-05-06", None, "2021-05-06", True, True),
        ("2021-05-06", None, "2021-05", True, False),
        ("2021-05-06", None, None, True, False),
        (None, "2021-05", "2021-05-31", True, True),
        (None, "2021", "2022-01-01", False, False),
        ("2017", "2021", "2019-06-30", True, True),
    ],
)
def test_a_row_holds_from_its_first_day_to_its_last(
    since: str | None, until: str | None, day: str | None, *, may: bool, must: bool
) -> None:
    row = Row(
        id="p_x", kind="person", name="Ada Moss", valid_from=since, valid_to=until
    )
    assert (in_force(row, day), certain(row, day)) == (may, must)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "name\nAda", "is neither .csv nor .jsonl; save the roster as one"),
        ("a.csv", "", "holds no rows"),
        ("a.csv", "name,role\n", "holds no rows"),
        ("a.csv", "nom,role\nAda,x", ":2: there is no column 'nom'; rename it"),
        ("a.csv", "name,Name\nAda,x", ":1: names the column 'name' twice"),
        ("a.csv", "name,role\nAda", ":2: holds 1 values for 2 columns; put quotation"),
        ("a.csv", 'name\n"Ada', ":2: is no CSV (unexpected end of data)"),
        ("a.csv", "name,id\n,Q1", ":2: has no name; fill the column 'name'"),
        ("a.csv", "name,id\nAda Moss,17", ":2: the id '17' does not begin with a"),
        ("a.csv", "name,kind\nAda,club", ":2: 'club' is no kind; write one of person"),
        ("a.csv", "name,valid_to\nAda,6/5/2021", "'6/5/2021' is no day; write it as"),
        ("a.csv", "name,valid_to\nAda,2021-02-30", "'2021-02-30' is no day"),
        (
            "a.csv",
            "name,valid_from,valid_to\nAda,2021,2019",
            ":2: ends (2019) before it begins (2021); mend valid_from or valid_to",
        ),
        (
            "a.csv",
            "name,kind,role\nPCC,organisation,leader",
            ":2: an organisation has a role, but only a person has it; empty",
        ),
        (
            "a.csv",
            "name,id\nAda Moss,Q1\n\nAda Moss,",
            ":4: 'Ada Moss' stands on line 2 too, not both with an id; give both",
        ),
        (
            "a.csv",
            "name,id\nAda Moss,Q1\nIan Orr,Q1",
            ":3: the id 'Q1' is that of 'Ada Moss' on line 2; give one id one name",
        ),
        ("a.jsonl", '{"name": "Ada"', ":1: is no JSON ("),
        ("a.jsonl", '\n["Ada"]', ":2: is a JSON list and no object; write one object"),
        ("a.jsonl", '{"name": 7}', ":1: name holds 7, which is no text; put quotation"),
        ("a.jsonl", '{"name": "A", "aliases": [7]}', ":1: aliases holds 7, which is"),
        ("a.jsonl", '{"name": "A", "aliases": 7}', ":1: aliases holds 7, which is"),
    ],
)
def test_a_bad_roster_names_the_line_and_the_next_step(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadRosterError) as raised:
        read_roster(file)
    assert str(raised.value).startswith(str(file))
    assert message in str(raised.value)
    assert "; " in str(raised.value)


def test_a_roster_that_is_missing_or_no_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadRosterError, match="cannot be read"):
        read_roster(tmp_path / "missing.csv")
    (tmp_path / "binary.csv").write_bytes(b"\0\1")
    with pytest.raises(UnreadableInputError, match=r"binary\.csv: "):
        read_roster(tmp_path / "binary.csv")


def test_csv_and_json_lines_hold_the_same(tmp_path: Path) -> None:
    table, lines = tmp_path / "a.CSV", tmp_path / "a.jsonl"
    table.write_bytes(
        b"\xef\xbb\xbfName, Valid from,ALIASES\r\nAda  Moss,2021, Adi ; A$A;Adi\r\n"
    )
    lines.write_text(
        '{"name": "Ada Moss", "valid_from": "2021", "aliases": ["Adi", "A$A"]}\n'
    )
    rows = read_roster(table)
    assert rows == read_roster(lines)
    (row,) = rows
    assert (row.id, row.kind) == (id_of("person", "Ada Moss"), "person")
    assert row.aliases == ("Adi", "A$A")


TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.lists(TEXTS, max_size=2)), max_size=5))
def test_a_setting_gives_back_its_rows(named: Sequence[tuple[str, Any, Any]]) -> None:
    rows = tuple(
        Row(
            id=f"Q{at}",
            kind="person",
            name=" ".join(name.split()) or "Ada",
            role=" ".join(role.split()) or None,
            aliases=tuple(
                dict.fromkeys(" ".join(a.split()) for a in aliases if a.split())
            ),
        )
        for at, (name, role, aliases) in enumerate(named)
    )
    setting = roster_setting(rows)
    assert "$" not in setting
    assert not rows or from_setting(setting) == rows
    assert roster_digest(setting) == roster_digest(roster_setting(rows))


def test_rosters_that_differ_have_other_digests() -> None:
    one = Row(id="Q1", kind="person", name="Ada Moss")
    other = Row(id="Q2", kind="person", name="Ada Moss")
    digests = {roster_digest(roster_setting([row])) for row in (one, other)}
    assert len(digests) == 2


def test_the_component_keeps_its_roster_on_disk(tmp_path: Path) -> None:
    row = Row(id="Q1", kind="person", name="Ada Moss", aliases=("A$A", "${a.b}"))
    nlp = spacy.blank("en")
    nlp.add_pipe("news_identities", config={"roster": roster_setting([row])})
    nlp.to_disk(tmp_path)
    nlp = spacy.load(tmp_path)
    doc = nlp.make_doc("Ada Moss left.")
    layers.MENTIONS.set(doc, [Mention(start=0, end=8, label="PERSON")])
    described = Document(id="d_1", source="", text="", sha256="", published=DAY)
    layers.DOCUMENT.set(doc, [described])
    doc = nlp(doc)
    assert [span.kb_id_ for span in doc.ents] == ["Q1"]
    assert [tie.entry for tie in TIES.get(doc)] == ["Q1"]
    assert nlp.config["components"]["news_identities"]["roster"] == roster_setting(
        [row]
    )


def test_without_a_roster_no_ties_are_written() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("news_identities")
    doc = nlp("Ada Moss left.")
    assert "roster" not in doc.user_data["en_news_claims"]


@pytest.mark.parametrize(
    ("speaker", "reason", "flags"),
    [
        (
            Speaker(id="Q2", kind="person", role="leader", organisation="Harbour"),
            f"told; roster: {NAMED}; role, organisation from the roster",
            (),
        ),
        (
            Speaker(id="p_tom-lake", kind="person"),
            f"told; roster: {SHARED}",
            ("roster_ambiguous",),
        ),
        (
            Speaker(kind="spokesperson", organisation="Penbury County Council"),
            "told; full name of the organisation from the roster",
            (),
        ),
        (
            Speaker(id="Q1", kind="organisation", name="Penbury County Council"),
            "told; roster: name matches; name from the roster",
            (),
        ),
        (Speaker(id="p_x", kind="person", organisation="Harbour"), "told", ()),
    ],
)
def test_a_speakers_reason_says_what_the_roster_decided(
    roster: Roster, speaker: Speaker, reason: str, flags: tuple[str, ...]
) -> None:
    text = "⦃PCC|ORG⦄ met. ⦃Ada Moss|PERSON⦄ saw ⦃Tom Lake|PERSON⦄."
    _, resolution = _resolve(text, roster)
    told = {"a": Resolved(speaker=speaker, confidence=1.0, reason="told")}
    explained = explain(told, resolution.ties)["a"]
    assert (explained.reason, explained.flags) == (reason, flags)
    assert explained.speaker == speaker


def test_a_claim_says_what_comes_from_the_roster() -> None:
    row = Row(id="Q1", kind="person", name="Ada Moss", role="head", organisation="PCC")
    nlp = spacy.blank("en")
    nlp.add_pipe("news_identities", config={"roster": roster_setting([row])})
    nlp.add_pipe("news_claims")
    doc = nlp.make_doc("PCC met. Ada Moss said it would rain.")
    mentions = [(0, 3, "ORG"), (9, 17, "PERSON")]
    layers.MENTIONS.set(doc, [Mention(start=s, end=e, label=x) for s, e, x in mentions])
    said = Attribution(
        id="a_1",
        content=(Span(start=23, end=36),),
        cue=Span(start=18, end=22),
        source=Span(start=9, end=17),
    )
    layers.ATTRIBUTIONS.set(doc, [said])
    (claim,) = layers.CLAIMS.get(nlp(doc))
    assert (claim.speaker.role, claim.speaker.organisation) == ("head", "PCC")
    assert claim.reason.endswith("; role, organisation from the roster")


NAMES = st.sampled_from(
    ["Ada Moss", "Adaline Moss", "Moss", "Tom Lake", "Orr", "A. Orr", "PCC", "MAC"]
)


@given(st.lists(st.tuples(NAMES, st.sampled_from(["PERSON", "ORG"])), max_size=12))
def test_ids_stay_unique_and_every_mention_has_its_identity(
    roster: Roster, named: list[tuple[str, Any]]
) -> None:
    text, mentions = "", []
    for name, label in named:
        start = len(text) + 10
        text += f". So, Cllr {name}"[: 10 + len(name) + 1]
        start = len(text) - len(name)
        mentions.append(Mention(start=start, end=start + len(name), label=label))
    resolution = resolve_identities(text, [], mentions, roster=roster, published=DAY)
    known = {who.id: who for who in resolution.identities}
    assert len(known) == len(resolution.identities)
    for mention in resolution.mentions:
        if mention.identity:
            spans = {(s.start, s.end) for s in known[mention.identity].mentions}
            assert (mention.start, mention.end) in spans
