"""Lines that say who wrote an article, when, and whose words a pull quote prints.

Each function answers one question about the text of one line and knows nothing of its
neighbours.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.lexicon import read_lexicon
from pipeline.stages.blocks.phrases import either, fold
from pipeline.stages.blocks.prose import (
    ends_sentence,
    is_grammatical,
    is_prose,
    word_count,
    words_of,
)

_LAYOUT: Final = read_lexicon("layout")
_MONTHS: Final = frozenset(read_lexicon("calendar")["months"])
_DAYS: Final = frozenset(read_lexicon("calendar")["weekdays"])
_STAMPS: Final = frozenset(_LAYOUT["stamp_words"])
_PARTICLES: Final = frozenset(_LAYOUT["name_particles"])

#: A line longer than this, in characters, is neither a date nor a byline.
_LONGEST: Final = 240
#: Words that may stand beside a date that says "published" or "updated".
_MOST_BESIDE_DATE: Final = 6
_LONGEST_BYLINE: Final = 20
_LONGEST_POST: Final = 12
_LONGEST_OUTLET: Final = 6
_LONGEST_NAME: Final = 4
_LONGEST_NAMES: Final = 9
#: First name and surname.
_FULL_NAME: Final = 2

_NUMERIC: Final = re.compile(r"\d+(?:st|nd|rd|th|am|pm|t)?|\d+[:.]\d+(?:am|pm)?|t")
_DAY_FIGURES: Final = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_AGO: Final = re.compile(
    r"(?:\w+ )?(?:updated:? )?\d+ (?:minute|hour|day|week)s? ago\W*"
)
_PUBLISHED: Final = re.compile(r"published|updated|posted")
_PLACE_AND_AGENCY: Final = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"  # LANGRIGG, NEW YORK
    r"(?:, [A-Z][\w.]+(?: \d{1,2})?)?"  # , Sunday or , Feb. 3
    r" \([A-Z][\w ]{1,20}\) ?[-–—]+"  # (NPA) –
)
_OPENER: Final = re.compile(rf"(?:{either(_LAYOUT['byline_openers'])}) ")
_BY: Final = re.compile(
    r"(?:exclusive )?by:? "
    rf"|(?:{either(o for o in _LAYOUT['byline_openers'] if o.endswith(' by'))}):? "
)
_FROM: Final = re.compile(r"(?:reporting )?from ")
_NEWSROOM: Final = re.compile(rf"(?<!\w)(?:{either(_LAYOUT['byline_roles'])})(?!\w)")
_HANDLE: Final = re.compile(r"(?:^|\s)@\w{3,}")
_OUTLET: Final = re.compile(r"bbc (?:news|sport)(?:,| online| website)")
_QUOTE: Final = re.compile(r"[\"“”]|(?<!\w)['‘]")
_NO_NAME: Final = re.compile(r"[\d:?!]")
_DASHES: Final = "—–- "


def is_dateline(text: str) -> bool:
    """Tell whether the line gives the date of publication, or place, date and agency.

    >>> is_dateline("14 June 2012 Last updated at 16:47")
    True
    >>> is_dateline("Thursday, February 13, 2014")
    True
    >>> is_dateline("March on the town hall")
    False
    """
    if len(text) > _LONGEST:
        return False
    if _PLACE_AND_AGENCY.fullmatch(text):
        return True
    folded = fold(text)
    if not any(map(str.isdigit, folded)):
        return False
    if tells_age(text):
        return True
    words = words_of(folded)
    if not (_DAY_FIGURES.search(folded) or any(word in _MONTHS for word in words)):
        return False
    others = sum(not _is_stamp(word) for word in words)
    allowed = _MOST_BESIDE_DATE if _PUBLISHED.search(folded) else 0
    return others <= allowed


def tells_age(text: str) -> bool:
    """Tell whether the line says how long ago something was published.

    >>> tells_age("Last updated: 3 hours ago"), tells_age("Three hours ago she left")
    (True, False)
    """
    return len(text) <= _LONGEST and _AGO.fullmatch(fold(text)) is not None


def _is_stamp(word: str) -> bool:
    known = word in _MONTHS or word in _DAYS or word in _STAMPS
    return known or _NUMERIC.fullmatch(word) is not None


def place_and_agency(text: str) -> int:
    """Return where an agency's "PLACE (AGENCY) –" at the head of a line ends, or 0.

    >>> place_and_agency("NORWICH (Reuters) - Prices rose.")
    19
    """
    found = _PLACE_AND_AGENCY.match(text)
    return found.end() if found else 0


def is_byline(text: str) -> bool:
    """Tell whether the line names the writer by its own wording.

    >>> is_byline("By Ann Lee and Sam Rowe"), is_byline("Ann Lee, health reporter")
    (True, True)
    >>> is_byline("By noon the hall was full and people were turned away.")
    False
    """
    count = word_count(text)
    if len(text) > _LONGEST or count > _LONGEST_BYLINE or ends_sentence(text):
        return False
    folded = fold(text)
    if _BY.match(folded):
        return not is_prose(text) and _mostly_names(words_of(text)[1:])
    if opened := _FROM.match(folded):
        return is_bare_names(" ".join(words_of(text)[opened[0].count(" ") :]))
    if _OUTLET.match(folded):
        return count <= _LONGEST_OUTLET
    if _is_dated_name(text, folded):
        return True
    named = starts_with_name(text) or _OPENER.match(folded) is not None
    return named and count <= _LONGEST_POST and bool(_NEWSROOM.search(folded))


def opens_byline(text: str) -> bool:
    """Tell whether the line opens with a word that introduces a writer's name."""
    return _OPENER.match(fold(text)) is not None


