"""Compile marked-up articles (``*.gold.txt``) into gold documents.

The mark-up is one that a person can read and write; all else is the article's text, to
the character::

    @@body                  the block that starts on the next line; the line goes
    ⦃Ofsted|ORG⦄            an entity
    ⟦s1 …⟧ ⟦c1 …⟧ ⟦q1 …⟧    source, cue, content segment of claim 1; they may nest
    ⟦a1 …⟧                  another appearance of claim 1's content
    ⟦x …⟧                   furniture glued into a line of another block
    =====                   then one JSON object: id, published, title, claims
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from pipeline.errors import BadGoldError
from pipeline.records import BlockLabel, EntityLabel, SpeakerKind

_SEPARATOR: Final = "\n=====\n"
_TOKEN: Final = re.compile(
    r"(?P<open_entity>⦃)"
    r"|\|(?P<label>[A-Z]+)⦄"
    r"|⟦(?P<key>[scqa]\d+|x) ?"
    r"|(?P<close>⟧)"
    r"|(?P<stray>[⟦⦄])"
)
_NO_SPEAKER: Final = dict.fromkeys(("kind", "name", "role", "organisation", "party"))


@dataclass(slots=True)
class _Compiler:
    """What has been read of an article so far; offsets leave the marks out."""

    source: str
    text: list[str] = field(default_factory=list)
    length: int = 0
    open: list[tuple[str, int]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)
    parts: list[tuple[str, int, int]] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def line(self, line: str) -> None:
        if line.startswith("@@"):
            self.block(line[2:].strip())
            return
        position = 0
        for token in _TOKEN.finditer(line):
            self.add(line[position : token.start()])
            position = token.end()
            self.mark(token)
        self.add(line[position:] + "\n")

    def block(self, label: str) -> None:
        if label not in get_args(BlockLabel):
            raise BadGoldError(self.source, f"unknown block {label!r}")
        if self.blocks:
            self.blocks[-1]["end"] = self.length
        self.blocks.append({"start": self.length, "end": None, "label": label})

    def mark(self, token: re.Match[str]) -> None:
        if token["open_entity"]:
            self.open.append(("⦃", self.length))
        elif token["key"]:
            self.open.append((token["key"], self.length))
        elif token["stray"]:
            raise BadGoldError(self.source, f"stray {token[0]!r} in {token.string!r}")
        else:
            self.close(token)

    def close(self, token: re.Match[str]) -> None:
        key, start = self.open.pop() if self.open else ("", 0)
        label = token["label"]
        if (key == "⦃") != bool(label) or not key:
            raise BadGoldError(self.source, f"{token[0]!r} closes nothing near it")
        if not label:
            self.parts.append((key, start, self.length))
        elif label in get_args(EntityLabel):
            entity = {"start": start, "end": self.length, "label": label}
            self.entities.append(entity)
        else:
            raise BadGoldError(self.source, f"unknown label {label!r}")


def compile_markup(raw: str, source: str) -> dict[str, Any]:
    """Return the gold document, as decoded JSON, of one marked-up article.

    Raises :class:`BadGoldError` that names ``source`` for marks that do not pair,
    unknown labels, and claims that are marked but not described or the reverse.
    """
    body, separator, tail = raw.rpartition(_SEPARATOR)
    if not separator:
        raise BadGoldError(source, "has no ===== line before its description")
    try:
        described = json.loads(tail)
    except json.JSONDecodeError as error:
        raise BadGoldError(source, f"description is no JSON ({error})") from error
    compiler = _Compiler(source)
    for line in body.split("\n"):
        compiler.line(line)
    if compiler.open:
        raise BadGoldError(source, f"{compiler.open[-1][0]!r} is never closed")
    try:
        return _document(compiler, described)
    except KeyError as error:
        raise BadGoldError(source, f"description lacks {error}") from error


def _document(compiler: _Compiler, described: Mapping[str, Any]) -> dict[str, Any]:
    text = "".join(compiler.text)
    return {
        "id": described["id"],
        "title": described.get("title"),
        "published": described.get("published"),
        "text": text,
        "layers": ["entities", "attributions", "speakers", "blocks"],
        "labels": sorted(get_args(EntityLabel)),
        "entities": sorted(compiler.entities, key=lambda e: (e["start"], -e["end"])),
        "attributions": list(_attributions(compiler, described["claims"], text)),
        "blocks": sorted(_blocks(compiler, text), key=lambda b: b["start"]),
    }


def _blocks(compiler: _Compiler, text: str) -> Iterator[dict[str, Any]]:
    if compiler.blocks:
        compiler.blocks[-1]["end"] = compiler.length
    for block in compiler.blocks:
        passage = text[block["start"] : block["end"]]
        start = block["end"] - len(passage.lstrip())
        end = block["start"] + len(passage.rstrip())
        if start < end:
            yield {"start": start, "end": end, "label": block["label"]}
    for key, start, end in compiler.parts:
        if key == "x":
            yield {"start": start, "end": end, "label": "furniture"}


def _attributions(
    compiler: _Compiler, described: Mapping[str, Any], text: str
) -> Iterator[dict[str, Any]]:
    marked: dict[str, dict[str, list[list[int]]]] = {}
    for key, start, end in compiler.parts:
        if key != "x":
            if not text[start:end] or text[start:end] != text[start:end].strip():
                problem = f"claim {key}: white space at an edge of {text[start:end]!r}"
                raise BadGoldError(compiler.source, problem)
            marked.setdefault(key[1:], {}).setdefault(key[0], []).append([start, end])
    if set(marked) != set(described):
        problem = f"marks claims {sorted(marked)} but describes {sorted(described)}"
        raise BadGoldError(compiler.source, problem)
    for claim in sorted(marked, key=int):
        yield _attribution(compiler.source, claim, marked[claim], described[claim])


def _attribution(
    source: str,
    claim: str,
    spans: Mapping[str, list[list[int]]],
    described: Mapping[str, Any],
) -> dict[str, Any]:
    if len(spans.get("s", ())) > 1 or len(spans.get("c", ())) > 1:
        raise BadGoldError(source, f"claim {claim}: more than one source or cue")
    if "q" not in spans:
        raise BadGoldError(source, f"claim {claim}: no content")
    speaker = _NO_SPEAKER | described["speaker"]
    if speaker["kind"] not in get_args(SpeakerKind):
        raise BadGoldError(source, f"claim {claim}: kind {speaker['kind']!r}")
    return {
        "id": claim,
        "type": described["type"],
        "negated": bool(described.get("negated")),
        "nested_in": described.get("nested_in"),
        "source": next(iter(spans.get("s", ())), None),
        "cue": next(iter(spans.get("c", ())), None),
        "content": sorted(spans["q"]),
        "appearances": sorted(spans.get("a", ())),
        "speaker": speaker,
    }
