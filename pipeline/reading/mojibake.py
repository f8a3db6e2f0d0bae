"""Mend letters that were decoded with the wrong encoding, keeping where they stood.

Reach for :func:`mend` with a text that may hold *cafÃ©* for *café*. Only runs of
letters beyond ASCII are touched, each for itself, and only those that ftfy knows for
mojibake: curly quotes, ligatures and odd spellings stay as they are.
"""

import re
from importlib import import_module
from typing import Final

from pipeline.reading.offsets import OffsetMap, Rewriting

#: What the first byte of a letter in UTF-8 looks like in Windows-1252, and one more.
_SUSPECT: Final = re.compile(r"[ÂÃÅÐâð][^\x00-\x7f]")
#: A longer run is a passage in another alphabet.
_RUN: Final = re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f]{2,48}+(?![^\x00-\x7f])")


def mend(text: str) -> tuple[str, OffsetMap] | None:
    """Return the text with its mojibake mended and the map back, None without any.

    >>> mended = mend("The cafÃ© said no")
    >>> mended and (mended[0], mended[1].to_source(7, 8))
    ('The café said no', Span(start=7, end=9))
    """
    if not _SUSPECT.search(text):
        return None
    ftfy = import_module("ftfy")
    written = Rewriting()
    at = 0
    for run in _RUN.finditer(text):
        mended = ftfy.fix_encoding(run[0])
        if mended != run[0]:
            written.copy(text[at : run.start()], at)
            written.put(mended, run.start(), run.end())
            at = run.end()
    if not at:
        return None
    written.copy(text[at:], at)
    return written.finish()
