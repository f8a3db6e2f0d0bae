"""Reading: exact text, recorded encodings, and a rejection for what is no article."""

import hashlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableInputError
from pipeline.reading import ReadOptions, from_record, from_text, read_inputs
from pipeline.records import Document, Rejection

STORY = "“We were told in May,” said Ann Lee.\r\n\r\nThe mill\u00a0will close.\n"


def one(*paths: Path | str, **options: object) -> Document | Rejection:
    (read,) = read_inputs([str(path) for path in paths], options=ReadOptions(**options))
    return read


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param(STORY.encode(), STORY, "utf-8", id="UTF-8, CRLF and NBSP kept"),
        pytest.param(STORY.encode("utf-8-sig"), STORY, "utf-8-sig", id="mark left out"),
        pytest.param(STORY.encode("utf-16"), STORY, "utf-16", id="UTF-16 with mark"),
        pytest.param(STORY.encode("utf-32"), STORY, "utf-32", id="UTF-32 with mark"),
        pytest.param(STORY.encode("cp1252"), STORY, "cp1252", id="Windows-1252"),
        pytest.param(b"a\rb said\x0cc", "a\rb said\x0cc", "utf-8", id="odd line ends"),
        pytest.param(
            "👩‍👧 said e\u0301".encode(), "👩‍👧 said e\u0301", "utf-8", id="emoji"
        ),
    ],
)
def test_text_is_the_source_to_the_character(
    tmp_path: Path, data: bytes, text: str, encoding: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    read = one(file)
    assert isinstance(read, Document)
    assert (read.text, read.encoding) == (text, encoding)
    assert read.sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("data", "error", "step"),
    [
        pytest.param(b"", "EmptyTextError", "leave it out", id="empty"),
        pytest.param(b" \r\n\t\xc2\xa0", "EmptyTextError", "white space", id="blank"),
        pytest.param(b"\x89PNG\r\n\0\0", "BinaryInputError", "UTF-8", id="picture"),
        pytest.param(b"%PDF \x01\x02", "BinaryInputError", "UTF-8", id="controls"),
        pytest.param(
            "Ann".encode("utf-16-le"), "BinaryInputError", "byte-order", id="UTF-16"
        ),
        pytest.param(
            b"\x80\x81\xfe\xff", "UndecodableTextError", "UTF-8", id="no encoding"
        ),
        pytest.param(
            "Привет, мир".encode("koi8-r"), "UndecodableTextError", "UTF-8", id="KOI8-R"
        ),
        pytest.param(
            "caf\u00e9 ".encode() + b"closes on Monday, she said\xe2",
            "UndecodableTextError",
            "UTF-8",
            id="damaged UTF-8 is not read as Windows-1252",
        ),
        pytest.param(
            b"\xff\xfea", "UndecodableTextError", "UTF-8", id="damaged UTF-16"
        ),
        pytest.param(b"a" * 101, "TooLongError", "split", id="too long"),
        pytest.param(b"a" * 1000, "TooLongError", "split", id="too long to open"),
    ],
)
def test_what_is_no_article_is_rejected(
    tmp_path: Path, data: bytes, error: str, step: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    read = one(file, max_chars=100)
    assert isinstance(read, Rejection)
    assert (read.source, read.stage, read.error) == (str(file), "read", error)
    assert step in read.message


def test_an_article_of_five_megabytes_is_rejected(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"She said so. " * 400_000)
    assert one(file).error == "TooLongError"


def test_the_rest_of_the_run_is_complete(tmp_path: Path) -> None:
    for name, data in (("a.txt", b"A."), ("b.txt", b"\0"), ("c.md", b"C.")):
        (tmp_path / name).write_bytes(data)
    reads = list(read_inputs([str(tmp_path), str(tmp_path / "none.txt")]))
    kinds = [getattr(read, "error", "read") for read in reads]
    assert kinds == ["read", "BinaryInputError", "read", "MissingPathError"]


def test_a_folder_is_read_recursively_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("c.txt", "b/a.TXT", "a.md", ".hidden.txt", "x.png", ".git/d.txt"):
        (tmp_path / name).write_text("Ann Lee said so.")
    names = [Path(read.source).name for read in read_inputs([str(tmp_path)])]
    assert names == ["a.md", "a.TXT", "c.txt"]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        pytest.param(Path.mkdir, "NoArticlesError", id="empty folder"),
        pytest.param(str, "MissingPathError", id="missing path"),
        pytest.param(os.mkfifo, "UnreadablePathError", id="pipe"),
    ],
)
def test_paths_that_give_nothing(
    tmp_path: Path, make: Callable[[Path], object], error: str
) -> None:
    path = tmp_path / "place"
    make(path)
    assert one(path).error == error


