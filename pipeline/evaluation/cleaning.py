"""Measure how well the article is told from its page, as the extraction benchmark does.

``python -m pipeline.evaluation.cleaning FOLDER`` reads the pages of the article
extraction benchmark from a folder with ``truth.json`` (by page, its ``articleBody``),
pages without markup in ``plain_*.jsonl`` (``id``, ``text``) and the pages themselves in
``html/*.html.gz``. What the stage of blocks keeps is compared with the wanted text by
the benchmark's own metric: sequences of four words, counted, precision and recall
averaged over pages. Two things are scored: the article as claims are read from it, and
its running text, since the benchmark wants neither headline nor byline nor captions.

Rules are tuned on half of the pages only; the SHA-256 of a page's id says which half it
belongs to, and the halves are reported apart.
"""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from pipeline.reading.html import read_html
from pipeline.records import OUTSIDE_BLOCKS, Block, BlockLabel
from pipeline.stages.blocks.hints import label_with_hints
from pipeline.stages.blocks.labeller import label_blocks

Half = Literal["tuning", "untouched"]
Shingles = Counter[tuple[str, ...]]

_WORD: Final = re.compile(r"\w+")
_LENGTH: Final = 4
#: The labels of what the benchmark wants.
_RUNNING: Final[frozenset[BlockLabel]] = frozenset({"body", "subheading", "pull_quote"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision and recall of one page, or their means over many."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def half_of(page: str) -> Half:
    """Return the half of the pages that the page with this id belongs to.

    >>> half_of("a"), half_of("b")
    ('untouched', 'untouched')
    """
    digest = hashlib.sha256(page.encode()).hexdigest()
    return "tuning" if digest[-1] < "8" else "untouched"


def score_page(found: str, wanted: str) -> Score:
    """Compare a text with the wanted one by their sequences of four words.

    >>> score_page("one two three four five", "zero one two three four")
    Score(precision=0.5, recall=0.5)
    """
    here, there = _shingles(found), _shingles(wanted)
    shared = (here & there).total()
    return Score(
        precision=_share(shared, here.total(), there.total()),
        recall=_share(shared, there.total(), here.total()),
    )


def _shingles(text: str) -> Shingles:
    words = _WORD.findall(text)
    # A text of fewer words is one sequence, as in the benchmark.
    places = range(max(1, len(words) - _LENGTH + 1))
    return Counter(tuple(words[at : at + _LENGTH]) for at in places)


def _share(shared: int, of: int, other: int) -> float:
    if of:
        return shared / of
    return 0.0 if other else 1.0


def mean(scores: Iterable[Score]) -> Score:
    """Return the mean precision and recall; zeros of no pages."""
    kept = list(scores)
    pages = max(1, len(kept))
    return Score(
        precision=sum(one.precision for one in kept) / pages,
        recall=sum(one.recall for one in kept) / pages,
    )


def article_of(blocks: Iterable[Block], text: str) -> str:
    """Return the page without its furniture and the titles of other stories."""
    return _joined(text, (b for b in blocks if b.label not in OUTSIDE_BLOCKS))


def running_text_of(blocks: Iterable[Block], text: str) -> str:
    """Return what the benchmark counts as the article: no headline, byline, caption."""
    return _joined(text, (b for b in blocks if b.label in _RUNNING))


def _joined(text: str, blocks: Iterable[Block]) -> str:
    return "\n".join(block.of(text) for block in blocks)


def read_truth(folder: Path) -> Mapping[str, str]:
    """Return the wanted text of each page, by its id."""
    pages = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return {page: one["articleBody"] for page, one in pages.items()}


def read_pages(folder: Path) -> Iterator[tuple[str, str, str, list[Block]]]:
    """Yield each page in each of its forms: the form's name, id, text and blocks.

    HTML is read with the extractor that the extra ``html`` brings; without it a
    :class:`pipeline.errors.MissingExtraError` says so.
    """
    for dump in sorted(folder.glob("plain_*.jsonl")):
        for line in dump.read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            yield dump.stem, page["id"], page["text"], label_blocks(page["text"])
    for file in sorted((folder / "html").glob("*.html.gz")):
        markup = gzip.decompress(file.read_bytes()).decode("utf-8")
        shown = read_html(markup)
        blocks = label_with_hints(shown.text, shown.hints)
        yield "html", file.name.removesuffix(".html.gz"), shown.text, blocks


def score_folder(folder: Path) -> dict[tuple[Half, str, str], list[Score]]:
    """Score every page; keys are the half, the form of the page, and what is kept."""
    truth = read_truth(folder)
    scores: dict[tuple[Half, str, str], list[Score]] = {}
    for form, page, text, blocks in read_pages(folder):
        kept = {
            "all of it": text,
            "article": article_of(blocks, text),
            "running text": running_text_of(blocks, text),
        }
        for name, found in kept.items():
            row = scores.setdefault((half_of(page), form, name), [])
            row.append(score_page(found, truth[page]))
    return scores


def tell_cleaning(
    folder: Annotated[Path, typer.Argument(help="Folder of the benchmark's pages.")],
) -> None:
    """Print precision, recall and F1 of what is kept, for each half of the pages."""
    typer.echo(f"{'':45}pages      P      R     F1")
    scores = score_folder(folder)
    for half, form, name in sorted(scores):
        row = scores[half, form, name]
        total = mean(row)
        typer.echo(
            f"{half:10} {form:18} {name:14} {len(row):6} "
            f"{total.precision:6.3f} {total.recall:6.3f} {total.f1:6.3f}"
        )


if __name__ == "__main__":
    typer.run(tell_cleaning)
