"""The one module that knows onnxruntime; it is imported when first a text is scored.

Each window is a call of its own, without padding: the graph scales what goes into its
eight-bit products by the largest value of the call, and nothing but the window itself
may change a window's scores. ``threads`` 0 leaves the number to onnxruntime, one for
each core; in worker processes set it to 1.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from pipeline.stages.encoder.labels import OWN_SCHEME, SCHEMES, TASKS
from pipeline.stages.encoder.scores import Scores
from pipeline.stages.encoder.windows import Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

#: The graph's inputs: pieces of one window, the first piece of each word, the scheme.
INPUTS: Final = ("ids", "casing", "gaps", "first", "scheme")
#: The graph's outputs, in order.
OUTPUTS: Final = (
    *(f"{task}_emissions" for task in TASKS),
    *(f"{task}_edges" for task in TASKS),
    "queries",
    "keys",
    "none",
    "distances",
)
#: Outputs that are the same for every window: constants that travel along.
FIXED: Final = frozenset({"entities_edges", "none", "distances"})


class OnnxScorer:
    """Scores windows with an ONNX graph, each by itself."""

    def __init__(
        self, model: bytes, *, threads: int = 0, scheme: str = OWN_SCHEME
    ) -> None:
        self._model = model
        self._scheme = np.array([SCHEMES.index(scheme)])
        self._threads = threads
        self._session: InferenceSession | None = None

    def __getstate__(self) -> dict[str, Any]:
        # a session does not pickle: a worker process opens its own
        return self.__dict__ | {"_session": None}

    def _open(self) -> "InferenceSession":
        if self._session is None:
            import onnxruntime  # noqa: PLC0415 (import pipeline stays light)

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self._threads
            options.inter_op_num_threads = 1
            self._session = onnxruntime.InferenceSession(
                self._model, options, providers=["CPUExecutionProvider"]
            )
        return self._session

    def score(self, windows: Iterable[Window]) -> Iterator[Scores]:
        """Score each window by itself."""
        session = self._open()
        for window in windows:
            arrays = (
                *(window.ids, window.casing, window.gaps, window.first),
                self._scheme,
            )
            values = session.run(None, dict(zip(INPUTS, arrays, strict=True)))
            named = dict(zip(OUTPUTS, values, strict=True))
            yield Scores(
                emissions={task: named[f"{task}_emissions"] for task in TASKS},
                edges={task: named[f"{task}_edges"] for task in TASKS},
                queries=named["queries"],
                keys=named["keys"],
                none=named["none"],
                distances=named["distances"],
            )
