"""``python -m pipeline.evaluation.calibration``: make a model's confidence mean it.

Run it on annotated articles that the weights have not seen, whenever weights or rules
have changed::

    python -m pipeline.evaluation.calibration corpus/gold/train/i*.gold.txt
        --halves polnear/dev.jsonl --scheme polnear --check corpus/gold/dev
        --model models/en_news_claims --write

It fits two small logistic models on outer claims: whether a content is right to the
character, and whether a speaker's kind and name are. With ``--write`` the weights go
into the model's ``config.cfg``, and nothing else of it changes; a stage that the
articles tell nothing about keeps its own. It prints the weights, and the expected
calibration error before and after, on what it fitted and on what not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Final, get_args

import typer
from spacy.language import Language
from spacy.util import load_config

from pipeline import layers
from pipeline.assembly import by_scheme, load
from pipeline.calibration import calibrated, fit
from pipeline.evaluation.attributions import compare
from pipeline.evaluation.reading import Reading, judged, tidy
from pipeline.evaluation.speakers import kind_and_name
from pipeline.evaluation.tallies import Calibration
from pipeline.gold import GoldDocument, read_gold
from pipeline.records import Resolution
from pipeline.stages.attributions.assembly import content_evidence
from pipeline.stages.claims.abstention import speaker_evidence

_CONTENT: Final = "news_attributions"
_SPEAKER: Final = "news_claims"
#: The evidence of each stage. The ways a speaker is resolved may count against it.
_EVIDENCE: Final[Mapping[str, tuple[str, ...]]] = {
    _CONTENT: ("content", "cue", "source"),
    _SPEAKER: get_args(Resolution),
}
_FREE: Final = get_args(Resolution)

Weights = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What speaks for a prediction, the confidence without it, and the truth."""

    evidence: Mapping[str, float]
    stated: float
    right: bool


@dataclass(frozen=True, slots=True)
class Examples:
    """Predictions to fit or to check, by the stage that is to be calibrated."""

    by_stage: dict[str, list[Example]] = field(
        default_factory=lambda: {stage: [] for stage in _EVIDENCE}
    )

    def add(self, gold: GoldDocument, nlp: Language) -> None:
        """Add the predictions of one document as far as it can judge them."""
        doc = nlp(gold.text)
        scores = {one.id: one.scores for one in layers.ATTRIBUTIONS.get(doc)}
        gold = tidy(gold)
        compared = compare(gold, judged(gold, Reading.of(doc)))
        if "attributions" in gold.layers:
            exact = {pair.found.id for pair in compared.outer.pairs if pair.exact}
            self.by_stage[_CONTENT] += (
                Example(
                    evidence=content_evidence(scores[one.id]),
                    stated=one.confidence,
                    right=one.id in exact,
                )
                for one in compared.outer.found
            )
        for pair in compared.good():
            stated, known = pair.found.speaker_confidence, pair.gold.speaker
            if known is None or stated is None or "speaker" in pair.gold.unknown:
                continue
            speaker = pair.found.speaker
            example = Example(
                evidence=speaker_evidence(speaker.resolution),
                stated=stated,
                right=kind_and_name(known, speaker),
            )
            self.by_stage[_SPEAKER].append(example)

    def joined(self, other: "Examples") -> "Examples":
        """Return these predictions and those of another, stage by stage."""
        return Examples(
            {
                stage: some + other.by_stage[stage]
                for stage, some in self.by_stage.items()
            }
        )

    def fitted(self) -> dict[str, Weights]:
        """Return the weights of every stage that there are examples of."""
        return {
            stage: fit(
                _EVIDENCE[stage],
                [(example.evidence, example.right) for example in examples],
                free=_FREE,
            )
            for stage, examples in self.by_stage.items()
            if examples
        }

    def errors(self, weights: Mapping[str, Weights]) -> Iterator[str]:
        """Tell the expected calibration error of each stage, before and after."""
        for stage, examples in self.by_stage.items():
            if not examples or stage not in weights:
                continue
            before, after = Calibration(), Calibration()
            for one in examples:
                before.add(one.stated, right=one.right)
                after.add(calibrated(weights[stage], one.evidence), right=one.right)
            yield (
                f"{stage}: {len(examples)} predictions, expected calibration error "
                f"{before.error:.1f} before, {after.error:.1f} after"
            )


def gather(documents: Iterable[GoldDocument], nlp: Language) -> Examples:
    """Return the predictions of a pipeline that is not calibrated."""
    examples = Examples()
    for document in documents:
        examples.add(document, nlp)
    return examples


def load_uncalibrated(model: str, *, scheme: str | None = None) -> Language:
    """Load a model with its fitted weights and thresholds taken off.

    ``scheme`` is the annotation scheme to read by, None for the model's own.
    """
    nlp = load(model, by_scheme(scheme))
    for stage in _EVIDENCE:
        component: Any = nlp.get_pipe(stage)
        component.calibration = {}
    claims: Any = nlp.get_pipe(_SPEAKER)
    claims.min_confidence = claims.min_speaker_confidence = 0.0
    return nlp


def write_weights(folder: Path, weights: Mapping[str, Weights]) -> None:
    """Write the weights into the ``config.cfg`` of a model's folder, and no more."""
    config = load_config(folder / "config.cfg", interpolate=False)
    for stage, fitted in weights.items():
        config["components"][stage]["calibration"] = fitted
    config.to_disk(folder / "config.cfg", interpolate=False)


_Paths = list[Path] | None


def calibrate(
    gold: Annotated[_Paths, typer.Argument(help="Gold to fit on.")] = None,
    *,
    model: Annotated[Path, typer.Option(help="Folder of the model.", exists=True)],
    halves: Annotated[
        _Paths, typer.Option(help="Gold whose every second document is checked.")
    ] = None,
    check: Annotated[_Paths, typer.Option(help="Gold to check on.")] = None,
    scheme: Annotated[
        str | None, typer.Option(help="Scheme that the halved gold is annotated by.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Keep the weights.")] = False,
) -> None:
    """Fit the confidence of a model on annotated articles, and check it on others."""
    nlp = load_uncalibrated(str(model))
    reading = load_uncalibrated(str(model), scheme=scheme) if scheme else nlp
    halved = {path: list(read_gold(path)) for path in halves or ()}
    first = (document for documents in halved.values() for document in documents[::2])
    fitting = gather(_read(gold or ()), nlp).joined(gather(first, reading))
    weights = fitting.fitted()
    for stage, fitted in weights.items():
        values = (f"{name} {value:.4f}" for name, value in fitted.items())
        typer.echo(f"{stage}: {', '.join(values)}")
    _tell("fitted on", fitting, weights)
    for path, documents in halved.items():
        _tell(f"{path}, the other half", gather(documents[1::2], reading), weights)
    for path in check or ():
        _tell(str(path), gather(read_gold(path), nlp), weights)
    if write:
        write_weights(model, weights)


def _read(paths: Iterable[Path]) -> Iterator[GoldDocument]:
    return chain.from_iterable(map(read_gold, paths))


def _tell(title: str, examples: Examples, weights: Mapping[str, Weights]) -> None:
    typer.echo(title)
    for line in examples.errors(weights):
        typer.echo(f"  {line}")


if __name__ == "__main__":
    typer.run(calibrate)
