"""Put the stages together: the one place that states their order.

Reach for :func:`load` to get the trained pipeline, and for :func:`build` to get the
stages with a configuration of one's own. Each stage is an ordinary spaCy component, so
that ``nlp.add_pipe("news_blocks")`` works in any other pipeline too.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.util import is_package

from pipeline.errors import UnknownModelError

#: The order of the components; each reads what those before it wrote.
STAGES: Final = (
    "news_blocks",
    "news_encoder",
    "news_entities",
    "news_identities",
    "news_attributions",
    "news_claims",
)
#: The model package that comes with this distribution.
MODEL: Final = "en_news_claims"


def build(config: Mapping[str, Mapping[str, Any]] | None = None) -> Language:
    """Assemble the stages on an English tokenizer, without any weights.

    ``config`` gives, per stage, settings that differ from the stage's defaults.
    """
    nlp = spacy.blank("en")
    settings = config or {}
    for stage in STAGES:
        nlp.add_pipe(stage, config=dict(settings.get(stage, {})))
    return nlp


def by_scheme(scheme: str | None) -> dict[str, dict[str, Any]] | None:
    """Return the ``config`` that reads by a scheme, none for the model's own.

    >>> by_scheme("polnear")
    {'news_encoder': {'scheme': 'polnear'}}
    """
    return None if scheme is None else {"news_encoder": {"scheme": scheme}}


def load(
    model: str = MODEL, config: Mapping[str, Mapping[str, Any]] | None = None
) -> Language:
    """Load a trained pipeline by the name of its package or the path of its folder.

    ``config`` gives, per stage, settings that differ from the model's own.
    Raises :class:`pipeline.errors.UnknownModelError` where there is neither.
    """
    if not is_package(model) and not (Path(model) / "config.cfg").is_file():
        raise UnknownModelError(model)
    changed = {stage: dict(settings) for stage, settings in (config or {}).items()}
    return spacy.load(model, config={"components": changed} if changed else {})
