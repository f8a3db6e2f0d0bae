"""Turn bytes into text to the character, or say why not.

The order is strict and short: a byte-order mark decides; else UTF-8; else Windows-1252,
which older British and American pages are in. Nothing is guessed beyond that, because a
wrong guess gives wrong letters at right offsets. Line ends, non-breaking spaces and
odd spellings stay as they are; only a byte-order mark is left out of the text, and the
encoding's name then says so (``utf-8-sig``, ``utf-16``, ``utf-32``), so that offsets
count from the first character of the text proper.
"""

import codecs
import re
from typing import Final, NamedTuple

from pipeline.reading.problems import BinaryInputError, UndecodableTextError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that no text file needs: all but tab, line ends and form feed.
_CONTROL: Final = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f"))
#: In Western text in Windows-1252 accents and curly marks are rarer than this.
_MOST_ACCENTS: Final = 0.2
#: A page names its encoding near its beginning.
_HEAD: Final = 2_048
_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
#: Browsers read pages that name one of these as Windows-1252, and so are they meant.
_WESTERN: Final = frozenset({"iso8859-1", "ascii"})
_SAVE_AS: Final = "save it as UTF-8 text"


class Decoded(NamedTuple):
    """A text and the name of the encoding that it was read with."""

    text: str
    encoding: str


def decode(data: bytes, source: str) -> Decoded:
    r"""Decode the bytes of an article; ``source`` names it in the error.

    Raises :class:`BinaryInputError` or :class:`UndecodableTextError`.

    >>> decode(b"\xef\xbb\xbfcaf\xc3\xa9\r\n", "a.txt")
    Decoded(text='café\r\n', encoding='utf-8-sig')
    >>> decode(b"\x93No,\x94 she said", "b.txt").encoding
    'cp1252'
    """
    if marked := _marked(data, source):
        return marked
    if data.translate(None, _CONTROL) != data:
        problem = "holds control characters, so it is binary"
        raise BinaryInputError(source, problem, f"{_SAVE_AS}, or leave it out")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error, source)


def decode_html(data: bytes, source: str, charset: str | None = None) -> Decoded:
    r"""Decode the bytes of a page; ``charset`` is what the server named, if it did.

    What is valid UTF-8 is UTF-8, whatever is named: a byte-order mark, the server and
    the page itself, in this order, decide about the rest. Raises as :func:`decode`.

    >>> decode_html(b"<meta charset=iso-8859-2><p>\xb1", "a.html").encoding
    'iso8859-2'
    """
    if marked := _marked(data, source):
        return marked
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _declared(data, charset) or _legacy(data, error, source)


def _marked(data: bytes, source: str) -> Decoded | None:
    """Decode what a byte-order mark begins; other text holds no NUL."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, source)
    if b"\0" in data:
        problem = "holds NUL bytes, so it is binary or UTF-16 without a byte-order mark"
        raise BinaryInputError(source, problem, f"{_SAVE_AS}, or leave it out")
    return None


def _declared(data: bytes, charset: str | None) -> Decoded | None:
    """Decode by the name that the server or the page gives, None where none will do."""
    found = _DECLARED.search(data[:_HEAD])
    for name in (charset, found[1].decode("ascii") if found else None):
        try:
            named = codecs.lookup(name or "").name
            if not named.startswith("utf"):
                encoding = "cp1252" if named in _WESTERN else named
                return Decoded(data.decode(encoding), encoding)
        except (LookupError, ValueError):
            continue
    return None


def _strictly(data: bytes, encoding: str, source: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        problem = f"is damaged {encoding} at byte {error.start}"
        raise UndecodableTextError(source, problem, _SAVE_AS) from error


def _legacy(data: bytes, error: UnicodeDecodeError, source: str) -> Decoded:
    """Read as Windows-1252 what is neither damaged UTF-8 nor of another alphabet."""
    problem = f"is neither UTF-8 (byte {error.start}) nor Windows-1252"
    high = len(data) - len(data.decode("ascii", errors="ignore"))
    if _is_damaged(data) or high > _MOST_ACCENTS * len(data):
        raise UndecodableTextError(source, problem, _SAVE_AS) from error
    try:
        return Decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        raise UndecodableTextError(source, problem, _SAVE_AS) from error


def _is_damaged(data: bytes) -> bool:
    """Tell whether whole UTF-8 sequences stand beside the broken ones.

    Windows-1252 hardly ever holds one by chance: a capital with an accent would have
    to be followed by a symbol.
    """
    whole = data.decode("utf-8", errors="ignore")
    return any(character > "\x7f" for character in whole)
