"""The stage that says which names are one person or body, and what is told of them.

It reads the layers of blocks and mentions, gives every settled name the id of its
identity, and writes the identities with their posts and parties.
"""

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layers import BLOCKS, IDENTITIES, MENTIONS, show_entities, text_of
from pipeline.stages.identities.resolver import resolve_identities


class Identities:
    """Resolve the names of a document; holds no state."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Write the identities, and their ids on the mentions and entity spans."""
        resolution = resolve_identities(
            text_of(doc), BLOCKS.get(doc), MENTIONS.get(doc)
        )
        MENTIONS.set(doc, resolution.mentions)
        IDENTITIES.set(doc, resolution.identities)
        show_entities(doc, resolution.mentions)
        return doc


@Language.factory("news_identities")
def make_identities(nlp: Language, name: str) -> Identities:
    """Make the stage; spaCy calls this for ``nlp.add_pipe("news_identities")``."""
    del nlp  # the stage needs no vocabulary
    return Identities(name)
