"""From cleaned text to contract facts and entities, with serving's own chunking, recognition, merging and resolution, in memory."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache as memoize
from pathlib import Path
from typing import Any

from whereas.chunking.windows import split_chunks
from whereas.codec import to_plain
from whereas.reading.locate import page_of
from whereas.recognition.artefact import SCHEMA_FILE
from whereas.recognition.merge import merge
from whereas.recognition.recognizer import Recognizer
from whereas.resolution import resolve
from whereas.types import CleanedText, Contract, Recognition, Resolution
from whereas_training.evaluation.sources import Source
from whereas_training.evaluation.texts import kept, read

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Processed:
    """What became of one document.

    Attributes:
        contract: the public record's ``contract``; all null where the document was refused.
        reason: why it was refused, else None.
        text: the cleaned text, in which the evidence's offsets count.
    """

    contract: dict[str, Any]
    reason: str | None
    text: str
    pages: int
    ocr_pages: int
    confidence: float | None


@memoize
def recognizer(model_dir: Path) -> Recognizer:
    """Return the process's recogniser of a model directory.

    Raises:
        ModelContractError: the artefact is broken.
    """
    return Recognizer.load(model_dir, threads=1)


def recognize(text: str, model_dir: Path, *, cache: Path | None = None) -> Recognition:
    """Return the merged mentions and role scores of a whole cleaned text."""
    model = recognizer(model_dir)
    key = (text.encode(), model.card.sha256.encode(), model.card.tokenizer_sha256.encode(), (model_dir / SCHEMA_FILE).read_bytes())

    def run() -> Recognition:
        chunks = split_chunks(text, model.tokenizer, max_tokens=model.schema.max_tokens, overlap=model.schema.overlap)
        return merge(model.recognize(chunks))

    return kept(cache, "recognition", key, ("chunking", "recognition"), Recognition, run)


def resolved(cleaned: CleanedText, found: Recognition) -> Resolution:
    """Return facts and entities; evidence has its page but no boxes, which no score looks at."""
    return resolve(cleaned, found, document_id="evaluation", locate=lambda start, end: (page_of(cleaned, start), ()))


def process(source: Source, model_dir: Path | None, *, cache: Path | None = None) -> Processed:
    """Take one document through the chain.

    Args:
        source: the document.
        model_dir: the artefact; None for the rules alone.
        cache: where texts and recognitions are kept.
    """
    document = read(source.data(), source.media, cache=cache)
    if document.cleaned is None:
        return Processed(to_plain(Contract(), Contract), document.reason, "", document.pages, document.ocr_pages, document.confidence)
    found = recognize(document.cleaned.text, model_dir, cache=cache) if model_dir else Recognition(())
    contract = to_plain(resolved(document.cleaned, found).contract, Contract)
    return Processed(contract, None, document.cleaned.text, document.pages, document.ocr_pages, document.confidence)


def process_all(sources: Sequence[Source], model_dir: Path | None, *, cache: Path | None, workers: int = WORKERS) -> Iterator[Processed]:
    """Yield what became of each document, in their order, ``workers`` at once; one worker is this very process."""
    if workers < 2 or len(sources) < 2:
        yield from (process(source, model_dir, cache=cache) for source in sources)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_alone) as pool:
        running = [pool.submit(process, source, model_dir, cache=cache) for source in sources]
        for task in running:
            yield task.result()


def _alone() -> None:
    """Let no library of a worker spread over the cores of its neighbours."""
    os.environ["OMP_NUM_THREADS"] = "1"
