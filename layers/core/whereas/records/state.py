"""The state of documents and their versions, as conditional writes that can be repeated, reordered and cut short anywhere.

A version goes from PROCESSING to COMPLETE or QUARANTINED; a late success may still turn ``stage_failed`` and ``stalled``, which blame
the system and not the document, into COMPLETE. The head of a document follows two orders of its own: the latest version is
the one of the highest S3 sequencer, the current run that of the highest one among those that completed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal, cast

from whereas.errors import ArtefactError
from whereas.records import keys, table
from whereas.settings import settings
from whereas.types import ModelCard

Status = Literal["PROCESSING", "COMPLETE", "QUARANTINED"]
RANK: Final[dict[str, int]] = {"PROCESSING": 0, "QUARANTINED": 1, "COMPLETE": 2}
REVOCABLE: Final = ("stage_failed", "stalled")
"""Reasons that a late success overrules, the stronger first; every other reason is stronger than both."""
_LAST_PAGE: Final = 99_999_999


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a version is quarantined; ``code`` is a key of ``errors.REASONS``, ``page`` counts from 1."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class VersionState:
    """One version of a document, as its item in the table says.

    Attributes:
        sequencer: of the S3 event; orders the versions of one document.
        page_batches, chunk_groups: how many join items make the set complete; None until known.
        resends, progress: what sweep noted when it last sent the version on again.
        stages: milliseconds by stage, of the stages that are run once a version.
    """

    document_id: str
    version_id: str
    run_id: str
    sequencer: str
    bucket: str
    key: str
    model: ModelCard
    pipeline: str
    status: Status
    created_at: datetime
    updated_at: datetime
    size_bytes: int | None = None
    source_sha256: str | None = None
    media_type: str | None = None
    pages: int | None = None
    page_batches: int | None = None
    chunk_groups: int | None = None
    language: str | None = None
    reason: Reason | None = None
    resends: int = 0
    progress: int = 0
    stages: dict[str, int] = field(default_factory=dict)


def create_version(state: VersionState) -> VersionState:
    """Write a version unless it is known, and make it the document's latest unless a later one is.

    Args:
        state: PROCESSING, or QUARANTINED with its reason where it ends before it was taken in.

    Returns:
        What the table holds now: ``state``, or what an earlier delivery wrote.
    """
    stored = state
    if not table.put_new(_to_item(state)):
        stored = _existing(state.document_id, state.version_id)
    _advance_head(stored)
    return stored


def get_version(document_id: str, version_id: str) -> VersionState | None:
    """Return a version as last written, or None."""
    item = table.get((keys.document(document_id), keys.version(version_id)))
    return from_version_item(item) if item else None


def set_assembled(document_id: str, version_id: str, run_id: str, *, chunk_groups: int, language: str, ms: int) -> None:
    """Note how many chunk groups a version makes, before their tasks are sent. A repeat writes the same."""
    values: dict[str, Any] = {"chunk_groups": chunk_groups, "language": language, "ms_assemble": ms}
    now = _stamp(datetime.now(UTC))
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
        _delete_run(document_id, run_id)
        return version
    if not _flip(version):
        _delete_run(document_id, run_id)
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
    if _current_run(document_id) == version.run_id:
        return _finish(version)  # It died between its record and its status.
    rank = _reason_rank(code, page)
    table.update(
        (keys.document(document_id), keys.version(version_id)),
        values={
            "status": "QUARANTINED",
            "reason": {"code": code, "message": message, "page": page},
            "reason_rank": rank,
            "updated_at": _stamp(datetime.now(UTC)),
        },
        condition="#status = :open OR (#status = :mine AND #reason_rank > :rank)",
        operands={":open": "PROCESSING", ":mine": "QUARANTINED", ":rank": rank},
        remove=("GSI1PK", "GSI1SK"),
    )
    ended = _existing(document_id, version_id)
    _advance_head(ended)
    return ended


def stalled_versions(before: datetime) -> Iterator[VersionState]:
    """Yield the versions, superseded ones too, that are PROCESSING and were last touched before a time."""
    for partition in keys.shards("OPEN", ""):
        for item in list(table.query_all(partition=partition, between=("0", _stamp(before)), index=True)):
            yield from_version_item(item)


def note_resend(document_id: str, version_id: str, *, resends: int, progress: int) -> bool:
    """Note that a version was sent on again, which makes it look touched; say whether it is still PROCESSING."""
    now = _stamp(datetime.now(UTC))
    return table.update(
        (keys.document(document_id), keys.version(version_id)),
        values={"resends": resends, "progress": progress, "updated_at": now, "GSI1SK": now},
        condition="#status = :open",
        operands={":open": "PROCESSING"},
    )


def from_version_item(item: table.Item) -> VersionState:
    """Return the version that an item of the table holds."""
    reason = item.get("reason")
    return VersionState(
        document_id=item["document_id"],
        version_id=item["version_id"],
        run_id=item["run_id"],
        sequencer=item["sequencer"],
        bucket=item["bucket"],
        key=item["key"],
        model=ModelCard(**item["model"]),
        pipeline=item["pipeline"],
        status=cast(Status, item["status"]),
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        size_bytes=item.get("size_bytes"),
        source_sha256=item.get("source_sha256"),
        media_type=item.get("media_type"),
        pages=item.get("pages"),
        page_batches=item.get("page_batches"),
        chunk_groups=item.get("chunk_groups"),
        language=item.get("language"),
        reason=Reason(code=reason["code"], message=reason["message"], page=reason.get("page")) if reason else None,
        resends=item.get("resends", 0),
        progress=item.get("progress", 0),
        stages={name.removeprefix("ms_"): ms for name, ms in sorted(item.items()) if name.startswith("ms_")},
    )


def _to_item(state: VersionState) -> table.Item:
    card = state.model
    item: table.Item = {name: getattr(state, name) for name in _PLAIN}
    item |= {f"ms_{stage}": ms for stage, ms in state.stages.items()}
    item |= {
        "PK": keys.document(state.document_id),
        "SK": keys.version(state.version_id),
        "model": {name: getattr(card, name) for name in ("name", "version", "sha256", "tokenizer_sha256", "label_schema")},
        "created_at": _stamp(state.created_at),
        "updated_at": _stamp(state.updated_at),
    }
    if state.reason:
        item["reason"] = {"code": state.reason.code, "message": state.reason.message, "page": state.reason.page}
        item["reason_rank"] = _reason_rank(state.reason.code, state.reason.page)
    if state.status == "PROCESSING":
        item |= {"GSI1PK": keys.sharded("OPEN", "", state.document_id), "GSI1SK": item["updated_at"]}
    return item


_PLAIN: Final = (
    "document_id", "version_id", "run_id", "sequencer", "bucket", "key", "pipeline", "status", "size_bytes", "source_sha256",
    "media_type", "pages", "page_batches", "chunk_groups", "language", "resends", "progress",
)  # fmt: skip


def _existing(document_id: str, version_id: str) -> VersionState:
    version = get_version(document_id, version_id)
    if version is None:
        raise ArtefactError(f"document {document_id}: version {version_id} is not in the table; upload the document again")
    return version


def _reason_rank(code: str, page: int | None) -> str:
    """Return a string by which reasons compare; the lowest is the strongest."""
    fault = REVOCABLE.index(code) + 1 if code in REVOCABLE else 0
    return f"{fault}#{_LAST_PAGE if page is None else page:08d}#{code}"


def _stamp(moment: datetime) -> str:
    """Return a time as text that sorts as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _join(document_id: str, prefix: str, number: int, *, ms: int) -> None:
    expires_at = int(time.time()) + settings().retention_days * 86_400
    table.put_new({"PK": keys.document(document_id), "SK": prefix + keys.part(number), "ms": ms, "expires_at": expires_at})


