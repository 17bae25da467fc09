"""The item of one document version, and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal, cast

from whereas.records import keys
from whereas.records.table import Item
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
class VersionMember:
    """One file in a container: the object that it became, or why it was refused."""

    key: str
    version_id: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class VersionState:
    """One version of a document, as its item in the table says.

    Attributes:
        sequencer: of the S3 event; orders the versions of one document.
        page_batches, chunk_groups: how many join items make the set complete; None until known.
        resends, progress: what sweep noted when it last sent the version on again.
        stages: milliseconds by stage, of the stages that are run once a version.
        members: of a container, its files; None for a document.
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
    members: tuple[VersionMember, ...] | None = None


def to_item(state: VersionState) -> Item:
    """Return the item of a version; one that is PROCESSING stands in the index of open ones."""
    card = state.model
    item: Item = {name: getattr(state, name) for name in _PLAIN}
    item |= {f"ms_{stage}": ms for stage, ms in state.stages.items()}
    item |= {
        "PK": keys.document(state.document_id),
        "SK": keys.version(state.version_id),
        "model": {name: getattr(card, name) for name in ("name", "version", "sha256", "tokenizer_sha256", "label_schema")},
        "created_at": stamp(state.created_at),
        "updated_at": stamp(state.updated_at),
    }
    if state.reason:
        item["reason"] = {"code": state.reason.code, "message": state.reason.message, "page": state.reason.page}
        item["reason_rank"] = reason_rank(state.reason.code, state.reason.page)
    if state.members is not None:
        item["members"] = [_member_item(member) for member in state.members]
    if state.status == "PROCESSING":
        item |= {"resends": state.resends, "progress": state.progress}
        item |= {"GSI1PK": keys.sharded("OPEN", "", state.document_id), "GSI1SK": item["updated_at"]}
    return item


_PLAIN: Final = (
    "document_id", "version_id", "run_id", "sequencer", "bucket", "key", "pipeline", "status", "size_bytes", "source_sha256",
    "media_type", "pages", "page_batches", "chunk_groups", "language",
)  # fmt: skip


def from_item(item: Item) -> VersionState:
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
        members=tuple(_member(one) for one in item["members"]) if "members" in item else None,
        stages={name.removeprefix("ms_"): ms for name, ms in sorted(item.items()) if name.startswith("ms_")},
    )


def _member_item(member: VersionMember) -> Item:
    reason = {"code": member.reason.code, "message": member.reason.message} if member.reason else {}
    return {"key": member.key, **({"version_id": member.version_id} if member.version_id else {}), **reason}


def _member(item: Item) -> VersionMember:
    reason = Reason(code=item["code"], message=item["message"]) if "code" in item else None
    return VersionMember(key=item["key"], version_id=item.get("version_id"), reason=reason)


def reason_rank(code: str, page: int | None) -> str:
    """Return a string by which reasons compare; the lowest is the strongest."""
    fault = REVOCABLE.index(code) + 1 if code in REVOCABLE else 0
    return f"{fault}#{_LAST_PAGE if page is None else page:08d}#{code}"


def stamp(moment: datetime) -> str:
    """Return a time as text that sorts as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
