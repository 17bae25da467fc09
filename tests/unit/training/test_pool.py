"""The unlabelled pool: all of the training contracts, nothing of the others, every label allowed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from whereas.recognition.tokenizer import WordPieces
from whereas_training.labels import MENTIONS, ROLES, all_labels
from whereas_training.pool import build_pool, unlabelled_windows
from whereas_training.windows import WINDOW, load

TOKENIZER = Path(__file__).resolve().parents[3] / "layers" / "model" / "tokenizer.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = []
    for number, split in enumerate(("train", "dev")):
        (tmp_path / f"{number}.txt").write_text(("seller " if split == "train" else "buyer ") * 1000, encoding="utf-8")
        rows.append({"id": str(number), "split": split, "text": f"{number}.txt", "answers": {}})
    (tmp_path / "contracts.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    (tmp_path / "spans.jsonl").write_text("", encoding="utf-8")
    return tmp_path


def test_windows_of_training_contracts_alone_with_every_label_allowed(folder: Path) -> None:
    pieces = WordPieces.load(TOKENIZER)
    windows = list(unlabelled_windows(folder, pieces, random.Random(1)))
    assert {pieces.piece(int(t)) for w in windows for t in w.input_ids} == {"seller"}
    assert all(len(w.input_ids) == WINDOW for w in windows[:-1])
    assert all((w.mentions == all_labels(MENTIONS)).all() and (w.roles == all_labels(ROLES)).all() for w in windows)


def test_the_pool_keeps_to_its_size(folder: Path, tmp_path: Path) -> None:
    build_pool(folder, tmp_path / "data", TOKENIZER, tokens=2 * WINDOW + 5)
    windows = load(tmp_path / "data" / "pool.npz")
    assert 0 < sum(len(w.input_ids) for w in windows) <= 2 * WINDOW + 5
    assert {w.source for w in windows} == {"pool"}
