"""What a model finds in general English: GUM's dev passages (https://gucorpling.org/gum), the types that people annotated there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whereas.types import Chunk
from whereas_training import general
from whereas_training.evaluation import spans
from whereas_training.evaluation.matching import Span
from whereas_training.evaluation.serving import recognizer
from whereas_training.judging import GENERAL_PASSAGES

TYPES = ("PERSON", "ORGANIZATION", "LOCATION", "DATE")
WORDS = 110
"""Tokens a passage, about: one window of the model."""


def evaluate_passages(path: Path, model_dir: Path, *, limit: int | None = None) -> dict[str, Any]:
    """Return the report of ``spans.report`` on a general set; neighbouring passages are one document to the bootstrap.

    Spans that the set leaves unsure (works, nationalities, weekdays) may be found or not.
    """
    passages = list(general.read_passages(path, words=WORDS))[:limit]
    documents = [passages[i : i + GENERAL_PASSAGES] for i in range(0, len(passages), GENERAL_PASSAGES)]
    return spans.report([_document(f"{path.stem} {n}", rows, model_dir) for n, rows in enumerate(documents)], TYPES)


def _document(name: str, passages: Sequence[general.Passage], model_dir: Path) -> spans.Passage:
    """Return passages, each recognised alone, as one text with the spans of all."""
    model = recognizer(model_dir)
    text, gold, optional, found = "", list[Span](), list[Span](), list[Span]()
    for passage in passages:
        at = len(text)
        text += passage.text + "\n\n"
        mentions = model.recognize([Chunk(0, at, at + len(passage.text), passage.text, 0)])[0].mentions
        found += [Span(m.start, m.end, m.type, m.score, m.source) for m in mentions if m.layer == "mention"]
        for span in passage.mentions:
            (optional if span.outside else gold).extend(Span(at + span.start, at + span.end, kind) for kind in span.types)
    return spans.Passage(name, text, tuple(gold), tuple(found), tuple(optional))
