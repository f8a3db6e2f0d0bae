"""Whether the passages of a record stand where it says.

Reach for :func:`misplaced` with any record or part of one. It goes through the record
whatever its fields are called, so that a field added later is proved as well.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Final

_MARKUP: Final = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
#: Characters of a passage that a message quotes.
_SHOWN: Final = 40


def misplaced(part: object, text: str, *, shown: bool, name: str = "") -> Iterator[str]:
    """Yield what is wrong with the spans in a record, each with the way to it.

    Every span lies within the text, and where it has an ``exact`` that is its passage.
    With ``shown`` a passage of HTML may be given as the page shows it.

    >>> from pipeline.records import Exact
    >>> list(misplaced(Exact(start=0, end=3, exact="any"), "nay", shown=False))
    ["text[0:3] is 'nay', not 'any'"]
    """
    if isinstance(part, tuple):
        for number, inner in enumerate(part):
            yield from misplaced(inner, text, shown=shown, name=f"{name}[{number}]")
    elif is_dataclass(part):
        problem = _problem(part, text, shown=shown)
        if problem:
            yield f"{name}: {problem}" if name else problem
        for field in fields(part):
            inner = getattr(part, field.name)
            where = f"{name}.{field.name}" if name else field.name
            yield from misplaced(inner, text, shown=shown, name=where)


def _problem(part: object, text: str, *, shown: bool) -> str | None:
    start, end = getattr(part, "start", None), getattr(part, "end", None)
    if start is None or end is None:
        return None
    if not 0 <= start <= end <= len(text):
        return f"[{start}:{end}] is no passage of {len(text):,} characters"
    exact = getattr(part, "exact", None)
    passage = text[start:end]
    if exact is None or exact == passage or (shown and _as_shown(passage, exact)):
        return None
    return f"text[{start}:{end}] is {_quote(passage)}, not {_quote(exact)}"


def _as_shown(passage: str, exact: str) -> bool:
    """Tell whether a passage of markup shows these letters and digits."""
    plain = html.unescape(_MARKUP.sub("", passage))
    return list(filter(str.isalnum, plain)) == list(filter(str.isalnum, exact))


def _quote(passage: str) -> str:
    cut = passage if len(passage) <= _SHOWN else f"{passage[:_SHOWN]}…"
    return repr(cut)
