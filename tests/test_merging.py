"""The same claim by several articles is one, and nothing else is."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import BrokenRunError
from pipeline.lexicon import read_lexicon
from pipeline.merging.bench import invent_claims, main
from pipeline.merging.candidates import candidates
from pipeline.merging.merger import MERGED, merge, merge_runs
from pipeline.records import Claim, Document, EntitySpan, SaidOn, Span, Speaker
from pipeline.schema import from_line, to_line
from pipeline.stages.claims.figures import find_figures
from pipeline.stages.entities.quantities import quantities_of

CASES = Path(__file__).parent / "cases" / "merging" / "pairs.jsonl"
Row = dict[str, Any]
MakeDocument = Callable[..., Document]
MakeClaim = Callable[..., Claim]
Tell = Callable[..., Claim]


def _rows() -> list[Row]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def tell(make_document: MakeDocument, make_claim: MakeClaim) -> Tell:
    """Let an article tell a claim."""

    def told(
        text: str,
        *,
        article: str = "a.txt",
        speaker: str | Row = "Ada Moss",
        published: str | None = None,
        names: list[str] = (),
    ) -> Claim:
        document = replace(make_document(text, source=article), published=published)
        claim = make_claim(replace(document, id=f"d_{article}"), text)
        who = (
            {"kind": "person", "name": speaker} if isinstance(speaker, str) else speaker
        )
        whole = Span(start=0, end=len(text))
        return replace(
            claim,
            id=f"c_{article}",
            speaker=Speaker(**who),
            figures=tuple(find_figures(text, quantities_of(text), segment=whole)),
            mentions=tuple(
                EntitySpan(
                    start=it.start(), end=it.end(), exact=it[0], label="ORG", id=None
                )
                for name in names
                for it in re.finditer(re.escape(name), text)
            ),
            said_on=SaidOn(
                edtf=published, earliest=published, latest=published, basis="published"
            ),
        )

    return told


def _tellings(row: Row, tell: Tell) -> list[Claim]:
    speaker = row.get("speaker", "Ada Moss")
    first, second = row.get("published", (None, None))
    names = row.get("names", ())
    again = row.get("again", speaker)
    return [
        tell(
            row["one"],
            article="a.txt",
            speaker=speaker,
            published=first,
            names=names,
        ),
        tell(
            row["other"],
            article="b.txt",
            speaker=again,
            published=second,
            names=names,
        ),
    ]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["why"])
def test_tellings_of_one_claim_are_merged(row: Row, tell: Tell) -> None:
    merged = list(merge(_tellings(row, tell)))
    if row["wording"] is None:
        assert [one.documents for one in merged] == [1, 1]
        return
    (one,) = merged
    assert [telling.wording for telling in one.appearances] == ["first", row["wording"]]
    assert one.documents == 2
    if "differs" in row:
        found = [[it.lowest, it.highest] for it in one.differences]
        assert found == ([row["differs"]] if row["differs"] else [])
        assert ("figures_differ" in one.flags) == bool(row["differs"])


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["why"])
def test_the_order_of_the_claims_changes_nothing(row: Row, tell: Tell) -> None:
    tellings = _tellings(row, tell)
    assert list(merge(tellings)) == list(merge(reversed(tellings)))


WEIR = "The weir was built for a quieter river and the engineers warned of that"


OTHER = "by hand from granite blocks that quarrymen brought down on sledges"


def test_the_first_appearance_is_the_earliest_and_names_the_group(tell: Tell) -> None:
    late = tell(WEIR, article="a.txt", published="2024-01-03")
    early = tell(WEIR, article="b.txt", speaker="Moss", published="2024-01-02")
    undated = tell(WEIR, article="c.txt")
    (one,) = merge([late, undated, early])
    sources = [telling.source for telling in one.appearances]
    assert sources == ["b.txt", "a.txt", "c.txt"]
    assert one.first_appearance == one.appearances[0]
    assert one.speaker.name == "Ada Moss"
    (alone,) = merge([early])
    assert alone.id == one.id


def test_a_claim_in_two_runs_counts_once(tell: Tell) -> None:
    claim = tell(WEIR)
    (one,) = merge([claim, claim])
    assert len(one.appearances) == 1


def test_what_comes_back_after_months_is_flagged(tell: Tell) -> None:
    then = tell(WEIR, article="a.txt", published="2024-01-02")
    now = tell(WEIR, article="b.txt", published="2024-06-02")
    (one,) = merge([then, now])
    assert one.flags == ("far_apart",)


def test_no_chain_of_edits_leads_from_one_claim_to_another(tell: Tell) -> None:
    words = WEIR.split()
    other = OTHER.split()
    steps = [" ".join([*words[at:], *other[:at]]) for at in range(0, len(other) + 1, 1)]
    told = [tell(step, article=f"{at:02}.txt") for at, step in enumerate(steps)]
    merged = list(merge(told))
    assert len(merged) > 1
    for one in merged:
        assert all(telling.similarity > 0.5 for telling in one.appearances)


def test_a_surname_joins_no_two_people(tell: Tell) -> None:
    names = ("Ada Moss", "Moss", "Tom Moss")
    told = [
        tell(f"{WEIR}{' again' * at}", article=f"{at}.txt", speaker=name)
        for at, name in enumerate(names)
    ]
    merged = list(merge(told))
    for one in merged:
        speakers = {names[int(telling.source[0])] for telling in one.appearances}
        assert not {"Ada Moss", "Tom Moss"} <= speakers


def test_merged_runs_are_the_same_bytes_in_any_order(
    tell: Tell, tmp_path: Path
) -> None:
    runs = [tmp_path / "one", tmp_path / "two"]
    for at, run in enumerate(runs):
        run.mkdir()
        lines = [to_line(tell(WEIR, article=f"{at}{n}.txt")) for n in range(3)]
        (run / "claims.jsonl").write_bytes(b"".join(lines))
    written = [
        merge_runs(folders, tmp_path / f"out{len(str(folders))}{at}")
        for at, folders in enumerate((runs, runs[::-1]))
    ]
    assert written == [(1, 1, 0)] * 2
    first, second = (path.read_bytes() for path in sorted(tmp_path.glob(f"*/{MERGED}")))
    assert first == second
    assert from_line(first).documents == 6


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenRunError, match=r"claims\.jsonl"):
        merge_runs([tmp_path], tmp_path / "out")
    assert not (tmp_path / "out" / MERGED).exists()


def test_the_command_counts_what_it_wrote(tell: Tell, tmp_path: Path) -> None:
    lines = [to_line(tell(WEIR, article=name)) for name in ("a.txt", "b.txt")]
    (tmp_path / "claims.jsonl").write_bytes(b"".join(lines))
    arguments = ["merge", str(tmp_path), "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "1 claim, 1 of them told by several articles, 0 of these" in result.stderr
    assert (tmp_path / "out" / MERGED).exists()


@given(st.randoms(use_true_random=False))
def test_invented_claims_are_grouped_alike_in_any_order(chance: random.Random) -> None:
    claims = list(invent_claims(120))
    merged = list(merge(claims))
    assert sum(len(one.appearances) for one in merged) == len(claims)
    chance.shuffle(claims)
    assert list(merge(claims)) == merged


def test_a_wording_is_compared_with_a_bounded_number_of_others() -> None:
    formula = ("the", "report", "of", "this", "day", "says", "all", "is", "well")
    wordings = [(*formula, str(at)) for at in range(2_000)]
    compared = sum(1 for _ in candidates(wordings))
    assert compared < 2_000 * 8 * 24


def test_the_bench_prints_time_and_memory(capsys: pytest.CaptureFixture[str]) -> None:
    main(["200"])
    printed = capsys.readouterr().out
    assert re.search(r"200 claims: \d+ after merging, \d+ told by several", printed)
    assert re.search(r"[\d.]+ s of one thread, peak memory \d+ MB", printed)


@pytest.mark.slow
def test_a_hundred_thousand_claims_fit_in_memory(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main([])
    printed = capsys.readouterr().out
    (megabytes,) = re.findall(r"peak memory (\d+) MB", printed)
    assert int(megabytes) < 1_000


@pytest.mark.parametrize("table", ["anybody", "contrasts", "same"])
def test_words_of_tellings_are_sorted_and_in_one_row(table: str) -> None:
    rows = read_lexicon("tellings")[table]
    assert list(rows) == sorted(rows)
    words = [word for row in rows.values() for word in row]
    assert len(words) == len(set(words))
    for row in rows.values():
        assert row == sorted(row)
        assert all(word == word.lower() for word in row)
