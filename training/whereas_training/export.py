"""The trained checkpoint to fp32 ONNX, and from there to int8.

Weights are quantized per channel, activations dynamically. The schemes are compared by ``measure``; the figures stand in the model
card.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import BertForTokenClassification

from whereas.recognition.schema import parse_schema
from whereas_training.graph import OPSET as OPSET
from whereas_training.graph import network
from whereas_training.labels import EXPAND, FORMS, MENTIONS, ROLES, SCHEMA_VERSION, bio
from whereas_training.model import BASE

MAX_TOKENS, OVERLAP = 256, 32
"""Tokens a window, and tokens that neighbours share. With windows that end at sentences, 32 finds as much as 64 in an eighth less time:
micro F1 of mentions on the calibration pages .785 to .778 (model 0.2.0)."""
TOLERANCE = 1e-3
"""Largest difference between a logit of the checkpoint and of its fp32 graph: sums in another order, over logits of up to about 15."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to quantize. ``signed`` weights are int8, else uint8; ``reduce_range`` gives weights seven bits."""

    name: str
    signed: bool
    reduce_range: bool


# x86 without VNNI adds two int8 x uint8 products in 16 bits, which can saturate; seven-bit weights or uint8 ones cannot. Of these
# two, uint8 kernels ran at little more than half the speed (benchmarks/results), and seven bits changed no more labels (model card).
SCHEMES = (
    Scheme("int8", signed=True, reduce_range=False),
    Scheme("int8-reduced", signed=True, reduce_range=True),
    Scheme("uint8", signed=False, reduce_range=False),
)
CHOSEN = "int8-reduced"
CLIP = 0.93
"""Share of a column's largest weight that the quantized range reaches.

A model trained on from a published artefact has weights near the grid of that artefact's seven bits. The same grid again would round the
training away: 20 % of the entity labels changed, against 3 % from 0.97 down to 0.88 of the range, which is as good as fp32 (micro F1 of
mentions .710 fp32, .687 at 1.0, .709 at 0.93, on 150 dev windows)."""


def write_schema(path: Path) -> None:
    """Write ``label_schema.json`` and check that serving accepts it."""
    groups = [{"layer": layer, "labels": bio(types)} for layer, types in (("mention", MENTIONS), ("role", ROLES), ("mention", FORMS))]
    schema = {"version": SCHEMA_VERSION, "max_tokens": MAX_TOKENS, "overlap": OVERLAP, "groups": groups, "expand": EXPAND}
    parse_schema(json.loads(json.dumps(schema)))
    path.write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")


def write_tokenizer(path: Path) -> None:
    """Write the base's tokenizer with truncation and padding off."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(path))


def export(out: Path) -> Path:
    """Write ``out/checkpoint`` as ``out/onnx/model.onnx`` (fp32) and check that it gives the checkpoint's logits.

    Raises:
        ValueError: the checkpoint has another activation than the graph, or the logits differ.
    """
    target = out / "onnx"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in ("vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(BASE / name, out / "checkpoint" / name)
    model = BertForTokenClassification.from_pretrained(out / "checkpoint").eval()
    config = model.config
    if config.hidden_act != "gelu":
        raise ValueError(f"the graph is written for gelu, the checkpoint has {config.hidden_act}: change whereas_training.graph")
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    graph = network(weights, layers=config.num_hidden_layers, heads=config.num_attention_heads, epsilon=config.layer_norm_eps)
    onnx.save(graph, target / "model.onnx")
    difference = largest_difference(model, target / "model.onnx")
    if difference > TOLERANCE:
        raise ValueError(f"the graph's logits differ from the checkpoint's by {difference:.2g}, at most {TOLERANCE} was expected")
    return target / "model.onnx"


def largest_difference(model: BertForTokenClassification, path: Path) -> float:
    """Return the largest difference between the logits of a network and of its graph, over random tokens of several lengths."""
    session = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(7)
    worst = 0.0
    for length in (1, 17, min(MAX_TOKENS, model.config.max_position_embeddings)):
        ids = rng.integers(0, model.config.vocab_size, (1, length))
        types = rng.integers(0, model.config.type_vocab_size, (1, length))
        with torch.inference_mode():
            expected = model(input_ids=torch.from_numpy(ids), token_type_ids=torch.from_numpy(types)).logits.numpy()
        found = session.run(None, {"input_ids": ids, "token_type_ids": types})[0]
        worst = max(worst, float(np.abs(found - expected).max()))
    return worst


def quantize(out: Path, scheme: Scheme) -> Path:
    """Quantize ``out/onnx/model.onnx`` by one scheme to ``out/<scheme>/model_quantized.onnx``.

    The classifier stays fp32, and with it all but the linear layers and the word embeddings: nothing else is large.
    """
    target = out / scheme.name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    model = onnx.load(out / "onnx" / "model.onnx")
    spare = [n.name for n in model.graph.node if "classifier" in n.name or "token_type" in n.name]
    clip_weights(model, spare=spare)
    onnx.save(model, target / "clipped.onnx")
    quantize_dynamic(
        target / "clipped.onnx", target / "model_quantized.onnx", op_types_to_quantize=["MatMul", "Gather"], per_channel=True,
        reduce_range=scheme.reduce_range, weight_type=QuantType.QInt8 if scheme.signed else QuantType.QUInt8, nodes_to_exclude=spare,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},  # shapes end at operators of ONNX Runtime's own
    )  # fmt: skip
    (target / "clipped.onnx").unlink()
    return target / "model_quantized.onnx"


def clip_weights(model: onnx.ModelProto, *, spare: Sequence[str]) -> None:
    """Clip each column of the linear layers at ``CLIP`` of its largest weight, but for the layers named ``spare``; in place."""
    layers = {n.input[1] for n in model.graph.node if n.op_type == "MatMul" and n.name not in spare}
    for tensor in model.graph.initializer:
        if tensor.name in layers:
            weight = numpy_helper.to_array(tensor)
            most = CLIP * np.abs(weight).max(axis=0)
            tensor.CopyFrom(numpy_helper.from_array(np.clip(weight, -most, most), tensor.name))


def scheme_named(name: str) -> Scheme:
    """Return one of ``SCHEMES``."""
    return next(s for s in SCHEMES if s.name == name)
