"""What each pass over the material is made of: which windows, and in which batches.

All chance comes from the seed and the number of the pass, so that the batches of a pass
can be counted before they are made, and a resumed run sees what an unbroken one would.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.stages.encoder.pieces import PieceReader
from pipeline.training.batches import Batch, collate, group
from pipeline.training.cutting import WindowExample, cut_example
from pipeline.training.examples import Example

#: The window sizes that passes draw from, so that no line always stands at an edge.
_SIZES: Final = (224, 256, 288, 320)
#: The scheme of a window of which the network is not told how it is annotated.
_ANY: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """The passes of a run over ``examples``, each list with how often it is seen.

    ``pieces`` is the size of a batch, ``any_scheme`` the share of windows of which the
    network is not told how they are annotated.
    """

    examples: Sequence[tuple[float, Sequence[Example]]]
    reader: PieceReader
    pieces: int
    any_scheme: float
    seed: int

    def batches(self, number: int) -> Iterator[Batch]:
        """Yield the batches of a pass; the same whenever it is asked for."""
        return map(collate, self._groups(number))

    def steps(self, number: int) -> int:
        """Count the batches of a pass without making them."""
        return sum(1 for _ in self._groups(number))

    def _groups(self, number: int) -> Iterator[list[WindowExample]]:
        chance = random.Random(f"{self.seed}/{number}")
        size = chance.choice(_SIZES)
        windows = [
            window
            for share, examples in self.examples
            for example in draw(examples, share, chance)
            for window in cut_example(example, self.reader, size=size)
        ]
        told = forget_schemes(windows, self.any_scheme, chance)
        return group(told, pieces=self.pieces, chance=chance)


def draw(
    examples: Sequence[Example], share: float, chance: random.Random
) -> Iterator[Example]:
    """Yield every example ``share`` times, the broken part by a fresh draw."""
    whole, part = divmod(share, 1)
    for _ in range(int(whole)):
        yield from examples
    yield from chance.sample(examples, round(part * len(examples)))


def forget_schemes(
    windows: Sequence[WindowExample], share: float, chance: random.Random
) -> list[WindowExample]:
    """Return the windows, a share of them drawn to be read by any scheme."""
    return [
        replace(window, scheme=_ANY) if chance.random() < share else window
        for window in windows
    ]
