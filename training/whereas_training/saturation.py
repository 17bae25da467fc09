"""What int8 weights would lose on x86 without VNNI, computed: this machine's own kernels cannot show it.

There, ONNX Runtime multiplies uint8 activations by int8 weights with VPMADDUBSW, which adds pairs of products in 16 bits and
saturates (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html, "When and why do I need to try U8U8").
The linear layers of the checkpoint are replaced by integer arithmetic that does the same, and their labels compared with fp32.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn
from transformers import BertForTokenClassification

from whereas_training.batching import CLS, SEP
from whereas_training.model import GROUPS
from whereas_training.windows import Window

CROP = 126
LARGEST = 32767


class IntegerLinear(nn.Module):
    """A linear layer in dynamic integer arithmetic: uint8 activations per tensor, signed weights per output channel."""

    def __init__(self, layer: nn.Linear, *, bits: int, saturate: bool) -> None:
        super().__init__()
        top = 2 ** (bits - 1) - 1
        self.scale = layer.weight.abs().amax(1) / top
        self.weight = torch.round(layer.weight / self.scale[:, None]).clamp(-top, top).to(torch.int32)
        self.bias = layer.bias
        self.saturate = saturate
        self.pairs = self.clipped = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the layer's output for activations of shape (1, tokens, inputs)."""
        low, high = min(float(x.min()), 0.0), max(float(x.max()), 0.0)
        scale = (high - low) / 255 or 1.0
        zero = round(-low / scale)
        a = (torch.round(x[0] / scale) + zero).clamp(0, 255).to(torch.int32)
        sums = torch.stack([self._row(row) for row in a]) - zero * self.weight.sum(1)
        return (sums * (self.scale * scale) + self.bias)[None]

    def _row(self, row: torch.Tensor) -> torch.Tensor:
        products = self.weight * row
        pairs = products[:, 0::2] + products[:, 1::2]
        if self.saturate:
            self.pairs += pairs.numel()
            self.clipped += int((pairs.abs() > LARGEST).sum())
            pairs = pairs.clamp(-LARGEST - 1, LARGEST)
        return pairs.sum(1)


def _labels(model: nn.Module, windows: Sequence[Window]) -> torch.Tensor:
    """Return the argmax label of each group for every token, shape (tokens, groups)."""
    rows = []
    with torch.inference_mode():
        for window in windows:
            ids = torch.tensor([[CLS, *window.input_ids[:CROP].tolist(), SEP]])
            types = torch.tensor([[0, *window.token_type_ids[:CROP].tolist(), 0]])
            logits = model(input_ids=ids, attention_mask=torch.ones_like(ids), token_type_ids=types).logits[0, 1:-1]
            rows.append(torch.stack([part.argmax(-1) for part in logits.split(GROUPS, dim=-1)], -1))
    return torch.cat(rows)


def _integer_model(checkpoint: Path, *, bits: int, saturate: bool) -> tuple[nn.Module, list[IntegerLinear]]:
    model = BertForTokenClassification.from_pretrained(checkpoint, attn_implementation="eager").eval()
    layers = []
    for name, module in list(model.bert.named_modules()):
        if isinstance(module, nn.Linear):
            layer = IntegerLinear(module, bits=bits, saturate=saturate)
            parent = model.bert.get_submodule(name.rpartition(".")[0])
            setattr(parent, name.rpartition(".")[2], layer)
            layers.append(layer)
    return model, layers


def measure_saturation(checkpoint: Path, windows: Sequence[Window]) -> dict[str, dict[str, float]]:
    """Return, a variant, the share of entity tokens whose label differs from fp32 and the share of 16-bit sums clipped."""
    reference = _labels(BertForTokenClassification.from_pretrained(checkpoint).eval(), windows)
    result = {}
    for name, bits, saturate in (("exact sums", 8, False), ("16-bit sums", 8, True), ("16-bit sums, reduced range", 7, True)):
        model, layers = _integer_model(checkpoint, bits=bits, saturate=saturate)
        labels = _labels(model, windows)
        entity = reference > 0
        pairs = sum(layer.pairs for layer in layers)
        result[name] = {
            "changed": round(float(((labels != reference) & entity).sum() / entity.sum().clamp(min=1)), 4),
            "clipped": sum(layer.clipped for layer in layers) / pairs if pairs else 0.0,
        }
    return result
