"""The stage that completes the mentions of a document.

It reads what the encoder labelled and the blocks, adds the mentions that follow a
grammar, settles overlaps and trims the edges, and writes the layer back. Without an
encoder before it, the mentions of the grammar stand alone.
"""

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layers import BLOCKS, MENTIONS, show_entities, text_of
from pipeline.stages.entities.initialisms import settle_initialisms
from pipeline.stages.entities.merging import merge
from pipeline.stages.entities.patterns import find_patterns


class Entities:
    """Complete the mentions of a document; holds no state."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Replace the document's mentions by the completed list."""
        text = text_of(doc)
        found = find_patterns(text, BLOCKS.get(doc))
        mentions = settle_initialisms(text, merge(text, MENTIONS.get(doc), found))
        MENTIONS.set(doc, mentions)
        show_entities(doc, mentions)
        return doc


@Language.factory("news_entities")
def make_entities(nlp: Language, name: str) -> Entities:
    """Make the stage; spaCy calls this for ``nlp.add_pipe("news_entities")``."""
    del nlp  # the stage needs no vocabulary
    return Entities(name)
