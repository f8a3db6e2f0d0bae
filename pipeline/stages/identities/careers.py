"""The posts of each person, put together from all places that tell of them.

Reach for :class:`Careers`: it turns holdings, which are passages, into posts with their
bodies, tells former posts from present ones, and lets a post named apart from its
holder fill what the others leave open.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.records import Identity, Mention, Post, Span
from pipeline.stages.identities.affiliations import Affiliations
from pipeline.stages.identities.people import Person
from pipeline.stages.identities.posts import Holding
from pipeline.stages.identities.roles import is_former, post_name
from pipeline.stages.identities.words import SAME_POST, fold

_CLAUSE: Final = re.compile(r"[.,;:]\s")
_FORMER: Final = re.compile(r"\b(?:former|ex-?)\s+(?:[A-Z][\w&’'-]*\s+)+$")
#: Words that say that a post is being taken up or given up.
_STAGES: Final = frozenset({"departing", "incoming", "new", "outgoing"})
#: Words for a post that give way to the post itself.
_LOOSE: Final = frozenset({"boss", "chief"})


class Careers:
    """Posts by person (by ``id()``), in the order in which the document gives them."""

    def __init__(
        self,
        text: str,
        affiliations: Affiliations,
        person_of: dict[Mention, Person],
    ) -> None:
        self.posts: defaultdict[int, list[Post]] = defaultdict(list)
        self._text = text
        self._affiliations = affiliations
        self._person_of = person_of

    def add(self, holdings: Sequence[Holding]) -> None:
        """Take in the posts that stand beside names."""
        boss: Identity | None = None
        for holding in holdings:
            body = self._affiliations.of_post(holding.role, holding.person, boss=boss)
            post = self._read(holding, body)
            held = self.posts[self._who(holding.person)]
            same = [at for at, known in enumerate(held) if _same(known, post)]
            if not same:
                held.append(post)
            elif held[same[0]].organisation is None:
                held[same[0]] = post
            boss = body or boss

    def place(self, roles: Sequence[Span], holdings: Sequence[Holding]) -> None:
        """Give a post its body where it is named elsewhere: "the manager of Acme"."""
        held = {holding.role for holding in holdings}
        apart = [
            self._post(role, body)
            for role in roles
            if role not in held and (body := self._affiliations.of_unheld(role))
        ]
        bodies = {fold(post.role): post.organisation for post in apart}
        for who, known in self.posts.items():
            self.posts[who] = [
                _formal(_in_body(post, bodies), apart) if _open(post) else post
                for post in known
            ]

    def add_told(self, holdings: Sequence[Holding]) -> None:
        """Take in the posts that are told apart from names, for people without one."""
        taken = {fold(post.role) for held in self.posts.values() for post in held}
        for holding in holdings:
            held = self.posts[self._who(holding.person)]
            body = self._affiliations.of_post(holding.role, holding.person, boss=None)
            post = self._read(holding, body)
            role = fold(post.role)
            staged = [one for one in held if _staged(fold(one.role), role)]
            if held and len(staged) == len(held):
                # "outgoing director" in a caption is "the director" of the story
                held[0] = replace(
                    post, organisation=post.organisation or held[0].organisation
                )
            elif not held and not any(
                one == role or one.endswith(f" {role}") for one in taken
            ):
                held.append(post)

    def add_plain(self, named: Sequence[Mention]) -> None:
        """Take in the bodies that people without a post are said to be of."""
        for mention in named:
            held = self.posts[self._who(mention)]
            told = self._affiliations
            body = None if held else told.of_name(mention) or told.owner(mention)
            if body:
                held.append(
                    Post(
                        role="",
                        organisation=body.name,
                        start=mention.start,
                        end=mention.end,
                    )
                )

    def _who(self, mention: Mention) -> int:
        return id(self._person_of[mention])

    def _read(self, holding: Holding, body: Identity | None) -> Post:
        post = self._post(holding.role, body)
        former = holding.former or self._told_former(holding.role)
        if former and not is_former(post.role):
            return replace(post, role=f"former {post.role}")
        return post

    def _post(self, role: Span, body: Identity | None) -> Post:
        return Post(
            role=post_name(role.of(self._text)),
            organisation=body.name if body else None,
            start=role.start,
            end=role.end,
        )

    def _told_former(self, role: Span) -> bool:
        """Tell whether *former* stands apart from its post: "former Acme director"."""
        before = self._text[max(0, role.start - 60) : role.start]
        return bool(_FORMER.search(_CLAUSE.split(before)[-1]))


def _staged(role: str, plain: str) -> bool:
    """Tell whether a post is the plain one with a word for coming or going."""
    stage, _, rest = role.partition(" ")
    return stage in _STAGES and rest == plain


def _same(one: Post, other: Post) -> bool:
    return fold(one.role) == fold(other.role)


def _open(post: Post) -> bool:
    return post.organisation is None or fold(post.role) in _LOOSE


def _in_body(post: Post, bodies: dict[str, str | None]) -> Post:
    if post.organisation:
        return post
    return replace(post, organisation=bodies.get(fold(post.role)))


def _formal(post: Post, apart: list[Post]) -> Post:
    """Put the post itself for "boss" where the article also gives that."""
    if fold(post.role) not in _LOOSE:
        return post
    kinds = SAME_POST.get(fold(post.role), ())
    for other in apart:
        if other.organisation == post.organisation and fold(other.role) in kinds:
            return other
    return post
