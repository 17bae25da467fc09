"""Distillation: teachers label windows with probabilities, a student learns from these and from the labels.

Teachers are several seeds with different views of the labels. All that they disagree on reaches the student as doubt, and windows
that nobody labelled (the rest of every training contract) become lessons too. The student starts from the mean of the teachers'
weights: they come from one start, so they lie in one basin (model soup, Wortsman et al. 2022, arXiv 2203.05482).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file, save_file
from tqdm import tqdm

from whereas_training.batching import CLS, PAD, SEP
from whereas_training.model import GROUPS, LABELS, new_model
from whereas_training.windows import Window, load

BATCH = 16


def soften(checkpoints: Sequence[Path], data: Path, name: str, *, device: str = "cpu", threads: int = 2) -> None:
    """Write ``<name>.soft.npy``: the mean of the teachers' probabilities for every token of ``<name>.npz``.

    float16, shape (tokens of all windows, labels of all groups); each group's columns sum to 1.
    """
    windows = load(data / f"{name}.npz")
    ends = np.cumsum([len(w.input_ids) for w in windows])
    shape = (int(ends[-1]), len(LABELS))
    table = np.lib.format.open_memmap(data / f"{name}.soft.npy.new", mode="w+", dtype=np.float16, shape=shape)
    torch.set_num_threads(threads)
    teachers = [_teacher(c, device) for c in checkpoints]
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].input_ids))
    for at in tqdm(range(0, len(order), BATCH), desc=f"teachers on {name}", mininterval=10):
        rows = order[at : at + BATCH]
        probs = _probabilities(teachers, [windows[i] for i in rows], device)
        for i, row in zip(rows, probs, strict=True):
            size = len(windows[i].input_ids)
            table[ends[i] - size : ends[i]] = row[1 : size + 1]
    table.flush()
    (data / f"{name}.soft.npy.new").replace(data / f"{name}.soft.npy")


def _teacher(checkpoint: Path, device: str) -> torch.nn.Module:
    model = new_model()
    model.load_state_dict(load_file(checkpoint / "model.safetensors"))
    return model.eval().to(device)


def _probabilities(teachers: Sequence[torch.nn.Module], windows: Sequence[Window], device: str) -> npt.NDArray[np.float32]:
    """Return the teachers' mean probabilities, shape (windows, tokens with special ones, labels)."""
    width = max(len(w.input_ids) for w in windows) + 2
    ids, types, attention = (torch.full((len(windows), width), fill) for fill in (PAD, 0, 0))
    for row, w in enumerate(windows):
        size = len(w.input_ids)
        ids[row, 0], ids[row, size + 1], attention[row, : size + 2] = CLS, SEP, 1
        ids[row, 1 : size + 1], types[row, 1 : size + 1] = torch.from_numpy(w.input_ids).long(), torch.from_numpy(w.token_type_ids).long()
    feed = {"input_ids": ids.to(device), "token_type_ids": types.to(device), "attention_mask": attention.to(device)}
    total = torch.zeros(len(windows), width, len(LABELS))
    with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16):
        for teacher in teachers:
            parts = teacher(**feed).logits.float().split(GROUPS, dim=-1)
            total += torch.cat([torch.softmax(part, -1) for part in parts], -1).cpu()
    result: npt.NDArray[np.float32] = (total / len(teachers)).numpy()
    return result


def mix(checkpoints: Sequence[Path], target: Path) -> None:
    """Write the mean of several checkpoints' weights as a checkpoint folder."""
    states = [load_file(c / "model.safetensors") for c in checkpoints]
    mean = {name: torch.stack([s[name].float() for s in states]).mean(0) for name in states[0]}
    target.mkdir(parents=True, exist_ok=True)
    save_file(mean, target / "model.safetensors", metadata={"format": "pt"})
    (target / "config.json").write_bytes((checkpoints[0] / "config.json").read_bytes())
    (target / "mixed_from.json").write_text(json.dumps([str(c) for c in checkpoints]) + "\n", encoding="utf-8")
