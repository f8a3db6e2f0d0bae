"""Read articles: from files, folders, standard input, records, pages and strings.

Reach for :func:`read_inputs` with paths as a user gives them, for :func:`from_text`,
:func:`from_html` and :func:`from_record` in a program. A document's text is its source
as decoded, to the character; what cannot be read becomes a rejection that says what to
do, and costs no other input.
"""

from collections.abc import Iterator, Sequence

from pipeline.reading.documents import (
    DEFAULTS,
    MAX_CHARS,
    ReadOptions,
    from_html,
    from_record,
    from_text,
)
from pipeline.reading.files import read_path
from pipeline.reading.problems import DuplicateInputError, reject
from pipeline.records import Document, Rejection

__all__ = [
    "MAX_CHARS",
    "ReadOptions",
    "from_html",
    "from_record",
    "from_text",
    "read_inputs",
]


def read_inputs(
    paths: Sequence[str], *, options: ReadOptions = DEFAULTS
) -> Iterator[Document | Rejection]:
    """Read the inputs in order, lazily; never raises for what an input holds.

    A text that comes twice from one source (a file named twice, a record repeated
    under one id) is read once and rejected after that, so that ids stay unique.
    """
    seen: set[str] = set()
    for path in paths:
        for read in read_path(path, options):
            if not isinstance(read, Document):
                yield reject(read)
            elif read.id in seen:
                yield reject(_duplicate(read))
            else:
                seen.add(read.id)
                yield read


def _duplicate(document: Document) -> DuplicateInputError:
    problem = "was read before with the same text"
    return DuplicateInputError(document.source, problem, "name each input once")
