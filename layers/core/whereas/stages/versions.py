"""The version item: made of an upload, found by a task."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime

from whereas.documents import identity
from whereas.errors import ArtefactError, ConfigurationError, PermanentError
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.stages.messages import AssembleTask, ChunkTask, PageTask, ResolveTask, Upload
from whereas.stages.model import model_card

log = logging.getLogger(__name__)


def document_id_of(upload: Upload) -> str:
    """Return the id of the document that an upload is a version of."""
    return identity.document_id(bucket=upload.bucket, key=upload.key)


def version_id_of(upload: Upload) -> str:
    """Return the version that an upload made.

    Raises:
        ConfigurationError: the bucket keeps no versions.
    """
    if upload.version_id is None:
        raise ConfigurationError(f"document {document_id_of(upload)}: its event names no version; the upload bucket must keep versions")
    return upload.version_id


def new_version(upload: Upload) -> VersionState:
    """Return the version item of an upload that has not been looked at: processing, with the served model pinned."""
    document_id, version_id, card, now = document_id_of(upload), version_id_of(upload), model_card(), datetime.now(UTC)
    pipeline = settings().pipeline_version
    return VersionState(
        document_id=document_id,
        version_id=version_id,
        run_id=identity.run_id(document_id=document_id, version_id=version_id, model=card, pipeline_version=pipeline),
        sequencer=upload.sequencer,
        bucket=upload.bucket,
        key=upload.key,
        model=card,
        pipeline=pipeline,
        status="PROCESSING",
        created_at=now,
        updated_at=now,
    )


def quarantined_version(version: VersionState, error: PermanentError) -> VersionState:
    """Return the item of a version that ends before it was taken in, with what is known of it so far."""
    reason = state.Reason(code=error.code, message=error.message, page=error.page)
    return replace(version, status="QUARANTINED", reason=reason, pages=None, page_batches=None)


def repinned_version(version: VersionState) -> VersionState:
    """Return a version as it begins anew with the model that is served now: another run, of the same pages."""
    card, pipeline = model_card(), settings().pipeline_version
    run_id = identity.run_id(document_id=version.document_id, version_id=version.version_id, model=card, pipeline_version=pipeline)
    return replace(
        version,
        run_id=run_id,
        model=card,
        pipeline=pipeline,
        status="PROCESSING",
        updated_at=datetime.now(UTC),
        chunk_groups=None,
        language=None,
        reason=None,
        resends=0,
        progress=0,
        stages={},
    )


def version_of(task: PageTask | AssembleTask | ChunkTask | ResolveTask) -> VersionState | None:
    """Return the version that ``task`` belongs to; None where it has moved on to another run, so that nothing is left to do.

    Raises:
        ArtefactError: there is no such version, although its item is written before any of its tasks is sent.
    """
    version = state.get_version(task.document_id, task.version_id)
    if version is None:
        raise ArtefactError(
            f"document {task.document_id}: version {task.version_id} is not in the table, where the item of a {task.task} task was "
            "expected; upload the document again"
        )
    if version.run_id != task.run_id:
        log.info("document %s: run %s was replaced by %s; its %s task is dropped", task.document_id, task.run_id, version.run_id, task.task)
        return None
    return version


def open_version_of(task: PageTask | AssembleTask | ChunkTask) -> VersionState | None:
    """Return the version that ``task`` belongs to; None where it is complete or has moved on to another run.

    A quarantined version stays open: the other parts of the document are carried on with, so that what is stored does not
    depend on the order in which its parts failed, and a late success can still complete it.
    """
    version = version_of(task)
    return None if version is None or version.status == "COMPLETE" else version
