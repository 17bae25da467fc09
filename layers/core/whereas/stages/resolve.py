"""All mentions in → contract facts, entities, the record; the document's current run is switched to it.

Order of writes: record file, table items, head, version item, completion event. Readers follow the head, so that they see the
whole record or the one before it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from whereas.aws import s3
from whereas.reading.locate import boxes_of
from whereas.recognition.merge import merge
from whereas.records import items, state
from whereas.records.state import VersionState
from whereas.resolution import resolve
from whereas.resolution.linking.blocking import blocks
from whereas.settings import settings
from whereas.stages import endings, files, record
from whereas.stages.confidences import with_confidences
from whereas.stages.messages import ResolveTask
from whereas.stages.versions import version_of
from whereas.types import CleanedText, PageText, Recognition, Resolution


def run(task: ResolveTask) -> None:
    """Make the record of a document whose mentions are all in.

    Raises:
        ArtefactError: the task's version or one of its working files is missing or damaged.
        TransientError: S3, DynamoDB or EventBridge could not be reached or asked to slow down.
    """
    version = version_of(task)
    if version is None:
        return
    if version.status == "COMPLETE":
        # It may have died before the head told of it; to complete again is to make that good.
        endings.announce(state.complete(version.document_id, version.version_id, version.run_id))
    else:
        endings.announce(_resolve(version))


def _resolve(version: VersionState) -> VersionState:
    started = time.perf_counter()
    cleaned: CleanedText = files.load(files.text_key(version.run_id), CleanedText)
    batches = files.load_pages(version)
    pages = [page for batch in batches for page in batch.pages]
    resolution = with_confidences(_facts(version, cleaned, pages), cleaned, pages)
    made = record.build(
        version,
        cleaned=cleaned,
        pages=pages,
        ocr=next((batch.ocr for batch in batches if batch.ocr), None),
        resolution=resolution,
        images=frozenset(number for batch in batches for number in batch.images),
        stages=_stages(version, started),
        created_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
    )
    s3.put(settings().work_bucket, files.record_key(version.run_id), record.to_bytes(made))
    items.put_record(made, blocks=blocks)
    return state.complete(version.document_id, version.version_id, version.run_id)


def _facts(version: VersionState, cleaned: CleanedText, pages: Sequence[PageText]) -> Resolution:
    """Merge the mentions of all windows and resolve them."""
    found: list[Recognition] = []
    for group in range(version.chunk_groups or 0):
        found.extend(files.load(files.mentions_key(version.run_id, group), files.Recognitions))
    return resolve(
        cleaned,
        merge(found),
        document_id=version.document_id,
        locate=lambda start, end: boxes_of(cleaned, pages, start, end),
    )


def _stages(version: VersionState, started: float) -> dict[str, int]:
    """Return the milliseconds of each stage, summed over its parts."""
    ids = (version.document_id, version.version_id, version.run_id)
    return {
        "read": sum(state.joined_pages(*ids).values()),
        "assemble": version.stages.get("assemble", 0),
        "recognize": sum(state.joined_chunks(*ids).values()),
        "resolve": round((time.perf_counter() - started) * 1000),
    }