def _joined(document_id: str, prefix: str) -> dict[int, int]:
    items = table.query_all(partition=keys.document(document_id), prefix=prefix)
    return {int(item["SK"].removeprefix(prefix)): item["ms"] for item in items}


def _current_run(document_id: str) -> str | None:
    head = table.get((keys.document(document_id), keys.HEAD))
    return head.get("current_run_id") if head else None


def _advance_head(version: VersionState) -> None:
    """Let the head tell of this version, if it is the latest, and of its status, if it went on."""
    sequence = keys.sequence(version.sequencer, version.version_id)
    table.update(
        (keys.document(version.document_id), keys.HEAD),
        values={
            "document_id": version.document_id,
            "latest_sequence": sequence,
            "latest_version_id": version.version_id,
            "status": version.status,
            "status_rank": RANK[version.status],
            "GSI1PK": keys.sharded("STATUS", version.status, version.document_id),
            "GSI1SK": version.document_id,
        },
        condition="attribute_not_exists(#latest_sequence) OR #latest_sequence < :sequence"
        " OR (#latest_sequence = :sequence AND #status_rank < :rank)",
        operands={":sequence": sequence, ":rank": RANK[version.status]},
    )


def _flip(version: VersionState) -> bool:
    """Switch the head to the version's run, unless that of a later version is current; delete what it replaces.

    The replaced run is noted in the same write that replaces it, so that a death before its items are deleted leaves a trace.
    """
    key = (keys.document(version.document_id), keys.HEAD)
    sequence = keys.sequence(version.sequencer, version.version_id)
    flipped = False
    while not flipped:
        head = table.get(key) or {}
        replaced = head.get("current_run_id")
        if replaced == version.run_id:
            break
        if replaced and head["current_sequence"] > sequence:
            return False
        flipped = table.update(
            key,
            values={"current_run_id": version.run_id, "current_version_id": version.version_id, "current_sequence": sequence},
            condition="#current_run_id = :replaced" if replaced else "attribute_not_exists(#current_run_id)",
            operands={":replaced": replaced} if replaced else {},
            add=("retired_runs", replaced) if replaced else None,
        )
    for retired in (table.get(key) or {}).get("retired_runs", []):
        _delete_run(version.document_id, retired)
        table.update(key, values={}, condition="attribute_exists(#retired_runs)", discard=("retired_runs", retired))
    return True


def _finish(version: VersionState) -> VersionState:
    """Make a version COMPLETE, then the head if it is the latest."""
    key = (keys.document(version.document_id), keys.version(version.version_id))
    table.update(
        key,
        values={"status": "COMPLETE", "updated_at": _stamp(datetime.now(UTC))},
        condition="#status <> :done",
        operands={":done": "COMPLETE"},
        remove=("reason", "reason_rank", "GSI1PK", "GSI1SK"),
    )
    ended = _existing(version.document_id, version.version_id)
    _advance_head(ended)
    return ended


def _delete_run(document_id: str, run_id: str) -> None:
    items = table.query_all(partition=keys.document(document_id), prefix=keys.run(run_id))
    table.delete_many([(item["PK"], item["SK"]) for item in items])
