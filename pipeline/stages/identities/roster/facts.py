"""What a roster adds to a person that it is tied to, where the document is silent.

Reach for :func:`add_facts`. Nothing that the document prints is replaced: a post comes
from the roster only where the document gives none, a body only where it gives a post
without one, a party only where it gives no party. Rows that may not hold on the day of
publication add nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Literal

from pipeline.records import Identity, Post, Span
from pipeline.stages.identities.roles import is_former
from pipeline.stages.identities.roster.days import certain
from pipeline.stages.identities.roster.entries import Entry
from pipeline.stages.identities.roster.evidence import Evidence
from pipeline.stages.identities.roster.posts import party_name, same_role
from pipeline.stages.identities.roster.reading import Row

Added = Literal["name", "role", "organisation", "party"]

#: The order in which additions are named.
ADDED: Final[tuple[Added, ...]] = ("name", "role", "organisation", "party")


def add_facts(
    who: Identity, entry: Entry, evidence: Evidence
) -> tuple[Identity, tuple[Added, ...]]:
    """Return a person with what the roster adds, and which fields that filled.

    The passage of a post that the roster adds is the first mention of the name: no
    other words of the document stand for it.
    """
    rows = [row for row in entry.rows if certain(row, evidence.day)]
    if any(post.role for post in who.posts):
        posts = tuple(_placed(post, rows, evidence) for post in who.posts)
    else:
        posts = _posts(who, rows, evidence) or who.posts
    party = who.party or _only(party_name(r.party) for r in rows if r.party)
    fuller = replace(who, posts=posts, party=party)
    return fuller, _filled(who, fuller)


def _placed(post: Post, rows: Sequence[Row], evidence: Evidence) -> Post:
    """Give a printed post the one body that the roster has it in."""
    if post.organisation or not post.role or is_former(post.role):
        return post
    bodies = [
        row.organisation
        for row in rows
        if row.role and row.organisation and same_role(post.role, row) == "fits"
    ]
    body = _only(bodies)
    return replace(post, organisation=evidence.name_of(body)) if body else post


def _posts(who: Identity, rows: Sequence[Row], evidence: Evidence) -> tuple[Post, ...]:
    """Return the posts of somebody of whom the document tells at most a body."""
    place = who.mentions[0]
    printed = [post.organisation for post in who.posts if post.organisation]
    return tuple(
        _post(row, place, evidence)
        for row in rows
        if (row.role or row.organisation)
        and all(_within(row, body, evidence) for body in printed)
    )


def _within(row: Row, body: str, evidence: Evidence) -> bool:
    listed = row.organisation
    return listed is not None and evidence.same_body(body, listed) == "fits"


def _post(row: Row, place: Span, evidence: Evidence) -> Post:
    return Post(
        role=row.role or "",
        organisation=evidence.name_of(row.organisation) if row.organisation else None,
        start=place.start,
        end=place.end,
    )


def _filled(before: Identity, after: Identity) -> tuple[Added, ...]:
    new = [post for post in after.posts if post not in before.posts]
    had = any(post.organisation for post in before.posts)
    roles = any(post.role for post in before.posts)
    filled = {
        "role": not roles and any(post.role for post in new),
        "organisation": any(post.organisation for post in new) and (roles or not had),
        "party": after.party != before.party,
    }
    return tuple(field for field in ADDED if filled.get(field))


def _only(values: Iterable[str]) -> str | None:
    """Return what is listed if it is one thing."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
