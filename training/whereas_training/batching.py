"""From stored windows to batches: crops, case augmentation, how often a source is drawn, soft targets alongside."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from whereas.recognition.tokenizer import LOWER, UPPER
from whereas_training.labels import FORMS, MENTIONS, ROLES, all_labels, columns_of
from whereas_training.windows import Window, load

CLS, SEP, PAD = 101, 102, 0
CROP = 254
RARE = columns_of(ROLES, ("EFFECTIVE_DATE", "EXPIRATION_DATE", "TERM", "RENEWAL_TERM", "NOTICE_PERIOD"))
"""Columns of roles with few examples."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window and, where teachers have seen it, their probabilities: float16, shape (tokens, labels of all groups)."""

    window: Window
    soft: npt.NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of shape (batch, tokens); ``soft`` (batch, tokens, labels) holds zeros where no teacher spoke."""

    ids: torch.Tensor
    types: torch.Tensor
    attention: torch.Tensor
    mentions: torch.Tensor
    roles: torch.Tensor
    forms: torch.Tensor
    rare: torch.Tensor
    soft: torch.Tensor | None


def read_examples(folder: Path, names: Sequence[str], *, soft: bool) -> list[Example]:
    """Read ``<name>.npz`` of each name, with ``<name>.soft.npy`` beside it where ``soft`` is asked for and teachers have seen it."""
    examples: list[Example] = []
    for name in names:
        windows = load(folder / f"{name}.npz")
        if not (soft and (folder / f"{name}.soft.npy").exists()):
            examples += [Example(w) for w in windows]
            continue
        table = np.load(folder / f"{name}.soft.npy", mmap_mode="r")
        ends = np.cumsum([len(w.input_ids) for w in windows])
        examples += [Example(w, table[end - len(w.input_ids) : end]) for w, end in zip(windows, ends, strict=True)]
    return examples


def strict(window: Window) -> Window:
    """Return the window as a strict reader labels it: a name that one labeller alone saw is none."""
    if not window.source.startswith("cuad"):
        return window
    mentions = np.where((window.mentions & 1) == 1, 1, window.mentions)
    return replace(window, mentions=mentions)


def _crop(window: Window, rng: random.Random) -> tuple[slice, int]:
    """Choose the crop and the case augmentation (-1 none, else the type that every piece with capitals gets)."""
    spare = len(window.input_ids) - CROP
    start = 0 if spare <= 0 or (window.opening and rng.random() < 0.6) else rng.randint(0, spare)
    draw = rng.random()
    return slice(start, start + CROP), UPPER if draw < 0.08 else LOWER if draw < 0.13 else -1


def _types(window: Window, part: slice, case: int) -> npt.NDArray[np.int64]:
    kept = window.token_type_ids[part]
    if case == UPPER:  # letters alone turn upper case; LOWER is also the type of figures and punctuation, ids < 1996 but for [UNK]
        return np.where(window.input_ids[part] >= 1996, UPPER, kept)
    return np.zeros_like(kept) if case == LOWER else kept


def make_batch(examples: Sequence[Example], rng: random.Random, *, cased: bool = True) -> Batch:
    """Crop and pad examples to one batch; without ``cased`` every token type is 0, for the ablation of letter case."""
    crops = [(e, *_crop(e.window, rng)) for e in examples]
    width = max(len(e.window.input_ids[s]) for e, s, _ in crops) + 2
    shape = (len(crops), width)
    ids, types, attention = np.full(shape, PAD), np.zeros(shape, int), np.zeros(shape, int)
    mentions, roles, forms = (np.full(shape, all_labels(group)) for group in (MENTIONS, ROLES, FORMS))
    labels = next((e.soft.shape[1] for e in examples if e.soft is not None), 0)
    soft = np.zeros((*shape, labels), np.float32)
    for row, (example, part, case) in enumerate(crops):
        w = example.window
        size = len(w.input_ids[part])
        inner = slice(1, size + 1)
        ids[row, 0], ids[row, size + 1], attention[row, : size + 2] = CLS, SEP, 1
        ids[row, inner], mentions[row, inner], roles[row, inner] = w.input_ids[part], w.mentions[part], w.roles[part]
        if w.forms is not None:
            forms[row, inner] = w.forms[part]
        types[row, inner] = _types(w, part, case) if cased else 0
        if example.soft is not None and case == -1:  # teachers saw the text in its own case
            soft[row, inner] = example.soft[part]
    rare = ((roles & RARE) != 0) & ((roles & 1) == 0)
    tensors = (torch.from_numpy(a.astype(np.int64)) for a in (ids, types, attention, mentions, roles, forms, rare))
    return Batch(*tensors, torch.from_numpy(soft) if labels else None)


def share(window: Window) -> float:
    """Return how often an epoch draws a window: what people read and contract evidence are scarce, tweets and boilerplate are not."""
    if window.source == "cuad-pages":
        return 4.0
    if window.source.startswith("cuad"):
        return 2.0 if window.opening or bool(np.any(window.roles & 1 == 0)) else 0.5
    return {"btc-train": 0.3, "wnut17-train": 0.3, "gum-train": 0.7}.get(window.source, 1.0)


def batches(examples: Sequence[Example], size: int, rng: random.Random) -> Iterator[list[Example]]:
    """Yield batches for ever; windows of like length travel together, in random order."""
    shares = [share(e.window) for e in examples]
    while True:
        order = [i for i, times in enumerate(shares) for _ in range(int(times) + (rng.random() < times % 1))]
        rng.shuffle(order)
        for at in range(0, len(order), size * 32):
            pool = sorted(order[at : at + size * 32], key=lambda i: len(examples[i].window.input_ids))
            groups = [pool[i : i + size] for i in range(0, len(pool), size)]
            rng.shuffle(groups)
            for group in groups:
                yield [examples[i] for i in group]
