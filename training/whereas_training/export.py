"""The trained checkpoint to fp32 ONNX with optimum, and from there to int8.

Weights are quantized per channel, activations dynamically. The schemes are compared by ``measure``; the figures stand in the model
card.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantFormat, QuantType
from optimum.exporters.onnx import main_export
from optimum.onnxruntime import ORTQuantizer
from optimum.onnxruntime.configuration import QuantizationConfig, QuantizationMode
from tokenizers import Tokenizer

from whereas.recognition.schema import parse_schema
from whereas_training.labels import EXPAND, MENTIONS, ROLES, SCHEMA_VERSION, bio
from whereas_training.model import BASE

MAX_TOKENS, OVERLAP = 256, 64
OPSET = 18


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


def write_schema(path: Path) -> None:
    """Write ``label_schema.json`` and check that serving accepts it."""
    groups = [{"layer": "mention", "labels": bio(MENTIONS)}, {"layer": "role", "labels": bio(ROLES)}]
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
    """Export ``out/checkpoint`` to ``out/onnx/model.onnx`` (fp32)."""
    target = out / "onnx"
    shutil.rmtree(target, ignore_errors=True)
    for name in ("vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(BASE / name, out / "checkpoint" / name)
    main_export(str(out / "checkpoint"), target, task="token-classification", opset=OPSET, device="cpu", do_validation=True)
    return target / "model.onnx"


def quantize(out: Path, scheme: Scheme) -> Path:
    """Quantize ``out/onnx/model.onnx`` by one scheme to ``out/<scheme>/model_quantized.onnx``."""
    target = out / scheme.name
    shutil.rmtree(target, ignore_errors=True)
    head = [n.name for n in onnx.load(out / "onnx" / "model.onnx").graph.node if n.op_type == "MatMul" and "classifier" in n.name]
    config = QuantizationConfig(
        is_static=False, format=QuantFormat.QOperator, mode=QuantizationMode.IntegerOps, activations_dtype=QuantType.QUInt8,
        weights_dtype=QuantType.QInt8 if scheme.signed else QuantType.QUInt8, per_channel=True, reduce_range=scheme.reduce_range,
        nodes_to_exclude=head, operators_to_quantize=["MatMul", "Gather"],
    )  # fmt: skip
    quantizer = ORTQuantizer.from_pretrained(out / "onnx", file_name="model.onnx")
    quantizer.quantize(save_dir=target, quantization_config=config)
    return target / "model_quantized.onnx"


def scheme_named(name: str) -> Scheme:
    """Return one of ``SCHEMES``."""
    return next(s for s in SCHEMES if s.name == name)
