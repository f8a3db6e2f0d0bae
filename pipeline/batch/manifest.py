"""What a run was made from, so that another run can be known for the same.

The manifest is the only file of a run that holds clock times.
"""

import hashlib
import platform
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any, Final

import orjson
from spacy.language import Language

from pipeline.producer import producer
from pipeline.records import Counts, Input, Manifest

#: The packages whose versions can change a record.
_DECIDING: Final = (
    "spacy",
    "onnxruntime",
    "tokenizers",
    "numpy",
    "dateparser",
    "ftfy",
    "trafilatura",
    "htmldate",
)


def write_manifest(
    nlp: Language,
    *,
    options: dict[str, Any],
    inputs: Sequence[Input],
    counts: Counts,
    span: tuple[datetime, datetime],
) -> Manifest:
    """Describe a finished run; ``span`` is when it began and ended."""
    configuration = {"options": options, "components": nlp.config["components"]}
    begun, ended = span
    return Manifest(
        producer=producer(nlp),
        versions=_versions(),
        configuration=configuration,
        digest=hashlib.sha256(_canonical(configuration)).hexdigest(),
        inputs=tuple(inputs),
        counts=counts,
        started=begun.isoformat(timespec="seconds"),
        seconds=round((ended - begun).total_seconds(), 3),
    )


def _versions() -> dict[str, str]:
    packages = {package: version(package) for package in _DECIDING}
    return {"python": platform.python_version()} | packages


def _canonical(configuration: dict[str, Any]) -> bytes:
    return orjson.dumps(configuration, option=orjson.OPT_SORT_KEYS, default=str)
