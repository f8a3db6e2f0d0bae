"""One label for one initialism: *KCC* is the same body wherever it stands.

A model that judges each place by itself now and then calls a body a party or a place
where its letters stand without help. Initialisms mean one thing in an article, so its
places are settled together; names of several words are left alone, for *Kent* may well
be the county here and the cricket club there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pipeline.records import EntityLabel, Mention

_INITIALISM: Final = re.compile(r"[A-Z][A-Z&]{1,6}")
_NAMES: Final = frozenset({"PERSON", "ORG", "LOC", "NORP"})
#: Places that go by their initials, whatever body of the article has the same ones.
_PLACES: Final = frozenset({"DC", "GB", "NI", "NZ", "UAE", "UK", "US", "USA", "USSR"})
#: Words whose initials are left out as often as not.
_SMALL: Final = frozenset({"and", "for", "in", "of", "on", "the"})


def settle_initialisms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Give all places of an initialism one label.

    It is ORG where an organisation is printed whose initials it has, else what the
    places together are surest of. "US" and other places keep the labels they came with.
    """
    places: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        name = mention.of(text)
        if name in _PLACES or mention.label not in _NAMES:
            continue
        if _INITIALISM.fullmatch(name):
            places[name].append(mention)
    if not places:
        return list(mentions)
    bodies = {
        initials
        for mention in mentions
        if mention.label == "ORG"
        for initials in _initials(mention.of(text))
    }
    settled: dict[str, EntityLabel] = {
        name: "ORG" if name in bodies else _surest(some)
        for name, some in places.items()
    }
    return [
        replace(mention, label=settled[mention.of(text)])
        if mention.label in _NAMES and mention.of(text) in settled
        else mention
        for mention in mentions
    ]


def _initials(name: str) -> set[str]:
    """Return the initials of a name of several words, with and without small words."""
    words = re.findall(r"\w+", name)
    if len(words) < 2:  # noqa: PLR2004 (one word has no initials)
        return set()
    large = [word for word in words if word.lower() not in _SMALL]
    return {"".join(word[0].upper() for word in some) for some in (words, large)}


def _surest(mentions: Iterable[Mention]) -> EntityLabel:
    weights: dict[EntityLabel, float] = defaultdict(float)
    for mention in mentions:
        weights[mention.label] += mention.score
    return max(weights, key=lambda label: (weights[label], label))
