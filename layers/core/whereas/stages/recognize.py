"""Chunk tasks of many documents → mentions; the last group sends its document on to resolve.

Order of writes, for each group: mentions file, join item, resolve task. A group's result does not depend on what else is in
the batch, nor does its failure reach the others: where the batch as a whole fails, each group is tried alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whereas.errors import ConfigurationError, ModelContractError
from whereas.recognition.recognizer import Recognizer
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.stages import files, joins
from whereas.stages.messages import ChunkTask
from whereas.stages.model import model_card
from whereas.stages.versions import open_version_of
from whereas.types import Chunk, ModelCard, Recognition


@dataclass(frozen=True, slots=True)
class _Work:
    """One chunk group to recognise; ``index`` is its task's place in the batch."""

    index: int
    version: VersionState
    group: int
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """One group's recognitions, one a chunk, and the milliseconds they took."""

    recognitions: tuple[Recognition, ...]
    ms: int


def recognizer() -> Recognizer:
    """Return the process's recogniser, loaded on first use."""
    return _recognizer(settings().model_dir, settings().threads)


def prepare() -> None:
    """Load the model ahead of the first message, where the model layer is there; where it is not, the first message says so."""
    if settings().model_dir.is_dir():
        recognizer()


@cache
def _recognizer(model_dir: Path, threads: int) -> Recognizer:
    return Recognizer.load(model_dir, threads=threads)


def run(tasks: Sequence[ChunkTask]) -> list[Exception | None]:
    """Recognise a batch of chunk groups.

    Returns:
        One outcome a task, in their order: None, or what its task failed of (the queue is to deliver it again).

    Raises:
        ModelContractError: the model layer does not hold what the deployment asks for; no task can succeed.
    """
    model = recognizer()
    card = model_card()
    outcomes: list[Exception | None] = [None] * len(tasks)
    work: list[_Work] = []
    for index, task in enumerate(tasks):
        try:
            work.extend(_open(index, task, card))
        except Exception as exc:  # noqa: BLE001 - one task must not take its batch mates along; returned to the caller
            outcomes[index] = exc
    for item, result in _recognize(model, work):
        try:
            _finish(item, result)
        except Exception as exc:  # noqa: BLE001 - as above
            outcomes[item.index] = exc
    return outcomes


def _open(index: int, task: ChunkTask, card: ModelCard) -> list[_Work]:
    """Return the group to recognise, or nothing where that has been done."""
    version = open_version_of(task)
    if version is None:
        return []
    if version.model.sha256 != card.sha256:
        raise ModelContractError(
            f"document {version.document_id}: its run is pinned to model {version.model.version}, this function serves "
            f"{card.version}; it begins anew once this task is a dead letter"
        )
    if state.has_joined_chunk(version.document_id, version.version_id, version.run_id, task.group):
        joins.after_chunks(version)
        return []
    return [_Work(index, version, task.group, files.load(files.chunks_key(version.run_id, task.group), files.Chunks))]


def _recognize(model: Recognizer, work: Sequence[_Work]) -> Iterator[tuple[_Work, _Found | Exception]]:
    """Yield each group's recognitions and its share of the time, or what it failed of."""
    started = time.perf_counter()
    try:
        found = model.recognize([chunk for item in work for chunk in item.chunks])
    except ConfigurationError:
        raise
    except Exception as exc:  # noqa: BLE001 - whichever group is at fault, the others go on; each is tried alone
        if len(work) == 1:
            yield work[0], exc
            return
        for item in work:
            yield from _recognize(model, [item])
        return
    ms = (time.perf_counter() - started) * 1000
    tokens = sum(chunk.tokens for item in work for chunk in item.chunks)
    start = 0
    for item in work:
        end = start + len(item.chunks)
        share = sum(chunk.tokens for chunk in item.chunks) / tokens
        yield item, _Found(tuple(found[start:end]), round(ms * share))
        start = end


def _finish(item: _Work, result: _Found | Exception) -> None:
    """Store one group's mentions and send its document on if it was the last."""
    if isinstance(result, Exception):
        raise result
    version = item.version
    files.save(files.mentions_key(version.run_id, item.group), result.recognitions, files.Recognitions)
    state.join_chunks(version.document_id, version.version_id, version.run_id, item.group, ms=result.ms)
    joins.after_chunks(version)
