"""Follows uploaded documents through the table until each has ended, and fetches what became of them."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from whereas.aws import s3
from whereas.codec import decode
from whereas.documents.identity import document_id
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.stages import files
from whereas.stages.record import of_unfinished
from whereas.types import CleanedText

SHARE: Final = 0.1
"""Part of the time that following may take, so that it never competes with the work it watches."""
PAUSE_S: Final = 0.25


@dataclass(slots=True)
class Tracked:
    """One uploaded file. ``parts`` and ``done`` count its page batches and chunk groups, as far as they are known."""

    path: Path
    key: str
    bucket: str
    version_id: str
    version: VersionState | None = None
    pages_read: int = 0
    groups_done: int = 0
    document_id: str = field(init=False)

    def __post_init__(self) -> None:
        self.document_id = document_id(bucket=self.bucket, key=self.key)

    @property
    def ended(self) -> bool:
        """Whether it is COMPLETE or QUARANTINED."""
        return self.version is not None and self.version.status != "PROCESSING"

    @property
    def pages(self) -> int:
        """Pages of the document; 0 until they are counted."""
        return (self.version.pages or 0) if self.version else 0

    @property
    def groups(self) -> int:
        """Chunk groups of the document; 0 until its text is cut."""
        return (self.version.chunk_groups or 0) if self.version else 0

    def members(self) -> list[Tracked]:
        """Return what became of a container's files, of those that were taken; each is to be followed like an upload."""
        taken = [member for member in (self.version.members or () if self.version else ()) if member.version_id]
        return [
            Tracked(path=self.path / member.key, key=member.key, bucket=self.bucket, version_id=member.version_id or "") for member in taken
        ]

    def look(self) -> None:
        """Read the document's state from the table."""
        version = state.get_version(self.document_id, self.version_id)
        if version is None:
            return
        self.version = version
        ids = (version.document_id, version.version_id, version.run_id)
        if version.status == "COMPLETE":
            self.pages_read, self.groups_done = self.pages, self.groups
        elif version.chunk_groups is not None:
            self.pages_read, self.groups_done = self.pages, len(state.joined_chunks(*ids))
        elif version.page_batches:
            self.pages_read = min(self.pages, len(state.joined_pages(*ids)) * -(-self.pages // version.page_batches))


def follow(documents: list[Tracked], *, tell: Callable[[Sequence[Tracked]], None], check: Callable[[], None]) -> None:
    """Look at the documents again and again until all have ended, the files in archives and messages among them.

    Args:
        documents: what to follow; updated in place. Members are put behind their container.
        tell: called after each look.
        check: called after each look; raises where going on makes no sense.
    """
    while open_ := [document for document in documents if not document.ended]:
        started = time.monotonic()
        for index, document in enumerate(open_):
            document.look()
            if document.ended and (members := document.members()):
                at = next(place for place, one in enumerate(documents) if one is document)
                documents[at + 1 : at + 1] = members
            if index % 16 == 15:
                tell(documents)
        tell(documents)
        check()
        spent = time.monotonic() - started
        time.sleep(max(PAUSE_S, spent / SHARE - spent))


def records_of(documents: Iterable[Tracked]) -> list[dict[str, Any]]:
    """Return the public record of each document in order; of one without results, its status and reason."""
    return [_record(document) for document in documents if document.version is not None]


def images_of(records: Iterable[Mapping[str, Any]]) -> dict[str, dict[int, bytes]]:
    """Return the pictures of pages that are kept, by document id and page."""
    bucket = settings().work_bucket
    return {
        record["document"]["document_id"]: {
            page["page"]: s3.get_work(bucket, files.page_image_key(record["run"]["run_id"], page["page"]))
            for page in record["pages_read"]
            if page["image"]
        }
        for record in records
    }


def texts_of(documents: Iterable[Tracked]) -> dict[str, str]:
    """Return the cleaned text of each completed document, by document id."""
    return {
        document.document_id: _text(document.version)
        for document in documents
        if document.version and document.version.status == "COMPLETE" and document.version.members is None
    }


def _record(document: Tracked) -> dict[str, Any]:
    version = document.version
    if version is None:
        raise ValueError("a document that was not looked at has no record")
    if version.status != "COMPLETE" or version.members is not None:
        return of_unfinished(version)
    data = s3.get_work(settings().work_bucket, files.record_key(version.run_id))
    record: dict[str, Any] = json.loads(gzip.decompress(data))
    return record


def _text(version: VersionState) -> str:
    return decode(s3.get_work(settings().work_bucket, files.text_key(version.run_id)), CleanedText).text
