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
import torch.multiprocessing
from torch.nn.utils import clip_grad_norm_

from whereas.recognition.tokenizer import LOWER, UPPER
from whereas_training.dataset import Window, load
from whereas_training.labels import MENTIONS, ROLES, all_labels
from whereas_training.model import GROUPS, new_model, set_loss

CLS, SEP, PAD = 101, 102, 0
CROP = 254
ROLE_WEIGHT = 2
STATE, LOG = "state.pt", "train.log.jsonl"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run does; ``minutes`` is wall-clock time over all resumed parts."""

    minutes: float
    workers: int = 2
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


def _share(window: Window) -> float:
    """Return how often an epoch draws a window: contract evidence is scarce, tweets and boilerplate are not."""
    if window.source.startswith("cuad"):
        return 2.0 if window.opening or bool(np.any(window.roles & 1 == 0)) else 0.5
    return {"btc-train": 0.4, "wnut17-train": 0.4}.get(window.source, 1.0)


def _batches(windows: list[Window], size: int, rng: random.Random) -> Iterator[list[Window]]:
    """Yield batches for ever; windows of like length travel together, in random order."""
    shares = [_share(w) for w in windows]
    while True:
        order = [i for i, share in enumerate(shares) for _ in range(int(share) + (rng.random() < share % 1))]
        rng.shuffle(order)
        for at in range(0, len(order), size * 32):
            pool = sorted(order[at : at + size * 32], key=lambda i: len(windows[i].input_ids))
            groups = [pool[i : i + size] for i in range(0, len(pool), size)]
            rng.shuffle(groups)
            for group in groups:
                yield [windows[i] for i in group]


def _rate(progress: float, warmup: float) -> float:
    return progress / warmup if progress < warmup else max(0.0, (1 - progress) / (1 - warmup))


def train(out: Path, plan: Plan) -> None:
    """Train on ``out/data/train.npz`` until the minutes are over; write the model to ``out/checkpoint``.

    One process a core, without locks, on weights in shared memory (Hogwild, Niu et al. 2011, arXiv 1106.5730): a core
    that other programs slow down holds none of the others up, as threads with a barrier after every product would.
    """
    model, used_s, state = new_model(), 0.0, None
    if (out / STATE).exists():
        state = torch.load(out / STATE, weights_only=False)
        model.load_state_dict(state["model"])
        used_s = state["used_s"]
        _cut_log(out / LOG, state["step"])
        print(f"resumed at step {state['step']}, {used_s / 60:.1f} minutes used", flush=True)
    model.share_memory()
    counts = torch.zeros(plan.workers, 3, dtype=torch.float64).share_memory_()  # steps, tokens, CPU seconds of each worker
    if state:
        counts[0, 0], counts[0, 1] = state["step"], state["tokens"]
    torch.multiprocessing.spawn(_work, args=(model, counts, out, plan, time.time() - used_s), nprocs=plan.workers)
    steps, tokens, cpu_s = counts.sum(0).tolist()
    print(f"{steps:.0f} steps, {tokens:.0f} tokens, {cpu_s:.0f} s of CPU time in this part", flush=True)


def _optimizer(model: torch.nn.Module, plan: Plan) -> torch.optim.Optimizer:
    head = [p for n, p in model.named_parameters() if n.startswith("classifier")]
    body = [p for n, p in model.named_parameters() if not n.startswith("classifier")]
    return torch.optim.AdamW([{"params": body, "lr": plan.rate}, {"params": head, "lr": plan.head_rate}], weight_decay=0.01, fused=True)


def _work(rank: int, model: torch.nn.Module, counts: torch.Tensor, out: Path, plan: Plan, began: float) -> None:
    """Train as one of several processes; the first writes log and checkpoints."""
    torch.set_num_threads(1)
    seed = plan.seed + 1000 * rank + int(counts[0, 0])
    torch.manual_seed(seed)
    rng = random.Random(seed)
    optimizer = _optimizer(model, plan)
    if (out / STATE).exists():
        optimizer.load_state_dict(torch.load(out / STATE, weights_only=False)["optimizer"])
    model.train()
    budget, saved = plan.minutes * 60, time.time()
    seen: list[float] = []
    for batch in _batches(load(out / "data" / "train.npz"), plan.batch, rng):
        elapsed = time.time() - began
        if elapsed >= budget:
            break
        losses, tokens = _step(model, optimizer, batch, rng, plan, progress=elapsed / budget)
        counts[rank] = torch.tensor([counts[rank, 0] + 1, counts[rank, 1] + tokens, time.process_time()])
        seen = [0.98 * a + 0.02 * b for a, b in zip(seen, losses, strict=True)] if seen else losses
        if rank == 0 and int(counts[0, 0]) % 10 == 0:
            _log(out / LOG, counts, elapsed, seen)
        if rank == 0 and time.time() - saved > plan.checkpoint_minutes * 60:
            saved = time.time()
            _save(out, model, optimizer, elapsed, counts)
    if rank == 0:
        _log(out / LOG, counts, budget, seen)
        _save(out, model, optimizer, budget, counts)


def _step(
    model: torch.nn.Module, optimizer: torch.optim.Optimizer, batch: list[Window], rng: random.Random, plan: Plan, *, progress: float
) -> tuple[list[float], int]:
    """Take one optimizer step; return the losses of both groups and the number of tokens."""
    for group, peak in zip(optimizer.param_groups, (plan.rate, plan.head_rate), strict=True):
        group["lr"] = peak * _rate(progress, plan.warmup)
    ids, types, attention, mentions, roles = _batch(batch, rng)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(input_ids=ids, token_type_ids=types, attention_mask=attention).logits
    by_group = logits.split(GROUPS, dim=-1)
    weight = attention.float()
    losses = set_loss(by_group[0], mentions, weight), set_loss(by_group[1], roles, weight)
    (losses[0] + ROLE_WEIGHT * losses[1]).backward()
    clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return [float(x.detach()) for x in losses], int(attention.sum())


def _log(path: Path, counts: torch.Tensor, elapsed_s: float, losses: list[float]) -> None:
    steps, tokens, cpu_s = counts.sum(0).tolist()
    row = {"step": int(steps), "minutes": round(elapsed_s / 60, 2), "tokens": int(tokens), "cpu_s": round(cpu_s),
           "mention_loss": round(losses[0], 5), "role_loss": round(losses[1], 5)}  # fmt: skip
    with path.open("a", encoding="utf-8") as log:
        log.write(json.dumps(row) + "\n")


def _cut_log(path: Path, step: int) -> None:
    """Drop what came after the checkpoint that training resumes from."""
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if json.loads(line)["step"] <= step]
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def _save(out: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, used_s: float, counts: torch.Tensor) -> None:
    steps, tokens, _ = counts.sum(0).tolist()
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "used_s": used_s, "step": int(steps), "tokens": int(tokens)}
    torch.save(state, out / f"{STATE}.new")
    (out / f"{STATE}.new").replace(out / STATE)
    model.save_pretrained(out / "checkpoint")  # type: ignore[operator]
