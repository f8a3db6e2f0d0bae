"""Go through a run once and tell each problem.

Reach for :func:`verify`. Memory holds one article with the ids of its claims, and the
ids of the run; problems are told as they are found, so that a run that is all wrong
does not have to be read to its end.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson
from pydantic import ValidationError

from pipeline.records import (
    Claim,
    Counts,
    DocumentRecord,
    Input,
    Manifest,
    Rejection,
)
from pipeline.runs import CLAIMS, DOCUMENTS, MANIFEST, REJECTED
from pipeline.schema import Record, from_line, to_line
from pipeline.verification.articles import (
    Article,
    claim_problems,
    document_problems,
    unknown_outer,
)
from pipeline.verification.sources import Sources

_KINDS: Final = {
    CLAIMS: Claim,
    DOCUMENTS: DocumentRecord,
    REJECTED: Rejection,
    MANIFEST: Manifest,
}


@dataclass(kw_only=True)
class Summary:
    """What was proved: lines by file, problems, and the sources that are gone.

    The texts of articles whose sources are gone were taken from ``documents.jsonl``.
    """

    documents: int = 0
    claims: int = 0
    rejected: int = 0
    problems: int = 0
    gone: tuple[str, ...] = ()
    inputs: list[Input] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """The lines as the manifest states them."""
        return Counts(
            documents=self.documents, claims=self.claims, rejected=self.rejected
        )


def verify(folder: Path, tell: Callable[[str], None]) -> Summary:
    """Prove the run in a folder; ``tell`` gets a line for each problem."""
    summary = Summary()
    for problem in _problems(folder, summary):
        summary.problems += 1
        tell(problem)
    return summary


def _problems(folder: Path, summary: Summary) -> Iterator[str]:
    missing = [name for name in _KINDS if not (folder / name).is_file()]
    if missing:
        yield from (f"{name} is missing: the run is not finished" for name in missing)
        return
    yield from _articles(folder, summary)
    for _, record, problem in _read(folder, REJECTED):
        summary.rejected += record is not None
        if problem:
            yield problem
    yield from _manifest(folder, summary)


def _read(folder: Path, name: str) -> Iterator[tuple[str, Record | None, str | None]]:
    """Yield the place of each line, with its record or what is wrong with it."""
    with (folder / name).open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            place = f"{name}:{number}"
            try:
                record = from_line(line)
            except ValueError as error:
                yield (
                    place,
                    None,
                    f"{place}: is no record of this version: {_why(error)}",
                )
                continue
            if not isinstance(record, _KINDS[name]):
                yield place, None, f"{place}: is a record of {record.schema}"
            elif to_line(record) != line:
                problem = "is written otherwise than this version writes it"
                yield place, record, f"{place}: {problem}"
            else:
                yield place, record, None


def _why(error: Exception) -> str:
    """Return what makes a line no record, with the field where one is to blame."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)


def _articles(folder: Path, summary: Summary) -> Iterator[str]:
    """Go through articles and claims together, for both stand in one order."""
    claims = _Claims(folder, summary)
    known: set[str] = set()
    for place, record, problem in _read(folder, DOCUMENTS):
        if problem:
            yield problem
        if not isinstance(record, DocumentRecord):
            continue
        summary.documents += 1
        summary.inputs.append(
            Input(id=record.id, source=record.source, sha256=record.sha256)
        )
        if record.id in known:
            yield f"{place}: {record.id} stands there twice"
        known.add(record.id)
        article = Article(record)
        yield from (f"{place}: {found}" for found in document_problems(article))
        yield from claims.of(article)
        if len(claims.last) != record.claims:
            yield f"{place}: claims is {record.claims}, not {len(claims.last)}"
    yield from claims.rest()


class _Claims:
    """The claims of a run, taken article by article; ``last`` are those just taken."""

    def __init__(self, folder: Path, summary: Summary) -> None:
        self._summary = summary
        self._lines = _read(folder, CLAIMS)
        self._next = next(self._lines, None)
        self._ids: set[str] = set()
        self.last: list[Claim] = []

    def of(self, article: Article) -> Iterator[str]:
        """Yield the problems of the claims that come next and are the article's."""
        self.last = []
        places: list[str] = []
        for place, claim in self._while(article.record.id):
            if isinstance(claim, str):
                yield claim
                continue
            self.last.append(claim)
            places.append(place)
            if claim.id in self._ids:
                yield f"{place}: {claim.id} stands there twice"
            for problem in claim_problems(article, claim):
                yield f"{place}: {claim.id}: {problem}"
        self._ids |= article.ids
        for place, claim in zip(places, self.last, strict=True):
            if unknown := unknown_outer(article, claim):
                yield f"{place}: {claim.id}: {unknown}"

    def rest(self) -> Iterator[str]:
        """Yield what is wrong with the claims whose articles did not come."""
        left: list[str] = []
        while self._next is not None:
            place, claim, problem = self._next
            self._next = next(self._lines, None)
            if problem:
                yield problem
            if isinstance(claim, Claim):
                self._summary.claims += 1
                left.append(place)
        if left:
            yield (
                f"{left[0]}: from here on {len(left)} claims have no article in the "
                f"order of {DOCUMENTS}"
            )

    def _while(self, document: str) -> Iterator[tuple[str, Claim | str]]:
        """Yield the claims of one article, and lines that are none as problems."""
        while self._next is not None:
            place, claim, problem = self._next
            if isinstance(claim, Claim) and claim.document.id != document:
                return
            self._next = next(self._lines, None)
            if problem:
                yield place, problem
            if isinstance(claim, Claim):
                self._summary.claims += 1
                yield place, claim


def _manifest(folder: Path, summary: Summary) -> Iterator[str]:
    lines = list(_read(folder, MANIFEST))
    yield from (problem for _, _, problem in lines if problem)
    if len(lines) != 1 or not isinstance(lines[0][1], Manifest):
        yield f"{MANIFEST}: holds {len(lines)} records, not one manifest"
        return
    manifest = lines[0][1]
    canonical = orjson.dumps(manifest.configuration, option=orjson.OPT_SORT_KEYS)
    if hashlib.sha256(canonical).hexdigest() != manifest.digest:
        yield f"{MANIFEST}: digest is not that of the configuration"
    if manifest.counts != summary.counts:
        yield f"{MANIFEST}: {manifest.counts} but the files hold {summary.counts}"
    if list(manifest.inputs) != summary.inputs:
        yield f"{MANIFEST}: inputs are not the articles of {DOCUMENTS}"
    sources = Sources(manifest.inputs, manifest.configuration.get("options", {}))
    summary.gone = sources.gone
    yield from filter(None, map(sources.problem, manifest.inputs))
