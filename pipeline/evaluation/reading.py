"""What the pipeline made of one gold document, in the form that scores compare.

:meth:`Reading.of` is the only place of the evaluation that knows a spaCy ``Doc``;
:func:`judged` limits a reading to what the gold document can judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from spacy.tokens import Doc

from pipeline import layers
from pipeline.evaluation.compare import shared, trim, trimmed
from pipeline.gold import GoldAttribution, GoldDocument
from pipeline.records import (
    Attribution,
    Block,
    Claim,
    ClaimType,
    Mention,
    Part,
    Span,
    Speaker,
)

_Key = tuple[tuple[tuple[int, int], ...], tuple[int, int] | None]
_NOBODY: Final = Speaker()


class _Passage(Protocol):
    """A span, or an exact passage of a claim: they share no base class."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One predicted attribution with what the claims stage added to it."""

    id: str
    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    type: ClaimType = "indirect"
    nested_in: str | None = None
    appearances: tuple[Span, ...] = ()
    confidence: float = 1.0
    negated: bool = False
    speaker: Speaker = _NOBODY
    speaker_confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The layers of one processed document."""

    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    mentions: tuple[Mention, ...] = ()
    found: tuple[Found, ...] = ()

    @classmethod
    def of(cls, doc: Doc) -> "Reading":
        """Read the layers of a processed ``Doc``; those of missing stages are empty."""
        attributions = layers.ATTRIBUTIONS.get(doc)
        return cls(
            blocks=layers.BLOCKS.get(doc),
            parts=layers.PARTS.get(doc),
            mentions=layers.MENTIONS.get(doc),
            found=join(attributions, layers.CLAIMS.get(doc)),
        )


def join(
    attributions: Iterable[Attribution], claims: Iterable[Claim]
) -> tuple[Found, ...]:
    """Give each attribution the claim made of it: same contents, same cue.

    An attribution that no claim was made of keeps an unknown speaker.
    """
    by_spans = {_key(claim.content, claim.cue): claim for claim in claims}
    return tuple(
        _found(attribution, by_spans.get(_key(attribution.content, attribution.cue)))
        for attribution in attributions
    )


def _key(content: Iterable[_Passage], cue: _Passage | None) -> _Key:
    return tuple(map(_ends, content)), _ends(cue) if cue else None


def _ends(passage: _Passage) -> tuple[int, int]:
    return passage.start, passage.end


def _found(attribution: Attribution, claim: Claim | None) -> Found:
    return Found(
        id=attribution.id,
        content=attribution.content,
        cue=attribution.cue,
        source=attribution.source,
        type=attribution.type,
        nested_in=attribution.nested_in,
        appearances=attribution.appearances,
        confidence=attribution.confidence,
        negated=claim.negated if claim else False,
        speaker=claim.speaker if claim else _NOBODY,
        speaker_confidence=claim.confidence.speaker if claim else None,
    )


def tidy(gold: GoldDocument) -> GoldDocument:
    """Return the gold document with the white space off the edges of its parts."""
    text = gold.text
    tidied = (
        replace(
            one,
            content=trimmed(one.content, text),
            cue=_trim(one.cue, text),
            source=_trim(one.source, text),
            appearances=trimmed(one.appearances, text),
        )
        for one in gold.attributions
    )
    return replace(gold, attributions=tuple(tidied))


def judged(gold: GoldDocument, reading: Reading) -> Reading:
    """Return the reading as far as gold can judge it, its spans trimmed.

    Where attributions are annotated in part only, a prediction is judged if it shares a
    character with something marked; the rest is neither right nor wrong. Parts that
    gold calls unknown are taken off the predictions that meet them.
    """
    found = tuple(_trim_found(one, gold.text) for one in reading.found)
    parts = tuple(_trim_part(part, gold.text) for part in reading.parts)
    if "attributions" not in gold.layers:
        found = tuple(one for one in found if _meets(one, gold.attributions))
        marked = list(_marked(gold))
        parts = tuple(part for part in parts if any(map(part.overlaps, marked)))
    unsure = [one for one in gold.attributions if one.unknown]
    found = tuple(_without_unknown(one, unsure) for one in found)
    return replace(reading, found=found, parts=parts)


def _trim(span: Span | None, text: str) -> Span | None:
    return trim(span, text) if span else None


def _trim_found(one: Found, text: str) -> Found:
    return replace(
        one,
        content=trimmed(one.content, text),
        cue=_trim(one.cue, text),
        source=_trim(one.source, text),
        appearances=trimmed(one.appearances, text),
    )


def _trim_part(part: Part, text: str) -> Part:
    span = trim(part, text)
    return replace(part, start=span.start, end=span.end)


def _meets(one: Found, gold: Iterable[GoldAttribution]) -> bool:
    return any(shared(one.content, other.content) for other in gold)


def _marked(gold: GoldDocument) -> Iterable[Span]:
    for one in gold.attributions:
        yield from one.content
        yield from (span for span in (one.source, one.cue) if span)


def _without_unknown(one: Found, unsure: Iterable[GoldAttribution]) -> Found:
    met = (other for other in unsure if shared(one.content, other.content))
    unknown = frozenset[str]().union(*(other.unknown for other in met))
    return replace(
        one,
        cue=None if "cue" in unknown else one.cue,
        source=None if "source" in unknown else one.source,
    )