def test_an_unreadable_path_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path, mode: str) -> bytes:
        raise PermissionError(13, f"Permission denied to open as {mode}")

    file = tmp_path / "a.txt"
    file.write_text("Ann Lee said so.")
    monkeypatch.setattr(Path, "open", refuse)
    read = one(file)
    assert read.error == "UnreadablePathError"
    assert "Permission denied" in read.message


def test_a_folder_closed_to_us_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("Ann Lee said so.")
    listed = Path.iterdir

    def iterdir(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    reads = list(read_inputs([str(tmp_path)]))
    assert [getattr(read, "error", "read") for read in reads] == [
        "UnreadablePathError",
        "read",
    ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    read = one("-", published="2024-05-01")
    assert (read.source, read.text) == ("-", STORY)
    assert read.published == "2024-05-01"


RECORDS = [
    (b'{"text": "Ann Lee said so.", "title": "Mill"}', None),
    (b'{"text": "Ann Lee said so."', "BadRecordError"),
    (b'["Ann Lee said so."]', "BadRecordError"),
    (b'{"body": "Ann Lee said so."}', "BadRecordError"),
    (b'{"text": null}', "BadRecordError"),
    (b'{"text": "\\ud800 said so."}', "BadRecordError"),
    (b'{"text": "caf\xe9"}', "BadRecordError"),
    (b'{"text": "  "}', "EmptyTextError"),
    (b"", None),
    (b'{"text": "Sam Rowe said no."}', None),
]


def test_a_bad_record_costs_its_own_line_only(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n".join(line for line, _ in RECORDS))
    reads = list(read_inputs([str(file)]))
    expected = [
        (f"{file}:{number}", error)
        for number, (line, error) in enumerate(RECORDS, start=1)
        if line
    ]
    assert [(r.source, getattr(r, "error", None)) for r in reads] == expected


def test_records_that_are_binary_or_missing(tmp_path: Path) -> None:
    for name, data in (("a.jsonl", b"\0\0\n" * 9), ("b.jsonl", b"\n\n")):
        (tmp_path / name).write_bytes(data)
    errors = [read.error for read in read_inputs([str(tmp_path)])]
    assert errors == ["BinaryInputError", "NoArticlesError"]


def test_fields_of_a_record() -> None:
    record = {
        "body": "Ann Lee said so.",
        "headline": "Mill to close",
        "authors": ["Sam Rowe", "Jo Hart"],
        "link": "https://news.example/mill",
        "date": "Thu, 02 May 2024 10:00:00 GMT",
        "views": 7,
    }
    read = from_record(record, source="r", options=ReadOptions(text_key="body"))
    assert (read.title, read.byline) == ("Mill to close", "Sam Rowe, Jo Hart")
    assert (read.url, read.published) == ("https://news.example/mill", "2024-05-02")


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2024-05-02", "2024-05-02"),
        ("2024-05-02T23:59:00+01:00", "2024-05-02"),
        ("2024-05", "2024-05"),
        ("2 May 2024", "2024-05-02"),
        ("May 2, 2024", "2024-05-02"),
        ("02/05/2024", None),
        ("yesterday", None),
        ("", None),
        (20240502, None),
    ],
)
def test_published_is_a_day_or_nothing(printed: object, day: str | None) -> None:
    assert from_record({"text": "A.", "published": printed}).published == day


def test_the_id_key_names_the_source(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    line = orjson.dumps({"text": "Ann Lee said so.", "key": 17})
    file.write_bytes(line + b"\n" + line)
    first, second = read_inputs([str(file)], options=ReadOptions(id_key="key"))
    assert first.source == f"{file}#17"
    assert second.error == "DuplicateInputError"


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Ann Lee said so.")
    first, second = read_inputs([str(file), str(file)])
    assert isinstance(first, Document)
    assert second.error == "DuplicateInputError"


@settings(derandomize=True, max_examples=200)
@given(st.text(), st.text(st.characters(codec="utf-8")))
def test_any_string_is_kept_or_refused(text: str, source: str) -> None:
    if not text.strip() or any("\ud800" <= letter <= "\udfff" for letter in text):
        with pytest.raises(UnreadableInputError):
            from_text(text, source=source)
    else:
        read = from_text(text, source=source)
        assert read.text == text
        assert read == from_text(text, source=source)


@settings(derandomize=True, max_examples=100)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "a.txt"
    file.write_bytes(data)
    read = one(file)
    if isinstance(read, Document):
        assert read.text.encode(read.encoding) in {
            data,
            read.text.encode("utf-8-sig"),
        } or (read.encoding in {"utf-16", "utf-32"})


def test_ids_depend_on_source_and_text_only() -> None:
    ids = {
        from_text(text, source=source).id
        for source, text in (("a", "bc"), ("ab", "c"), ("a", "b"), ("b", "bc"))
    }
    assert len(ids) == 4
    assert from_text("bc", source="a", title="T").id in ids
