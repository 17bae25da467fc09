"""The last published model as a labeller of contract text: one voice among several (see ``voting``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from whereas.recognition.recognizer import Recognizer
from whereas.types import Chunk
from whereas_training.labels import Span

LEAST = 0.6
"""Scores below this are no vote."""
_KINDS = frozenset({"PERSON", "ORGANIZATION", "LOCATION", "LAW"})


def label_texts(model_dir: Path, texts: Iterable[str], *, threads: int = 1) -> Iterator[list[Span]]:
    """Yield the model's names of each text, unsure all of them."""
    recognizer = Recognizer.load(model_dir, threads=threads)
    batch: list[str] = []
    for text in [*texts, None]:
        if text is not None:
            batch.append(text)
        if len(batch) == 64 or text is None:
            for found in recognizer.recognize([Chunk(i, 0, len(t), t, 0) for i, t in enumerate(batch)]):
                mentions = [m for m in found.mentions if m.layer == "mention" and m.type in _KINDS and m.score >= LEAST]
                yield [Span(m.start, m.end, (m.type,), outside=True) for m in mentions]
            batch = []


def label_all(model_dir: Path, texts: Iterable[str]) -> list[list[Span]]:
    """Return ``label_texts`` as a list: what a process of its own can send back."""
    return list(label_texts(model_dir, texts))
