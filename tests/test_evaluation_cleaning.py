"""The benchmark of cleaning: its metric, its halves, a folder of pages laid out so."""

import gzip
import json
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.evaluation import cleaning
from pipeline.evaluation.cleaning import Score, half_of, mean, score_folder, score_page
from pipeline.stages.blocks.labeller import label_blocks

BODY = (
    "The ferry will sail every day this winter, the harbour board said on Monday.\n\n"
    "It had been asked to by more than three hundred people on the island."
)
PAGE = f"Home | News | Sport\n\nFerry to run all winter\n\nBy Ann Lee\n\n{BODY}"


@pytest.mark.parametrize(
    ("found", "wanted", "precision", "recall"),
    [
        ("a b c d e", "a b c d e", 1.0, 1.0),
        ("a b c d e", "a b c d", 0.5, 1.0),
        ("a b c d", "a b c d e", 1.0, 0.5),
        ("a b c d a b c d", "a b c d", 0.2, 1.0),  # what is said twice counts twice
        ("A b c d", "a b c d", 0.0, 0.0),  # case counts
        ("a-b, c: d", "a b c d", 1.0, 1.0),  # marks do not
        ("a b", "a b", 1.0, 1.0),  # few words are one sequence
        ("", "a b c d", 0.0, 0.0),
        ("", "", 1.0, 1.0),
    ],
)
def test_the_metric(found: str, wanted: str, precision: float, recall: float) -> None:
    score = score_page(found, wanted)
    assert (score.precision, score.recall) == (precision, recall)


@given(st.text("ab "), st.text("ab "))
def test_what_is_precision_one_way_is_recall_the_other(one: str, other: str) -> None:
    here, there = score_page(one, other), score_page(other, one)
    assert (here.precision, here.recall) == (there.recall, there.precision)


def test_pages_count_alike_and_f1_is_of_the_means() -> None:
    total = mean([Score(precision=1.0, recall=0.5), Score(precision=0.5, recall=0.0)])
    assert total == Score(precision=0.75, recall=0.25)
    assert total.f1 == pytest.approx(0.375)
    assert mean([]).f1 == 0.0


def test_the_halves_are_told_from_the_id_alone() -> None:
    halves = [half_of(str(number)) for number in range(1_000)]
    assert 450 < halves.count("tuning") < 550
    assert halves == [half_of(str(number)) for number in range(1_000)]


def test_two_texts_are_made_of_a_page() -> None:
    blocks = label_blocks(PAGE)
    assert cleaning.running_text_of(blocks, PAGE) == BODY
    article = cleaning.article_of(blocks, PAGE)
    assert article == f"Ferry to run all winter\nBy Ann Lee\n{BODY}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    truth = {page: {"articleBody": BODY} for page in ("a", "b")}
    (tmp_path / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    lines = (json.dumps({"id": page, "text": PAGE}) for page in truth)
    (tmp_path / "plain_one.jsonl").write_text("\n".join(lines), encoding="utf-8")
    paragraphs = "".join(f"<p>{text}</p>" for text in BODY.split("\n\n"))
    markup = f"<h1>Ferry to run all winter</h1>{paragraphs}"
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(markup.encode()))
    return tmp_path


def test_a_folder_is_scored_page_by_page(folder: Path) -> None:
    pytest.importorskip("trafilatura")
    scores = score_folder(folder)
    half = half_of("a")
    assert len(scores[half, "html", "running text"]) == 1
    (best, *_) = scores[half, "plain_one", "running text"]
    assert best == Score(precision=1.0, recall=1.0)
    (all_of_it, *_) = scores[half, "plain_one", "all of it"]
    assert all_of_it.precision < 1.0


def test_the_command_prints_a_row_for_each(folder: Path) -> None:
    pytest.importorskip("trafilatura")
    app = typer.Typer()
    app.command()(cleaning.tell_cleaning)
    printed = CliRunner().invoke(app, [str(folder)]).stdout
    assert printed.count("running text") == len(
        {
            (half_of(page), form)
            for page, form in [("a", "html"), ("a", "p"), ("b", "p")]
        }
    )
