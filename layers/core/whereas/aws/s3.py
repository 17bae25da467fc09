"""S3: uploaded originals (by version) and working files, with what is missing told apart.

A missing original is the uploader's doing and ends its document; a missing working file is the deployment's or an operator's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from whereas.aws import faults
from whereas.aws.clients import client
from whereas.errors import ArtefactError, PermanentError

_MISSING: Final = frozenset({"NoSuchKey", "NoSuchVersion", "404", "405", "MethodNotAllowed"})


def head_source(bucket: str, key: str, *, version_id: str | None = None) -> int:
    """Return the size in bytes of an uploaded object, or of one version of it.

    Raises:
        PermanentError: ``source_missing``, it was deleted.
    """
    try:
        answer = client("s3").head_object(Bucket=bucket, Key=key, **_version(version_id))
    except ClientError as exc:
        raise _source_error(exc) from exc
    return int(answer["ContentLength"])


def get_source(bucket: str, key: str, *, version_id: str | None = None, max_bytes: int | None = None) -> bytes:
    """Return the bytes of an uploaded object, or of one version of it.

    Args:
        bucket: the upload bucket.
        key: decoded, as S3 stores it.
        version_id: the S3 version; None for the latest.
        max_bytes: above it nothing is downloaded.

    Raises:
        PermanentError: ``source_missing``, it was deleted; ``too_large``, it has more than ``max_bytes``.
    """
    try:
        answer = client("s3").get_object(Bucket=bucket, Key=key, **_version(version_id))
    except ClientError as exc:
        raise _source_error(exc) from exc
    size_bytes = int(answer["ContentLength"])
    if max_bytes is not None and size_bytes > max_bytes:
        answer["Body"].close()
        raise PermanentError("too_large", f"The file has {size_bytes} bytes, the limit is {max_bytes}.")
    return _read(answer["Body"])


def get_work(bucket: str, key: str) -> bytes:
    """Return the bytes of a working file.

    Raises:
        ArtefactError: there is no such file.
    """
    try:
        answer = client("s3").get_object(Bucket=bucket, Key=key)
    except ClientError as exc:
        raise ArtefactError(f"working file {key} is missing: an earlier stage should have written it; send the document again") from exc
    return _read(answer["Body"])


def put(bucket: str, key: str, data: bytes, *, content_type: str = "application/octet-stream") -> None:
    """Write ``data`` under ``key``, over whatever was there."""
    client("s3").put_object(Bucket=bucket, Key=key, Body=data, ContentType=content_type)


def put_source_once(bucket: str, key: str, data: bytes, *, content_type: str, metadata: Mapping[str, str]) -> str | None:
    """Upload an object unless the same bytes lie under its key; return its version, None where the bucket keeps none.

    Args:
        bucket: the upload bucket.
        key: where the object will live.
        data: its bytes.
        content_type: its media type.
        metadata: kept with the object; its ``sha256`` tells the same bytes.
    """
    try:
        there = client("s3").head_object(Bucket=bucket, Key=key)
    except ClientError as exc:
        if exc.response.get("Error", {}).get("Code") not in _MISSING:
            raise faults.from_exception(exc, action="s3 source") from exc
        there = {}
    if there.get("Metadata", {}).get("sha256") == metadata["sha256"]:
        version_id: str | None = there.get("VersionId")
        return version_id
    answer = client("s3").put_object(Bucket=bucket, Key=key, Body=data, ContentType=content_type, Metadata=dict(metadata))
    made: str | None = answer.get("VersionId")
    return made


def exists(bucket: str, key: str) -> bool:
    """Say whether there is an object under ``key``."""
    try:
        client("s3").head_object(Bucket=bucket, Key=key)
    except ClientError:
        return False
    return True


def presign_upload(bucket: str, key: str, *, content_type: str, max_bytes: int, expires_s: int) -> dict[str, Any]:
    """Return a form that lets its holder upload one object without credentials.

    Args:
        bucket: the upload bucket.
        key: where the object will live; S3 refuses any other.
        content_type: S3 refuses any other.
        max_bytes: S3 refuses more, and an empty file (``content-length-range``).
        expires_s: how long the form is good for; never longer than the credentials of the role that signs it.

    Returns:
        ``url`` and ``fields``: POST the fields and then the field ``file`` to the URL as multipart/form-data.
    """
    conditions: list[Any] = [{"Content-Type": content_type}, ["content-length-range", 1, max_bytes]]
    form: dict[str, Any] = client("s3").generate_presigned_post(
        Bucket=bucket, Key=key, Fields={"Content-Type": content_type}, Conditions=conditions, ExpiresIn=expires_s
    )
    return form


def _version(version_id: str | None) -> dict[str, str]:
    return {} if version_id is None else {"VersionId": version_id}


def _source_error(exc: ClientError) -> Exception:
    # What else S3 may refuse was translated before it got here, all but a malformed request.
    if exc.response.get("Error", {}).get("Code") in _MISSING:
        return PermanentError("source_missing")
    return faults.from_exception(exc, action="s3 source")


def _read(body: Any) -> bytes:
    """Read a body to its end; a connection that breaks half way is not seen by the client's own error hooks."""
    try:
        data: bytes = body.read()
    except BotoCoreError as exc:
        raise faults.from_exception(exc, action="s3 download") from exc
    return data
