"""Which entry of a roster an identity of a document is, if any.

Reach for :class:`Matcher`, made once per document. A full name or alias must match and
nothing may contradict; of several entries of one name the document must single one
out; a surname alone counts if the roster holds it once and the document ties the person
to the entry's body. Where that leaves a doubt, nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.records import Identity
from pipeline.stages.identities.names import PersonName, read_name
from pipeline.stages.identities.roles import is_title
from pipeline.stages.identities.roster.entries import Entry, Roster
from pipeline.stages.identities.roster.evidence import Evidence, Findings

AMBIGUOUS: Final = "roster_ambiguous"
CONTRADICTED: Final = "roster_contradicted"
NAME_ONLY: Final = "roster_name_only"
_SHARED: Final = "several entries of this name, and the document singles out none"


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that an identity is, or None and why not.

    ``full`` where a full name or alias matched; ``flag`` is for a person to check, and
    of an entry with one nothing is added to the document.
    """

    entry: Entry | None
    reason: str
    full: bool = True
    flag: str | None = None


class Matcher:
    """Finds the entries of identities; None where no name of the roster matches."""

    def __init__(self, roster: Roster, evidence: Evidence) -> None:
        self._roster = roster
        self._evidence = evidence

    def body(self, who: Identity) -> Match | None:
        """Return the entry that has the fullest name that the document prints."""
        found = self._roster.bodies_called(who.name)
        pairs = [(entry, self._evidence.of_body(entry)) for entry in found]
        return self._chosen(pairs, "name matches") if pairs else None

    def person(self, who: Identity) -> Match | None:
        """Return the entry of a full name, else that of a surname."""
        forms = [read_name(form) for form in (who.name, *who.aliases)]
        full = [form for form in forms if _given(form)]
        for form in full:
            found = self._roster.people_called(form)
            if found:
                pairs = self._held(who, found)
                return self._named(self._chosen(pairs, "full name matches"), pairs)
        return None if full else self._short(who, forms[0])

    def _held(
        self, who: Identity, entries: Sequence[Entry]
    ) -> list[tuple[Entry, Findings]]:
        return [(entry, self._evidence.of_person(who, entry)) for entry in entries]

    def _chosen(self, pairs: list[tuple[Entry, Findings]], by: str) -> Match:
        """Choose the one entry, or of several the one that more speaks for."""
        open_ = [pair for pair in pairs if pair[1].contradiction is None]
        if not open_:
            return Match(None, _refusal(pairs), flag=CONTRADICTED)
        if len(pairs) == 1:
            return Match(pairs[0][0], _because(by, pairs[0][1]))
        best = max(open_, key=lambda pair: len(pair[1].fits))
        rivals = [pair for pair in open_ if pair is not best]
        if best[1].fits and all(pair[1].fits < best[1].fits for pair in rivals):
            return Match(best[0], _because(by, best[1]))
        return Match(None, _SHARED, flag=AMBIGUOUS)

    def _named(self, match: Match, pairs: list[tuple[Entry, Findings]]) -> Match:
        """Flag a name that the document tells nothing else of."""
        entry = match.entry
        if entry is None or any(one.fits for held, one in pairs if held is entry):
            return match
        if self._evidence.names(entry):
            return Match(entry, f"{match.reason}; the document names the organisation")
        return Match(entry, f"{match.reason}, and nothing else", flag=NAME_ONLY)

    def _short(self, who: Identity, name: PersonName) -> Match | None:
        found = self._roster.people_of_surname(name)
        fitting = [
            (entry, findings)
            for entry, findings in self._held(who, found)
            if findings.contradiction is None and self._of_body(who, entry, findings)
        ]
        if not fitting:
            return None
        if len(found) > 1:
            return Match(None, _SHARED, full=False, flag=AMBIGUOUS)
        because = _because("the one such surname of the roster", fitting[0][1])
        return Match(fitting[0][0], because, full=False)

    def _of_body(self, who: Identity, entry: Entry, findings: Findings) -> bool:
        """Tell whether the document ties a surname to the entry's body.

        Titles such as *Cllr*, and posts without a body, count where the document names
        that body and no other of its kind.
        """
        plain = any(post.role and not is_title(post.role) for post in who.posts)
        if "organisation" in findings.fits and plain:
            return True
        return bool(findings.fits - {"party"}) and self._evidence.names_alone(entry)


def _given(name: PersonName) -> bool:
    """Tell whether a given name is printed, and not just its initial."""
    return name.full and any(len(token) > 1 for token in name.tokens[:-1])


def _because(by: str, findings: Findings) -> str:
    fits = sorted(findings.fits)
    return f"{by}; {' and '.join(fits)} fit{'s' * (len(fits) == 1)}" if fits else by


def _refusal(pairs: list[tuple[Entry, Findings]]) -> str:
    reasons = dict.fromkeys(findings.contradiction or "" for _, findings in pairs)
    return f"name matches, but {' or '.join(reasons)}"
