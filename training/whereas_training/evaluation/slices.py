"""What documents are grouped by: contract type by the words of their titles, OCR, length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

_TYPES: tuple[tuple[str, str], ...] = (
    ("joint filing", r"joint\s*filing"),
    ("non-disclosure", r"non-?\s*disclosure|confidentiality|\bnda\b"),
    ("non-competition", r"non-?\s*compet|non-?\s*solicit|standstill"),
    ("alliance, collaboration", r"alliance|collaborat|co-?\s*operation|joint\s*venture"),
    ("franchise", r"franchise"),
    ("consulting", r"consult"),
    ("agency", r"agency|remarketing"),
    ("distribution, resale", r"distribut|resell|resale"),
    ("endorsement, sponsorship", r"endorse|sponsor"),
    ("branding, marketing, promotion", r"brand|marketing|promotion|affiliate"),
    ("development", r"develop"),
    ("licence, intellectual property", r"licen[cs]e|intellectual\s*property|trademark"),
    ("hosting, maintenance, outsourcing", r"hosting|maintenance|outsourc|support"),
    ("supply, manufacturing, transport", r"supply|manufactur|transport|purchase"),
    ("services", r"servic"),
)
OTHER = "other"


def contract_type(title: str) -> str:
    """Return the type of contract that a title or file name speaks of, the first in the list that fits.

    In the name of a CUAD file the agreement's own name comes last, so that the last match in the title counts.
    """
    name = title.replace("_", " ")
    found = [(m.start(), -rank, kind) for rank, (kind, words) in enumerate(_TYPES) for m in re.finditer(words, name, re.I)]
    tail = [f for f in found if f[0] >= len(name) - 60] or found
    return max(tail, key=lambda f: f[1])[2] if tail else OTHER


def ocr_band(pages: int, ocr_pages: int, confidence: float | None) -> str:
    """Return how a document was read.

    Args:
        pages: all pages.
        ocr_pages: those recognised from an image.
        confidence: the mean word confidence of the latter in 0..1; None without any word.
    """
    if not ocr_pages:
        return "text layer"
    share = "some pages OCR" if ocr_pages * 2 < pages else "mostly OCR"
    if confidence is None:
        return f"{share}, no word recognised"
    return f"{share}, confidence {'below' if confidence < 0.9 else 'at least'} 0.9"


def words_band(layer: str, ocr: str) -> str:
    """Return how many words of a text layer, which is taken for the truth, an OCR of the same pages has right."""
    truth, read = Counter(layer.split()), Counter(ocr.split())
    share = (truth & read).total() / max(truth.total(), 1)
    return "OCR, 99 % of words right or more" if share >= 0.99 else "OCR, 95 to 99 %" if share >= 0.95 else "OCR, below 95 %"


def tertiles(lengths: Sequence[int]) -> list[str]:
    """Return "short", "middle" or "long" a document, with the bounds in characters; a third of the documents each, about."""
    if not lengths:
        return []
    low, high = (int(q) for q in np.quantile(np.asarray(lengths), (1 / 3, 2 / 3)))
    names = (f"short (to {low:,} characters)", f"middle (to {high:,})", f"long (over {high:,})")
    return [names[0 if n <= low else 1 if n <= high else 2] for n in lengths]
