"""The documents that are scored whole: CUAD dev from PDF and from text, Kleister-NDA from PDF, from text layers and from OCR.

CUAD's training contracts can be scored too, for fields of which dev has few; their figures are of documents that the model has seen.

The OCR is Tesseract 4.1's, of the documents that are also scored from PDF: the same agreements with and without its errors.

CUAD v1 is at https://www.atticusprojectai.org/cuad, Kleister-NDA at https://github.com/applicaai/kleister-nda. Kleister-NDA states
no licence: it is read here alone, to evaluate.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whereas.types import MediaType
from whereas_training.evaluation.slices import contract_type, words_band

SETS = ("cuad-dev-pdf", "cuad-dev-text", "kleister-pdf", "kleister-ocr", "kleister-text")
SEEN = ("cuad-train-pdf", "cuad-train-text")
"""Sets whose documents the model was trained on; measured where they are named alone."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read: a file, or for texts that lie in a JSON Lines file the text itself.

    ``gold`` is what its scorer reads: CUAD's answers by field, or Kleister's list of ``key=value``. ``reading`` says how well its text was
    read where that is known beforehand.
    """

    document: str
    media: MediaType
    content: Path | str
    contract_type: str
    gold: Any
    reading: str | None = None

    def data(self) -> bytes:
        """Return the file's bytes."""
        return self.content.encode() if isinstance(self.content, str) else self.content.read_bytes()


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file; none where there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_set(name: str, data: Path) -> list[Source]:
    """Return the documents of one of ``SETS`` or ``SEEN``; none where the data folder lacks the set.

    Args:
        name: the set.
        data: the data folder.
    """
    if name.startswith("cuad"):
        _, split, kind = name.split("-")
        return list(_cuad(data / "cuad", split=split, pdf=kind == "pdf"))
    return list(_kleister(data / "kleister-nda", kind=name.rpartition("-")[2]))


def _cuad(folder: Path, *, split: str, pdf: bool) -> Iterator[Source]:
    for row in rows(folder / "contracts.jsonl"):
        if row["split"] == split:
            kind = contract_type(row["title"])
            if not pdf:
                yield Source(row["id"], MediaType.TEXT, folder / row["text"], kind, row["answers"])
            elif row["pdf"]:
                yield Source(row["id"], MediaType.PDF, folder / row["pdf"], kind, row["answers"])


def _kleister(folder: Path, *, kind: str) -> Iterator[Source]:
    for row in rows(folder / "train.jsonl"):
        if kind == "text":
            yield Source(row["id"], MediaType.TEXT, row["text_layer"], "non-disclosure", row["gold"])
        elif row["pdf"] and kind == "ocr":
            quality = words_band(row["text_layer"], row["text_tesseract"])
            yield Source(row["id"], MediaType.TEXT, row["text_tesseract"], "non-disclosure", row["gold"], quality)
        elif row["pdf"]:
            yield Source(row["id"], MediaType.PDF, folder / row["pdf"], "non-disclosure", row["gold"])
