"""Take the text out of press releases in Word and PDF files.

Reach for :func:`docx_text` and :func:`pdf_text` with the bytes of a file. The libraries
come with the extra ``press``. The text is one line a paragraph with blank lines
between; it is what offsets count in, for such a file has no text of its own. Properties
such as the author are not read: they name machines and templates more often than
people.
"""

import io
import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, Final, Protocol

from pipeline.reading.problems import (
    CorruptFileError,
    MissingReaderError,
    TooLongError,
)

#: Parts of a Word file may unpack to so many bytes for each character of the text.
_WIDEST: Final = 50
_HYPHENATED: Final = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_ADVICE: Final = "save it again, or copy its text into a .txt file"


def docx_text(data: bytes, source: str, *, most: int) -> str:
    """Return the paragraphs of a Word file, those of its tables included."""
    return _read(_docx_paragraphs, data, source, most)


def pdf_text(data: bytes, source: str, *, most: int) -> str:
    """Return the paragraphs of a PDF file, their lines joined again.

    A scan without a text layer gives an empty text.
    """
    return _read(_pdf_paragraphs, data, source, most)


_Paragraphs = Callable[[bytes, int], Iterator[str]]


def _read(paragraphs: _Paragraphs, data: bytes, source: str, most: int) -> str:
    kept: list[str] = []
    length = 0
    try:
        for paragraph in paragraphs(data, most):
            kept.append(paragraph)
            length += len(paragraph) + 2
            if length > most:
                break
    except ImportError as error:
        advice = "run: pip install 'en-news-claims[press]'"
        problem = "is read by a library of the extra 'press', which is not installed"
        raise MissingReaderError(source, problem, advice) from error
    except Exception as error:
        problem = f"is damaged or protected ({type(error).__name__})"
        raise CorruptFileError(source, problem, _ADVICE) from error
    if length > most:
        problem = f"has more than {most:,} characters"
        raise TooLongError(source, problem, "split it into articles")
    return "\n\n".join(kept)


def _docx_paragraphs(data: bytes, most: int) -> Iterator[str]:
    docx = import_module("docx")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _WIDEST * most:
            raise zipfile.BadZipFile
    yield from _inner(docx.Document(io.BytesIO(data)))


class _Container(Protocol):
    """A body, a table's cell: what python-docx lists the content of."""

    def iter_inner_content(self) -> Iterator[Any]:
        """Yield paragraphs and tables in order."""


class _Table(Protocol):
    """A table of python-docx."""

    rows: Iterable[Any]


def _inner(container: _Container) -> Iterator[str]:
    """Yield the paragraphs of a body or a cell, in order."""
    waiting = [container.iter_inner_content()]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif hasattr(item, "rows"):
            waiting.append(_cells(item))
        elif hasattr(item, "grid_span"):
            waiting.append(item.iter_inner_content())
        elif text := " ".join(item.text.split()):
            yield text


def _cells(table: _Table) -> Iterator[Any]:
    for row in table.rows:
        cells = iter(row.cells)
        for cell in cells:
            yield cell
            # a cell that spans several columns is given once for each
            deque(islice(cells, cell.grid_span - 1), maxlen=0)


def _pdf_paragraphs(data: bytes, _: int) -> Iterator[str]:
    high_level = import_module("pdfminer.high_level")
    layout = import_module("pdfminer.layout")
    # the default weighs every pair of boxes on a page
    parameters = layout.LAParams(boxes_flow=None)
    for page in high_level.extract_pages(io.BytesIO(data), laparams=parameters):
        for box in page:
            if isinstance(box, layout.LTTextContainer):
                text = _HYPHENATED.sub("", box.get_text())
                if joined := " ".join(text.split()):
                    yield joined
