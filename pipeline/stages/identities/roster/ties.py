"""What a roster did to a document: which identities it was tied to, and what it added.

Reach for :data:`TIES` to read that from a ``Doc``, and for :func:`explain` so that a
speaker's reason tells a reader what does not stand in the article.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pydantic import TypeAdapter

from pipeline.layers import Layer
from pipeline.records import Resolved, Speaker
from pipeline.stages.identities.ids import Kind
from pipeline.stages.identities.roster.facts import Added


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Why an identity was tied to an entry of the roster, or was not.

    ``identity`` is the id that the identity has in the document, ``entry`` that of the
    roster or None; ``added`` names the fields that come from the roster and not from
    the document; ``flags`` are for whoever checks a claim of that speaker.
    """

    identity: str
    kind: Kind
    name: str
    entry: str | None
    reason: str
    added: tuple[Added, ...] = ()
    flags: tuple[str, ...] = ()


#: Where ``news_identities`` writes its ties; nothing without a roster.
TIES: Final = Layer("roster", TypeAdapter(tuple[Tie, ...]))


def explain(
    speakers: Mapping[str, Resolved], ties: Iterable[Tie]
) -> dict[str, Resolved]:
    """Return the speakers with what the roster decided in their reasons and flags."""
    ties = tuple(ties)
    by_id = {tie.identity: tie for tie in ties}
    renamed = {
        tie.name for tie in ties if tie.kind == "organisation" and "name" in tie.added
    }
    return {
        key: _explained(resolved, by_id.get(resolved.speaker.id or ""), renamed)
        for key, resolved in speakers.items()
    }


def _explained(resolved: Resolved, tie: Tie | None, renamed: set[str]) -> Resolved:
    speaker = resolved.speaker
    told = _told(speaker, tie) if tie else []
    if speaker.organisation in renamed and not (tie and "organisation" in tie.added):
        told.append("full name of the organisation from the roster")
    if not told:
        return resolved
    return replace(
        resolved,
        reason="; ".join(filter(None, (resolved.reason, *told))),
        flags=tuple(sorted({*resolved.flags, *(tie.flags if tie else ())})),
    )


def _told(speaker: Speaker, tie: Tie) -> list[str]:
    told = [f"roster: {tie.reason}"]
    shown = [field for field in tie.added if getattr(speaker, field)]
    if shown:
        told.append(f"{', '.join(shown)} from the roster")
    return told
