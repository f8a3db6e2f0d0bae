"""The label that a piece gets, with its reason."""

from typing import NamedTuple

from pipeline.records import BlockLabel


class Verdict(NamedTuple):
    """A label and why."""

    label: BlockLabel
    reason: str
