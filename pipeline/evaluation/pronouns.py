"""``python -m pipeline.evaluation.pronouns``: pronouns beside the nearest name.

Run it on corpora with clusters of mentions, or with pairs of a name and a pronoun,
whenever the rules for pronouns or for gender have changed::

    python -m pipeline.evaluation.pronouns gum/dev.jsonl --genre news
    python -m pipeline.evaluation.pronouns gap/dev.jsonl

Asked is whom each pronoun means, of those that :func:`pipeline.evaluation.
gold_pronouns.ask` finds. The resolver is that of the claims stage, given every pronoun
as if it were the source of a claim, after the claims that the pipeline reads before it.
Beside it stands the nearest name whose gender fits. Names are those of gold where gold
has them, else the pipeline's own; who bears which name is told by the identities stage.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated, Final

import typer
from spacy.tokens import Doc

from pipeline import layers
from pipeline.assembly import MODEL, load
from pipeline.evaluation.gold_pronouns import (
    WAYS,
    Answer,
    PronounScores,
    Question,
    ask,
    nearest,
    with_gold_names,
)
from pipeline.evaluation.tallies import COUNTS, Row, Rows
from pipeline.gold import GoldDocument, read_gold
from pipeline.records import Attribution, Block, Mention, Resolved, Span
from pipeline.stages.claims.speakers.pronouns import pronoun
from pipeline.stages.claims.speakers.scene import UNKNOWN, Scene
from pipeline.stages.claims.speakers.sieve import resolve_speakers
from pipeline.stages.claims.speakers.silent import start_of
from pipeline.stages.claims.speakers.sources import read_source
from pipeline.stages.identities.passages import divide
from pipeline.stages.identities.resolver import Resolution, resolve_identities

_OPEN: Final = "outside quotation marks"
_QUOTED: Final = "inside quotation marks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the pipeline read of one text: that which pronouns are resolved against."""

    text: str
    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]

    @classmethod
    def of(cls, doc: Doc) -> "Article":
        """Read the layers of a processed ``Doc``."""
        return cls(
            text=layers.text_of(doc),
            blocks=layers.BLOCKS.get(doc),
            mentions=layers.MENTIONS.get(doc),
            attributions=layers.ATTRIBUTIONS.get(doc),
        )


def score_pronouns(
    documents: Iterable[GoldDocument], read: Callable[[str], Article]
) -> PronounScores:
    """Resolve the pronouns of annotated articles, and score them by ``WAYS``."""
    scores = PronounScores()
    for gold in documents:
        questions = ask(gold)
        if questions:
            _add(scores, gold, questions, read(gold.text))
    return scores


def _add(
    scores: PronounScores,
    gold: GoldDocument,
    questions: Sequence[Question],
    article: Article,
) -> None:
    mentions = with_gold_names(gold, article.mentions)
    found = resolve_identities(article.text, article.blocks, mentions)
    passages = divide(article.text, article.blocks)
    for question, answer in resolve_pronouns(article, found, questions):
        place = _QUOTED if passages.quoted(question.pronoun.start) else _OPEN
        answers = (answer, nearest(question, found))
        scores.add(question, place, dict(zip(WAYS, answers, strict=True)))


def resolve_pronouns(
    article: Article, found: Resolution, questions: Sequence[Question]
) -> Iterator[tuple[Question, Answer]]:
    """Yield each question, in the order of the text, with the claims stage's answer.

    ``found`` replaces the names of the article. What is asked never becomes a speaker
    that a later pronoun could mean.
    """
    blocks, read = article.blocks, article.attributions
    people = {who.id: who for who in found.identities}
    speakers = resolve_speakers(
        article.text, blocks, found.mentions, found.identities, read
    )
    passages = divide(article.text, blocks)
    scene = Scene(passages, found.mentions, found.identities, read)
    contents = sorted(
        (part.start, part.end, one.id)
        for one in read
        if one.nested_in is None
        for part in one.content
    )
    waiting = sorted(read, key=start_of, reverse=True)
    for question in questions:
        where = question.pronoun
        while waiting and start_of(waiting[-1]) < where.start:
            past = waiting.pop()
            scene.answer(past, start_of(past), speakers[past.id])
        at = bisect_right(contents, (where.start, len(article.text))) - 1
        outer = contents[at][2] if at >= 0 and where.end <= contents[at][1] else None
        if outer:
            scene.answers[outer] = speakers[outer]
        speaker = _resolve(scene, where, outer).speaker
        known = speaker.kind != "unknown"
        yield question, Answer(who=people.get(speaker.id or ""), known=known)


def _resolve(scene: Scene, where: Span, outer: str | None) -> Resolved:
    """Ask the claims stage as if the pronoun were the source of a claim.

    Inside the content of another claim, ``outer``, it is that of a nested one.
    """
    scene.current = Attribution(
        id="asked", content=(where,), source=where, nested_in=outer
    )
    return pronoun(scene, read_source(scene, where), scene.current) or UNKNOWN


def tell_pronouns(
    gold: Annotated[list[Path], typer.Argument(help="Gold to score on.")],
    *,
    model: Annotated[str, typer.Option(help="Name or folder of the model.")] = MODEL,
    genre: Annotated[
        str | None, typer.Option(help="Genre of the documents that are scored.")
    ] = None,
) -> None:
    """Score how pronouns are resolved, beside the nearest name whose gender fits."""
    documents = chain.from_iterable(map(read_gold, gold))
    wanted = (one for one in documents if genre in {None, one.meta.get("genre")})
    nlp = load(model)
    scores = score_pronouns(wanted, lambda text: Article.of(nlp(text)))
    for title, rows in scores.sections().items():
        typer.echo("\n".join((title, *_table(rows))))


def _table(rows: Rows) -> Iterator[str]:
    """Lay a table out: its columns at the top, ``WAYS`` to the left."""
    columns = list(rows[WAYS[0]])
    yield "".join((f"  {'':<8}", *(f"{name:>11}" for name in columns)))
    for way, row in rows.items():
        yield "".join((f"  {way:<8}", *(f"{_cell(row, c):>11}" for c in columns)))


def _cell(row: Row, column: str) -> str:
    value = row[column]
    if value is None:
        return "–"
    return f"{value:.0f}" if column in COUNTS else f"{value:.1f}"


if __name__ == "__main__":
    typer.run(tell_pronouns)
