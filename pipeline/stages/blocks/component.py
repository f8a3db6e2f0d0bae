"""The stage that labels the lines of a document by their function on the page.

It runs first, on the text alone: it needs no model, no tagger and no other stage.
"""

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layers import BLOCKS, HINTS, show, text_of
from pipeline.stages.blocks.hints import label_with_hints


class Blocks:
    """Label the blocks of a document; holds no state."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Write the layer of blocks, and the span group ``blocks`` as a view of it."""
        blocks = label_with_hints(text_of(doc), HINTS.get(doc))
        BLOCKS.set(doc, blocks)
        show(doc, "blocks", ((block, block.label) for block in blocks))
        return doc


@Language.factory("news_blocks")
def make_blocks(nlp: Language, name: str) -> Blocks:
    """Make the stage; spaCy calls this for ``nlp.add_pipe("news_blocks")``."""
    del nlp  # the stage needs no vocabulary
    return Blocks(name)
