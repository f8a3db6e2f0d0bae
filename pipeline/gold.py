"""Gold documents: annotated articles as training and evaluation read them.

The format is one JSON object a line, described in the data card of ``corpus/``. What a
document lists under ``layers`` (and ``labels``) is annotated exhaustively; under
``partial_layers`` (``partial_labels``) what is marked is right and what is unmarked is
unknown; anything else is unknown altogether.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from pipeline.errors import BadGoldError
from pipeline.gold_markup import compile_markup
from pipeline.records import (
    BlockLabel,
    ClaimType,
    EntityLabel,
    Span,
    SpeakerKind,
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class GoldEntity(Span):
    """An annotated mention."""

    label: EntityLabel


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class GoldBlock(Span):
    """An annotated block."""

    label: BlockLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSpeaker:
    """Who an annotated source is."""

    kind: SpeakerKind
    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAttribution:
    """An annotated attribution; ``unknown`` lists parts whose None means not marked."""

    id: str
    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    type: ClaimType | None = None
    negated: bool | None = None
    nested_in: str | None = None
    appearances: tuple[Span, ...] = ()
    speaker: GoldSpeaker | None = None
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """An annotated article."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    layers: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    partial_layers: frozenset[str] = frozenset()
    partial_labels: frozenset[str] = frozenset()
    entities: tuple[GoldEntity, ...] = ()
    attributions: tuple[GoldAttribution, ...] = ()
    clusters: tuple[tuple[Span, ...], ...] = ()
    distinct: tuple[tuple[Span, Span], ...] = ()
    sentences: tuple[Span, ...] = ()
    blocks: tuple[GoldBlock, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)


def read_gold(path: Path) -> Iterator[GoldDocument]:
    """Read the gold documents of a ``.jsonl`` or ``.gold.txt`` file, or of a folder.

    A folder gives its files in the order of their names. Raises :class:`BadGoldError`
    that names file and line where a document breaks the format, or the path where there
    is nothing to read.
    """
    if not path.exists():
        raise BadGoldError(str(path), "does not exist")
    if path.is_dir():
        files = sorted((*path.rglob("*.jsonl"), *path.rglob("*.gold.txt")))
        if not files:
            raise BadGoldError(str(path), "holds no .jsonl and no .gold.txt file")
        for file in files:
            yield from read_gold(file)
    elif path.name.endswith(".gold.txt"):
        # newline="": offsets count the line ends that the file really has
        with path.open(encoding="utf-8", newline="") as lines:
            yield from_json(compile_markup(lines.read(), str(path)), str(path))
    else:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                yield _parse(line, f"{path}:{number}")


def _parse(line: str, source: str) -> GoldDocument:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadGoldError(source, f"is no JSON object ({error})") from error
    return from_json(data, source)


def from_json(data: Mapping[str, Any], source: str) -> GoldDocument:
    """Turn one decoded JSON object into a gold document; ``source`` names it."""
    try:
        document = GoldDocument(
            id=data["id"],
            text=data["text"],
            title=data.get("title"),
            published=data.get("published"),
            layers=frozenset(data.get("layers", ())),
            labels=frozenset(data.get("labels", ())),
            partial_layers=frozenset(data.get("partial_layers", ())),
            partial_labels=frozenset(data.get("partial_labels", ())),
            entities=tuple(sorted(GoldEntity(**e) for e in data.get("entities", ()))),
            attributions=tuple(map(_attribution, data.get("attributions", ()))),
            clusters=tuple(_spans(cluster) for cluster in data.get("clusters", ())),
            distinct=tuple(
                (_span(one), _span(other)) for one, other in data.get("distinct", ())
            ),
            sentences=_spans(data.get("sentences", ())),
            blocks=tuple(sorted(GoldBlock(**b) for b in data.get("blocks", ()))),
            meta=data.get("meta") or {},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadGoldError(source, f"breaks the format ({error!r})") from error
    _check(document, source)
    return document


def _check(document: GoldDocument, source: str) -> None:
    """Refuse labels that nobody knows, and spans that do not fit the text."""
    if not isinstance(document.text, str):
        raise BadGoldError(source, "text is no string")
    labels = {entity.label for entity in document.entities} | document.labels
    labels |= document.partial_labels
    for known, used in (
        (EntityLabel, labels),
        (BlockLabel, {block.label for block in document.blocks}),
        (ClaimType, {one.type for one in document.attributions if one.type}),
    ):
        if unknown := sorted(set(used) - set(get_args(known))):
            raise BadGoldError(source, f"unknown label {unknown[0]!r}")
    for span in _all_spans(document):
        if not 0 <= span.start < span.end <= len(document.text):
            problem = f"span {span.start}–{span.end} does not fit the text"
            raise BadGoldError(source, problem)
    _check_attributions(document.attributions, source)


def _all_spans(document: GoldDocument) -> Iterator[Span]:
    yield from (*document.entities, *document.blocks, *document.sentences)
    yield from chain.from_iterable((*document.clusters, *document.distinct))
    for one in document.attributions:
        yield from (*one.content, *one.appearances)
        yield from (span for span in (one.source, one.cue) if span)


def _check_attributions(attributions: tuple[GoldAttribution, ...], source: str) -> None:
    """Refuse ids used twice, claims without content, and unknown outer claims."""
    ids = {one.id for one in attributions}
    if len(ids) < len(attributions):
        raise BadGoldError(source, "two claims have the same id")
    for one in attributions:
        if not one.content:
            raise BadGoldError(source, f"claim {one.id}: no content")
        if one.nested_in is not None and one.nested_in not in ids - {one.id}:
            problem = f"claim {one.id}: nested in {one.nested_in!r}, which is no other"
            raise BadGoldError(source, problem)
        if one.speaker and one.speaker.kind not in get_args(SpeakerKind):
            raise BadGoldError(source, f"claim {one.id}: kind {one.speaker.kind!r}")


def _attribution(data: Mapping[str, Any]) -> GoldAttribution:
    speaker, outer = data.get("speaker"), data.get("nested_in")
    return GoldAttribution(
        id=str(data["id"]),
        content=_spans(data["content"]),
        source=_maybe_span(data.get("source")),
        cue=_maybe_span(data.get("cue")),
        type=data.get("type"),
        negated=data.get("negated"),
        nested_in=None if outer is None else str(outer),
        appearances=_spans(data.get("appearances") or ()),
        speaker=GoldSpeaker(**speaker) if speaker else None,
        unknown=frozenset(data.get("unknown", ())),
    )


def _span(pair: list[int]) -> Span:
    start, end = pair
    return Span(start=start, end=end)


def _maybe_span(pair: list[int] | None) -> Span | None:
    return None if pair is None else _span(pair)


def _spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(_span(pair) for pair in pairs)
