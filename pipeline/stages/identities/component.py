"""The stage that says which names are one person or body, and what is told of them.

It reads the layers of blocks and mentions, gives every settled name the id of its
identity, and writes the identities with their posts and parties. With a roster it also
writes which of them were tied to it, and why.
"""

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layers import (
    BLOCKS,
    DOCUMENT,
    IDENTITIES,
    MENTIONS,
    show_entities,
    text_of,
)
from pipeline.stages.identities.resolver import resolve_identities
from pipeline.stages.identities.roster.entries import Roster
from pipeline.stages.identities.roster.reading import from_setting
from pipeline.stages.identities.roster.ties import TIES


class Identities:
    """Resolve the names of a document; holds nothing but the roster.

    ``roster`` is a roster as :func:`roster_reading.roster_setting` writes it, so that
    the configuration alone makes the stage again, in any process.
    """

    def __init__(self, name: str, *, roster: str | None = None) -> None:
        self.name = name
        self._roster = Roster(from_setting(roster))

    def __call__(self, doc: Doc) -> Doc:
        """Write the identities, and their ids on the mentions and entity spans."""
        published = (document.published for document in DOCUMENT.get(doc))
        resolution = resolve_identities(
            text_of(doc),
            BLOCKS.get(doc),
            MENTIONS.get(doc),
            roster=self._roster,
            published=next(published, None),
        )
        MENTIONS.set(doc, resolution.mentions)
        IDENTITIES.set(doc, resolution.identities)
        if self._roster.entries:
            TIES.set(doc, resolution.ties)
        show_entities(doc, resolution.mentions)
        return doc


@Language.factory("news_identities", default_config={"roster": None})
def make_identities(nlp: Language, name: str, roster: str | None) -> Identities:
    """Make the stage; spaCy calls this for ``nlp.add_pipe("news_identities")``."""
    del nlp  # the stage needs no vocabulary
    return Identities(name, roster=roster)
