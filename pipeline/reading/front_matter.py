"""Read the lines of metadata that static sites put above an article.

Reach for :func:`read_front_matter` with a whole text. It knows the form of YAML,
between lines of three hyphens, as far as it is used there: names with values, quoted or
not, and lists. A text that begins with hyphens but holds anything else has no front
matter.
"""

import re
from typing import Final, NamedTuple

_BLOCK: Final = re.compile(
    r"---[ \t]*\r?\n(?P<lines>(?:(?!---)[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
#: No front matter is longer than this; what is longer is not looked at.
_LONGEST: Final = 20_000
_FIELD: Final = re.compile(
    r"(?P<name>[A-Za-z_][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?"
)
_ITEM: Final = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")
_NESTED: Final = re.compile(r"[ \t]+\S|#|\s*\Z")
_MARKS: Final = "\"'"

Fields = dict[str, str | list[str]]


class FrontMatter(NamedTuple):
    """The fields by their names in small letters, and where the block ends."""

    fields: Fields
    end: int


def read_front_matter(text: str) -> FrontMatter | None:
    r"""Return the front matter of a text, None where it has none.

    >>> read_front_matter("---\ntitle: 'Mill to close'\n---\nThe mill will close.")
    FrontMatter(fields={'title': 'Mill to close'}, end=31)
    """
    if not text.startswith("---"):
        return None
    found = _BLOCK.match(text[:_LONGEST])
    if found is None:
        return None
    fields = _fields(found["lines"].splitlines())
    return FrontMatter(fields, found.end()) if fields else None


def _fields(lines: list[str]) -> Fields | None:
    """Return the fields; None where a line is no part of any."""
    fields: Fields = {}
    name = ""
    for line in lines:
        if field := _FIELD.fullmatch(line):
            name = field["name"].lower()
            fields[name] = _value(field["value"] or "")
        elif name and (item := _ITEM.fullmatch(line)):
            known = fields[name]
            items = known if isinstance(known, list) else []
            fields[name] = [*items, _plain(item["value"])]
        elif not _NESTED.match(line):
            return None
    return fields


def _value(written: str) -> str | list[str]:
    written = written.strip()
    if written.startswith("[") and written.endswith("]"):
        return [_plain(item) for item in written[1:-1].split(",") if item.strip()]
    return _plain(written)


def _plain(written: str) -> str:
    written = written.strip()
    if len(written) > 1 and written[0] == written[-1] and written[0] in _MARKS:
        return written[1:-1]
    return written
