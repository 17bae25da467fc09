"""Training with a wall-clock budget: the learning rate decays to zero exactly when the minutes are over.

A checkpoint every few minutes holds weights, optimizer and the seconds already used; a run started again on the same
folder carries on from it.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.utils import clip_grad_norm_
from whereas.recognition.tokenizer import LOWER, UPPER

from whereas_training.dataset import Window, load
from whereas_training.labels import MENTIONS, ROLES, all_labels
from whereas_training.model import GROUPS, new_model, set_loss

CLS, SEP, PAD = 101, 102, 0
CROP = 254


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run does; ``minutes`` is wall-clock time over all resumed parts."""

    minutes: float
    threads: int = 2
    batch: int = 16
    rate: float = 2.5e-4
    head_rate: float = 1.5e-3
    warmup: float = 0.04
    checkpoint_minutes: float = 4.0
    seed: int = 7


def _crop(window: Window, rng: random.Random) -> tuple[slice, int]:
    """Choose the crop and the case augmentation (-1 none, else the type that every piece with capitals gets)."""
    spare = len(window.input_ids) - CROP
    start = 0 if spare <= 0 or (window.opening and rng.random() < 0.6) else rng.randint(0, spare)
    draw = rng.random()
    return slice(start, start + CROP), UPPER if draw < 0.08 else LOWER if draw < 0.13 else -1


def _batch(windows: list[Window], rng: random.Random) -> tuple[torch.Tensor, ...]:
    """Return input_ids, token_type_ids, attention_mask, mention masks, role masks; each int64, shape (batch, tokens)."""
    crops = [(w, *_crop(w, rng)) for w in windows]
    width = max(len(w.input_ids[s]) for w, s, _ in crops) + 2
    shape = (len(windows), width)
    ids, types, attention = np.full(shape, PAD), np.zeros(shape, int), np.zeros(shape, int)
    mentions, roles = np.full(shape, all_labels(MENTIONS)), np.full(shape, all_labels(ROLES))
    for row, (w, s, case) in enumerate(crops):
        size = len(w.input_ids[s])
        ids[row, 0], ids[row, size + 1], attention[row, : size + 2] = CLS, SEP, 1
        ids[row, 1 : size + 1], mentions[row, 1 : size + 1], roles[row, 1 : size + 1] = w.input_ids[s], w.mentions[s], w.roles[s]
        kept = w.token_type_ids[s]
        if case == UPPER:  # letters alone turn upper case; LOWER is also the type of figures and punctuation, ids < 1996 but for [UNK]
            kept = np.where(w.input_ids[s] >= 1996, UPPER, kept)
        elif case == LOWER:
            kept = np.zeros_like(kept)
        types[row, 1 : size + 1] = kept
    return tuple(torch.from_numpy(a.astype(np.int64)) for a in (ids, types, attention, mentions, roles))


def _batches(windows: list[Window], size: int, rng: random.Random) -> Iterator[list[Window]]:
    """Yield batches for ever; windows of like length travel together, in random order."""
    while True:
        order = rng.sample(range(len(windows)), len(windows))
        for at in range(0, len(order), size * 32):
            pool = sorted(order[at : at + size * 32], key=lambda i: len(windows[i].input_ids))
            groups = [pool[i : i + size] for i in range(0, len(pool), size)]
            rng.shuffle(groups)
            for group in groups:
                yield [windows[i] for i in group]


def _rate(progress: float, warmup: float) -> float:
    return progress / warmup if progress < warmup else max(0.0, (1 - progress) / (1 - warmup))


def train(out: Path, plan: Plan) -> None:
    """Train on ``out/data/train.npz`` until the minutes are over; write the model to ``out/checkpoint``."""
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    windows = load(out / "data" / "train.npz")
    model = new_model()
    head = list(model.classifier.parameters())
    body = [p for n, p in model.named_parameters() if not n.startswith("classifier")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": plan.rate}, {"params": head, "lr": plan.head_rate}], weight_decay=0.01)
    peaks = (plan.rate, plan.head_rate)
    state_file = out / "state.pt"
    used, step, tokens = 0.0, 0, 0
    if state_file.exists():
        state = torch.load(state_file, weights_only=False)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        used, step, tokens = state["used_s"], state["step"], state["tokens"]
        rng.seed(plan.seed + step)
        print(f"resumed at step {step}, {used / 60:.1f} minutes used", flush=True)
    model.train()
    budget = plan.minutes * 60
    began, cpu_began, saved, seen = time.monotonic() - used, time.process_time(), time.monotonic(), [0.0, 0.0]
    log = (out / "train.log.jsonl").open("a", encoding="utf-8")
    for batch in _batches(windows, plan.batch, rng):
        elapsed = time.monotonic() - began
        if elapsed >= budget:
            break
        for group, peak in zip(optimizer.param_groups, peaks, strict=True):
            group["lr"] = peak * _rate(elapsed / budget, plan.warmup)
        ids, types, attention, mentions, roles = _batch(batch, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(input_ids=ids, token_type_ids=types, attention_mask=attention).logits
        by_group = logits.split(GROUPS, dim=-1)
        weight = attention.float()
        losses = set_loss(by_group[0], mentions, weight), set_loss(by_group[1], roles, weight)
        (losses[0] + 2 * losses[1]).backward()
        clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step, tokens = step + 1, tokens + int(attention.sum())
        seen = [0.98 * a + 0.02 * float(b.detach()) for a, b in zip(seen, losses, strict=True)] if step > 1 else [float(x.detach()) for x in losses]
        if step % 20 == 0:
            row = {"step": step, "minutes": round(elapsed / 60, 2), "tokens": tokens, "mention_loss": round(seen[0], 5), "role_loss": round(seen[1], 5),
                   "cpu_s": round(time.process_time() - cpu_began), "rate": optimizer.param_groups[0]["lr"]}  # fmt: skip
            log.write(json.dumps(row) + "\n")
            log.flush()
        if time.monotonic() - saved > plan.checkpoint_minutes * 60:
            saved = time.monotonic()
            _save(out, model, optimizer, saved - began, step, tokens)
    _save(out, model, optimizer, min(time.monotonic() - began, budget), step, tokens)
    print(f"{step} steps, {tokens} tokens, {time.process_time() - cpu_began:.0f} s of CPU time in this part", flush=True)


def _save(out: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, used_s: float, step: int, tokens: int) -> None:
    fresh = out / "state.pt.new"
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "used_s": used_s, "step": step, "tokens": tokens}, fresh)
    fresh.replace(out / "state.pt")
    model.save_pretrained(out / "checkpoint")  # type: ignore[operator]
