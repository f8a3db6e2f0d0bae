"""The shipped model keeps the figures that its card states."""

from pathlib import Path

from spacy.language import Language

from pipeline.evaluation import evaluate
from pipeline.evaluation.gate import check, read_floors

ROOT = Path(__file__).parents[1]
#: One claim of the development articles weighs 0.6; processors differ by a few.
MARGIN = 1.5


def test_the_shipped_model_reaches_its_floors(nlp: Language) -> None:
    report = evaluate([ROOT / "corpus" / "gold" / "dev"], nlp)
    floors = read_floors(ROOT / "models" / "floors.json")
    assert check(report, floors, suite="uk_news dev", margin=MARGIN) == []
