"""What an input says of its article: title, byline, outlet, address, day.

Reach for :func:`about_fields` with the fields of a record or of front matter, and for
:func:`about_page` with a page. Nothing is guessed: a date that could be read in two
ways is left out. What is still unknown then is read from the article's own lines by
the stage that writes the claims.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any, Final

from pipeline.reading.extractor import page_facts

HTML: Final = "text/html"

_DAY: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[T ])")
_SPELT: Final = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y")

_TITLE: Final = ("title", "headline")
_BYLINE: Final = ("byline", "author", "authors")
_OUTLET: Final = ("outlet", "publisher", "site")
_URL: Final = ("url", "link")
_PUBLISHED: Final = ("published", "date", "published_at", "date_published")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an input says about its article, apart from the text."""

    media_type: str = "text/plain"
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


def about_fields(fields: Mapping[str, Any], *, media_type: str = "text/plain") -> About:
    """Return what the usual fields say, where they hold text."""
    return About(
        media_type=media_type,
        title=_first(fields, _TITLE),
        byline=_first(fields, _BYLINE),
        outlet=_first(fields, _OUTLET),
        url=_first(fields, _URL),
        published=_day(_first(fields, _PUBLISHED)),
    )


def about_page(markup: str, given: About) -> About:
    """Return what is given, filled up with what the page says of itself."""
    facts = page_facts(markup, given.url)
    return replace(
        given,
        title=given.title or facts.get("title"),
        byline=given.byline or facts.get("byline"),
        outlet=given.outlet or facts.get("outlet"),
        url=given.url or facts.get("url"),
        published=given.published or _day(facts.get("published")),
    )


def _first(record: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    """Return the first of the fields that holds text, or a list of texts joined."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = ", ".join(value)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _day(text: str | None) -> str | None:
    """Return a date as an ISO day (or month, or year), None where it is none."""
    if text is None:
        return None
    if iso := _DAY.match(text):
        return iso[0]
    for form in _SPELT:
        try:
            return date(*time.strptime(text, form)[:3]).isoformat()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return None
