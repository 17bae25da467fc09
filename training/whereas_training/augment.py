"""Damage and clutter that contract text comes with, made on purpose: OCR's mistakes, page numbers and rules between lines."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from whereas_training.labels import Span

_CONFUSED = {
    "l": "1I", "I": "l1", "1": "lI", "O": "0", "0": "O", "o": "0c", "e": "c", "c": "e", "S": "5", "5": "S", "B": "8", "8": "B", "h": "b",
    ",": ".", ".": ",", "t": "f", "i": "l", "a": "o", "u": "n", "n": "u", "g": "q", "'": "`", '"': "'",
}  # fmt: skip
_BREAK = re.compile(r"\n|(?<=[.;:])\s")
_CLUTTER = (
    "- {n} -",
    "{n}",
    "Page {n} of {m}",
    "Page {n}",
    "_________________",
    "* * *",
    "[Signature page follows]",
    "CONFIDENTIAL",
    "{n}\n\n{n}",
)


def damage(text: str, rng: random.Random, *, share: float) -> str:
    """Return ``text`` with about ``share`` of its characters mistaken as OCR does; its length, and so every offset, stays."""
    return "".join(rng.choice(_CONFUSED[c]) if c in _CONFUSED and rng.random() < share else c for c in text)


def clutter(text: str, groups: Sequence[Sequence[Span]], rng: random.Random, *, pieces: int) -> tuple[str, list[list[Span]]]:
    """Insert page numbers, rules and stamps at line or sentence ends that lie in no span; spans move along.

    Args:
        text: the text.
        groups: groups of spans of the text.
        rng: decides what goes where.
        pieces: how many insertions, at most.

    Returns:
        The longer text, and the groups with shifted spans; ``text[start:end]`` of every span stays what it was.
    """
    free = [m.end() for m in _BREAK.finditer(text) if not any(s.start < m.end() < s.end for spans in groups for s in spans)]
    places = sorted(rng.sample(free, min(pieces, len(free))), reverse=True)
    moved = [list(spans) for spans in groups]
    for at in places:
        number = rng.randint(1, 60)
        piece = f"\n{rng.choice(_CLUTTER).format(n=number, m=number + rng.randint(0, 30))}\n"
        text = text[:at] + piece + text[at:]
        moved = [
            [Span(s.start + len(piece), s.end + len(piece), s.types, s.outside) if s.start >= at else s for s in spans] for spans in moved
        ]
    return text, moved
