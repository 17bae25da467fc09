"""A tiny model directory made in the test; its model file is any bytes, as only the hash of it is looked at."""

from __future__ import annotations

import json
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from whereas.recognition.artefact import MODEL_FILE, SCHEMA_FILE, TOKENIZER_FILE, sha256_of

VOCAB = {t: i for i, t in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "acme", "corp", "may", "##flower", "2", ".", "the"])}
SCHEMA = {
    "version": "t1", "max_tokens": 16, "overlap": 4,
    "groups": [
        {"layer": "mention", "labels": ["O", "B-ORGANIZATION", "I-ORGANIZATION"]},
        {"layer": "role", "labels": ["O", "B-PARTY", "I-PARTY"]},
    ],
}  # fmt: skip


def write_tokenizer(path: Path) -> None:
    tokenizer = Tokenizer(models.WordPiece(VOCAB, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.enable_truncation(5)
    tokenizer.enable_padding(length=9)
    tokenizer.save(str(path))


def write_card(folder: Path) -> None:
    hashes = {name: sha256_of(folder / name) for name in (MODEL_FILE, TOKENIZER_FILE, SCHEMA_FILE)}
    card = {"name": "tiny", "version": "9.9", "label_schema": "t1", "sha256": hashes}
    (folder / "model_card.json").write_text(json.dumps(card), encoding="utf-8")


def write_folder(folder: Path, *, model: bytes) -> Path:
    (folder / MODEL_FILE).write_bytes(model)
    (folder / SCHEMA_FILE).write_text(json.dumps(SCHEMA), encoding="utf-8")
    write_tokenizer(folder / TOKENIZER_FILE)
    write_card(folder)
    return folder