def _mostly_names(words: Sequence[str]) -> bool:
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= min(_FULL_NAME, (len(words) + 1) // 2)


def _is_dated_name(text: str, folded: str) -> bool:
    """Tell whether a name, with a date or an @handle, makes up the whole line."""
    bare = _HANDLE.sub("", folded)
    words = words_of(bare)
    rest = [word for word in words if not _is_stamp(word)]
    stamped = bare != folded or len(words) - len(rest) >= _FULL_NAME
    return stamped and 0 < len(rest) <= _LONGEST_NAME and starts_with_name(text)


def is_newsroom_post(text: str) -> bool:
    """Tell whether the line is a writer's post ("Education reporter")."""
    short = word_count(text) <= _LONGEST_POST
    return short and _NEWSROOM.search(fold(text)) is not None


def starts_with_name(text: str) -> bool:
    """Tell whether the line begins like "Ann Lee": two capitalised words."""
    words = text.lstrip(_DASHES).split(maxsplit=_FULL_NAME)[:_FULL_NAME]
    return len(words) == _FULL_NAME and all(word[0].isupper() for word in words)


def is_name_line(text: str) -> bool:
    """Tell whether the line can be a name with a post, as under a pull quote.

    >>> is_name_line("— Ann Lee, former mayor"), is_name_line("The Road Ahead For All")
    (True, False)
    """
    bare = text.lstrip(_DASHES)
    if word_count(bare) > _LONGEST_POST or ends_sentence(bare) or _QUOTE.search(bare):
        return False
    return starts_with_name(bare) and not is_grammatical(bare.split(maxsplit=1)[0])


def is_bare_names(text: str) -> bool:
    """Tell whether the line is nothing but names, as a byline without *By* is."""
    words = words_of(text)
    proper = [word for word in words if word.casefold() not in _PARTICLES]
    return (
        _FULL_NAME <= len(proper) <= len(words) <= _LONGEST_NAMES
        and all(word[0].isupper() and not word.isupper() for word in proper)
        and not _QUOTE.search(text)
        and not _NO_NAME.search(text)
    )
