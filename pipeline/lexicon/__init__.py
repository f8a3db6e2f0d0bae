"""Word lists as data: each file's header states its source, licence and policy.

Reach for :func:`read_lexicon` where a rule needs a closed list of words. The lists are
sorted and unique, which the tests see to, and are read once in a process.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """Read the list ``name`` (without its ending); treat the answer as read-only."""
    source = files("pipeline.lexicon") / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
