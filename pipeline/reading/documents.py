"""Make a document out of a text or a record, with an id that depends on nothing else.

Reach for :func:`from_text` with a string and for :func:`from_record` with an article as
a mapping. Both raise a :class:`pipeline.errors.UnreadableInputError` for what cannot be
read; :func:`pipeline.reading.read_inputs` turns that into a rejection.
"""

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any, Final

from pipeline.reading.decoding import Decoded
from pipeline.reading.problems import (
    BadRecordError,
    EmptyTextError,
    LoneSurrogateError,
    TooLongError,
    UnsupportedFormatError,
)
from pipeline.records import Document

#: spaCy's own limit on the length of a text, in characters.
MAX_CHARS: Final = 1_000_000
_ID_LENGTH: Final = 16
#: So many fields of a record are named to a user who has to choose one.
_MOST_FIELDS: Final = 10
_DAY: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[T ])")
_SPELT: Final = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y")

_TITLE: Final = ("title", "headline")
_BYLINE: Final = ("byline", "author", "authors")
_OUTLET: Final = ("outlet", "publisher", "site")
_URL: Final = ("url", "link")
_PUBLISHED: Final = ("published", "date", "published_at", "date_published")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How inputs are read.

    ``text_key``, ``html_key`` and ``id_key`` name fields of records; ``published`` is
    the day (ISO) given to articles that bring none; a text of more than ``max_chars``
    characters is refused.
    """

    text_key: str = "text"
    html_key: str | None = None
    id_key: str | None = None
    published: str | None = None
    max_chars: int = MAX_CHARS


DEFAULTS: Final = ReadOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an input says about its article, apart from the text."""

    media_type: str = "text/plain"
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


def from_text(
    text: str,
    *,
    source: str = "text",
    title: str | None = None,
    options: ReadOptions = DEFAULTS,
) -> Document:
    """Make a document of a text as it stands.

    The same source and text always give the same id; ``sha256`` is that of the text
    in UTF-8.

    >>> from_text("The mill will close.", source="a.txt").media_type
    'text/plain'
    """
    read = Decoded(text, "utf-8")
    return build(read, source=source, options=options, about=About(title=title))


def from_record(
    record: Mapping[str, Any],
    *,
    source: str = "record",
    options: ReadOptions = DEFAULTS,
) -> Document:
    """Make a document of an article that is a mapping, as one line of JSON Lines is.

    The text comes from ``options.text_key``; title, byline, outlet, address and date
    of publication come from the usual fields where they hold text. A date that is
    neither ISO, RFC 2822 nor spelt out in English is left out.
    """
    text = record.get(options.text_key)
    if not isinstance(text, str):
        raise _no_text(record, source, options)
    about = About(
        title=_first(record, _TITLE),
        byline=_first(record, _BYLINE),
        outlet=_first(record, _OUTLET),
        url=_first(record, _URL),
        published=_day(_first(record, _PUBLISHED)),
    )
    return build(Decoded(text, "utf-8"), source=source, options=options, about=about)


def build(
    read: Decoded, *, source: str, options: ReadOptions, about: About
) -> Document:
    """Check a decoded text and make the document."""
    data = _checked(read.text, source, options)
    named = hashlib.sha256(f"{len(source)}:{source}".encode() + data)
    return Document(
        id=f"d_{named.hexdigest()[:_ID_LENGTH]}",
        source=source,
        text=read.text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=about.media_type,
        encoding=read.encoding,
        title=about.title,
        byline=about.byline,
        outlet=about.outlet,
        url=about.url,
        published=about.published or options.published,
    )


def _checked(text: str, source: str, options: ReadOptions) -> bytes:
    """Return the text in UTF-8, or say why it is no article."""
    if not text.strip():
        problem = "holds nothing but white space" if text else "is empty"
        raise EmptyTextError(source, problem, "leave it out, or give it a text")
    if len(text) > options.max_chars:
        problem = f"has {len(text):,} characters, more than {options.max_chars:,}"
        raise TooLongError(source, problem, "split it into articles")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        problem = f"holds half a character (a lone surrogate) at {error.start}"
        advice = "decode the text again from its source"
        raise LoneSurrogateError(source, problem, advice) from error


def _no_text(
    record: Mapping[str, Any], source: str, options: ReadOptions
) -> BadRecordError | UnsupportedFormatError:
    if options.html_key is not None and options.html_key in record:
        problem = "holds HTML, which is not read yet"
        return UnsupportedFormatError(source, problem, "convert it to text")
    problem = f"has no text under {options.text_key!r}"
    fields = ", ".join(sorted(str(key) for key in record)[:_MOST_FIELDS]) or "none"
    advice = f"name the field that holds it with --text-key (fields: {fields})"
    return BadRecordError(source, problem, advice)


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
