"""Training with a budget of wall-clock time, or of tokens: the learning rate decays to zero exactly when it is spent.

A checkpoint every few minutes holds weights, optimizer and the seconds already used; a run started again on the same
folder carries on from it. Teachers and student are runs of one kind: they differ in their plan.
"""

from __future__ import annotations

import json
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.multiprocessing
from torch.nn.utils import clip_grad_norm_
from tqdm import tqdm

from whereas_training.batching import Batch, batches, make_batch, read_examples, strict
from whereas_training.model import GROUPS, keep_layers, new_model, set_loss, soft_loss, widen_head
from whereas_training.warmstart import read_artefact

ROLE_WEIGHT = 2
FORM_WEIGHT = 3
"""Forms are labelled in one window of four at most, and the loss is a mean over all tokens."""
STATE, LOG, PLAN = "state.pt", "train.log.jsonl", "plan.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run does; ``minutes`` is wall-clock time over all resumed parts.

    Attributes:
        tokens: the budget instead of ``minutes``, where runs are compared: how busy the machine is then changes nothing.
        data: names of the ``.npz`` files in the data folder that the run draws from.
        start: what the weights begin as: "base", an artefact's ``model.onnx``, or a checkpoint folder.
        view: "abstain" leaves out what only one labeller saw, "strict" takes it for no mention.
        soft: weight of the teachers' probabilities beside the labels, 0 to 1, where they spoke; tokens without a label learn from
            teachers alone.
        rare: weight of tokens with a rare role, beside 1 for all others.
        smoothing: share of probability that the loss gives to all labels alike.
        without: sources of windows that the run leaves out, by the beginning of their names.
        cased: whether the model sees letter case.
        keep: which layers of its start the network keeps, counted from 0; none named is all.
        device: "cpu" or "cuda".
    """

    minutes: float = 0.0
    tokens: int = 0
    workers: int = 2
    batch: int = 16
    rate: float = 2.5e-4
    head_rate: float = 1.5e-3
    warmup: float = 0.04
    checkpoint_minutes: float = 4.0
    seed: int = 7
    data: tuple[str, ...] = ("train",)
    start: str = "base"
    view: str = "abstain"
    soft: float = 0.0
    rare: float = 1.0
    smoothing: float = 0.0
    without: tuple[str, ...] = ()
    cased: bool = True
    keep: tuple[int, ...] = ()
    device: str = "cpu"

    def spent(self, elapsed_s: float, tokens: float) -> float:
        """Return the share of the budget that is spent, 0 to 1 and over."""
        return tokens / self.tokens if self.tokens else elapsed_s / (60 * self.minutes) if self.minutes else 1.0


def rate_at(progress: float, warmup: float) -> float:
    """Return the share of the peak learning rate after ``progress`` (0..1) of a run: up over ``warmup``, then down to 0, linearly."""
    return progress / warmup if progress < warmup else max(0.0, (1 - progress) / (1 - warmup))


def start_model(plan: Plan) -> torch.nn.Module:
    """Return the network that a run begins with."""
    model = new_model(keep=plan.keep)
    start = Path(plan.start)
    if start.suffix == ".onnx":
        weights = read_artefact(start)
    elif plan.start != "base":
        from safetensors.torch import load_file

        weights = load_file(start / "model.safetensors")
    else:
        return model
    model.load_state_dict(widen_head(keep_layers(weights, plan.keep), model.state_dict()))
    return model


def train(folder: Path, data: Path, plan: Plan) -> None:
    """Train on ``data/<name>.npz`` until the minutes are over; write the model to ``folder/checkpoint``.

    On CPU one process a core, without locks, on weights in shared memory (Hogwild, Niu et al. 2011, arXiv 1106.5730): a core
    that other programs slow down holds none of the others up, as threads with a barrier after every product would.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PLAN).write_text(json.dumps(asdict(plan), indent=1) + "\n", encoding="utf-8")
    model, used_s, state = start_model(plan), 0.0, None
    if (folder / STATE).exists():
        state = torch.load(folder / STATE, weights_only=False)
        model.load_state_dict(state["model"])
        used_s = state["used_s"]
        _cut_log(folder / LOG, state["step"])
        print(f"resumed at step {state['step']}, {used_s / 60:.1f} minutes used", flush=True)
    if plan.spent(used_s, state["tokens"] if state else 0) >= 1:
        return
    counts = torch.zeros(plan.workers, 3, dtype=torch.float64).share_memory_()  # steps, tokens, CPU seconds of each worker
    if state:
        counts[0, 0], counts[0, 1] = state["step"], state["tokens"]
    arguments = (model, counts, folder, data, plan, used_s)
    if plan.device == "cpu":
        model.share_memory()
        torch.multiprocessing.spawn(_work, args=arguments, nprocs=plan.workers)
    else:
        model.to(plan.device)
        _work(0, *arguments)
    steps, tokens, cpu_s = counts.sum(0).tolist()
    print(f"{steps:.0f} steps, {tokens:.0f} tokens, {cpu_s:.0f} s of CPU time in this part", flush=True)


def _optimizer(model: torch.nn.Module, plan: Plan) -> torch.optim.Optimizer:
    head = [p for n, p in model.named_parameters() if n.startswith("classifier")]
    body = [p for n, p in model.named_parameters() if not n.startswith("classifier")]
    return torch.optim.AdamW([{"params": body, "lr": plan.rate}, {"params": head, "lr": plan.head_rate}], weight_decay=0.01, fused=True)


