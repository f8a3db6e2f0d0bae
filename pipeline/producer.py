"""What writes the records: this distribution and the model, with their versions."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from spacy.language import Language

from pipeline.records import Producer

_NAME: Final = "en-news-claims"


def producer(nlp: Language) -> Producer:
    """Name this distribution and the pipeline's model."""
    model = "{lang}_{name} {version}".format(**nlp.meta)
    return Producer(name=_NAME, version=installed_version(), model=model)


@cache
def installed_version() -> str:
    """Return the version of the installed distribution, 0 where none is."""
    try:
        return version(_NAME)
    except PackageNotFoundError:  # a checkout that is not installed
        return "0"
