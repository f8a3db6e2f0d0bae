"""The records that stages hand to each other and that a run writes.

Every record is frozen and holds plain values only, so that it can stand on a spaCy
``Doc``, cross a process and become a line of JSON without loss. All offsets are Unicode
code points into the document's text as it was read, half-open: for every span of every
record, ``document.text[span.start:span.end]`` is the passage it means.

The field names follow PARC and PolNeAR: an *attribution* links a *source*, a *cue* and
a *content*; the *speaker* is who the source turns out to be; a *claim* is one
attribution made readable on its own.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

BlockLabel = Literal[
    "headline",
    "byline",
    "dateline",
    "standfirst",
    "body",
    "subheading",
    "caption",
    "pull_quote",
    "related",
    "furniture",
]
EntityLabel = Literal[
    "PERSON",
    "ORG",
    "LOC",
    "ROLE",
    "NORP",
    "DATE",
    "MONEY",
    "PERCENT",
    "CARDINAL",
]
Role = Literal["source", "cue", "content"]
Level = Literal["outer", "inner"]
ClaimType = Literal["direct", "mixed", "indirect"]
Quoted = Literal["wholly", "partly", "not"]
SpeakerKind = Literal[
    "person", "organisation", "spokesperson", "group", "document", "unknown"
]
Resolution = Literal[
    "named",
    "alias",
    "pronoun",
    "description",
    "continuation",
    "pull_quote",
    "none",
]
Force = Literal[
    "state",
    "deny",
    "warn",
    "promise",
    "demand",
    "believe",
    "intend",
    "find",
    "ask",
    "decline",
]
Gender = Literal["female", "male"]
Wording = Literal["first", "same", "edited", "part", "fuller"]

#: Blocks that claims are read from; the others are labelled and left alone.
CLAIM_BLOCKS: frozenset[BlockLabel] = frozenset(
    {"headline", "standfirst", "body", "subheading", "caption", "pull_quote"}
)
#: Blocks that are no part of the article: the encoder never sees them.
OUTSIDE_BLOCKS: frozenset[BlockLabel] = frozenset({"related", "furniture"})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A passage of a document: code points, half-open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the passage itself, cut from the document's text."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Tell whether the other span lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as it was read.

    ``text`` is the source to the character (for HTML the decoded markup); ``source``
    names the input as the user gave it. ``id`` begins with ``d_`` and depends on
    nothing but ``source`` and the text's bytes.
    """

    id: str
    source: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One input that was not extracted, and what to do about it."""

    schema: Literal["rejection/1.0"] = "rejection/1.0"
    source: str
    stage: str
    error: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Block(Span):
    """A stretch of lines with one function on the page, and why it was labelled so."""

    label: BlockLabel
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mention(Span):
    """A name, post, date or figure in the text; ``identity`` once it is known whose."""

    label: EntityLabel
    score: float = 1.0
    identity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Part(Span):
    """A source, cue or content as the encoder reads it, not yet joined to others.

    ``level`` is ``inner`` for parts of an attribution nested in another's content.
    ``cue`` and ``source`` are positions in the list of parts of the same document: the
    cue that a content belongs to, and the source that a cue (or a content without cue)
    belongs to; None where the encoder sees none.
    """

    role: Role
    level: Level = "outer"
    score: float = 1.0
    cue: int | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScores:
    """How sure the encoder is of an attribution's parts; None for a part it lacks.

    Of several contents, the least sure counts.
    """

    content: float = 1.0
    cue: float | None = None
    source: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One claim's spans: who (source) says (cue) what (content, one or more segments).

    ``confidence`` is the probability that the content is right, as far as the stage
    that found it is calibrated, and ``scores`` is what it was told from; ``reason``
    names what joined the parts; ``flags`` what a person should check.
    """

    id: str
    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    type: ClaimType = "indirect"
    nested_in: str | None = None
    appearances: tuple[Span, ...] = ()
    confidence: float = 1.0
    scores: PartScores = PartScores()
    reason: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A role held in an organisation, and the passage that says so."""

    role: str
    organisation: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person or body of the document with all the names it goes by.

    ``id`` begins with ``p_`` (person) or ``o_`` (organisation). ``posts`` stand in the
    order in which the document gives them.
    """

    id: str
    kind: Literal["person", "organisation"]
    name: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    posts: tuple[Post, ...] = ()
    gender: Gender | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who a source turns out to be; ``kind`` says which of the other fields may be set.

    ``name`` of a document is its description ("report"), its ``organisation`` the body
    that issued it.
    """

    id: str | None = None
    kind: SpeakerKind = "unknown"
    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    party: str | None = None
    resolution: Resolution = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """A passage with its text: ``document.text[start:end] == exact``."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentSegment(Exact):
    """A stretch of a claim's content, and how much of it stands in quotation marks."""

    quoted: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSpan(Exact):
    """The words that signal the attribution, and the lemma of the one that decides."""

    lemma: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySpan(Exact):
    """A mention as it is written out."""

    label: EntityLabel
    id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Exact):
    """A number inside a content, normalised: ``value`` counts in ``unit``.

    ``modifier`` is *about*, *nearly*, *more than*, *less than*, *at least* or *up to*;
    ``denominator`` the ten of "one in ten"; ``low`` and ``high`` bound a range or name
    the two ends of a change.
    """

    value: float | None
    unit: str | None
    modifier: str | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan(Exact):
    """A date expression inside a content, resolved to EDTF with explicit bounds.

    ``earliest`` and ``latest`` are ISO days or None for an open end; ``modifier``
    follows TIMEX3 (``start``, ``mid``, ``end``, ``approx``, ``past_ref``,
    ``present_ref``, ``future_ref``); ``anchor`` is the day it was counted from.
    """

    edtf: str | None
    earliest: str | None
    latest: str | None
    modifier: str | None
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOn:
    """The day a claim was made, as far as the article tells, and how that is known."""

    edtf: str | None
    earliest: str | None
    latest: str | None
    basis: Literal["published", "stated", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands around the first content segment, to find it again by."""

    prefix: str
    suffix: str
    block: BlockLabel
    sentence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """Calibrated probabilities that the content and the speaker are right."""

    content: float
    speaker: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRef:
    """The article a claim was read from."""

    id: str
    source: str
    title: str | None
    url: str | None
    published: str | None
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """What wrote a record."""

    name: str
    version: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who claimed what, on its own: one line of ``claims.jsonl``."""

    schema: Literal["claim/1.1"] = "claim/1.1"
    id: str
    document: DocumentRef
    type: ClaimType
    text: str
    text_resolved: str | None = None
    content: tuple[ContentSegment, ...]
    cue: CueSpan | None
    source: Exact | None
    speaker: Speaker
    force: Force
    negated: bool
    nested_in: str | None
    appearances: tuple[Exact, ...] = ()
    mentions: tuple[EntitySpan, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateSpan, ...] = ()
    said_on: SaidOn
    context: Context
    confidence: Confidence
    reason: str
    flags: tuple[str, ...] = ()
    producer: Producer


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRecord:
    """An identity as it is written out."""

    id: str
    kind: Literal["person", "organisation"]
    name: str
    aliases: tuple[str, ...]
    party: str | None
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """One article with what was read out of it: one line of ``documents.jsonl``."""

    schema: Literal["document/1.1"] = "document/1.1"
    id: str
    source: str
    title: str | None
    byline: str | None
    url: str | None
    published: str | None
    sha256: str
    media_type: str
    encoding: str
    text: str
    blocks: tuple[Block, ...] = ()
    entities: tuple[EntitySpan, ...] = ()
    identities: tuple[IdentityRecord, ...] = ()
    claims: int = 0
    flags: tuple[str, ...] = ()
    producer: Producer


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One article's telling of a claim; ``wording`` compares it with the first telling.

    *Same* is word for word, *edited* has small edits, *part* leaves the beginning or
    the end out, *fuller* has more than the first. ``similarity`` is the share of the
    words that both have.
    """

    claim: str
    document: str
    source: str
    title: str | None
    url: str | None
    published: str | None
    start: int
    end: int
    text: str
    wording: Wording
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFigure:
    """A figure as one telling has it; ``claim`` is the id of that telling."""

    claim: str
    exact: str
    value: float | None
    unit: str | None
    modifier: str | None
    denominator: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDifference:
    """One figure of a claim on which its tellings disagree.

    ``lowest`` and ``highest`` are the extremes of the values told.
    """

    lowest: float | None
    highest: float | None
    figures: tuple[ToldFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A claim with all articles that tell it: one line of ``merged.jsonl``.

    ``text`` and ``id`` are those of the first appearance, so that the id stays when
    later articles tell the claim again; ``appearances`` include the first.
    """

    schema: Literal["merged/1.0"] = "merged/1.0"
    id: str
    text: str
    speaker: Speaker
    force: Force
    negated: bool
    documents: int
    first_appearance: Telling
    appearances: tuple[Telling, ...]
    differences: tuple[FigureDifference, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A speaker with how sure the resolver is, why, and what to check."""

    speaker: Speaker
    confidence: float
    reason: str
    flags: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One article that a run read, and the digest of its bytes."""

    id: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many lines a run wrote to each of its files."""

    documents: int
    claims: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A whole run: the one line of ``manifest.json``, and the only one with times.

    ``versions`` are those of Python and of the packages that decide what is extracted;
    ``digest`` is that of ``configuration``.
    """

    schema: Literal["manifest/1.0"] = "manifest/1.0"
    producer: Producer
    versions: dict[str, str]
    configuration: dict[str, Any]
    digest: str
    inputs: tuple[Input, ...]
    counts: Counts
    started: str
    seconds: float
