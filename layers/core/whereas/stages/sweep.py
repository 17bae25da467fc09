"""Dead letters and documents that stand still → sent again, or quarantined with a reason.

A dead letter says that a task failed every time it was delivered. Where its effect is there all the same (another copy of the
task succeeded), the document is only sent on. A chunk group gets one more chance alone, as it may have died of its batch
mates; where its model is no longer served, its document begins anew with the one that is. All else is quarantined as
``stage_failed``. A message that no stage could have sent is kept in the work bucket.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Final

from whereas.aws import s3
from whereas.errors import InvalidRequestError, PermanentError
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.stages import endings, files, joins
from whereas.stages.messages import AssembleTask, ChunkTask, PageTask, ResolveTask, Upload, parse_task, parse_uploads
from whereas.stages.model import model_card
from whereas.stages.versions import document_id_of, new_version, quarantined_version, repinned_version, version_id_of

log = logging.getLogger(__name__)

MAX_RESENDS: Final = 3
"""How often a document that stands still is sent again before it is quarantined; as many as a queue's own deliveries."""


def run_dead_letter(body: str, *, message_id: str) -> None:
    """Bring the document of one dead letter to an end, or send it on.

    Raises:
        TransientError: S3, SQS or DynamoDB could not be reached or asked to slow down.
    """
    try:
        task = parse_task(body)
    except InvalidRequestError:
        _bury_notification(body, message_id=message_id)
        return
    version = state.get_version(task.document_id, task.version_id)
    if version is None:
        _keep(body, message_id=message_id, why="its version is not in the table")
    elif version.run_id == task.run_id:
        _revive(version, task)


def run_schedule(now: datetime) -> int:
    """Send every document on that has stood still, or quarantine it after ``MAX_RESENDS`` times; return how many there were.

    A document whose parts have joined since the last look is not standing still, only large: its count starts anew.
    """
    stalled = list(state.stalled_versions(now - timedelta(seconds=settings().stalled_after_s)))
    for version in stalled:
        progress = joins.progress(version)
        resends = version.resends if progress == version.progress else 0
        if resends < MAX_RESENDS:
            # The index lags behind: a version that has ended meanwhile is left alone.
            if state.note_resend(version.document_id, version.version_id, resends=resends + 1, progress=progress):
                log.warning("document %s: stood still, sent again (%d of %d)", version.document_id, resends + 1, MAX_RESENDS)
                joins.send_missing(version)
        else:
            endings.quarantine(version, PermanentError("stalled", f"It was sent again {MAX_RESENDS} times."))
    return len(stalled)


def _revive(version: VersionState, task: PageTask | AssembleTask | ChunkTask | ResolveTask) -> None:
    ids = (version.document_id, version.version_id, version.run_id)
    match task:
        case ResolveTask() if version.status == "COMPLETE":
            # It may have died before the head told of it or before its event; to complete again makes both good.
            endings.announce(state.complete(*ids))
        case _ if version.status == "COMPLETE":
            log.info("document %s: complete, though a %s task of it died", version.document_id, task.task)
        case PageTask() if state.has_joined_page(*ids, task.batch):
            joins.after_pages(version)
        case PageTask():
            detail = f"Reading pages {task.first_page} to {task.last_page} failed every time."
            endings.quarantine(version, PermanentError("stage_failed", detail, page=task.first_page))
        case AssembleTask() if version.chunk_groups is not None:
            joins.send_missing_chunks(version)
        case AssembleTask():
            endings.quarantine(version, PermanentError("stage_failed", "Assembling the text failed every time."))
        case ChunkTask() if state.has_joined_chunk(*ids, task.group):
            joins.after_chunks(version)
        case ChunkTask() if version.model.sha256 != model_card().sha256:
            _repin(version)
        case ChunkTask(solo=False):
            joins.send_solo(version, task.group)
        case ChunkTask():
            endings.quarantine(version, PermanentError("stage_failed", "Recognising failed every time, alone too."))
        case ResolveTask():
            endings.quarantine(version, PermanentError("stage_failed", "Resolving the mentions failed every time."))


def _repin(version: VersionState) -> None:
    """Begin a document anew whose model was replaced while it was under way: no function serves that model any more."""
    log.warning("document %s: model %s is no longer served, it begins anew", version.document_id, version.model.version)
    joins.send_missing(state.restart(version, repinned_version(version)))


def _bury_notification(body: str, *, message_id: str) -> None:
    """Quarantine the uploads of a notification that died in intake; keep what is no notification."""
    try:
        uploads = parse_uploads(body)
    except InvalidRequestError:
        _keep(body, message_id=message_id, why="it is neither a task nor an S3 notification")
        return
    for upload in uploads:
        _bury(upload)


def _bury(upload: Upload) -> None:
    """End an upload that intake failed on every time; one that it did take in is only sent on."""
    error = PermanentError("stage_failed", "Taking the file in failed every time.")
    known = state.get_version(document_id_of(upload), version_id_of(upload))
    version = state.create_version(known or quarantined_version(new_version(upload), error))
    if version.status == "PROCESSING":
        joins.send_missing(version)
    elif version.status == "QUARANTINED":
        endings.announce(version)


def _keep(body: str, *, message_id: str, why: str) -> None:
    """Keep a dead letter that belongs to no document, so that nothing is lost: its id is logged, its body never."""
    key = files.dead_letter_key(message_id)
    s3.put(settings().work_bucket, key, json.dumps({"message_id": message_id, "why": why, "body": body}).encode())
    log.error("dead letter %s was kept under %s: %s", message_id, key, why)
