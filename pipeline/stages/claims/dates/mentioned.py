"""The dates that a content mentions, and the day on which a claim was made.

Reach for :func:`find_dates` with the date mentions of a document and its
:class:`.DateReader`; :func:`stated_days` reads the sentence of the cue, for
:func:`said_on`. A mention is
widened by the word before it that belongs to its meaning ("since 2010", "by March").
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.records import DateSpan, SaidOn, Span
from pipeline.stages.claims.dates.clock import Tense
from pipeline.stages.claims.dates.reader import DateReader
from pipeline.stages.claims.dates.stretches import Stretch

_BEFORE: Final = re.compile(
    r"\b(?:(?:since|by|until|till|over|during) (?:the )?|between |from )$",
    re.IGNORECASE,
)
_GENERIC: Final = re.compile(
    r"\b(?:an?|any|each|every|most|some)\s(?:[a-z]+\s)?$", re.IGNORECASE
)
_SECOND_END: Final = re.compile(r"\s(?:and|to|until)\s")
#: "Would have opened" and "would not say" look back; "would have to" does not.
_NOT_YET: Final = (
    r"(?!['’]ve|(?:\s+\w+){0,2}?\s+have\b(?!\s+to\b)"
    r"|\s+not\s+(?:comment|confirm|discuss|reveal|say)\b)"
)
_AHEAD: Final = re.compile(
    r"\b(?:will|shall|due|going to|set to|expect\w*|scheduled"
    r"|(?:is|are|was|were) to(?!\s+have\b)"
    r"|(?:aim|hope|intend|plan)(?:s|n?ed|d|ing|ning)? to"
    rf"|(?:would|should)(?:n['’]t)?{_NOT_YET})\b"
    r"|\w['’]ll\b"
)
#: What parts a date from a verb that looks ahead: "would vote on what had failed in".
_BACK: Final = re.compile(
    r"\b(?:had|did|since|ago|(?:that|which|who) (?:was|were))\b", re.IGNORECASE
)
#: What makes "would" a habit of the past.
_HABIT: Final = re.compile(
    r"\b(?:always|each|every|often|used to|usually|whenever)\b", re.IGNORECASE
)
#: Characters of the left context in which a verb may look ahead.
_REACH: Final = 60
#: What may stand between a cue and the day on which it happened.
_LEAD: Final = re.compile(r"[\"'“‘]?(?:[Oo]n|[Ll]ate|[Ee]arly)?\s*")
#: Characters between a cue and the day that it was said on.
_LONGEST_GAP: Final = 100
_BESIDE: Final = re.compile(r"[\s,]*(?:\w+\s+){0,5}?(?:on|in|at)?\s*", re.IGNORECASE)


def find_dates(
    text: str, mentions: Sequence[Span], *, segment: Span, reader: DateReader
) -> Iterator[DateSpan]:
    """Yield the dates of one stretch of a text, in order.

    ``mentions`` are the date mentions of the whole text, sorted. Durations are left
    out; a date that the text does not settle is yielded without bounds.
    """
    first = bisect_left(mentions, segment.start, key=lambda span: span.start)
    last = bisect_left(mentions, segment.end, key=lambda span: span.start)
    inside = [span for span in mentions[first:last] if segment.covers(span)]
    done = segment.start
    for place, mention in enumerate(inside):
        if mention.start < done or _is_generic(text, mention):
            continue
        following = inside[place + 1] if place + 1 < len(inside) else None
        for span in _readings(text, mention, following, floor=done):
            stretch = reader.resolve(span.of(text), tense=tense_at(text, span))
            if stretch is not None:
                yield _date_span(text, span, stretch, reader)
                done = span.end
                break


def _is_generic(text: str, mention: Span) -> bool:
    """Tell "a wet Tuesday" and "every Friday" from dates."""
    before = text[max(0, mention.start - _REACH) : mention.start]
    return _GENERIC.search(before) is not None


def _readings(
    text: str, mention: Span, following: Span | None, *, floor: int
) -> Iterator[Span]:
    """Yield the passages that the date may take up, the widest first."""
    before = text[max(floor, mention.start - len("between the ")) : mention.start]
    lead = _BEFORE.search(before)
    start = mention.start - (len(before) - lead.start() if lead else 0)
    if lead and following is not None:
        gap = text[mention.end : following.start]
        if _SECOND_END.fullmatch(gap):
            yield Span(start=start, end=following.end)
    if lead:
        yield Span(start=start, end=mention.end)
    yield Span(start=mention.start, end=mention.end)


def tense_at(text: str, span: Span) -> Tense | None:
    """Tell whether the clause before a date looks ahead ("will open on", "due in").

    Reported speech looks ahead with "would" and the like ("said it would open in"). A
    date that is nearer to a verb that looks back is left alone, and so are habits.
    """
    before = text[max(0, span.start - _REACH) : span.start]
    clause = re.split(r"[.!?]\s", before)[-1]
    ahead = next(reversed(list(_AHEAD.finditer(clause))), None)
    if ahead is None or (ahead[0].startswith("would") and _HABIT.search(clause)):
        return None
    between = f"{clause[ahead.end() :]}{span.of(text)}"
    return None if _BACK.search(between) else "future"


def _date_span(text: str, span: Span, stretch: Stretch, reader: DateReader) -> DateSpan:
    relative = stretch.edtf is not None and not reader.is_absolute(span.of(text))
    return DateSpan(
        start=span.start,
        end=span.end,
        exact=span.of(text),
        edtf=stretch.edtf,
        earliest=stretch.earliest.isoformat() if stretch.earliest else None,
        latest=stretch.latest.isoformat() if stretch.latest else None,
        modifier=stretch.modifier,
        anchor=str(reader.published) if relative else None,
    )


def said_on(stated: Iterable[Stretch], reader: DateReader) -> SaidOn:
    """Return the first whole day of those stated, else the publication day.

    ``stated`` is what :func:`stated_days` yields; with neither the day is unknown.
    """
    for stretch in stated:
        if stretch.earliest and stretch.earliest == stretch.latest:
            day = stretch.earliest.isoformat()
            return SaidOn(edtf=day, earliest=day, latest=day, basis="stated")
    if reader.published is None:
        return SaidOn(edtf=None, earliest=None, latest=None, basis="none")
    day = reader.published.isoformat()
    return SaidOn(edtf=day, earliest=day, latest=day, basis="published")


def stated_days(
    text: str,
    mentions: Sequence[Span],
    *,
    content: Sequence[Span],
    cue: Span | None,
    sentence: Span,
    reader: DateReader,
) -> Iterator[Stretch]:
    """Yield the dates that the article states beside the cue, without bounds if unread.

    A date counts as stated if nothing but a few words part it from the cue, or if it
    opens the sentence, and stands outside the content.
    """
    if cue is None:
        return
    for mention in _near(mentions, cue, sentence):
        inside = any(span.overlaps(mention) for span in content)
        if not inside and _beside(text, mention, cue, sentence):
            stretch = reader.resolve(mention.of(text))
            if stretch is not None:
                yield stretch


def _near(mentions: Sequence[Span], cue: Span, sentence: Span) -> list[Span]:
    """Return the first mention of the sentence, and those right behind the cue."""
    first, behind, last = (
        bisect_left(mentions, offset, key=lambda span: span.start)
        for offset in (
            sentence.start,
            cue.end,
            min(cue.end + _LONGEST_GAP, sentence.end),
        )
    )
    opening = mentions[first : min(first + 1, behind)]
    return [*opening, *mentions[behind:last]]


def _beside(text: str, mention: Span, cue: Span, sentence: Span) -> bool:
    if mention.start >= cue.end:
        return _BESIDE.fullmatch(text, cue.end, mention.start) is not None
    return _LEAD.fullmatch(text, sentence.start, mention.start) is not None
