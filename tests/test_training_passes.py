"""What a pass over the material is made of, and how it is counted beforehand."""

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.gold import GoldAttribution, GoldDocument
from pipeline.records import Span
from pipeline.stages.encoder.labels import OWN_SCHEME, SCHEMES
from pipeline.stages.encoder.pieces import Casing, PieceReader
from pipeline.training.cutting import WindowExample, cut_example
from pipeline.training.examples import ALL_TASKS, Example, make_example

if TYPE_CHECKING:
    from pipeline.training.passes import Passes

pytestmark = pytest.mark.train

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "en_news_claims" / "news_encoder"
READER = PieceReader((MODEL / "tokenizer.json").read_bytes())
LINE = "Ada Moss said the ferry was late.\n"


def made_document(number: int) -> GoldDocument:
    """An article of as many lines as its number says, the first a claim."""
    claim = GoldAttribution(
        id="1",
        source=Span(start=0, end=8),
        cue=Span(start=9, end=13),
        content=(Span(start=14, end=32),),
    )
    return GoldDocument(
        id=f"made/{number}",
        text=LINE * number,
        layers=frozenset({"attributions"}),
        attributions=(claim,),
    )


def made_examples(*numbers: int, scheme: str = OWN_SCHEME) -> list[Example]:
    return [
        make_example(made_document(n), READER, tasks=ALL_TASKS, scheme=scheme)
        for n in numbers
    ]


def made_windows(*numbers: int, scheme: str = OWN_SCHEME) -> list[WindowExample]:
    return [
        window
        for example in made_examples(*numbers, scheme=scheme)
        for window in cut_example(example, READER, size=100)
    ]


def made_passes(pieces: int, *, share: float = 1.0, seed: int = 1) -> "Passes":
    from pipeline.training.passes import Passes  # noqa: PLC0415

    material = [
        (share, made_examples(*range(1, 40))),
        (1.0, made_examples(3, 50, scheme="polnear")),
    ]
    return Passes(
        examples=material, reader=READER, pieces=pieces, any_scheme=0.3, seed=seed
    )


@pytest.mark.parametrize("pieces", [1, 320, 1000, 4096, 10**6])
@pytest.mark.parametrize("share", [0.25, 1.0, 2.5])
def test_the_batches_of_a_pass_are_counted_before_they_are_made(
    pieces: int, share: float
) -> None:
    """A run that counts wrong ends before its rate is down, or long after."""
    passes = made_passes(pieces, share=share)
    for number in range(3):
        assert passes.steps(number) == len(list(passes.batches(number)))


def test_a_pass_is_the_same_whenever_it_is_asked_for() -> None:
    def contents(seed: int, number: int) -> list[list[int]]:
        batches = made_passes(1000, seed=seed).batches(number)
        return [batch.ids.flatten().tolist() for batch in batches]

    assert contents(1, 0) == contents(1, 0)
    assert contents(1, 0) != contents(1, 1)
    assert contents(1, 0) != contents(2, 0)


def test_no_batch_is_larger_than_asked_for_unless_one_window_is() -> None:
    from pipeline.training.batches import group  # noqa: PLC0415

    windows = made_windows(*range(1, 30))
    groups = list(group(windows, pieces=150, chance=random.Random(1)))
    assert sorted(map(id, windows)) == sorted(id(w) for some in groups for w in some)
    for some in groups:
        longest = max(len(one.window.ids) for one in some)
        assert len(some) == 1 or longest * len(some) <= 150


def test_a_batch_holds_what_its_windows_hold() -> None:
    from pipeline.training.batches import collate  # noqa: PLC0415

    windows = [*made_windows(1, 2, 9), *made_windows(4, scheme="polnear")]
    batch = collate(windows)
    assert batch.ids.shape == batch.mask.shape
    assert batch.mask.sum() == sum(len(one.window.ids) for one in windows)
    lines = sum(len(one.lines) for one in windows)
    assert batch.tasks["outer"].words.shape[0] == lines
    pointing = sum(len(p.spans) for p in batch.pointers if p is not None)
    assert pointing == sum(len(one.pointers) for one in windows)
    told = [SCHEMES[number] for number in batch.scheme.tolist()]
    assert told == [OWN_SCHEME] * (len(windows) - 1) + ["polnear"]


@pytest.mark.parametrize(
    ("share", "least", "most"), [(0.0, 0, 0), (0.3, 15, 45), (1.0, 100, 100)]
)
def test_of_some_windows_the_network_is_not_told_the_scheme(
    share: float, least: int, most: int
) -> None:
    from pipeline.training.passes import forget_schemes  # noqa: PLC0415

    windows = made_windows(*[1] * 100, scheme="gum")
    told = forget_schemes(windows, share, random.Random(1))
    assert least <= sum(SCHEMES[one.scheme] == "any" for one in told) <= most
    for before, after in zip(windows, told, strict=True):
        assert SCHEMES[after.scheme] in {"any", "gum"}
        assert after.window is before.window
        assert after.allowed is before.allowed


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_words_are_hidden_and_nothing_else(share: float) -> None:
    """The casing of a hidden word stays, and so do markers and padding."""
    import torch  # noqa: PLC0415

    from pipeline.training.batches import collate, hide_words  # noqa: PLC0415

    torch.manual_seed(1)
    batch = collate(made_windows(1, 9))
    ids, casing = batch.ids.clone(), batch.casing.clone()
    hidden = hide_words(batch, share=share, mask=READER.mask)
    assert torch.equal(batch.ids, ids)
    assert torch.equal(batch.casing, casing)
    words, masked = casing != int(Casing.NONE), hidden == READER.mask
    assert torch.equal(hidden[~masked], ids[~masked])
    assert not masked[~words].any()
    assert not masked[batch.mask == 0].any()
    count = int(masked.sum()) / int(words.sum())
    assert count == share if share in {0, 1} else 0.3 < count < 0.7


@pytest.mark.slow
def test_a_run_makes_the_steps_that_it_counted(tmp_path: Path) -> None:
    import torch  # noqa: PLC0415

    from pipeline.training.loop import CHECKPOINT, TrainingOptions  # noqa: PLC0415
    from pipeline.training.loop import _Run as Run  # noqa: PLC0415
    from pipeline.training.recipe import Material  # noqa: PLC0415

    material = Material(
        name="made", documents=[made_document(n) for n in (1, 2, 9)], tasks=ALL_TASKS
    )
    run = Run([material], tmp_path, TrainingOptions(epochs=2, batch_pieces=64), None)
    run.one_epoch()
    run.one_epoch()
    assert torch.load(tmp_path / CHECKPOINT)["step"] == run.total
