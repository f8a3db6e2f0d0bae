"""From a shipped graph back to weights that training can go on from.

A model package holds no 32-bit weights, so whoever retrains it starts from its bytes:
each becomes the value that the graph computes with. What rounding took when the model
was packaged does not come back; the next training makes up for it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from pipeline.stages.encoder.labels import TASKS

Arrays: TypeAlias = Mapping[str, NDArray[Any]]

#: What the exported module calls the network.
_NETWORK: Final = "network."
_WORDS: Final = "bert.embeddings.word_embeddings"
_PRODUCTS: Final = frozenset({"MatMul", "MatMulInteger"})
_BLOCKS: Final = "MatMulNBits"
_QUANTISED: Final = "_quantized"
#: Bytes in blocks count from here when no zero point is written.
_ZERO: Final = 128


def restore(path: Path) -> dict[str, Tensor]:
    """Return the network's weights by name, as ``load_state_dict`` takes them.

    Reads what :func:`pipeline.training.export.export` writes, quantised or not.
    """
    graph = onnx.load(str(path)).graph
    arrays = {value.name: numpy_helper.to_array(value) for value in graph.initializer}
    for node in graph.node:
        # the exporter keeps one of several equal weights and lets the others name it
        if node.op_type == "Identity" and node.input[0] in arrays:
            arrays[node.output[0]] = arrays[node.input[0]]
    found = {
        name.removeprefix(_NETWORK): array
        for name, array in arrays.items()
        if name.startswith(_NETWORK)
    }
    if f"{_WORDS}.rows" in found:
        rows, scales = found.pop(f"{_WORDS}.rows"), found.pop(f"{_WORDS}.scales")
        found[f"{_WORDS}.weight"] = rows.astype(np.float32) * scales
    for node in graph.node:
        if node.op_type in _PRODUCTS and node.input[1] in arrays:
            # the graph multiplies from the left, a linear layer from the right
            found[f"{_layer(node.name)}.weight"] = _columns(node.input, arrays).T
        elif node.op_type == _BLOCKS:
            found[f"{_layer(node.name)}.weight"] = _blocks(node.input, arrays)
    return {name: _tensor(array) for name, array in found.items()}


def _layer(name: str) -> str:
    """Return the linear layer behind a matrix product.

    The exporter names a product by the modules around it, but leaves out those that
    only hold others: a head's name comes without ``heads``.

    >>> _layer("/bert/encoder/layer.0/output/dense/MatMul_quant")
    'bert.encoder.layer.0.output.dense'
    >>> _layer("/outer/emit/MatMul")
    'heads.outer.emit'
    """
    modules = name.strip("/").split("/")[:-1]
    inside_heads = modules[0] in TASKS
    return ".".join(["heads", *modules] if inside_heads else modules)


def _columns(inputs: list[str], arrays: Arrays) -> NDArray[Any]:
    """Return a matrix with one scale a column, or none: inputs × outputs."""
    name = inputs[1]
    matrix = arrays[name]
    if not name.endswith(_QUANTISED):
        return matrix
    scale = arrays[name.removesuffix(_QUANTISED) + "_scale"]
    zero = arrays[inputs[3]].astype(np.float32)
    full: NDArray[Any] = (matrix.astype(np.float32) - zero) * scale
    return full


def _blocks(inputs: list[str], arrays: Arrays) -> NDArray[Any]:
    """Return a matrix with one scale a block of a row: outputs × inputs."""
    blocks, scales = arrays[inputs[1]], arrays[inputs[2]]
    scales = scales.reshape(*blocks.shape[:2], 1)
    full: NDArray[Any] = (blocks.astype(np.float32) - _ZERO) * scales
    return full.reshape(len(blocks), -1)


def _tensor(array: NDArray[Any]) -> Tensor:
    # a copy: the arrays of a graph are read-only, and a transposed one is not in order
    return torch.from_numpy(np.array(array, dtype=np.float32, order="C"))
