"""Golden outputs of an artefact on sentences of our own: a test holds what is served, on any CPU, close to them."""

from __future__ import annotations

import json
from pathlib import Path

from whereas.recognition.recognizer import Recognizer
from whereas.types import Chunk

SENTENCES = tuple(Path(__file__).with_name("golden.txt").read_text(encoding="utf-8").splitlines())


def write_golden(model_dir: Path, path: Path) -> None:
    """Write what the artefact in ``model_dir`` finds in each sentence, with the artefact's hash."""
    recognizer = Recognizer.load(model_dir)
    rows = []
    for text in SENTENCES:
        (found,) = recognizer.recognize([Chunk(0, 0, len(text), text, 0)])
        rows.append({"text": text, "mentions": [[m.layer, m.type, m.start, m.end, m.score] for m in found.mentions]})
    path.write_text(json.dumps({"model_sha256": recognizer.card.sha256, "rows": rows}, indent=1) + "\n", encoding="utf-8")
