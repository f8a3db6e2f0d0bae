"""The word lists of names, posts and bodies keep to their rule of inclusion."""

from importlib.resources import files

import pytest

from pipeline.lexicon import read_lexicon

NAMES = (
    "bodies",
    "descriptions",
    "documents",
    "given_names",
    "groups",
    "honorifics",
    "parties",
    "roles",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_header_states_source_licence_and_rule(name: str) -> None:
    text = (files("pipeline.lexicon") / f"{name}.toml").read_text(encoding="utf-8")
    header = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    for word in ("Source:", "Licence:", "Rule of inclusion:"):
        assert word in header


@pytest.mark.parametrize("name", NAMES)
def test_lists_are_sorted_and_unique(name: str) -> None:
    for entry in read_lexicon(name).values():
        words = list(entry)
        assert words == sorted(set(words))


@pytest.mark.parametrize("name", NAMES)
def test_kinds_and_posts_are_sorted_and_unique(name: str) -> None:
    tables = [entry for entry in read_lexicon(name).values() if isinstance(entry, dict)]
    for table in tables:
        for value in table.values():
            words = [value] if isinstance(value, str) else value
            assert words == sorted(set(words))


@pytest.mark.parametrize("name", NAMES)
def test_entries_are_lower_case(name: str) -> None:
    for key, entry in read_lexicon(name).items():
        if key != "letters":  # they stand behind a name in capitals
            assert all(word == word.lower() for word in entry)


def test_what_stands_for_a_post_is_a_kind_that_bodies_have() -> None:
    bodies = read_lexicon("bodies")
    kinds = {kind for entry in bodies["nouns"].values() for kind in entry}
    nouns = set(bodies["nouns"]) | {"principal"}
    assert set(read_lexicon("roles")["implied"].values()) <= nouns | kinds


def test_no_given_name_tells_both_genders() -> None:
    names = read_lexicon("given_names")
    assert not set(names["female"]) & set(names["male"])
