"""The corpus agrees with itself: gold, plain articles, digests, splits, the card."""

import json
import re
from pathlib import Path

import pytest

from pipeline.evaluation.corpus import (
    counts_table,
    digests,
    plain_articles,
    write,
)
from pipeline.gold import GoldDocument, read_gold

_CORPUS = Path(__file__).parents[1] / "corpus"
_GOLD = sorted((_CORPUS / "gold").rglob("*.gold.txt"))
#: The scripts whose numbers decide the part, and those that are all for measuring;
#: others belong to training.
_DIVIDED = "cdfg"
_MEASURED = "k"
_HALVED = "n"


@pytest.fixture(scope="module")
def documents() -> list[tuple[Path, GoldDocument]]:
    return [(path, *read_gold(path)) for path in _GOLD]


def test_plain_articles_are_the_gold_text_to_the_character() -> None:
    on_disk = {
        file.name: file.read_bytes().decode("utf-8")
        for file in (_CORPUS / "articles").glob("*.txt")
    }
    assert on_disk == plain_articles(_CORPUS)


@pytest.mark.parametrize("part", ["dev", "test", "hard"])
def test_no_plain_article_belongs_to_a_part_that_is_measured_on(part: str) -> None:
    measured = {path.name for path in (_CORPUS / "gold" / part).iterdir()}
    plain = {f"{file.stem}.gold.txt" for file in (_CORPUS / "articles").iterdir()}
    assert not measured & plain


def test_digests_are_up_to_date() -> None:
    listed = json.loads((_CORPUS / "digests.json").read_text(encoding="utf-8"))
    assert listed == digests(_CORPUS), (
        "run: python -m pipeline.evaluation.corpus corpus"
    )


@pytest.mark.parametrize("path", _GOLD, ids=lambda path: path.name)
def test_the_part_follows_from_the_number(path: Path) -> None:
    script, number = re.fullmatch(r"([a-z])(\d\d)\.gold\.txt", path.name).groups()
    development = script in _DIVIDED and int(number) % 4 == 0
    hard = script in _HALVED and int(number) % 2 == 0
    rest = "test" if script in _MEASURED else "hard" if hard else "train"
    assert path.parent.name == ("dev" if development else rest)


def test_the_counts_in_the_data_card_are_up_to_date() -> None:
    assert counts_table(_CORPUS) in (_CORPUS / "README.md").read_text(encoding="utf-8")


def test_nothing_is_nested_in_a_direct_quotation_of_the_training_part(
    documents: list[tuple[Path, GoldDocument]],
) -> None:
    for path, document in documents:
        if path.parent.name == "train":
            direct = {one.id for one in document.attributions if one.type == "direct"}
            nested = {one.nested_in for one in document.attributions}
            assert not direct & nested, path.name


def test_ids_are_the_files_names(documents: list[tuple[Path, GoldDocument]]) -> None:
    for path, document in documents:
        assert document.id == f"uk_news/{path.name.removesuffix('.gold.txt')}"


def test_every_passage_is_worth_marking(
    documents: list[tuple[Path, GoldDocument]],
) -> None:
    for path, document in documents:
        for one in document.attributions:
            spans = (*one.content, *one.appearances, one.source, one.cue)
            for span in filter(None, spans):
                passage = span.of(document.text)
                assert passage == passage.strip(), (path.name, one.id)


def test_an_entity_crosses_no_other(documents: list[tuple[Path, GoldDocument]]) -> None:
    for path, document in documents:
        for one, other in zip(document.entities, document.entities[1:], strict=False):
            assert one.end <= other.start or one.covers(other), (path.name, one)


def test_nested_claims_lie_in_the_content_of_their_outer_claim(
    documents: list[tuple[Path, GoldDocument]],
) -> None:
    for path, document in documents:
        by_id = {one.id: one for one in document.attributions}
        for one in document.attributions:
            if one.nested_in is not None:
                outer = by_id[one.nested_in].content
                inside = [any(o.covers(span) for o in outer) for span in one.content]
                assert all(inside), (path.name, one.id)


def test_the_plain_articles_can_be_written_anew(tmp_path: Path) -> None:
    (tmp_path / "gold").symlink_to(_CORPUS / "gold")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "stray.txt").write_text("Gone.", encoding="utf-8")
    card = tmp_path / "README.md"
    card.write_text(
        "Card\n<!-- counts: begin -->\nold\n<!-- counts: end -->\nEnd\n", "utf-8"
    )
    write(tmp_path)
    assert card.read_text("utf-8").startswith("Card\n<!-- counts: begin -->\n| | train")
    assert card.read_text("utf-8").endswith("<!-- counts: end -->\nEnd\n")
    written = {file.name for file in (tmp_path / "articles").iterdir()}
    assert written == set(plain_articles(_CORPUS))
