"""How good a network is while it trains: exact span F1 on development documents."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import torch

from pipeline.gold import GoldDocument
from pipeline.gold_passages import passages
from pipeline.stages.encoder.decode import HALF
from pipeline.stages.encoder.labels import (
    ENTITY_LABELS,
    OWN_SCHEME,
    PART_ROLES,
    SCHEMES,
)
from pipeline.stages.encoder.pieces import PieceReader, Pieces
from pipeline.stages.encoder.predict import read_mentions, read_parts
from pipeline.stages.encoder.scores import Scorer, Scores, TextScores, score_text
from pipeline.stages.encoder.windows import Window
from pipeline.training.examples import part_spans
from pipeline.training.network import ClaimsNetwork
from pipeline.training.recipe import Material

Labelled = tuple[str, int, int]


class NetworkScorer:
    """Scores windows with a network in training, each by itself."""

    def __init__(self, network: ClaimsNetwork, *, scheme: str = OWN_SCHEME) -> None:
        self._network = network
        self._scheme = torch.tensor([SCHEMES.index(scheme)])

    @torch.inference_mode()
    def score(self, windows: Iterable[Window]) -> Iterator[Scores]:
        """Score each window by itself."""
        for window in windows:
            ids, casing, gaps, first = (
                torch.from_numpy(array)[None]
                for array in (window.ids, window.casing, window.gaps, window.first)
            )
            hidden = self._network.encode(
                ids, casing, gaps, torch.ones_like(ids), self._scheme
            )
            said = self._network.score(hidden, first)
            yield Scores(
                emissions={t: e[0].numpy() for t, e in said.emissions.items()},
                edges={t: e[0].numpy() for t, e in said.edges.items()},
                queries=said.queries[0].numpy(),
                keys=said.keys[0].numpy(),
                none=said.none.numpy(),
                distances=said.distances.numpy(),
            )


@dataclass(frozen=True, slots=True)
class DevSet:
    """Development documents of one corpus with their gold spans."""

    name: str
    scheme: str
    reader: PieceReader
    documents: tuple[tuple[GoldDocument, Pieces], ...]
    tasks: frozenset[str]

    def measure(self, scorer: Scorer) -> dict[str, float]:
        """Return exact F1, in percent, of each role, and of all entities together."""
        right: Counter[str] = Counter()
        found: Counter[str] = Counter()
        wanted: Counter[str] = Counter()
        for document, pieces in self.documents:
            scores = score_text(pieces, self.reader, scorer)
            gold = set(_gold(document, self.tasks))
            labels = document.labels
            seen = set(_predicted(pieces, scores, self.tasks, labels))
            right.update(kind for kind, _, _ in gold & seen)
            found.update(kind for kind, _, _ in seen)
            wanted.update(kind for kind, _, _ in gold)
        return {
            kind: round(200 * right[kind] / max(1, found[kind] + wanted[kind]), 2)
            for kind in sorted(wanted)
        }


def _gold(document: GoldDocument, tasks: frozenset[str]) -> Iterator[Labelled]:
    if "outer" in tasks:
        for attribution in document.attributions:
            level = "inner " if attribution.nested_in else ""
            for role in PART_ROLES:
                for span in part_spans(attribution, role):
                    yield level + role, span.start, span.end
    if "entities" in tasks:
        for entity in document.entities:
            if entity.label in ENTITY_LABELS and entity.label in document.labels:
                yield "entities", entity.start, entity.end


def _predicted(
    pieces: Pieces, scores: TextScores, tasks: frozenset[str], labels: frozenset[str]
) -> Iterator[Labelled]:
    if "outer" in tasks:
        # the weaker ones are candidates, of which a later stage takes few
        likely = (part for part in read_parts(pieces, scores) if part.score >= HALF)
        for part in likely:
            level = "inner " if part.level == "inner" else ""
            yield level + part.role, part.start, part.end
    if "entities" in tasks:
        for mention in read_mentions(pieces, scores):
            if mention.label in labels:
                yield "entities", mention.start, mention.end


def read_dev_sets(materials: Iterable[Material], reader: PieceReader) -> list[DevSet]:
    """Read the development documents of the materials that have any."""
    sets = []
    for material in materials:
        if material.dev is not None:
            read = (
                (document, reader.read(document.text, passages(document)))
                for document in material.dev
            )
            some = tuple(
                (document, pieces) for document, pieces in read if pieces.words
            )
            name, scheme = material.name, material.scheme
            sets.append(DevSet(name, scheme, reader, some, material.tasks))
    return sets


def overall_figure(figures: Mapping[str, Mapping[str, float]]) -> float:
    """Return the mean over corpora; nested spans are too few to choose an epoch by."""
    if not figures:
        return 0.0
    means = []
    for figure in figures.values():
        some = [value for kind, value in figure.items() if not kind.startswith("inner")]
        means.append(sum(some) / len(some))
    return sum(means) / len(means)
