"""Pronouns of annotated articles: what is asked about them, and how answers are judged.

Asked is every *he* and *she*, in all their forms, that gold ties to a named person: by
a cluster of mentions, or by a pair of a name and a pronoun as GAP has them. Names in
the reach of a pronoun come from gold where gold marks them. Pure: gold and mentions in,
figures out; :mod:`pipeline.evaluation.pronouns` is the command.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from pipeline.evaluation.tallies import Answers, Rows, Tally, percent
from pipeline.gold import GoldDocument
from pipeline.records import Gender, Identity, Mention, Span
from pipeline.stages.identities.gender import PRONOUNS
from pipeline.stages.identities.resolver import Resolution
from pipeline.stages.identities.words import fold

#: The ways to resolve, each a row of the tables.
WAYS: Final = ("resolver", "nearest")
_SUBJECTS: Final = frozenset({"he", "she"})
#: A name behind these completes another noun: "the mother of Ada Moss".
_COMPLETING: Final = re.compile(
    r"\b(?:about|against|between|by|for|from|of|on|to|with)\s+(?:[A-Z]\w*\.?\s+)?$"
)
_OWNING: Final = re.compile(r"['’]s?\s+\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A pronoun with the names of whom it means, and names that it does not mean.

    ``names`` is empty where gold knows only whom it does not mean.
    """

    pronoun: Span
    word: str
    names: tuple[Span, ...]
    others: tuple[Span, ...] = ()

    @property
    def gender(self) -> Gender:
        """The gender that the pronoun tells."""
        return PRONOUNS[self.word]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whom a pronoun was taken to mean; ``who`` None stands for nobody named."""

    who: Identity | None = None
    known: bool = False

    def means(self, name: Span) -> bool:
        """Tell whether one of the mentions of the answer is, or overlaps, the name."""
        return self.who is not None and any(
            mention.overlaps(name) for mention in self.who.mentions
        )


def ask(gold: GoldDocument) -> list[Question]:
    """Return the pronouns that gold has an answer for, in the order of the text."""
    asked = _ask_pairs(gold) if gold.distinct else _ask_clusters(gold)
    return sorted(asked, key=lambda question: question.pronoun)


def _ask_clusters(gold: GoldDocument) -> Iterator[Question]:
    named = _names_by_phrase(gold)
    for cluster in gold.clusters:
        names = tuple(sorted(chain.from_iterable(named[span] for span in cluster)))
        for span in cluster:
            word = fold(span.of(gold.text))
            if names and word in PRONOUNS:
                yield Question(pronoun=span, word=word, names=names)


def _names_by_phrase(gold: GoldDocument) -> dict[Span, list[Span]]:
    """Return the people that each phrase of a cluster names, if it names any.

    A name belongs to the shortest phrase around it, unless it only completes that.
    """
    phrases = set(chain.from_iterable(gold.clusters))
    names = {_edges(one) for one in gold.entities if one.label == "PERSON"}
    found: defaultdict[Span, list[Span]] = defaultdict(list)
    around: list[Span] = []
    for span in sorted({*phrases, *names}, key=lambda one: (one.start, -one.end)):
        while around and around[-1].end <= span.start:
            around.pop()
        if span in phrases:
            around.append(span)
        within = around[-1] if around and around[-1].covers(span) else None
        if span in names and within and not _only_completes(gold.text, span, within):
            found[within].append(span)
    return found


def _edges(span: Span) -> Span:
    return Span(start=span.start, end=span.end)


def _only_completes(text: str, name: Span, phrase: Span) -> bool:
    """Tell whether a phrase means another than the name in it."""
    before, after = text[phrase.start : name.start], text[name.end : phrase.end]
    return bool(_COMPLETING.search(before) or _OWNING.match(after))


def _ask_pairs(gold: GoldDocument) -> Iterator[Question]:
    """Ask about the pronouns of name–pronoun pairs."""
    right: defaultdict[Span, list[Span]] = defaultdict(list)
    wrong: defaultdict[Span, list[Span]] = defaultdict(list)
    for pairs, names in ((gold.clusters, right), (gold.distinct, wrong)):
        for pair in pairs:
            for span in pair:
                if fold(span.of(gold.text)) in PRONOUNS:
                    names[span] += [one for one in pair if one != span]
    for span in {*right, *wrong}:
        yield Question(
            pronoun=span,
            word=fold(span.of(gold.text)),
            names=tuple(right[span]),
            others=tuple(wrong[span]),
        )


def with_gold_names(
    gold: GoldDocument, mentions: Sequence[Mention]
) -> tuple[Mention, ...]:
    """Return the mentions with those that gold marks in their place.

    A label that gold marks throughout is taken from gold alone. Where it marks only
    the names of pairs, these are added to what was found, and take its place where they
    overlap.
    """
    given = [
        Mention(start=one.start, end=one.end, label=one.label)
        for one in gold.entities
        if one.label in gold.labels
    ]
    if not gold.labels:
        names = {name for one in ask(gold) for name in (*one.names, *one.others)}
        given = [Mention(start=n.start, end=n.end, label="PERSON") for n in names]
    given.sort()
    starts = [one.start for one in given]
    kept = (
        mention
        for mention in mentions
        if mention.label not in gold.labels and _free(mention, given, starts)
    )
    return tuple(sorted((*given, *kept)))


def _free(mention: Mention, given: Sequence[Mention], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, mention.end)
    return not at or given[at - 1].end <= mention.start


def nearest(question: Question, found: Resolution) -> Answer:
    """Answer with the nearest name before the pronoun whose gender is not the other.

    The mentions of ``found`` are in the order of the text.
    """
    people = {who.id: who for who in found.identities if who.kind == "person"}
    starts = [mention.start for mention in found.mentions]
    before = bisect_left(starts, question.pronoun.start)
    for mention in reversed(found.mentions[:before]):
        who = people.get(mention.identity or "")
        if who and who.gender in {None, question.gender}:
            return Answer(who=who, known=True)
    return Answer()


class PronounScores:
    """How many pronouns are resolved rightly, wrongly and not at all, by each way.

    Where gold names candidates that a pronoun may mean, each is a question of its own
    as well: F1 over them, apart for the two genders, and how many pronouns have all
    answered rightly, as GAP counts.
    """

    def __init__(self) -> None:
        self._shares: defaultdict[tuple[str, str], Answers] = defaultdict(Answers)
        self._pairs: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
        self._whole: defaultdict[str, Answers] = defaultdict(Answers)

    def add(self, question: Question, place: str, answers: dict[str, Answer]) -> None:
        """Add what each of ``WAYS`` answered to a question asked at a kind of place."""
        case = "subject" if question.word in _SUBJECTS else "other_case"
        for way, answer in answers.items():
            right = any(map(answer.means, question.names))
            if question.names:
                for group in ("all", case, place):
                    self._shares[group, way].add(
                        right=right, abstained=not answer.known
                    )
            if question.others:
                self._add_pair(question, way, answer)

    def _add_pair(self, question: Question, way: str, answer: Answer) -> None:
        hits = sum(map(answer.means, question.names))
        false = sum(map(answer.means, question.others))
        for group in ("all", question.gender):
            self._pairs[group, way].add(
                hits, predicted=hits + false, gold=len(question.names)
            )
        self._whole[way].add(right=hits == len(question.names) and not false)

    def sections(self) -> dict[str, Rows]:
        """Return the tables: one a group of pronouns, its rows ``WAYS``."""
        groups = dict.fromkeys(group for group, _ in self._shares)
        tables: dict[str, Rows] = {
            f"pronouns, {group}": {way: self._shares[group, way].row() for way in WAYS}
            for group in groups
        }
        if self._pairs:
            tables["candidates, as GAP counts"] = {
                way: self._pair_row(way) for way in WAYS
            }
        return tables

    def _pair_row(self, way: str) -> dict[str, float | None]:
        row = self._pairs["all", way].row()
        row["f1_female"] = self._pairs["female", way].f1
        row["f1_male"] = self._pairs["male", way].f1
        whole = self._whole[way]
        return row | {"accuracy": percent(whole.right, whole.total)}
