"""From trained weights to the ONNX graph that ships: eight-bit weights, one window in.

Word vectors are kept as bytes with one scale a row, the encoder's matrices as bytes
with one scale a column or a stretch of it; the heads, a hundredth of the whole, stay in
full precision. The graph reads one window a call, so that the scale of what goes into a
product depends on that window alone (see :mod:`pipeline.stages.encoder.runtime`).
:mod:`pipeline.training.restore` goes the way back, by the names that the graph keeps.
"""

import logging
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from torch import Tensor, nn

from pipeline.stages.encoder.labels import TASKS, Task
from pipeline.stages.encoder.runtime import FIXED, INPUTS, OUTPUTS
from pipeline.training.network import ClaimsNetwork, Scores

_OPSET: Final = 17
#: Weights of a matrix column that share one scale.
BLOCK: Final = 128
#: The level of onnxruntime at which products are of bytes, and inputs are scaled row by
#: row: a word's score then depends on no other word's size.
_BYTE_PRODUCTS: Final = 4
#: The products behind attention and activation function, by a part of their names.
_FAR: Final = "/output/dense/MatMul"


class _ByteEmbedding(nn.Module):
    """An embedding table of signed bytes with one scale a row."""

    rows: Tensor
    scales: Tensor

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scales = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scales).round().to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scales[ids]


class _OneWindow(nn.Module):
    """The network over one window without padding: arrays in, arrays out."""

    def __init__(self, network: ClaimsNetwork, *, bytes_for_words: bool) -> None:
        super().__init__()
        self.network = network
        if bytes_for_words:
            embeddings = network.bert.embeddings
            table = embeddings.word_embeddings.weight.detach()
            embeddings.register_module("word_embeddings", _ByteEmbedding(table))

    def forward(
        self,
        ids: Tensor,
        casing: Tensor,
        gaps: Tensor,
        first: Tensor,
        scheme: Tensor,
    ) -> tuple[Tensor, ...]:
        mask = torch.ones_like(ids)[None]
        hidden = self.network.encode(ids[None], casing[None], gaps[None], mask, scheme)
        scores = self.network.score(hidden, first[None])
        return (
            *(scores.emissions[task][0] for task in TASKS),
            *(self._edges(scores, task) for task in TASKS),
            scores.queries[0],
            scores.keys[0],
            scores.none,
            scores.distances,
        )

    def _edges(self, scores: Scores, task: Task) -> Tensor:
        """Return edges without the word's axis where they do not depend on the word."""
        edges = scores.edges[task][0]
        return edges if self.network.heads[task].contextual else edges[0]


def export(network: ClaimsNetwork, path: Path, *, quantise: bool = True) -> None:
    """Write the network as an ONNX graph; ``quantise`` False keeps full precision."""
    network.eval()
    model = _OneWindow(network, bytes_for_words=quantise)
    length, words = 12, 7
    example = (
        torch.randint(5, 1000, (length,)),
        torch.ones(length, dtype=torch.long),
        torch.ones(length, dtype=torch.long),
        torch.arange(1, words + 1),
        torch.ones(1, dtype=torch.long),
    )
    with _quietly(), tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        with torch.no_grad():
            torch.onnx.export(
                model,
                example,
                str(whole),
                input_names=list(INPUTS),
                output_names=list(OUTPUTS),
                dynamic_axes=_dynamic_axes(),
                opset_version=_OPSET,
                dynamo=False,
            )
        if quantise:
            _quantise(whole, path)
        else:
            path.write_bytes(whole.read_bytes())


def _quantise(whole: Path, path: Path) -> None:
    """Turn the encoder's products into products of bytes.

    Most take one scale for all that goes into a call, the fastest kind. What attention
    and the activation function give reaches too far for that and is scaled block by
    block: with one scale, content F1 on uk_news dev falls by two points.
    """
    model = onnx.load(str(whole))
    heads = _heads(model)
    far = [node.name for node in model.graph.node if _FAR in node.name]
    quantize_dynamic(
        whole,
        path,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=heads + far,
    )
    model = onnx.load(str(path))
    settings = DefaultWeightOnlyQuantConfig(
        block_size=BLOCK, is_symmetric=True, accuracy_level=_BYTE_PRODUCTS, bits=8
    )
    quantiser = MatMulNBitsQuantizer(
        model, nodes_to_exclude=heads, algo_config=settings
    )
    quantiser.process()
    quantiser.model.save_model_to_file(str(path))


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep back what exporter and quantiser say about any graph of this kind."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _dynamic_axes() -> dict[str, dict[int, str]]:
    axes = {name: {0: "pieces"} for name in INPUTS[:3]}
    varying = [name for name in OUTPUTS if name not in FIXED]
    axes |= {name: {0: "words"} for name in (INPUTS[3], *varying)}
    return axes


def _heads(model: onnx.ModelProto) -> list[str]:
    """Return the matrix products outside the encoder: they are kept as they are."""
    return [
        node.name
        for node in model.graph.node
        if node.op_type in {"MatMul", "Gemm"} and "/bert/" not in node.name
    ]
