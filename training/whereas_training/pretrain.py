"""Domain-adaptive pretraining: masked-language-model training on the text of the training contracts.

After Gururangan et al. 2020 (arXiv 2004.10964). The base is a sentence encoder without its language-model head, so the head starts
anew, tied to the word embeddings; letter case enters as the token type, as in all later steps.
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import torch
import torch.multiprocessing
from torch.nn.utils import clip_grad_norm_
from tqdm import tqdm
from transformers import BertForMaskedLM

from whereas.recognition.tokenizer import WordPieces
from whereas_training.batching import CROP, Example, make_batch
from whereas_training.model import BASE
from whereas_training.pool import unlabelled_windows
from whereas_training.train import Plan, rate_at, start_model

MASK, MASKED = 103, 0.15
"""The mask token's id and the share of tokens that are masked, as BERT's."""
IGNORED = -100
RATE, SEED = 2e-4, 5


def mask(ids: torch.Tensor, attention: torch.Tensor, generator: torch.Generator, *, vocabulary: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Mask tokens as BERT does: of those chosen, 80 % become the mask, 10 % another token, 10 % stay.

    Returns:
        The damaged ids and the labels, both int64 of shape (batch, tokens); labels are -100 where nothing is to be guessed.
    """
    draw = torch.rand(ids.shape, generator=generator)
    chosen = (draw < MASKED) & (attention == 1) & (ids > MASK)
    labels = torch.where(chosen, ids, torch.full_like(ids, IGNORED))
    how = torch.rand(ids.shape, generator=generator)
    damaged = torch.where(chosen & (how < 0.8), torch.full_like(ids, MASK), ids)
    other = torch.randint(1996, vocabulary, ids.shape, generator=generator)
    return torch.where(chosen & (how >= 0.9), other, damaged), labels


def pretrain(folder: Path, contracts: Path, plan: Plan) -> None:
    """Train the encoder until the plan's budget is spent; write it, with a fresh classifier, to ``folder/checkpoint``.

    Of the plan, the budget, ``start``, ``workers``, ``batch``, ``rate``, ``warmup``, ``seed`` and ``device`` count.
    """
    tagger: Any = start_model(plan)
    model = BertForMaskedLM(tagger.config)
    model.bert.load_state_dict(tagger.bert.state_dict(), strict=False)
    model.tie_weights()
    counts = torch.zeros(plan.workers, dtype=torch.float64).share_memory_()  # tokens of each worker
    if plan.device == "cpu":
        model.share_memory()
        torch.multiprocessing.spawn(_work, args=(model, counts, contracts, plan), nprocs=plan.workers)
    else:
        model.to(plan.device)
        _work(0, model, counts, contracts, plan)
    tagger.bert.load_state_dict(model.cpu().bert.state_dict(), strict=False)
    tagger.save_pretrained(folder / "checkpoint")


def _work(rank: int, model: Any, counts: torch.Tensor, contracts: Path, plan: Plan) -> None:
    if plan.device == "cpu":
        torch.set_num_threads(1)
    rng, generator = random.Random(plan.seed + rank), torch.Generator().manual_seed(plan.seed + rank)
    torch.manual_seed(plan.seed + rank)
    pieces = WordPieces.load(BASE / "tokenizer.json")
    examples = [Example(w) for w in unlabelled_windows(contracts, pieces, random.Random(plan.seed))]
    optimizer = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=0.01, fused=True)
    model.train()
    began = time.time()
    bar = tqdm(total=100, unit="%", disable=rank > 0, mininterval=10, desc="pretrain")
    average = 0.0
    while (progress := plan.spent(time.time() - began, float(counts.sum()))) < 1:
        optimizer.param_groups[0]["lr"] = plan.rate * rate_at(progress, plan.warmup)
        made = make_batch(rng.sample(examples, plan.batch), rng)
        ids, labels = mask(made.ids[:, : CROP + 2], made.attention, generator, vocabulary=model.config.vocab_size)
        ids, types, attention, labels = (x.to(plan.device) for x in (ids, made.types, made.attention, labels))
        with torch.autocast(plan.device, dtype=torch.bfloat16):
            hidden = model.bert(input_ids=ids, token_type_ids=types, attention_mask=attention).last_hidden_state
            logits = model.cls(hidden[labels != IGNORED])  # the vocabulary is wide: only masked places are scored
        loss = torch.nn.functional.cross_entropy(logits.float(), labels[labels != IGNORED])
        loss.backward()
        clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        average = 0.98 * average + 0.02 * float(loss.detach()) if average else float(loss.detach())
        counts[rank] += float(attention.sum())
        bar.update(round(100 * progress) - bar.n)
        bar.set_postfix(loss=round(average, 3), refresh=False)
