"""Runs: every failure is a record, every file whole, the same bytes twice."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import NoReturn

import orjson
import pytest
import spacy
from spacy.language import Language

from pipeline import assembly
from pipeline.batch.extractor import Extractor, Item, Lines
from pipeline.batch.files import whole_files
from pipeline.batch.runner import (
    CLAIMS,
    DOCUMENTS,
    MANIFEST,
    REJECTED,
    extract_all,
    limited,
    write_run,
)
from pipeline.errors import (
    MissingExtraError,
    TooManyRejectionsError,
    UnwritableFolderError,
)
from pipeline.records import Counts, Document, Rejection
from pipeline.schema import Record, from_line, to_line

MakeDocument = Callable[..., Document]

FINALS = [CLAIMS, DOCUMENTS, REJECTED, MANIFEST]
UNREAD = Rejection(source="b.bin", stage="reading", error="Binary", message="No text.")


@pytest.fixture
def extractor(toy_model: Language) -> Extractor:
    assert toy_model
    return Extractor()


@pytest.fixture
def articles(make_document: MakeDocument) -> list[Document]:
    return [
        make_document("Anna Brook said the weir would hold.", source="a.txt"),
        UNREAD,
        make_document("Boats explode now and then.", source="c.txt"),
        make_document("Tom Vale said no. Ida Rook said yes.", source="d.txt"),
    ]


def _run(items: Iterable[Item], folder: Path, extractor: Extractor) -> Counts:
    results = extract_all(items, extractor)
    return write_run(results, folder, nlp=extractor.nlp, options={"limit": None})


def _lines(folder: Path, name: str) -> list[Record]:
    return [from_line(line) for line in (folder / name).read_bytes().splitlines()]


def test_a_bad_document_leaves_its_neighbours_alone(
    articles: list[Document], extractor: Extractor, tmp_path: Path
) -> None:
    counts = _run(articles, tmp_path, extractor)
    assert (counts.documents, counts.claims, counts.rejected) == (2, 3, 2)
    sources = [record.source for record in _lines(tmp_path, DOCUMENTS)]
    assert sources == ["a.txt", "d.txt"]
    unread, broken = _lines(tmp_path, REJECTED)
    assert unread == UNREAD
    assert (broken.source, broken.stage, broken.error) == (
        "c.txt",
        "extraction",
        "ValueError",
    )


def test_claims_come_in_the_order_of_the_input(
    articles: list[Document], extractor: Extractor, tmp_path: Path
) -> None:
    _run(articles, tmp_path, extractor)
    names = [claim.speaker.name for claim in _lines(tmp_path, CLAIMS)]
    assert names == ["Anna Brook", "Tom Vale", "Ida Rook"]


def test_two_runs_give_equal_bytes(
    articles: list[Document], extractor: Extractor, tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        _run(articles, tmp_path / folder, extractor)
    for name in [CLAIMS, DOCUMENTS, REJECTED]:
        one, two = ((tmp_path / folder / name) for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_neighbours_and_order_change_no_line(
    articles: list[Document], extractor: Extractor
) -> None:
    forwards = {lines.item: lines for lines in extract_all(articles * 20, extractor)}
    backwards = {lines.item: lines for lines in extract_all(articles[::-1], extractor)}
    assert forwards == backwards


def test_the_manifest_counts_and_names_the_inputs(
    articles: list[Document], extractor: Extractor, tmp_path: Path
) -> None:
    counts = _run(articles, tmp_path, extractor)
    (manifest,) = _lines(tmp_path, MANIFEST)
    assert manifest.counts == counts
    assert [entry.source for entry in manifest.inputs] == ["a.txt", "d.txt"]
    assert manifest.configuration["options"] == {"limit": None}
    assert "toy_claims" in manifest.configuration["components"]
    assert {"python", "spacy", "onnxruntime"} <= set(manifest.versions)


def test_nothing_to_read_gives_empty_files(
    extractor: Extractor, tmp_path: Path
) -> None:
    _run([], tmp_path, extractor)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FINALS)
    assert (tmp_path / CLAIMS).read_bytes() == b""


def test_too_long_a_text_is_rejected_with_advice(
    make_document: MakeDocument, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extractor.nlp, "max_length", 10)
    document = make_document("Anna Brook said no.")
    (lines,) = extract_all([document], extractor)
    assert lines.item.error == "UnreadableInputError"
    assert "19 characters" in lines.item.message
    assert "split it" in lines.item.message


@pytest.mark.parametrize(("most", "passed"), [(0, 1), (1, 2), (2, 4)])
def test_a_run_gives_up_after_so_many_rejections(
    articles: list[Document], extractor: Extractor, most: int, passed: int
) -> None:
    results = limited(extract_all(articles, extractor), most)
    assert len(list(islice(results, passed))) == passed
    with pytest.raises(TooManyRejectionsError) if most < 2 else nullcontext():
        assert not list(results)


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_interrupted_run_leaves_the_earlier_one(
    articles: list[Document],
    extractor: Extractor,
    tmp_path: Path,
    error: type[BaseException],
) -> None:
    _run(articles[:1], tmp_path, extractor)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    def interrupted() -> Iterator[Lines]:
        yield from extractor(articles)
        raise error

    with pytest.raises(error):
        write_run(interrupted(), tmp_path, nlp=extractor.nlp)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_files_appear_together_and_the_last_vouches(tmp_path: Path) -> None:
    (tmp_path / "last").write_bytes(b"old")
    with whole_files(tmp_path, ["first", "last"]) as files:
        files["first"].write(b"new")
        files["last"].write(b"newer")
        assert not (tmp_path / "first").exists()
        assert (tmp_path / "last").read_bytes() == b"old"
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {"first": b"new", "last": b"newer"}


def test_finished_files_can_be_read_by_others(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    with whole_files(tmp_path, ["final"]):
        pass
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with (
        pytest.raises(UnwritableFolderError, match="taken"),
        whole_files(tmp_path / "taken", ["final"]),
    ):
        pass


def test_an_extractor_crosses_a_process_as_its_configuration(
    extractor: Extractor, articles: list[Document]
) -> None:
    assert extractor.nlp
    copy = pickle.loads(pickle.dumps(extractor))
    settings = {"min_confidence": None, "roster": None}
    assert vars(copy) == {"model": extractor.model} | settings
    assert copy(articles[:1]) == extractor(articles[:1])


def test_a_threshold_goes_to_the_stage_that_keeps_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    blank = spacy.blank("en")
    monkeypatch.setattr(assembly, "load", lambda *given: asked.append(given) or blank)
    for least in (None, 0.0, 0.5):
        assert Extractor("toy", min_confidence=least).nlp is blank
    settings = [{"news_claims": {"min_confidence": least}} for least in (0.0, 0.5)]
    assert asked == [("toy",), ("toy", settings[0]), ("toy", settings[1])]


def test_lines_end_once(articles: list[Document], extractor: Extractor) -> None:
    for lines in extract_all(articles, extractor):
        for line in (*lines.claims, lines.document, lines.rejection):
            assert line == b"" or (line.count(b"\n") == 1 and orjson.loads(line))


def test_a_rejection_passes_through(extractor: Extractor) -> None:
    assert extractor([UNREAD]) == [Lines(item=UNREAD, rejection=to_line(UNREAD))]


def test_a_mistake_of_the_caller_ends_the_run(
    articles: list[Document], extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_out(*_: object) -> NoReturn:
        raise MissingExtraError("reading boats", "boats")

    monkeypatch.setattr("pipeline.batch.extractor.read_out", read_out)
    with pytest.raises(MissingExtraError):
        extractor(articles)