def _work(rank: int, model: torch.nn.Module, counts: torch.Tensor, folder: Path, data: Path, plan: Plan, used_s: float) -> None:
    """Train as one of several processes; the first writes log, progress bar and checkpoints."""
    if plan.device == "cpu":
        torch.set_num_threads(1)
    seed = plan.seed + 1000 * rank + int(counts[0, 0])
    torch.manual_seed(seed)
    rng = random.Random(seed)
    optimizer = _optimizer(model, plan)
    if (folder / STATE).exists():
        optimizer.load_state_dict(torch.load(folder / STATE, weights_only=False)["optimizer"])
    model.train()
    examples = read_examples(data, plan.data, soft=plan.soft > 0)
    examples = [e for e in examples if not e.window.source.startswith(plan.without)]
    if plan.view == "strict":
        examples = [type(e)(strict(e.window), e.soft) for e in examples]
    saved, began = time.time(), time.time() - used_s  # loading is over
    seen: list[float] = []
    bar = tqdm(total=100, unit="%", disable=rank > 0, mininterval=10, desc=folder.name)
    for group in batches(examples, plan.batch, rng):
        elapsed = time.time() - began
        progress = plan.spent(elapsed, float(counts[:, 1].sum()))
        if progress >= 1:
            break
        losses, tokens = _step(model, optimizer, make_batch(group, rng, cased=plan.cased), plan, progress=progress)
        counts[rank] = torch.tensor([counts[rank, 0] + 1, counts[rank, 1] + tokens, time.process_time()])
        seen = [0.98 * a + 0.02 * b for a, b in zip(seen, losses, strict=True)] if seen else losses
        if rank == 0 and int(counts[0, 0]) % 10 == 0:
            _log(folder / LOG, counts, elapsed, seen)
            bar.update(round(100 * progress) - bar.n)
            bar.set_postfix(mentions=round(seen[0], 4), roles=round(seen[1], 4), refresh=False)
        if rank == 0 and time.time() - saved > plan.checkpoint_minutes * 60:
            saved = time.time()
            _save(folder, model, optimizer, elapsed, counts)
    if rank == 0:
        elapsed = max(elapsed, 60 * plan.minutes)
        _log(folder / LOG, counts, elapsed, seen)
        _save(folder, model, optimizer, elapsed, counts)


def _step(
    model: torch.nn.Module, optimizer: torch.optim.Optimizer, batch: Batch, plan: Plan, *, progress: float
) -> tuple[list[float], int]:
    """Take one optimizer step; return the losses of the groups and the number of tokens."""
    for group, peak in zip(optimizer.param_groups, (plan.rate, plan.head_rate), strict=True):
        group["lr"] = peak * rate_at(progress, plan.warmup)
    ids, types, attention = (x.to(plan.device) for x in (batch.ids, batch.types, batch.attention))
    with torch.autocast(plan.device, dtype=torch.bfloat16):
        logits = model(input_ids=ids, token_type_ids=types, attention_mask=attention).logits
    losses = []
    soft = batch.soft.to(plan.device).split(GROUPS, dim=-1) if batch.soft is not None else (None,) * len(GROUPS)
    weight = attention.float()
    by_role = weight * (1 + (plan.rare - 1) * batch.rare.to(plan.device))
    for part, allowed, target, each in zip(
        logits.split(GROUPS, dim=-1), (batch.mentions, batch.roles, batch.forms), soft, (weight, by_role, weight), strict=True
    ):
        allowed, told = allowed.to(plan.device), torch.zeros_like(each)
        if target is not None:
            free = allowed == (1 << part.shape[-1]) - 1
            told = (target.sum(-1) > 0.5) * torch.where(free, 1.0, plan.soft)
        loss = set_loss(part, allowed, each * (1 - told), total=each.sum(), smoothing=plan.smoothing)
        losses.append(loss if target is None else loss + soft_loss(part, target, each * told, total=each.sum()))
    (losses[0] + ROLE_WEIGHT * losses[1] + FORM_WEIGHT * losses[2]).backward()
    clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return [float(x.detach()) for x in losses], int(batch.attention.sum())


def _log(path: Path, counts: torch.Tensor, elapsed_s: float, losses: list[float]) -> None:
    steps, tokens, cpu_s = counts.sum(0).tolist()
    row = {"step": int(steps), "minutes": round(elapsed_s / 60, 2), "tokens": int(tokens), "cpu_s": round(cpu_s),
           "mention_loss": round(losses[0], 5), "role_loss": round(losses[1], 5), "form_loss": round(losses[2], 5)}  # fmt: skip
    with path.open("a", encoding="utf-8") as log:
        log.write(json.dumps(row) + "\n")


def _cut_log(path: Path, step: int) -> None:
    """Drop what came after the checkpoint that training resumes from."""
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if json.loads(line)["step"] <= step]
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def _save(folder: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, used_s: float, counts: torch.Tensor) -> None:
    steps, tokens, _ = counts.sum(0).tolist()
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "used_s": used_s, "step": int(steps), "tokens": int(tokens)}
    torch.save(state, folder / f"{STATE}.new")
    (folder / f"{STATE}.new").replace(folder / STATE)
    model.save_pretrained(folder / "checkpoint")  # type: ignore[operator]
