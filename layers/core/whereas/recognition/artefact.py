"""The model artefact: files, hashes, and the card that every record's lineage quotes.

A model directory holds ``model.onnx``, ``tokenizer.json``, ``label_schema.json`` and ``model_card.json``; the card names the
SHA-256 of the other three, and nothing is served that differs from it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from whereas.errors import ModelContractError
from whereas.types import ModelCard

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
SCHEMA_FILE = "label_schema.json"
CARD_FILE = "model_card.json"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex.

    Raises:
        ModelContractError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        raise ModelContractError(f"{path.name} of the model cannot be read: publish the model anew") from exc


def load_card(model_dir: Path, *, verify: bool = True) -> ModelCard:
    """Read the card of a model directory and hold its files to it.

    Args:
        model_dir: the model layer's directory.
        verify: compare the files' hashes; only a process that loads none of them may leave that out.

    Raises:
        ModelContractError: a file is missing or broken, or its hash is not the card's.
    """
    try:
        data = json.loads((model_dir / CARD_FILE).read_text(encoding="utf-8"))
        hashes = {name: str(data["sha256"][name]) for name in (MODEL_FILE, TOKENIZER_FILE, SCHEMA_FILE)}
        card = ModelCard(
            name=str(data["name"]), version=str(data["version"]), sha256=hashes[MODEL_FILE],
            tokenizer_sha256=hashes[TOKENIZER_FILE], label_schema=str(data["label_schema"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise ModelContractError(f"{CARD_FILE} is missing or broken ({type(exc).__name__}): publish the model anew") from exc
    for name, expected in hashes.items() if verify else ():
        found = sha256_of(model_dir / name)
        if found != expected:
            raise ModelContractError(f"{name} of the model has SHA-256 {found}, its card says {expected}: publish the model anew")
    return card
