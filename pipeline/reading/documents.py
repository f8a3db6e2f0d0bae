"""Make a document out of a text, a page or a record, with an id of its own.

Reach for :func:`from_text` with a string, for :func:`from_html` with markup and for
:func:`from_record` with an article as a mapping. All raise a
:class:`pipeline.errors.UnreadableInputError` for what cannot be read;
:func:`pipeline.reading.read_inputs` turns that into a rejection.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pipeline.reading.about import HTML, About, about_fields, about_page
from pipeline.reading.decoding import Decoded
from pipeline.reading.front_matter import read_front_matter
from pipeline.reading.problems import (
    BadRecordError,
    EmptyTextError,
    LoneSurrogateError,
    TooLongError,
)
from pipeline.records import Document

#: spaCy's own limit on the length of a text, in characters.
MAX_CHARS: Final = 1_000_000
#: A page may be so many times as long as the text that it shows.
MARKUP_SHARE: Final = 10
_ID_LENGTH: Final = 16
#: So many fields of a record are named to a user who has to choose one.
_MOST_FIELDS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How inputs are read.

    ``text_key``, ``html_key`` and ``id_key`` name fields of records; ``published`` is
    the day (ISO) given to articles that bring none; a text of more than ``max_chars``
    characters is refused, and markup of more than ten times as many.
    """

    text_key: str = "text"
    html_key: str = "html"
    id_key: str | None = None
    published: str | None = None
    max_chars: int = MAX_CHARS


DEFAULTS: Final = ReadOptions()


def from_text(
    text: str,
    *,
    source: str = "text",
    title: str | None = None,
    options: ReadOptions = DEFAULTS,
) -> Document:
    """Make a document of a text as it stands.

    The same source and text always give the same id; ``sha256`` is that of the text
    in UTF-8. Front matter stays in the text, and says what is not said by ``title``.

    >>> from_text("The mill will close.", source="a.txt").media_type
    'text/plain'
    """
    read = Decoded(text, "utf-8")
    return build(read, source=source, options=options, about=About(title=title))


def from_html(
    markup: str,
    *,
    source: str = "html",
    url: str | None = None,
    options: ReadOptions = DEFAULTS,
) -> Document:
    """Make a document of a page; its text is the markup as it stands.

    Title, byline, outlet, address and day of publication are those that the page names.

    >>> from_html("<h1>Mill to close</h1><p>The mill will close.").text[:4]
    '<h1>'
    """
    read = Decoded(markup, "utf-8")
    about = About(media_type=HTML, url=url)
    return build(read, source=source, options=options, about=about)


def from_record(
    record: Mapping[str, Any],
    *,
    source: str = "record",
    options: ReadOptions = DEFAULTS,
) -> Document:
    """Make a document of an article that is a mapping, as one line of JSON Lines is.

    The text comes from ``options.text_key`` or, where that is missing, the markup from
    ``options.html_key``; title, byline, outlet, address and date of publication come
    from the usual fields where they hold text. A date that is neither ISO, RFC 2822 nor
    spelt out in English is left out.
    """
    for key, media_type in (
        (options.text_key, "text/plain"),
        (options.html_key, HTML),
    ):
        if isinstance(text := record.get(key), str):
            about = about_fields(record, media_type=media_type)
            read = Decoded(text, "utf-8")
            return build(read, source=source, options=options, about=about)
    raise _no_text(record, source, options)


def build(
    read: Decoded, *, source: str, options: ReadOptions, about: About
) -> Document:
    """Check a decoded text and make the document."""
    data = _checked(read.text, source, _most(about, options))
    about = _filled(read.text, about)
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


def _most(about: About, options: ReadOptions) -> int:
    share = MARKUP_SHARE if about.media_type == HTML else 1
    return share * options.max_chars


def _filled(text: str, about: About) -> About:
    """Add what the text itself says to what its input says."""
    if about.media_type == HTML:
        return about_page(text, about)
    found = read_front_matter(text)
    if found is None:
        return about
    said = about_fields(found.fields)
    return replace(
        about,
        title=about.title or said.title,
        byline=about.byline or said.byline,
        outlet=about.outlet or said.outlet,
        url=about.url or said.url,
        published=about.published or said.published,
    )


def _checked(text: str, source: str, most: int) -> bytes:
    """Return the text in UTF-8, or say why it is no article."""
    if not text.strip():
        problem = "holds nothing but white space" if text else "is empty"
        raise EmptyTextError(source, problem, "leave it out, or give it a text")
    if len(text) > most:
        problem = f"has {len(text):,} characters, more than {most:,}"
        raise TooLongError(source, problem, "split it into articles")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        problem = f"holds half a character (a lone surrogate) at {error.start}"
        advice = "decode the text again from its source"
        raise LoneSurrogateError(source, problem, advice) from error


def _no_text(
    record: Mapping[str, Any], source: str, options: ReadOptions
) -> BadRecordError:
    problem = f"has no text under {options.text_key!r}"
    fields = ", ".join(sorted(str(key) for key in record)[:_MOST_FIELDS]) or "none"
    advice = f"name the field that holds it with --text-key (fields: {fields})"
    return BadRecordError(source, problem, advice)
