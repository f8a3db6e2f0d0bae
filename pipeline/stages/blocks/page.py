"""Lines that belong to the page: menus and trails, stamps, picture credits, captions.

Each function answers one question about the text of one line and knows nothing of its
neighbours.
"""

import re
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.stages.blocks.phrases import either, fold
from pipeline.stages.blocks.prose import ends_sentence, is_prose, word_count, words_of

_LAYOUT: Final = read_lexicon("layout")
_MENU: Final = frozenset(
    word for entry in _LAYOUT["menu_words"] for word in entry.split()
)

#: A line longer than this, in characters, is neither a menu nor a credit.
_LONGEST: Final = 480
_LONGEST_ITEM: Final = 4
#: Items that make a menu; a trail has its own sign and needs fewer.
_MENU_ITEMS: Final = 3
_TRAIL_ITEMS: Final = 2
_MOSTLY: Final = 0.7
_LONGEST_CREDIT: Final = 10
_LONGEST_CAPTION: Final = 40
TIME_STAMP: Final = "time stamp"
#: Where a caption says that it is one.
_HEAD: Final = 160

_CLOCK: Final = re.compile(r"\W*\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?\W*", re.IGNORECASE)
_WIRE_STAMP: Final = re.compile(r"\d{6} [A-Z]{3} \d\d")  # 081442 OCT 14
_WEATHER: Final = re.compile(r"-?\d{1,2}\s?°(?:\s?[CF]\b|$)|^\W*-?\d{1,2}[CF]\s*/")
_SEPARATOR: Final = re.compile(r"\s{2,}|\s*[|>›»▸→‹]+\s*|\s[·•/▪◆–—~]\s")
_GAP: Final = re.compile(r"\s{2,}")
_TRAIL: Final = re.compile(r"[|>›»▸→]")
_CREDIT_WORDS: Final = either(_LAYOUT["credit_words"])
_CREDIT: Final = re.compile(
    rf"(?:^|[\s(\[.])(?:{_CREDIT_WORDS})(?: (?:by|credit))?: ?\S"  # Picture: Ann Lee
    rf"|[(\[](?:{_CREDIT_WORDS}) by ",  # (photo by Ann Lee)
    re.IGNORECASE,
)
_AGENCIES: Final = r"(?:getty(?: images)?|afp|reuters|pa(?: media)?|ap(?: photo)?|epa)"
_AGENCY: Final = re.compile(
    rf"^\W*{_AGENCIES}\W*$"
    rf"|[/(]{_AGENCIES}\W*$"  # Ann Lee/AFP
    r"|getty images\W*$"
    r"|^reuters/"
)
_IN_PICTURE: Final = re.compile(
    rf"(?:^|\s)(?:{either(_LAYOUT['caption_marks'])})(?!\w)"
)
_OPENS_CAPTION: Final = (
    "above:",
    "file photo",
    "image caption",
    "media caption",
    "pictured",
)
# A sentence that ends "… (AP)", "REUTERS/Ann Lee" or "Photograph by Ann Lee/AFP".
_AGENCY_PICTURE: Final = re.compile(
    r"(?:\bREUTERS/[\w .’'-]{3,40}|Photograph by [\w ./’'-]{3,60}"
    r"|\((?:AP|AFP|Reuters|PA|Getty)[\w ./’'-]{0,40}\)|file photo, .{0,200})$"
)
_KICKER: Final = re.compile(r"[A-Z][A-Z'’ -]{3,24}: [A-Z]")


def menu_reason(text: str) -> str | None:
    """Say why the line is a menu, a trail, a stamp or the weather, if it is one.

    >>> menu_reason("Home > News > Politics"), menu_reason("NEWS  SPORT  WEATHER")
    ('navigation trail', 'menu')
    """
    if len(text) > _LONGEST:
        return None
    if _CLOCK.fullmatch(text) or _WIRE_STAMP.fullmatch(text):
        return TIME_STAMP
    if tells_weather(text) and not is_prose(text):
        return "weather and travel box"
    if len(_GAP.findall(text)) < _MENU_ITEMS and is_prose(text):
        return None
    if _has_items(text):
        return "navigation trail" if _TRAIL.search(text) else "menu"
    return "menu" if _has_menu_words(text) else None


def tells_weather(text: str) -> bool:
    """Tell whether the line holds a temperature as forecasts print it.

    >>> tells_weather("Friday 3 May 9°C"), tells_weather("It was 9 degrees")
    (True, False)
    """
    return _WEATHER.search(text) is not None


def _has_items(text: str) -> bool:
    """Tell whether the line is made of short items with signs or gaps between them."""
    items = [item for item in _SEPARATOR.split(text) if item]
    needed = _TRAIL_ITEMS if _TRAIL.search(text) else _MENU_ITEMS
    if len(items) < needed:
        return False
    short = sum(word_count(item) <= _LONGEST_ITEM for item in items)
    return short == len(items) or short >= max(_MENU_ITEMS, _MOSTLY * len(items))


def _has_menu_words(text: str) -> bool:
    words = words_of(fold(text))
    known = sum(word in _MENU for word in words)
    if len(words) < _MENU_ITEMS:
        return 0 < known == len(words)
    return known >= _MOSTLY * len(words)


def credit_start(text: str) -> int | None:
    """Return where a picture credit begins in the line, if it has one.

    >>> credit_start("The mill in 1912 Picture: Ann Lee")
    17
    """
    found = _CREDIT.search(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    return found.start() + (found[0][0] in " .\t")


def is_credit(text: str) -> bool:
    """Tell whether the line names a photographer or picture agency and nothing else."""
    if credit_start(text) == 0:
        return True
    return word_count(text) <= _LONGEST_CREDIT and bool(_AGENCY.search(fold(text)))


def is_caption(text: str) -> bool:
    """Tell whether the wording of the line says that it describes a picture.

    >>> is_caption("Ann Lee (left) with the mayor"), is_caption("Ann Lee left early.")
    (True, False)
    """
    folded = fold(text)
    if is_prose(text):
        short = word_count(text) <= _LONGEST_CAPTION
        return short and (
            folded.startswith(_OPENS_CAPTION)
            or _AGENCY_PICTURE.search(text) is not None
        )
    if _IN_PICTURE.search(folded[:_HEAD]):
        return True
    return bool(_KICKER.match(text)) and not ends_sentence(text)
