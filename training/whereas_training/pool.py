"""Windows of the training contracts that carry no label: lessons for the encoder, and for a student with teachers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from whereas.recognition.tokenizer import WordPieces
from whereas_training import cuad
from whereas_training.labels import MENTIONS, ROLES, all_labels
from whereas_training.windows import WINDOW, Window, save


def unlabelled_windows(folder: Path, pieces: WordPieces, rng: random.Random) -> Iterator[Window]:
    """Yield all windows of CUAD's training contracts, side by side from a random offset, every label allowed everywhere."""
    for contract in cuad.read_contracts(folder, split="train"):
        tokens = pieces.encode(contract.text)
        for start in range(rng.randint(0, WINDOW), len(tokens), WINDOW):
            part = slice(start, start + WINDOW)
            ids = tokens.input_ids[part]
            free = np.full(len(ids), all_labels(MENTIONS)), np.full(len(ids), all_labels(ROLES))
            yield Window(ids, tokens.token_type_ids[part], *free, opening=False, source="pool")


def build_pool(folder: Path, out: Path, tokenizer: Path, *, tokens: int, seed: int = 7) -> None:
    """Write ``pool.npz``: unlabelled windows, in random order, up to so many tokens.

    Args:
        folder: the ``cuad`` folder; only contracts of the training split are read.
        out: the data folder of the run.
        tokenizer: ``tokenizer.json``.
        tokens: how many tokens at most.
        seed: decides which windows.
    """
    rng = random.Random(seed)
    windows = list(unlabelled_windows(folder, WordPieces.load(tokenizer), rng))
    rng.shuffle(windows)
    sizes = np.cumsum([len(w.input_ids) for w in windows])
    save(out / "pool.npz", windows[: int(np.searchsorted(sizes, tokens, side="right"))])
