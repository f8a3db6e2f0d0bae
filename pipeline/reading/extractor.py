"""Ask trafilatura what on a page is the article, and what the page says of itself.

It is imported with the first page that is read, for it takes as long to import as all
the rest. What it cannot take is no error: the page then has no article that is known
from its markup, and no title.
"""

import logging
import re
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Final, TypeVar

T = TypeVar("T")

#: No clock decides what is read: a day is a day of publication whenever it is read.
_LAST_DAY: Final = "2100-01-01"
_FIRST_DAY: Final = "1995-01-01"
#: Characters that no tree of XML may hold.
_CONTROL: Final = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SHORTEST_NAME: Final = 2
_LONGEST_NAME: Final = 5
_NO_NAME: Final = re.compile(
    r"[\d@:/|]|\b(?:staff|reporters?|editors?|newsroom)\b", re.IGNORECASE
)


def article_lines(markup: str, *, strict: bool = True) -> list[str]:
    """Return the lines of the article, none where no article is found.

    Menus, comments and captions are left out; without ``strict``, more of what may be
    the article is kept, and more of what stands around it.
    """
    trafilatura = _import("trafilatura")
    clean = _CONTROL.sub(" ", markup)
    found = _ask(
        partial(
            trafilatura.bare_extraction,
            clean,
            favor_precision=strict,
            include_comments=False,
        )
    )
    text = found.text if found is not None else None
    return [line for line in (text or "").split("\n") if line.strip()]


def page_facts(markup: str, url: str | None) -> Mapping[str, str | None]:
    """Return title, byline, outlet, url and day of publication as the page names them.

    They come from JSON-LD, meta elements and the elements that sites mark the author
    and the day with. A byline is left out that does not look like people's names.
    """
    metadata = _import("trafilatura.metadata")
    dates = {
        "original_date": True,
        "extensive_search": False,
        "min_date": _FIRST_DAY,
        "max_date": _LAST_DAY,
    }
    found = _ask(
        partial(
            metadata.extract_metadata,
            _CONTROL.sub(" ", markup),
            default_url=url,
            date_config=dates,
        )
    )
    if found is None:
        return {}
    return {
        "title": found.title or None,
        "byline": _byline(found.author),
        "outlet": found.sitename or None,
        "url": url or found.url or None,
        "published": found.date or None,
    }


def _byline(author: str | None) -> str | None:
    """Return the authors' names, None where one of them is no name."""
    names = [name.strip() for name in (author or "").split(";") if name.strip()]
    if not names or any(_is_no_name(name) for name in names):
        return None
    return ", ".join(names)


def _is_no_name(name: str) -> bool:
    words = name.split()
    fits = _SHORTEST_NAME <= len(words) <= _LONGEST_NAME
    return not fits or bool(_NO_NAME.search(name))


def _import(name: str) -> ModuleType:
    module = import_module(name)
    # a page that it cannot read is no news to the user: the page is read without it
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return module


class _NotReadError(Exception):
    """The extractor raised something of its own."""


def _ask(question: Callable[[], T]) -> T | None:
    """Ask the extractor; None where it fails on the page."""
    try:
        return _answer(question)
    except _NotReadError:
        return None


def _answer(question: Callable[[], T]) -> T:
    try:
        return question()
    except Exception as error:
        raise _NotReadError from error
