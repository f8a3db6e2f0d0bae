"""The stage that joins what the encoder sees to attributions.

It reads the parts and the blocks, and writes the attributions of the document. The
encoder's pointers say what belongs together; with ``links="nearness"`` they count for
nothing and distance decides. ``calibration`` holds the fitted weights that
turn the encoder's scores of content, cue and source into the probability that the
content is right to the character.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layers import ATTRIBUTIONS, BLOCKS, PARTS, show, text_of
from pipeline.stages.attributions.assembly import find_attributions
from pipeline.stages.attributions.nearness import link_by_nearness

Links = Literal["encoder", "nearness"]


class Attributions:
    """Find the attributions of a document; holds its settings and no state."""

    def __init__(
        self,
        name: str,
        *,
        links: Links = "encoder",
        calibration: Mapping[str, float] | None = None,
    ) -> None:
        self.name = name
        self.links = links
        self.calibration = dict(calibration or {})

    def __call__(self, doc: Doc) -> Doc:
        """Write the attributions, and their spans as groups labelled with their ids."""
        parts = PARTS.get(doc)
        if self.links == "nearness":
            alone = [replace(part, cue=None, source=None) for part in parts]
            parts = tuple(link_by_nearness(text_of(doc), alone))
        found = find_attributions(
            text_of(doc), BLOCKS.get(doc), parts, calibration=self.calibration
        )
        ATTRIBUTIONS.set(doc, found)
        show(doc, "contents", ((span, a.id) for a in found for span in a.content))
        show(doc, "cues", ((a.cue, a.id) for a in found if a.cue))
        show(doc, "sources", ((a.source, a.id) for a in found if a.source))
        return doc


@Language.factory(
    "news_attributions", default_config={"links": "encoder", "calibration": {}}
)
def make_attributions(
    nlp: Language, name: str, links: Links, calibration: dict[str, float]
) -> Attributions:
    """Make the stage; spaCy calls this for ``nlp.add_pipe("news_attributions")``."""
    del nlp  # the stage needs no vocabulary
    return Attributions(name, links=links, calibration=calibration)
