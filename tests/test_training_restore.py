"""A shipped graph gives back the network that it was made from."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.records import Span
from pipeline.stages.encoder.pieces import PieceReader
from pipeline.stages.encoder.predict import read_mentions, read_parts
from pipeline.stages.encoder.runtime import OnnxScorer
from pipeline.stages.encoder.scores import Scorer, TextScores, score_text

pytestmark = pytest.mark.train

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "en_news_claims" / "news_encoder"
READER = PieceReader((MODEL / "tokenizer.json").read_bytes())
TEXT = (ROOT / "corpus" / "articles" / "c01.txt").read_text(encoding="utf-8")
PIECES = READER.read(TEXT, [Span(start=0, end=len(TEXT))])
#: Mean difference of label scores, which span some twenty: the runtime rounds the
#: activations to bytes as well, the network does not.
TOLERANCE = 0.15


def scores(scorer: Scorer) -> TextScores:
    return score_text(PIECES, READER, scorer)


def graph_scores(path: Path) -> TextScores:
    return scores(OnnxScorer(path.read_bytes()))


def test_the_shipped_model_is_restored(tmp_path: Path) -> None:
    from pipeline.training.development import NetworkScorer  # noqa: PLC0415
    from pipeline.training.export import export  # noqa: PLC0415
    from pipeline.training.start import load_start, read_weights  # noqa: PLC0415

    network, _ = load_start(dropout=0.0)
    network.load_state_dict(read_weights(MODEL / "model.onnx"))
    network.eval()
    shipped, restored = (
        graph_scores(MODEL / "model.onnx"),
        scores(NetworkScorer(network)),
    )
    for task, emissions in shipped.emissions.items():
        assert np.abs(emissions - restored.emissions[task]).mean() < TOLERANCE
        same = emissions.argmax(-1) == restored.emissions[task].argmax(-1)
        assert same.mean() > 0.95
    for read in (read_parts, read_mentions):
        wanted, found = (
            {(one.start, one.end) for one in read(PIECES, said)}
            for said in (shipped, restored)
        )
        assert len(wanted & found) >= 0.9 * max(len(wanted), len(found))
    export(network, tmp_path / "again.onnx")
    again = graph_scores(tmp_path / "again.onnx")
    for task, emissions in shipped.emissions.items():
        np.testing.assert_allclose(again.emissions[task], emissions, atol=1e-4)


def test_a_graph_in_full_precision_gives_back_every_weight(tmp_path: Path) -> None:
    """An untrained network: many of its weights are equal, so the graph shares them."""
    import torch  # noqa: PLC0415

    from pipeline.training.export import export  # noqa: PLC0415
    from pipeline.training.start import load_start, read_weights  # noqa: PLC0415

    network, _ = load_start(dropout=0.0)
    export(network, tmp_path / "full.onnx", quantise=False)
    restored, weights = read_weights(tmp_path / "full.onnx"), network.state_dict()
    assert restored.keys() == weights.keys()
    for name, weight in weights.items():
        assert torch.equal(restored[name], weight), name
