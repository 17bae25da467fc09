"""The state of documents and their versions, as conditional writes that can be repeated, reordered and cut short anywhere.

A version goes from PROCESSING to COMPLETE or QUARANTINED; a late success may still turn ``stage_failed`` and ``stalled``, which blame
the system and not the document, into COMPLETE. The head of a document follows two orders of its own: the latest version is
the one of the highest S3 sequencer, the current run that of the highest one among those that completed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from whereas.errors import ArtefactError
from whereas.records import heads, keys, table
from whereas.records.versions import REVOCABLE, Reason, Status, VersionMember, VersionState, from_item, reason_rank, stamp, to_item
from whereas.settings import settings

__all__ = [
    "Reason", "Status", "VersionMember", "VersionState", "complete", "create_version", "get_version", "has_joined_chunk", "has_joined_page",
    "join_chunks", "join_pages", "joined_chunks", "joined_pages", "note_resend", "quarantine", "restart", "set_assembled",
    "stalled_versions",
]  # fmt: skip


_OPEN = ("GSI1PK", "GSI1SK", "resends", "progress")
"""What only a version that is processing has; an ended one keeps no trace of how often it was sent again."""


def create_version(state: VersionState) -> VersionState:
    """Write a version unless it is known, and make it the document's latest unless a later one is.

    Args:
        state: PROCESSING, or QUARANTINED with its reason where it ends before it was taken in.

    Returns:
        What the table holds now: ``state``, or what an earlier delivery wrote.
    """
    stored = state
    if not table.put_new(to_item(state)):
        stored = _existing(state.document_id, state.version_id)
    heads.advance(stored)
    return stored


def restart(before: VersionState, after: VersionState) -> VersionState:
    """Begin a version anew, as ``after``, unless it has moved on since ``before`` was read.

    For a version that was given up before it was taken in, or whose model is no longer served; its run may be another one.

    Returns:
        What the table holds now.
    """
    values = {name: value for name, value in to_item(after).items() if name not in ("PK", "SK")}
    remove = [name for name in ("reason", "reason_rank", *(f"ms_{stage}" for stage in before.stages)) if name not in values]
    table.update(
        (keys.document(before.document_id), keys.version(before.version_id)),
        values=values,
        condition="#run_id = :run AND #status = :status",
        operands={":run": before.run_id, ":status": before.status},
        remove=remove,
    )
    stored = _existing(before.document_id, before.version_id)
    if stored.status == "PROCESSING":
        heads.reopen(stored)
    heads.advance(stored)
    return stored


def get_version(document_id: str, version_id: str) -> VersionState | None:
    """Return a version as last written, or None."""
    item = table.get((keys.document(document_id), keys.version(version_id)))
    return from_item(item) if item else None


def set_assembled(document_id: str, version_id: str, run_id: str, *, chunk_groups: int, language: str, ms: int) -> None:
    """Note how many chunk groups a version makes, before their tasks are sent. A repeat writes the same."""
    values: dict[str, Any] = {"chunk_groups": chunk_groups, "language": language, "ms_assemble": ms}
    now = stamp(datetime.now(UTC))
    key = (keys.document(document_id), keys.version(version_id))
    # Only a version that is still processing stands in the index of open ones.
    opened = values | {"updated_at": now, "GSI1SK": now}
    mine, operands = "#run_id = :run", {":run": run_id}
    if not table.update(key, values=opened, condition=f"{mine} AND #status = :open", operands=operands | {":open": "PROCESSING"}):
        table.update(key, values=values, condition=mine, operands=operands)


def join_pages(document_id: str, version_id: str, run_id: str, batch: int, *, ms: int) -> None:
    """Note that a page batch was read; the first note stays."""
    _join(document_id, keys.page_joins(version_id, run_id), batch, ms=ms)


def join_chunks(document_id: str, version_id: str, run_id: str, group: int, *, ms: int) -> None:
    """Note that a chunk group was recognised; the first note stays."""
    _join(document_id, keys.chunk_joins(version_id, run_id), group, ms=ms)


def joined_pages(document_id: str, version_id: str, run_id: str) -> dict[int, int]:
    """Return the milliseconds of each page batch that was read (consistent query)."""
    return _joined(document_id, keys.page_joins(version_id, run_id))


def joined_chunks(document_id: str, version_id: str, run_id: str) -> dict[int, int]:
    """Return the milliseconds of each chunk group that was recognised (consistent query)."""
    return _joined(document_id, keys.chunk_joins(version_id, run_id))


def has_joined_page(document_id: str, version_id: str, run_id: str, batch: int) -> bool:
    """Say whether a page batch was read."""
    return table.get((keys.document(document_id), keys.page_joins(version_id, run_id) + keys.part(batch))) is not None


def has_joined_chunk(document_id: str, version_id: str, run_id: str, group: int) -> bool:
    """Say whether a chunk group was recognised."""
    return table.get((keys.document(document_id), keys.chunk_joins(version_id, run_id) + keys.part(group))) is not None


def complete(document_id: str, version_id: str, run_id: str) -> VersionState:
    """Make a run, all of whose record is written, the document's current one, and its version COMPLETE.

    Where a later version's run is current already, or the version was quarantined for a fault of the document, the run's
    items are deleted instead: no reader ever sees them.

    Returns:
        What the table holds now.

    Raises:
        ArtefactError: there is no such version.
    """
    version = _existing(document_id, version_id)
    if version.run_id != run_id or (version.reason and version.reason.code not in REVOCABLE):
        if heads.current_run(document_id) != run_id:
            heads.delete_run(document_id, run_id)
        return version
    if not heads.flip(version):
        heads.delete_run(document_id, run_id)
    return _finish(version)


def quarantine(document_id: str, version_id: str, *, code: str, message: str, page: int | None) -> VersionState:
    """End a version with a reason, unless it is complete or has a stronger one.

    A fault of the document is stronger than ``stage_failed``, and that than ``stalled``; then the lower page wins, so that what
    is stored does not depend on which part failed first.

    Returns:
        What the table holds now.

    Raises:
        ArtefactError: there is no such version.
    """
    version = _existing(document_id, version_id)
    if heads.current_run(document_id) == version.run_id:
        return _finish(version)  # It died between its record and its status.
    rank = reason_rank(code, page)
    table.update(
        (keys.document(document_id), keys.version(version_id)),
        values={
            "status": "QUARANTINED",
            "reason": {"code": code, "message": message, "page": page},
            "reason_rank": rank,
            "updated_at": stamp(datetime.now(UTC)),
        },
        condition="#status = :open OR (#status = :mine AND #reason_rank > :rank)",
        operands={":open": "PROCESSING", ":mine": "QUARANTINED", ":rank": rank},
        remove=_OPEN,
    )
    ended = _existing(document_id, version_id)
    heads.advance(ended)
    return ended


def stalled_versions(before: datetime) -> Iterator[VersionState]:
    """Yield the versions, superseded ones too, that are PROCESSING and were last touched before a time."""
    for partition in keys.shards("OPEN", ""):
        for item in list(table.query_all(partition=partition, between=("0", stamp(before)), index=True)):
            yield from_item(item)


def note_resend(document_id: str, version_id: str, *, resends: int, progress: int) -> bool:
    """Note that a version was sent on again, which makes it look touched; say whether it is still PROCESSING."""
    now = stamp(datetime.now(UTC))
    return table.update(
        (keys.document(document_id), keys.version(version_id)),
        values={"resends": resends, "progress": progress, "updated_at": now, "GSI1SK": now},
        condition="#status = :open",
        operands={":open": "PROCESSING"},
    )


def _existing(document_id: str, version_id: str) -> VersionState:
    version = get_version(document_id, version_id)
    if version is None:
        raise ArtefactError(f"document {document_id}: version {version_id} is not in the table; upload the document again")
    return version


def _join(document_id: str, prefix: str, number: int, *, ms: int) -> None:
    expires_at = int(time.time()) + settings().retention_days * 86_400
    table.put_new({"PK": keys.document(document_id), "SK": prefix + keys.part(number), "ms": ms, "expires_at": expires_at})


def _joined(document_id: str, prefix: str) -> dict[int, int]:
    items = table.query_all(partition=keys.document(document_id), prefix=prefix)
    return {int(item["SK"].removeprefix(prefix)): item["ms"] for item in items}


def _finish(version: VersionState) -> VersionState:
    """Make a version COMPLETE, then the head if it is the latest."""
    key = (keys.document(version.document_id), keys.version(version.version_id))
    table.update(
        key,
        values={"status": "COMPLETE", "updated_at": stamp(datetime.now(UTC))},
        condition="#status <> :done",
        operands={":done": "COMPLETE"},
        remove=("reason", "reason_rank", *_OPEN),
    )
    ended = _existing(version.document_id, version.version_id)
    heads.advance(ended)
    return ended
