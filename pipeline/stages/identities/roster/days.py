"""Whether a row of a roster holds on the day an article was published.

Days are ISO and may be cut short to a month or a year, on either side.
"""

from pipeline.stages.identities.roster.reading import Row


def in_force(row: Row, day: str | None) -> bool:
    """Tell whether a row may hold on a day; without a day any may."""
    if day is None:
        return True
    since, until = row.valid_from or day, row.valid_to or day
    begun = since[: len(day)] <= day[: len(since)]
    return begun and day[: len(until)] <= until[: len(day)]


def certain(row: Row, day: str | None) -> bool:
    """Tell whether a row surely holds on a day: of an open one only if undated."""
    bounds = [bound for bound in (row.valid_from, row.valid_to) if bound]
    if day is None:
        return not bounds
    vague = any(len(bound) > len(day) and bound.startswith(day) for bound in bounds)
    return in_force(row, day) and not vague
