"""Weights of a published int8 artefact as the start of further training.

The repository holds each version's artefact and nothing larger, so that is what a new version can go on from: quantized weights
times their scales are the fp32 weights to within half a step of seven bits, which a few hundred steps of training make good.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

Floats = npt.NDArray[np.float32]


def read_artefact(path: Path) -> dict[str, torch.Tensor]:
    """Return the weights of a quantized ``model.onnx`` under the names of ``BertForTokenClassification``.

    Linear layers are known by their nodes, which bear the modules' names in the graph of ``whereas_training.graph`` as in the traced graphs
    of artefacts up to 0.2.

    Raises:
        ValueError: the file holds no quantized linear layer: it was not written by ``export.quantize``.
    """
    graph = onnx.load(path).graph
    tensors = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    state = {name: value for name, value in tensors.items() if name.startswith(("bert.", "classifier.")) and value.dtype == np.float32}
    state = {name: value for name, value in state.items() if not name.endswith("_scale")}
    for name in [n for n in tensors if n.startswith("bert.embeddings") and n.endswith("_quantized")]:
        base = name.removesuffix("_quantized")
        state[base] = _dequantized(tensors, base)
    for name, weight in _linear_weights(graph, tensors):  # the classifier's too: as stored, it is transposed
        state[f"{name}.weight"] = weight.T
    if not any(name.endswith("query.weight") for name in state):
        raise ValueError(f"{path} holds no quantized linear layers: name a model.onnx that `publish` wrote")
    return {name: torch.from_numpy(np.ascontiguousarray(value, dtype=np.float32)) for name, value in state.items()}


def _linear_weights(graph: onnx.GraphProto, tensors: dict[str, npt.NDArray[np.generic]]) -> Iterator[tuple[str, Floats]]:
    """Yield (module name, weight of shape (inputs, outputs)) of every linear layer, by the names of its nodes."""
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in tensors:
            yield _module(node.name), _dequantized(tensors, node.input[1].removesuffix("_quantized"))
        elif node.op_type == "MatMul" and "classifier" in node.name:
            yield "classifier", np.asarray(tensors[node.input[1]], dtype=np.float32)


def _module(node: str) -> str:
    """Return "bert.encoder.layer.0.attention.self.query" of "/bert/encoder/layer.0/attention/self/query/MatMul_quant"."""
    return node.strip("/").rpartition("/")[0].replace("/", ".")


def _dequantized(tensors: dict[str, npt.NDArray[np.generic]], base: str) -> Floats:
    """Return weights of shape (inputs, outputs), scaled per column or as a whole."""
    values, zero = tensors[f"{base}_quantized"].astype(np.float32), tensors[f"{base}_zero_point"].astype(np.float32)
    result: Floats = (values - zero) * tensors[f"{base}_scale"].astype(np.float32)
    return result
