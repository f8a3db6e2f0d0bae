"""Which characters of a text are quotation marks, and which way each of them faces.

Reach for :func:`read_signs` before pairing. A sign is read from its neighbours as much
as from its shape, for typesetters and websites confuse the shapes: ``”`` may open and
``"`` faces nowhere. A sign that may as well be an apostrophe (*councillors'*, *'til*)
or stand for feet and inches (*5'10"*) is not ``sure``: whether it is a mark at all
depends on what follows, which is for the pairing to decide. Apostrophes inside words
and marks inside HTML tags are no signs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.lexicon import read_lexicon

Kind = Literal["double", "single", "guillemet"]
Side = Literal["open", "close", "either"]

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys('"“”„‟＂', "double"),
    **dict.fromkeys("'‘’‚‛`´", "single"),
    **dict.fromkeys("«»‹›", "guillemet"),
}
#: All characters that may be quotation marks.
GLYPHS: Final = frozenset(_KINDS)
_SHAPES: Final[dict[str, Side]] = {
    **dict.fromkeys("“„‟‘‚‛`«‹", "open"),
    **dict.fromkeys("”’´»›", "close"),
}
_REFERENCES: Final = {
    "quot": '"',
    "apos": "'",
    "ldquo": "“",
    "rdquo": "”",
    "lsquo": "‘",
    "rsquo": "’",
    "laquo": "«",
    "raquo": "»",
    "#34": '"',
    "#39": "'",
    "#8216": "‘",
    "#8217": "’",
    "#8220": "“",
    "#8221": "”",
    "#x27": "'",
    "#x22": '"',
    "#x2018": "‘",
    "#x2019": "’",
    "#x201c": "“",
    "#x201d": "”",
}
_TAG: Final = r"<[A-Za-z/!][^<>]*>"
_REFERENCE: Final = rf"&(?:{'|'.join(map(re.escape, _REFERENCES))});"
_GLYPH: Final = f"[{''.join(_KINDS)}]"
_TYPEWRITTEN: Final = "''|``"
_RUN: Final = re.compile(rf"{_TAG}|(?P<run>(?:{_REFERENCE}|{_GLYPH})+)", re.IGNORECASE)
_SIGN: Final = re.compile(rf"{_REFERENCE}|{_TYPEWRITTEN}|{_GLYPH}", re.IGNORECASE)
#: What may stand before a mark that opens, besides white space and the beginning.
_BEFORE: Final = "([{—–-/|•"
#: What may stand behind a mark that closes, besides white space and the end.
_BEHIND: Final = ".,;:!?…)]}—–-/|"
_LEADS: Final = ":,.!?…"
#: The longest word that is looked at beside an apostrophe.
_WORD: Final = 12
_LAST_WORD: Final = re.compile(r"[^\W\d_]+\Z")
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+|\d\d(?:s\b|(?=\W|\Z))")
_DROPPED_G: Final = re.compile(r"\w\win\Z")
_HEADS: Final = frozenset(read_lexicon("elisions")["heads"])
_TAILS: Final = frozenset(read_lexicon("elisions")["tails"])


@dataclass(frozen=True, slots=True)
class Sign:
    """One quotation mark: ``shape`` is how it looks, ``side`` where it seems to face.

    ``leads`` tells that it begins a line, a sentence or what follows a colon or comma,
    as marks do that open speech.
    """

    start: int
    end: int
    kind: Kind
    shape: Side
    side: Side
    sure: bool
    leads: bool


def read_signs(text: str, start: int, end: int) -> Iterator[Sign]:
    """Yield the quotation marks of a passage in order, in time linear in its length."""
    for run in _RUN.finditer(text, start, end):
        if run["run"]:
            yield from _read_run(text, run.start(), run.end(), limits=(start, end))


def _read_run(
    text: str, start: int, end: int, *, limits: tuple[int, int]
) -> Iterator[Sign]:
    """Read marks that stand together: all have the same neighbours."""
    left = text[start - 1] if start > limits[0] else ""
    right = text[end] if end < limits[1] else ""
    side = _facing(left, right)
    marks = list(_SIGN.finditer(text, start, end))
    if side == "either" and len(marks) == 1 and _joins(left, right):
        return
    leads = _leads(text, start, limits[0])
    for mark in marks:
        glyph = _glyph(mark[0])
        kind = _KINDS[glyph]
        sure = _is_sure(text, mark, kind, side) if kind != "guillemet" else True
        yield Sign(
            start=mark.start(),
            end=mark.end(),
            kind=kind,
            shape=_SHAPES.get(glyph, "either"),
            side=side,
            sure=sure,
            leads=leads,
        )


def _glyph(written: str) -> str:
    if len(written) == 1:
        return written
    if written in _TYPEWRITTEN:
        return "“" if written == "``" else '"'
    return _REFERENCES[written[1:-1].lower()]


def _facing(left: str, right: str) -> Side:
    """Tell from what stands on either side which way a mark faces."""
    gap_left = not left or left.isspace()
    gap_right = not right or right.isspace()
    if not gap_right and (gap_left or left in _BEFORE):
        return "open"
    if not gap_left and (gap_right or right in _BEHIND):
        return "close"
    return "either"


def _joins(left: str, right: str) -> bool:
    """Tell whether a mark between these two is an apostrophe: o'clock, the 1990's."""
    return left.isalnum() and right.isalnum()


def _leads(text: str, start: int, limit: int) -> bool:
    at = start - 1
    while at >= limit and text[at] in " \t\xa0":
        at -= 1
    return at < limit or text[at] in _LEADS or text[at] in "\r\n"


def _is_sure(text: str, mark: re.Match[str], kind: Kind, side: Side) -> bool:
    """Tell whether the sign can only be a quotation mark."""
    before = text[max(mark.start() - _WORD, 0) : mark.start()]
    after = text[mark.end() : mark.end() + _WORD]
    if side == "close" and before[-1:].isdigit():
        return False
    if kind == "double":
        return True
    if side == "open":
        return not _begins_elision(mark[0], after)
    return side == "close" and not _ends_elision(before, after)


def _begins_elision(glyph: str, after: str) -> bool:
    word = _FIRST_WORD.match(after)
    if word is None:
        return False
    return glyph in "’´" or word[0][0].isdigit() or word[0].lower() in _HEADS


def _ends_elision(before: str, after: str) -> bool:
    """Tell a possessive plural or a dropped ending before a following small letter."""
    found = _LAST_WORD.search(before)
    if found is None or not after[:1].isspace():
        return False
    word = found[0].lower()
    if word.endswith("s"):
        return True
    dropped = word in _TAILS or _DROPPED_G.search(word) is not None
    return dropped and after.lstrip()[:1].islower()


def next_sure(signs: Sequence[Sign]) -> list[dict[Kind, int]]:
    """Return for each sign the position of the next sure sign of each kind."""
    following: dict[Kind, int] = {}
    reversed_rows: list[dict[Kind, int]] = []
    for position in range(len(signs) - 1, -1, -1):
        reversed_rows.append(dict(following))
        if signs[position].sure:
            following[signs[position].kind] = position
    return reversed_rows[::-1]


def settle_side(sign: Sign, *, is_open: bool) -> Side:
    """Decide where a sign faces: by its neighbours, then its shape, then its turn."""
    if sign.side == "open":
        return "close" if is_open and sign.shape == "close" else "open"
    if sign.side == "close":
        return "open" if not is_open and sign.shape == "open" else "close"
    if sign.shape != "either":
        return sign.shape
    return "close" if is_open else "open"


def lean(sign: Sign) -> Side:
    """Return where a sign faces as far as itself and its neighbours tell."""
    return sign.shape if sign.side == "either" else sign.side
