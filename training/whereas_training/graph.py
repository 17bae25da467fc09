"""The trained network as an ONNX graph of few nodes, written from its weights.

A traced export spells attention and GELU out in some 500 nodes, half of them about shapes and a mask that is all ones here: a chunk runs
alone and unpadded. This graph has 26 nodes a layer: the linear layers under the names of their modules, and ONNX Runtime's own operators
for the rest (``com.microsoft``, in its CPU build for every processor:
https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md). Which of them to take is measured, see
docs/adr/0006-fused-graph.md: ``Attention``, ``SkipLayerNormalization`` and ``BiasGelu`` fuse more and run slower.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR_VERSION = 18, 9
CONTRIB = "com.microsoft"
INPUTS = ("input_ids", "token_type_ids")
EMBEDDINGS = "bert.embeddings"
LAST = 2**31 - 1
"""A bound of rows beyond any."""
Floats = npt.NDArray[np.float32]


def network(weights: Mapping[str, Floats], *, layers: int, heads: int, epsilon: float) -> onnx.ModelProto:
    """Return a ``BertForTokenClassification`` with GELU as an fp32 graph.

    Args:
        weights: its state dict; linear weights of shape (outputs, inputs).
        layers: how many layers.
        heads: attention heads of each.
        epsilon: of the layer normalisations.

    Returns:
        A model of ``input_ids`` and ``token_type_ids``, int64, shape (batch, tokens), [CLS] first, all of equal length and without padding;
        its output ``logits`` is float32, shape (batch, tokens, labels).

    Raises:
        KeyError: a weight is missing.
    """
    graph = _Graph(weights)
    hidden = _embeddings(graph, epsilon)
    for number in range(layers):
        hidden = _layer(graph, f"bert.encoder.layer.{number}", hidden, heads=heads, epsilon=epsilon)
    graph.linear("classifier", hidden, output="logits")
    return graph.model(labels=len(weights["classifier.bias"]))


class _Graph:
    """Collects nodes and weights; each method adds one step and returns the name of its output."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._names: Counter[str] = Counter()
        self._tensors: dict[str, npt.NDArray[Any]] = {}

    def constant(self, name: str, value: npt.NDArray[Any] | None = None) -> str:
        self._tensors[name] = np.ascontiguousarray(self._weights[name] if value is None else value)
        return name

    def node(self, kind: str, inputs: Sequence[str], module: str, *, output: str | None = None, domain: str = "", **attributes: Any) -> str:
        name = f"/{module.replace('.', '/').replace('layer/', 'layer.')}/{kind}"
        self._names[name] += 1
        if self._names[name] > 1:
            name += f"_{self._names[name] - 1}"
        result = output or f"{name}_output_0"
        self._nodes.append(helper.make_node(kind, list(inputs), [result], name, domain=domain, **attributes))
        return result

    def linear(self, module: str, hidden: str, *, output: str | None = None) -> str:
        weight = self.constant(f"{module}.weight", self._weights[f"{module}.weight"].T)
        product = self.node("MatMul", [hidden, weight], module)
        return self.node("Add", [product, self.constant(f"{module}.bias")], module, output=output)

    def rows(self, hidden: str, first: int, end: int, module: str) -> str:
        """Take the tokens [first, end)."""
        bounds = [self.constant(f"tokens.{n}", np.array([n], np.int64)) for n in (first, end, 1)]
        return self.node("Slice", [hidden, *bounds], module)

    def normalise(self, module: str, hidden: str, epsilon: float) -> str:
        scale_and_bias = [self.constant(f"{module}.weight"), self.constant(f"{module}.bias")]
        return self.node("LayerNormalization", [hidden, *scale_and_bias], module, axis=-1, epsilon=epsilon)

    def model(self, *, labels: int) -> onnx.ModelProto:
        shape = ["batch", "tokens"]
        graph = helper.make_graph(
            self._nodes, "whereas", [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in INPUTS],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [*shape, labels])],
            [numpy_helper.from_array(value, name) for name, value in self._tensors.items()],
        )  # fmt: skip
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="whereas")


def _embeddings(graph: _Graph, epsilon: float) -> str:
    tables = {name: f"{EMBEDDINGS}.{name}_embeddings" for name in ("word", "token_type", "position")}
    word, kind = (
        graph.node("Gather", [graph.constant(f"{tables[name]}.weight"), ids], tables[name])
        for name, ids in (("word", "input_ids"), ("token_type", "token_type_ids"))
    )
    length = graph.node("Shape", ["input_ids"], tables["position"], start=1, end=2)
    zero = graph.constant("zero", np.zeros(1, np.int64))
    position = graph.node("Slice", [graph.constant(f"{tables['position']}.weight"), zero, length, zero], tables["position"])
    both = graph.node("Add", [word, kind], tables["token_type"])
    return graph.normalise(f"{EMBEDDINGS}.LayerNorm", graph.node("Add", [both, position], tables["position"]), epsilon)


def _layer(graph: _Graph, layer: str, hidden: str, *, heads: int, epsilon: float) -> str:
    projected = [graph.linear(f"{layer}.attention.self.{name}", hidden) for name in ("query", "key", "value")]
    context = graph.node("MultiHeadAttention", projected, f"{layer}.attention.self", domain=CONTRIB, num_heads=heads)
    output = graph.linear(f"{layer}.attention.output.dense", context)
    output = graph.node("Add", [output, hidden], f"{layer}.attention.output")
    hidden = graph.normalise(f"{layer}.attention.output.LayerNorm", output, epsilon)
    # [CLS] goes apart: in this family of models one of its activations is five times any other token's (24 to 5 in layer 0), and the scale
    # that int8 needs for it would leave the others a fifth of their steps. In fp32 it is the same sum.
    parts = [_feed_forward(graph, layer, graph.rows(hidden, first, end, layer)) for first, end in ((0, 1), (1, LAST))]
    output = graph.node("Add", [graph.node("Concat", parts, layer, axis=1), hidden], f"{layer}.output")
    return graph.normalise(f"{layer}.output.LayerNorm", output, epsilon)


def _feed_forward(graph: _Graph, layer: str, hidden: str) -> str:
    inner = graph.node("Gelu", [graph.linear(f"{layer}.intermediate.dense", hidden)], f"{layer}.intermediate", domain=CONTRIB)
    return graph.linear(f"{layer}.output.dense", inner)
