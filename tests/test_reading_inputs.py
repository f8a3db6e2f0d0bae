"""Inputs of every kind: packed files, records, archives, patterns, press releases."""

import gzip
import io
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import docx
import orjson
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from pipeline.reading import ReadOptions, from_record, press, read_inputs
from pipeline.reading.decoding import decode_html
from pipeline.reading.front_matter import read_front_matter
from pipeline.reading.kinds import kind_of_bytes, kind_of_name
from pipeline.reading.tokenizing import tokenise
from pipeline.records import Document, Rejection

STORY = "“We were told in May,” said Ann Lee.\n"
PAGE = f"<!DOCTYPE html><title>Mill to close</title><p>{STORY}</p>"
PDF_LINES = ("Tarn Council will mend the", "pier by May, it said.")


def one(*paths: Path | str, **options: object) -> Document | Rejection:
    (read,) = read_inputs([str(path) for path in paths], options=ReadOptions(**options))
    return read


def many(*paths: Path | str, **options: object) -> list[str]:
    """Return what became of each article: its media type, or its problem."""
    reads = read_inputs([str(path) for path in paths], options=ReadOptions(**options))
    return [getattr(read, "error", None) or read.media_type for read in reads]


def pdf_of(lines: tuple[str, ...]) -> bytes:
    """Write a page of PDF by hand: four objects and a table of where they stand."""
    shown = " ".join(
        f"1 0 0 1 72 {700 - 14 * i} Tm ({s}) Tj" for i, s in enumerate(lines)
    )
    stream = f"BT /F 12 Tf {shown} ET"
    page = "/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", ("text", None)),
        ("A.HTML", ("html", None)),
        ("a.b.htm.gz", ("html", "gzip")),
        ("a.warc.gz", ("warc", "gzip")),
        ("a.jsonl.zst", ("records", "zstd")),
        ("a.gz", (None, "gzip")),
        ("a.doc", (None, None)),
        ("txt", (None, None)),
    ],
)
def test_kinds_by_name(name: str, kind: tuple[str | None, str | None]) -> None:
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<!doctype html><p>", "html"),
        (b'\xef\xbb\xbf\n<?xml version="1.0"?><html>', "html"),
        (b"<!-- saved -->\n<HTML lang=en>", "html"),
        (b'{"text": "No."}', "records"),
        (b"{No braces here}", "text"),
        (b"<No, she said", "text"),
        (b"<p class=intro>No, she said", "html"),
        (b"<P. Lee> said no", "text"),
        (b"WARC/1.0\r\n", "warc"),
        (b"%PDF-1.7", "pdf"),
        (b"", "text"),
    ],
)
def test_kinds_by_first_bytes(head: bytes, kind: str) -> None:
    assert kind_of_bytes(head) == kind


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize(
    ("name", "text", "media_type"),
    [
        ("a.txt", STORY, "text/plain"),
        ("a.md", STORY, "text/markdown"),
        ("a.html", PAGE, "text/html"),
        ("a", PAGE, "text/html"),
    ],
)
def test_packed_files_are_read_as_what_they_hold(
    tmp_path: Path,
    pack: Callable[[bytes], bytes],
    name: str,
    text: str,
    media_type: str,
) -> None:
    ending = ".gz" if pack is gzip.compress else ".zst"
    file = tmp_path / (name + ending)
    file.write_bytes(pack(text.encode()))
    read = one(file)
    assert isinstance(read, Document)
    assert (read.text, read.media_type) == (text, media_type)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.txt.gz", gzip.compress(STORY.encode())[:-9], "CorruptFileError"),
        ("a.txt.gz", b"\x1f\x8b damaged", "CorruptFileError"),
        ("a.gz", b"\x1f\x8b\x08\x00broken", "CorruptFileError"),
        ("a", gzip.compress(STORY.encode())[:12], "CorruptFileError"),
        ("a.jsonl.gz", gzip.compress(STORY.encode())[:12], "CorruptFileError"),
        ("a.zst", zstandard.compress(STORY.encode())[:9], "CorruptFileError"),
        ("a.warc.gz", gzip.compress(STORY.encode())[:12], "CorruptFileError"),
        ("a.txt.zst", zstandard.compress(b"A" * 99)[:9] + b"!!", "CorruptFileError"),
        ("a.txt.gz", gzip.compress(b"A" * 5_000_000), "TooLongError"),
        ("a.html.gz", gzip.compress(b"<p>" * 20_000_000), "TooLongError"),
        ("a.html", b"<p>\0\0</p>", "BinaryInputError"),
        ("a.html", b"<p>\xc3\xa9 and \xe9</p>", "UndecodableTextError"),
        ("a.docx", b"PK\x03\x04 damaged", "CorruptFileError"),
        ("a.docx", b"", "CorruptFileError"),
        ("a.pdf", b"%PDF-1.4 damaged", "CorruptFileError"),
        ("a.warc", b"no archive at all", "CorruptFileError"),
        ("a.warc", b"", "NoArticlesError"),
        ("a.jsonl.gz", gzip.compress(b""), "NoArticlesError"),
    ],
)
def test_malformed_files_are_rejected(
    tmp_path: Path, name: str, data: bytes, error: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    read = one(file)
    assert isinstance(read, Rejection)
    assert read.error == error
    assert "; " in read.message


@settings(max_examples=150)
@given(data=st.binary(max_size=80), name=st.sampled_from(["a.pdf", "a.docx", "a.warc"]))
def test_any_bytes_are_read_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    file = tmp_path_factory.mktemp("any") / name
    file.write_bytes(data)
    for read in read_inputs([str(file)]):
        assert isinstance(read, Document | Rejection)


@pytest.mark.parametrize(
    ("data", "charset", "encoding", "text"),
    [
        ("<p>café".encode(), "latin-1", "utf-8", "<p>café"),
        ("<p>café".encode("cp1252"), None, "cp1252", "<p>café"),
        ("<p>“No”".encode("cp1252"), "iso-8859-1", "cp1252", "<p>“No”"),
        ("<p>Łódź".encode("iso-8859-2"), "ISO-8859-2", "iso8859-2", "<p>Łódź"),
        (
            b'<meta charset="koi8-r"><p>' + "Мир".encode("koi8-r"),
            None,
            "koi8-r",
            '<meta charset="koi8-r"><p>Мир',
        ),
        ("<p>café".encode("cp1252"), "no-such", "cp1252", "<p>café"),
        ("<p>café".encode("utf-16"), None, "utf-16", "<p>café"),
    ],
)
def test_the_encoding_of_a_page_is_told_and_recorded(
    data: bytes, charset: str | None, encoding: str, text: str
) -> None:
    assert decode_html(data, "a.html", charset) == (text, encoding)


def test_a_record_may_hold_html_and_keeps_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    record = {"html": PAGE, "author": "Sam Rowe", "url": "https://news.example/mill"}
    other = {"page": PAGE, "html": 3}
    file.write_bytes(orjson.dumps(record) + b"\n" + orjson.dumps(other))
    first, second = read_inputs([str(file)])
    assert (first.text, first.media_type) == (PAGE, "text/html")
    assert (first.title, first.byline) == ("Mill to close", "Sam Rowe")
    assert first.url == "https://news.example/mill"
    assert second.error == "BadRecordError"
    assert from_record(other, options=ReadOptions(html_key="page")).text == PAGE


def test_text_goes_before_html() -> None:
    assert from_record({"text": STORY, "html": PAGE}).text == STORY


def test_a_line_without_end_is_rejected_and_costs_no_other(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    line = orjson.dumps({"text": STORY})
    file.write_bytes(b'"' + b"a" * 400_000 + b'"\n' + line)
    assert many(file, max_chars=2_000) == ["TooLongError", "text/plain"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_line_of_ten_megabytes_is_rejected(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    text = "Ann Lee said so. " * 600_000
    file.write_bytes(orjson.dumps({"text": text}) if "json" in name else text.encode())
    assert many(file) == ["TooLongError"]


FRONT = """---
title: "Mill to close"
author:
  - Sam Rowe
  - Jo Hart
date: 2024-05-02
# a note
tags: [mills, 'work']
---
"""


def test_front_matter_says_who_and_when_and_stays_in_the_text(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(FRONT + STORY)
    read = one(file)
    assert read.text == FRONT + STORY
    assert (read.title, read.byline) == ("Mill to close", "Sam Rowe, Jo Hart")
    assert read.published == "2024-05-02"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\nThe mill will close.\n---\n", "a rule above and below a sentence"),
        ("---\n\n---\n", "nothing between the rules"),
        ("---\ntitle: Mill\n", "no end"),
        (" ---\ntitle: Mill\n---\n", "not at the beginning"),
        ("Title: Mill\n---\n", "no beginning"),
    ],
)
def test_what_is_no_front_matter(text: str, why: str) -> None:
    assert read_front_matter(text) is None, why


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("**/*.html", ["c.html"]),
        ("[bc].txt", ["b.txt"]),
        ("sub*", ["c.html"]),
        ("*.none", ["MissingPathError"]),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, names: list[str]) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.html"):
        (tmp_path / name).write_text(PAGE)
    reads = read_inputs([str(tmp_path / pattern)])
    assert [getattr(r, "error", Path(r.source).name) for r in reads] == names


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (PAGE.encode(), "text/html"),
        (gzip.compress(STORY.encode()), "text/plain"),
        (orjson.dumps({"text": STORY}), "text/plain"),
    ],
)
def test_standard_input_tells_what_it_is(
    monkeypatch: pytest.MonkeyPatch, data: bytes, media_type: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert many("-") == [media_type]


def fetched(
    url: str, status: str, kind: str, body: str, encoding: str = "utf-8"
) -> bytes:
    """Write the answer of a server as a record of an archive."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode()
    answer += body.encode(encoding)
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def test_a_damaged_stream_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"\x1f\x8b\x08\x00broken"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert many("-") == ["CorruptFileError"]


def test_damage_costs_nothing_that_stands_before_it(tmp_path: Path) -> None:
    whole, cut = tmp_path / "b.txt", tmp_path / "a.jsonl.gz"
    whole.write_text(STORY)
    lines = orjson.dumps({"text": STORY}) + b"\n"
    cut.write_bytes(gzip.compress(lines) + gzip.compress(lines)[:-20])
    plain = "text/plain"
    assert many(cut, whole) == [plain, "CorruptFileError", plain]


@pytest.mark.parametrize(
    ("missing", "became"),
    [
        (0, ["text/plain", "text/plain"]),
        (5, ["text/plain", "text/plain", "CorruptFileError"]),
        (30, ["text/plain", "CorruptFileError", "CorruptFileError"]),
        (90, ["text/plain", "CorruptFileError"]),
    ],
)
def test_a_packed_archive_that_is_cut_off(
    tmp_path: Path, missing: int, became: list[str]
) -> None:
    file = tmp_path / "a.warc.gz"
    first, last = (
        gzip.compress(
            fetched(f"https://a.example/{name}", "200 OK", "text/plain", STORY)
        )
        for name in "ab"
    )
    file.write_bytes(first + last[: len(last) - missing])
    assert many(file) == became


def test_a_page_that_is_cut_off_in_its_archive(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    first, last = (
        fetched(f"https://a.example/{name}", "200 OK", "text/plain", STORY * 9)
        for name in "ab"
    )
    file.write_bytes(first + last[:-50])
    whole, cut = read_inputs([str(file)])
    assert isinstance(whole, Document)
    assert isinstance(cut, Rejection)
    assert cut.message.startswith("is cut off in the archive; ")


def test_the_pages_of_an_archive(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    html, plain = "text/html; charset=ISO-8859-2", "text/plain"
    answers = [
        fetched("https://a.example/", "200 OK", html, "Łódź said no.", "iso-8859-2"),
        fetched("https://a.example/b.png", "200 OK", "image/png", "PNG"),
        fetched("https://a.example/c", "301 Moved", html, "Moved."),
        fetched("https://a.example/d", "200 OK", plain, "Ann Lee said no."),
    ]
    file.write_bytes(b"".join(map(gzip.compress, answers)))
    first, second = read_inputs([str(file)])
    assert (first.source, first.url) == (f"{file}#https://a.example/", first.url)
    assert (first.text, first.encoding) == ("Łódź said no.", "iso8859-2")
    assert (first.url, first.media_type) == ("https://a.example/", "text/html")
    assert (second.text, second.media_type) == ("Ann Lee said no.", "text/plain")


def test_a_word_file(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    written = docx.Document()
    written.add_heading("Pier to be mended", 1)
    written.add_paragraph("Tarn Council said so.")
    table = written.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Cost", "", "£30m"), strict=True):
        cell.text = text
    table.rows[0].cells[0].merge(table.rows[0].cells[1])
    written.add_paragraph("Work begins in May.")
    written.save(file)
    read = one(file)
    assert read.text.split("\n\n") == [
        "Pier to be mended",
        "Tarn Council said so.",
        "Cost",
        "£30m",
        "Work begins in May.",
    ]
    assert read.byline is None
    assert one(file, max_chars=20).error == "TooLongError"


def test_a_pdf_file(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf_of(PDF_LINES))
    read = one(file)
    assert (read.text, read.media_type) == (" ".join(PDF_LINES), "application/pdf")


def test_a_missing_library_is_named_by_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> object:
        if name.startswith(("docx", "pdfminer")):
            raise ModuleNotFoundError(name=name)
        return import_module(name)

    monkeypatch.setattr(press, "import_module", refuse)
    for name in ("a.docx", "a.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4")
        read = one(tmp_path / name)
        assert read.error == "MissingReaderError"
        assert "pip install 'en-news-claims[press]'" in read.message


@pytest.mark.parametrize(
    "text",
    [
        '"' * 200_000,
        "Ann said " + "a." * 60_000 + " so.\n\n",
        " " + "(" * 1_000,
        "\n" * 200_000,
    ],
    ids=["quotation marks", "a word without end", "as long as may be", "lines"],
)
def test_endless_words_are_tokenised_at_once(toy_nlp: Language, text: str) -> None:
    assert tokenise(text, toy_nlp).text == text
