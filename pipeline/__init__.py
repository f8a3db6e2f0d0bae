"""Who claimed what: attributed claims from English news articles.

Two verbs do the work, :func:`load` and :func:`extract`; the rest is imported from its
module. Importing this package loads the records only: spaCy, the model and its runtime
wait for the first call.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from pipeline.errors import PipelineError
from pipeline.records import Claim, Document, Rejection, Speaker

if TYPE_CHECKING:
    from pipeline.assembly import load
    from pipeline.extraction import extract

__all__ = [
    "Claim",
    "Document",
    "PipelineError",
    "Rejection",
    "Speaker",
    "extract",
    "load",
]

_VERBS: Final = {"load": "pipeline.assembly", "extract": "pipeline.extraction"}


def __getattr__(name: str) -> object:
    """Import a verb's module when the verb is first asked for."""
    if name not in _VERBS:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_VERBS[name]), name)
