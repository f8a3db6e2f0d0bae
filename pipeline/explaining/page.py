"""A page that shows articles with their claims marked, for any browser.

Reach for :func:`write_page`. The page is one file without scripts: whatever an article
holds is text in it. Each marked content leads to its claim and back; what a mark means
is told by its shape as well as by its colour.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from pipeline.batch.files import whole_files
from pipeline.errors import UnknownArticleError
from pipeline.explaining.shown import as_shown
from pipeline.explaining.stretches import Label, Stretch, cut, labels_of
from pipeline.records import OUTSIDE_BLOCKS, Claim, DocumentRecord, Span
from pipeline.runs import read_articles

_HERE: Final = "<!-- articles -->"
#: Of the labels of one stretch the first of these shows.
_RANKS: Final = ("cue", "source", "content", "again", "aside")


def write_page(folder: Path, out: Path, *, document: str | None = None) -> int:
    """Write the page for a run, or for one article; return how many it shows.

    ``document`` is the article's id or source. Raises
    :class:`pipeline.errors.BrokenRunError` where the folder holds no readable run, and
    :class:`pipeline.errors.UnknownArticleError` where it holds no such article; what
    stood at ``out`` is then left as it was.
    """
    shown = 0
    head, tail = _frame(f"Claims of {folder}").split(_HERE)
    with whole_files(out.parent, [out.name]) as written:
        page = written[out.name]
        page.write(head.encode())
        for record, claims in read_articles(folder):
            if document is None or document in {record.id, record.source}:
                shown += 1
                page.write(article_html(record, claims).encode())
        page.write(tail.encode())
        if document is not None and not shown:
            raise UnknownArticleError(document, str(folder))
    return shown


def article_html(document: DocumentRecord, claims: Sequence[Claim]) -> str:
    """Return one article, as its readers see it, with its claims as an HTML element."""
    document, claims = as_shown(document, claims)
    heading = escape(document.title or document.source)
    facts = " · ".join(filter(None, (document.source, document.published)))
    return (
        f'<article id="{escape(document.id)}">\n<h2>{heading}</h2>\n'
        f'<p class="facts">{escape(facts)}</p>\n<div class="columns">\n'
        f'<div class="text">{_text(document, claims)}</div>\n'
        f"<ol>\n{''.join(map(_card, claims))}</ol>\n</div>\n</article>\n"
    )


def _frame(title: str) -> str:
    source = files("pipeline.explaining") / "page.html"
    template = Template(source.read_text(encoding="utf-8"))
    return template.substitute(title=escape(title), articles=_HERE)


def _text(document: DocumentRecord, claims: Sequence[Claim]) -> str:
    """Return the text that is shown to the character, marked."""
    labels = [label for claim in claims for label in labels_of(claim)]
    labels += [
        Label(block.start, block.end, "aside")
        for block in document.blocks
        if block.label in OUTSIDE_BLOCKS
    ]
    nested = {claim.id for claim in claims if claim.nested_in is not None}
    firsts = {claim.id: claim.content[0].start for claim in claims}
    whole = Span(start=0, end=len(document.text))
    return "".join(
        _stretch(document.text, stretch, firsts=firsts, nested=nested)
        for stretch in cut(whole, labels)
    )


def _stretch(
    text: str, stretch: Stretch, *, firsts: dict[str, int], nested: set[str]
) -> str:
    words = escape(text[stretch.start : stretch.end])
    if not stretch.labels:
        return words
    label = _foremost(stretch.labels)
    contents = [one for one in stretch.labels if one.name == "content"]
    anchors = "".join(
        f'<span id="{escape(one.claim)}-text"></span>'
        for one in contents
        if stretch.start == firsts[one.claim] == one.start
    )
    if label.name != "content":
        marked = f'<span class="{label.name}">{words}</span>'
    else:
        kinds = "content nested" if label.claim in nested else "content"
        marked = f'<a class="{kinds}" href="#{escape(label.claim)}">{words}</a>'
    return anchors + marked


def _foremost(labels: Sequence[Label]) -> Label:
    """Return the label that shows: a cue before a content, the innermost of equals."""
    return min(reversed(labels), key=lambda label: _RANKS.index(label.name))


def _card(claim: Claim) -> str:
    """Return what is said of a claim beside its article."""
    known = escape(claim.id)
    lines = [
        f'<li id="{known}">',
        f"<h3>{escape(_speaker(claim))}</h3>",
        f'<div><a href="#{known}-text">{escape(claim.text)}</a></div>',
        *(f'<p class="facts">{escape(fact)}</p>' for fact in _facts(claim)),
        "</li>\n",
    ]
    return "\n".join(lines)


def _speaker(claim: Claim) -> str:
    speaker = claim.speaker
    parts = (speaker.name, speaker.role, speaker.organisation, speaker.party)
    return ", ".join(filter(None, parts)) or f"{speaker.kind} speaker"


def _facts(claim: Claim) -> Iterator[str]:
    negated = ["negated"] if claim.negated else []
    sure = claim.confidence
    yield _listed([claim.type, claim.force, *negated, claim.said_on.edtf])
    yield f"confidence: content {sure.content:.2f}, speaker {sure.speaker:.2f}"
    yield f"why: {claim.reason or 'no reason given'}"
    if claim.flags:
        yield f"check: {', '.join(claim.flags)}"


def _listed(parts: Iterable[str | None]) -> str:
    return " · ".join(part for part in parts if part)
