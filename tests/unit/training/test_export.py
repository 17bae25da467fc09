"""Quantization of a tiny network, and the way back to fp32 weights. Needs the training environment: ``make test-training``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import onnx
from onnx import TensorProto, helper, numpy_helper

from whereas_training import export, warmstart

pytestmark = pytest.mark.filterwarnings("ignore")
QUERY = "bert.encoder.layer.0.attention.self.query"


def _network(folder: Path) -> np.ndarray:
    """Write a network with an embedding, one linear layer and a classifier under the names of the real one; return the layer's weights."""
    rng = np.random.default_rng(3)
    words, layer, head = (rng.normal(size=s).astype(np.float32) for s in ((50, 16), (16, 16), (16, 5)))
    nodes = [
        helper.make_node("Gather", ["bert.embeddings.word_embeddings.weight", "input_ids"], ["words"], "/bert/embeddings/Gather"),
        helper.make_node("MatMul", ["words", "layer"], ["hidden"], f"/{QUERY.replace('.', '/').replace('layer/0', 'layer.0')}/MatMul"),
        helper.make_node("MatMul", ["hidden", "head"], ["logits"], "/classifier/MatMul"),
    ]
    values = {"bert.embeddings.word_embeddings.weight": words, "layer": layer, "head": head}
    graph = helper.make_graph(
        nodes, "tiny", [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "tokens", 5])],
        [numpy_helper.from_array(v, n) for n, v in values.items()],
    )  # fmt: skip
    (folder / "onnx").mkdir(parents=True)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), folder / "onnx" / "model.onnx")
    return layer


def test_weights_come_back_from_the_artefact_within_half_a_step_of_the_clipped_ones(tmp_path: Path) -> None:
    layer = _network(tmp_path)
    path = export.quantize(tmp_path, export.scheme_named(export.CHOSEN))
    state = warmstart.read_artefact(path)
    most = export.CLIP * np.abs(layer).max(axis=0)
    back = state[f"{QUERY}.weight"].numpy().T
    assert np.all(np.abs(back - np.clip(layer, -most, most)) <= most / 64 * 0.51 + 1e-6)
    assert state["classifier.weight"].shape == (5, 16)
    assert state["bert.embeddings.word_embeddings.weight"].shape == (50, 16)


def test_training_that_goes_on_from_an_artefact_survives_the_next_quantization(tmp_path: Path) -> None:
    """Small steps away from the first grid must not be rounded away by the second."""
    _network(tmp_path / "first")
    first = warmstart.read_artefact(export.quantize(tmp_path / "first", export.scheme_named(export.CHOSEN)))[f"{QUERY}.weight"].numpy().T
    model = onnx.load(tmp_path / "first" / "onnx" / "model.onnx")
    step = np.abs(first).max() / 64
    moved = first + np.float32(0.3) * step * np.sign(np.random.default_rng(5).normal(size=first.shape)).astype(np.float32)
    tensor = next(t for t in model.graph.initializer if t.name == "layer")
    tensor.CopyFrom(numpy_helper.from_array(moved, "layer"))
    (tmp_path / "second" / "onnx").mkdir(parents=True)
    onnx.save(model, tmp_path / "second" / "onnx" / "model.onnx")
    second = warmstart.read_artefact(export.quantize(tmp_path / "second", export.scheme_named(export.CHOSEN)))[f"{QUERY}.weight"].numpy().T
    inner = np.abs(moved) < 0.8 * np.abs(moved).max(axis=0)
    kept = np.mean(((second - first) * (moved - first))[inner]) / np.mean(((moved - first) ** 2)[inner])
    assert kept > 0.5


def test_the_way_back_refuses_a_model_that_was_not_quantized(tmp_path: Path) -> None:
    _network(tmp_path)
    with pytest.raises(ValueError, match="no quantized linear layers"):
        warmstart.read_artefact(tmp_path / "onnx" / "model.onnx")
