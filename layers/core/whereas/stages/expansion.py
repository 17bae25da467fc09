"""A container → its members, each an upload of its own, which intake is told of like of any other.

The members lie beside their container under keys that follow from its own, with the container's document and version in their
metadata. One that is there with the same bytes is not put again, so that a redelivery, or the same archive uploaded anew,
makes no new versions. Order of writes: member objects, then (by intake) the container's version item.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from whereas.aws import s3
from whereas.documents import identity
from whereas.documents.containers import Member, unpack
from whereas.errors import PermanentError
from whereas.records.state import Reason, VersionMember, VersionState
from whereas.settings import settings
from whereas.stages.versions import quarantined_version
from whereas.types import MediaType

MAX_KEY_BYTES: Final = 1024
"""Amazon S3 User Guide, "Naming Amazon S3 objects"."""
_MAX_PATH_BYTES: Final = 220


def expand(version: VersionState, data: bytes, media_type: MediaType) -> VersionState:
    """Put the members of a container into the upload bucket.

    Args:
        version: the container's.
        data: its bytes.
        media_type: ZIP or EML.

    Returns:
        The version as it ends: COMPLETE with its members, or QUARANTINED where none of them could be taken.

    Raises:
        PermanentError: the container as a whole is refused.
        TransientError: S3 could not be reached; what was put so far is not put again.
    """
    prefix = _prefix(version)
    members = tuple(_take(version, member, key=prefix + member.path) for member in unpack(data, media_type, limits=settings().limits))
    ended = replace(version, status="COMPLETE", pages=0, page_batches=0, members=members)
    if any(member.reason is None for member in members):
        return ended
    return quarantined_version(ended, _common_reason(members))


def _prefix(version: VersionState) -> str:
    """Return the folder of a container's members; where its key leaves no room, one by the document's id."""
    beside = f"{version.key}.parts/"
    return beside if len(beside.encode()) + _MAX_PATH_BYTES <= MAX_KEY_BYTES else f"parts/{version.document_id}/"


def _take(version: VersionState, member: Member, *, key: str) -> VersionMember:
    if member.refusal is not None or member.media_type is None:
        refusal = member.refusal or PermanentError("unsupported")
        return VersionMember(key=key, reason=Reason(code=refusal.code, message=refusal.message))
    metadata = {
        "container-document": version.document_id,
        "container-version": version.version_id,
        "sha256": identity.content_sha256(member.data),
    }
    version_id = s3.put_source_once(version.bucket, key, member.data, content_type=member.media_type.value, metadata=metadata)
    return VersionMember(key=key, version_id=version_id)


def _common_reason(members: tuple[VersionMember, ...]) -> PermanentError:
    """Return why nothing was taken: the reason that most members were refused for."""
    codes = Counter(member.reason.code for member in members if member.reason)
    code, _ = codes.most_common(1)[0]
    if len(members) == 1 and members[0].reason:
        return PermanentError(code, "Its only file was refused.")
    return PermanentError(code, f"None of the {len(members)} files in it could be taken.")
