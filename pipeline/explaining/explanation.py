"""A claim with all that speaks for it, as a person reads it in a terminal.

Reach for :func:`explanation`. The answer is styled text; printed without colours it
says the same, for every mark has its name: ``[source Ada Moss] [cue said]``.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from rich.text import Text

from pipeline.explaining.shown import as_shown
from pipeline.explaining.stretches import Label, cut, labels_of
from pipeline.records import (
    Claim,
    DateSpan,
    DocumentRecord,
    Figure,
    IdentityRecord,
    Span,
    Speaker,
)
from pipeline.sentences import split_sentences

#: How marked words look where there are colours.
_STYLES: Final = {
    "content": "bold yellow",
    "cue": "bold magenta",
    "source": "bold cyan",
    "again": "yellow",
    "post": "bold cyan",
}
_WIDTH: Final = 12
#: Characters shown on either side of a post.
_AROUND: Final = 60


def explanation(claim: Claim, document: DocumentRecord) -> Text:
    """Return the claim, its passage, its speaker with the evidence, and the reasons."""
    document, (claim,) = as_shown(document, [claim])
    rows = [
        ("claim", Text(claim.id)),
        ("text", Text(claim.text, style="bold")),
        *_wordings(claim),
        ("type", Text(_type(claim))),
        *_passages(claim, document),
        ("article", Text(_joined(document.title, document.source, document.published))),
        ("speaker", Text(_speaker(claim.speaker))),
        *_evidence(claim, document),
        *_details(claim),
        ("reason", Text(claim.reason or "none given")),
        ("confidence", Text(_confidence(claim))),
        ("check", Text(", ".join(claim.flags) or "nothing in particular")),
    ]
    return Text("\n").join(_row(name, text) for name, text in rows)


Row = tuple[str, Text]


def _row(name: str, text: Text) -> Text:
    return Text.assemble((f"{name:{_WIDTH}}", "dim"), text)


def _wordings(claim: Claim) -> Iterator[Row]:
    if claim.text_resolved is not None:
        yield "resolved", Text(claim.text_resolved)


def _type(claim: Claim) -> str:
    negated = "negated" if claim.negated else None
    nested = f"nested in {claim.nested_in}" if claim.nested_in else None
    return _joined(claim.type, claim.force, negated, nested)


def _passages(claim: Claim, document: DocumentRecord) -> Iterator[Row]:
    """Yield the sentences that hold any part of the claim, with the parts marked."""
    labels = sorted(labels_of(claim))
    edges = {edge for block in document.blocks for edge in (block.start, block.end)}
    sentences = split_sentences(document.text, breaks=edges)
    shown = [
        sentence
        for sentence in sentences
        if any(it.start < sentence.end and sentence.start < it.end for it in labels)
    ]
    for sentence in shown:
        yield "passage", _marked(document.text, sentence, labels)


def _marked(text: str, passage: Span, labels: Iterable[Label]) -> Text:
    marked = Text()
    for stretch in cut(passage, labels):
        words = " ".join(f"|{text[stretch.start : stretch.end]}|".split())[1:-1]
        if not stretch.labels:
            marked.append(words)
            continue
        name = stretch.labels[-1].name
        marked.append(f"[{name} ", style="dim")
        marked.append(words, style=_STYLES[name])
        marked.append("]", style="dim")
    return marked


def _speaker(speaker: Speaker) -> str:
    return _joined(
        speaker.name or f"unnamed {speaker.kind}",
        speaker.kind,
        speaker.role,
        speaker.organisation,
        speaker.party,
        f"resolved by {speaker.resolution}",
    )


def _evidence(claim: Claim, document: DocumentRecord) -> Iterator[Row]:
    """Yield what the article says of the speaker, with the passages that say it."""
    for who in document.identities:
        if who.id == claim.speaker.id:
            yield "identity", Text(_identity(who))
            for post in who.posts:
                held = _joined(post.role, post.organisation)
                label = Label(post.start, post.end, "post")
                window = Span(
                    start=max(0, post.start - _AROUND),
                    end=min(len(document.text), post.end + _AROUND),
                )
                passage = _marked(document.text, window, [label])
                yield "post", Text.assemble(held, ": …", passage, "…")


def _identity(who: IdentityRecord) -> str:
    aliases = f"also {', '.join(who.aliases)}" if who.aliases else None
    return _joined(who.id, who.name, aliases, who.party)


def _details(claim: Claim) -> Iterator[Row]:
    for figure in claim.figures:
        yield "figure", Text(f"{figure.exact}: {_figure(figure)}")
    for day in claim.dates:
        yield "date", Text(f"{day.exact}: {_day(day)}")
    said = claim.said_on
    if said.edtf is not None:
        yield "said on", Text(f"{said.edtf} ({said.basis})")


def _figure(figure: Figure) -> str:
    ends = (figure.low, figure.high)
    bounds = "–".join(map(_number, ends)) if None not in ends else None
    parts = (figure.modifier, bounds or _number(figure.value), figure.unit)
    whole = f"of {_number(figure.denominator)}" if figure.denominator else None
    return " ".join(part for part in (*parts, whole) if part) or "no value"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value.is_integer() else f"{value:,}"


def _day(day: DateSpan) -> str:
    if day.edtf is None:
        return "unresolved"
    anchor = f"counted from {day.anchor}" if day.anchor else None
    return _joined(day.edtf, day.modifier, anchor)


def _confidence(claim: Claim) -> str:
    sure = claim.confidence
    return f"content {sure.content:.2f}, speaker {sure.speaker:.2f}"


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
