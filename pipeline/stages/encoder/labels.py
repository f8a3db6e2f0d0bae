"""What the encoder's heads label, shared by training and run time.

Each *task* is a layer of BIO labels over words: entities, the outer attributions, and
the attributions nested in their contents. ``O`` is label 0 everywhere, so that an
unknown passage and an empty one look alike to whoever pads an array.
"""

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.records import EntityLabel, Role

Task = Literal["entities", "outer", "inner"]

ENTITY_LABELS: Final[tuple[EntityLabel, ...]] = (
    "PERSON",
    "ORG",
    "LOC",
    "ROLE",
    "NORP",
    "DATE",
)
PART_ROLES: Final[tuple[Role, ...]] = ("source", "cue", "content")
TASKS: Final[dict[Task, tuple[str, ...]]] = {
    "entities": ENTITY_LABELS,
    "outer": PART_ROLES,
    "inner": PART_ROLES,
}
#: The annotation schemes that the encoder can follow. Corpora disagree on where a cue
#: or a name ends; a text is read as the corpus named would have it annotated, or, with
#: the first, as any of them might.
SCHEMES: Final = (
    "any",
    "uk_news",
    "polnear",
    "factappeal",
    "propbank",
    "gum",
    "uner",
    "redocred",
    "crossner",
    "re3d",
    "grobid",
    "wikigold",
    "gmb",
)
#: The scheme of this project: the rules of the data card in ``corpus/``.
OWN_SCHEME: Final = "uk_news"
#: Which span points to which: (from, to), one attention head each.
POINTERS: Final = (("content", "cue"), ("cue", "source"), ("content", "source"))
#: Width of the vectors that spans are pointed to by.
POINTER_WIDTH: Final = 64


def begin(kind: int) -> int:
    """Return the label that begins a span of the kind at this position of its task."""
    return 1 + 2 * kind


def inside(kind: int) -> int:
    """Return the label that goes on a span of the kind."""
    return 2 + 2 * kind


def label_count(task: Task) -> int:
    """Return how many labels a task has, ``O`` included."""
    return 1 + 2 * len(TASKS[task])


def legal_transitions(task: Task) -> NDArray[np.bool_]:
    """Return, from row to column, which label may follow which.

    ``inside`` follows ``begin`` or ``inside`` of its own kind only. The first word of a
    text is a follower of ``O``.
    """
    count = label_count(task)
    legal = np.ones((count, count), dtype=np.bool_)
    for kind in range(len(TASKS[task])):
        legal[:, inside(kind)] = False
        legal[begin(kind), inside(kind)] = True
        legal[inside(kind), inside(kind)] = True
    return legal
