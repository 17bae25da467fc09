"""Object created → a document version with its model pinned, and its page tasks; or a container's members, each an upload.

Order of writes: version item, head item, page tasks. A death in between is made good when the event is delivered again: the
version is known by its id then, so that the object is not read a second time.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from whereas.aws import s3
from whereas.documents import identity
from whereas.documents.containers import CONTAINERS
from whereas.documents.sniffing import sniff
from whereas.errors import PermanentError
from whereas.reading import count_pages
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.stages import endings, expansion, joins
from whereas.stages.messages import Upload, parse_uploads
from whereas.stages.versions import document_id_of, new_version, quarantined_version, version_id_of

log = logging.getLogger(__name__)


def run(body: str) -> None:
    """Take in every object that an S3 notification reports as created.

    Each is taken in though another fails; the first failure is raised at the end, so that the queue delivers the
    notification again, which those that succeeded bear.

    Raises:
        InvalidRequestError: the body is no S3 notification.
        TransientError: S3, SQS or DynamoDB could not be reached or asked to slow down.
        ConfigurationError: the bucket keeps no versions, or the model layer is not what was asked for.
    """
    failures: list[Exception] = []
    for upload in parse_uploads(body):
        try:
            take(upload)
        except Exception as exc:  # noqa: BLE001 - one upload must not take the others of its notification along; raised below
            failures.append(exc)
    if failures:
        raise failures[0]


def take(upload: Upload) -> VersionState:
    """Make one upload a document version and send it on; a known version is only sent on.

    A version that sweep gave up before any delivery of its event had succeeded is looked at after all.
    """
    known = state.get_version(document_id_of(upload), version_id_of(upload))
    if known is None:
        version = state.create_version(_admit(upload))
    elif known.reason is not None and known.reason.code == "stage_failed" and known.pages is None:
        version = state.restart(known, _admit(upload))
    else:
        version = state.create_version(known)
    if version.status == "QUARANTINED" or version.members is not None:
        endings.announce(version)
    elif version.status == "PROCESSING":
        joins.send_missing_pages(version)
    return version


def _admit(upload: Upload) -> VersionState:
    """Look at the object: a version that is processing, with its pages counted, or one that has ended: refused, or a container."""
    version, limits = new_version(upload), settings().limits
    try:
        # Without a version S3 answers 404 where a delete marker lies on top: what its owner deleted is not read, though it is still there.
        s3.head_source(upload.bucket, upload.key)
        data = s3.get_source(upload.bucket, upload.key, version_id=version.version_id, max_bytes=limits.max_bytes)
        version = replace(version, size_bytes=len(data), source_sha256=identity.content_sha256(data))
        media = sniff(data, name=upload.key)
        version = replace(version, media_type=media.value)
        if media in CONTAINERS:
            return expansion.expand(version, data, media)
        pages = count_pages(data, media, limits=limits)
    except PermanentError as exc:
        log.info("document %s: quarantined as %s", version.document_id, exc.code)
        return quarantined_version(version, exc)
    return replace(version, pages=pages, page_batches=joins.page_batches(pages, page_batch=settings().page_batch))
