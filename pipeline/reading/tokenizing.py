"""Tokenise any text in time linear in its length.

Reach for :func:`tokenise` in place of ``nlp.make_doc``. spaCy takes marks off a word
one by one and looks at all the rest each time, so that a word of a million quotation
marks would take it hours. No word is that long: what has no white space for a thousand
characters is tokenised piece by piece.
"""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

_LONGEST: Final = 1_000
_ENDLESS: Final = re.compile(rf"\S{{{_LONGEST},}}")
_PIECE: Final = 200


def tokenise(text: str, nlp: Language) -> Doc:
    """Return the ``Doc`` of a text, with ``doc.text == text``.

    A text without endless words gets the very tokens that ``nlp.make_doc`` gives.
    """
    if not _ENDLESS.search(text):
        return nlp.make_doc(text)
    docs = [nlp.make_doc(piece) for piece in _pieces(text)]
    return Doc.from_docs(docs, ensure_whitespace=False)


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for found in _ENDLESS.finditer(text):
        if at < found.start():
            yield text[at : found.start()]
        for start in range(found.start(), found.end(), _PIECE):
            yield text[start : min(start + _PIECE, found.end())]
        at = found.end()
    if at < len(text):
        yield text[at:]
