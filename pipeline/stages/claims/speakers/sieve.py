"""Who every attribution's source turns out to be: an ordered sieve of small rules.

Reach for :func:`resolve_speakers`. The most certain rule comes first; each answers with
a speaker, its reason and a probability, or passes to the next. Where no rule settles
it the speaker is unknown and flagged: a wrong name is the worst error of all.
"""

from collections.abc import Callable, Sequence
from typing import Final

from pipeline.records import Attribution, Block, Identity, Mention, Resolved
from pipeline.stages.claims.speakers import (
    bodies,
    descriptions,
    groups,
    people,
    silent,
)
from pipeline.stages.claims.speakers.documents import complete, document
from pipeline.stages.claims.speakers.pronouns import pronoun
from pipeline.stages.claims.speakers.scene import UNKNOWN, Scene
from pipeline.stages.claims.speakers.sources import Source, read_source
from pipeline.stages.identities.passages import divide

#: Rules for a source, the most certain first.
SIEVE: Final[tuple[Callable[[Scene, Source], Resolved | None], ...]] = (
    people.couple,
    document,
    people.named,
    groups.spokesperson,
    bodies.committee,
    bodies.named_body,
    groups.party,
    descriptions.by_kinship,
    descriptions.by_age,
    groups.group,
    bodies.introduced_body,
    bodies.apposed_body,
    bodies.described_body,
    people.by_post,
    bodies.nobody,
    descriptions.unnamed,
    descriptions.by_salience,
)
#: Rules for an attribution without source.
SILENT: Final[tuple[Callable[[Scene, Attribution], Resolved | None], ...]] = (
    silent.pull_quote,
    silent.coordinated,
    silent.subject,
    silent.continuation,
    silent.agentless,
)


def resolve_speakers(
    text: str,
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    identities: Sequence[Identity],
    attributions: Sequence[Attribution],
) -> dict[str, Resolved]:
    """Return the speaker of every attribution, by its id.

    Attributions are read in the order of the text, headlines last: they sum up what
    the body tells in full.
    """
    scene = Scene(divide(text, tuple(blocks)), mentions, identities, attributions)
    for attribution in sorted(attributions, key=lambda one: _place(scene, one)):
        resolved = _resolve(scene, attribution)
        scene.answer(attribution, silent.start_of(attribution), resolved)
    return complete(scene.answers)


def _place(scene: Scene, attribution: Attribution) -> tuple[bool, int, bool, int]:
    """Order by the text, headings last and the nested behind what they stand in."""
    start = silent.start_of(attribution)
    outer = scene.attributions.get(attribution.nested_in or "")
    first = silent.start_of(outer) if outer else start
    return scene.heading(start), first, outer is not None, start


def _resolve(scene: Scene, attribution: Attribution) -> Resolved:
    scene.current = attribution
    found = _first_answer(scene, attribution)
    heading = scene.heading(attribution.content[0].start)
    if heading and (found is None or found.speaker.kind == "unknown"):
        return silent.echo(scene, attribution) or found or UNKNOWN
    return found or UNKNOWN


def _first_answer(scene: Scene, attribution: Attribution) -> Resolved | None:
    if attribution.source is None:
        answers = (rule(scene, attribution) for rule in SILENT)
        return next((answer for answer in answers if answer), None)
    source = read_source(scene, attribution.source)
    found = pronoun(scene, source, attribution)
    answers = (rule(scene, source) for rule in SIEVE)
    return found or next((answer for answer in answers if answer), None)
