"""An upload that is made once: the same bytes under the same key are not put again."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from whereas.aws import s3
from whereas.errors import ConfigurationError

KEY, METADATA = "deals.zip.parts/a.txt", {"sha256": "1" * 64}


class Bucket:
    """Answers as S3 does, and counts what is put."""

    def __init__(self, *, head: dict[str, Any] | None = None, code: str = "404", version: str | None = "v2") -> None:
        self._head, self._code, self._version = head, code, version
        self.put: list[dict[str, Any]] = []

    def head_object(self, **_: Any) -> dict[str, Any]:
        if self._head is None:
            raise ClientError({"Error": {"Code": self._code}, "ResponseMetadata": {"HTTPStatusCode": 400}}, "HeadObject")  # type: ignore[typeddict-item]
        return self._head

    def put_object(self, **options: Any) -> dict[str, Any]:
        self.put.append(options)
        return {"VersionId": self._version} if self._version else {}


@pytest.mark.parametrize(
    ("bucket", "version", "puts"),
    [
        (Bucket(head={"Metadata": METADATA, "VersionId": "v1"}), "v1", 0),
        (Bucket(head={"Metadata": METADATA}), None, 0),
        (Bucket(head={"Metadata": {"sha256": "2" * 64}, "VersionId": "v1"}), "v2", 1),
        (Bucket(head={"VersionId": "v1"}), "v2", 1),
        (Bucket(), "v2", 1),
        (Bucket(code="MethodNotAllowed"), "v2", 1),
        (Bucket(version=None), None, 1),
    ],
)
def test_what_lies_there_decides(monkeypatch: pytest.MonkeyPatch, bucket: Bucket, version: str | None, puts: int) -> None:
    monkeypatch.setattr(s3, "client", lambda _: bucket)
    assert s3.put_source_once("uploads", KEY, b"text", content_type="text/plain", metadata=METADATA) == version
    assert [(one["Key"], one["Body"], one["Metadata"], one["ContentType"]) for one in bucket.put] == [
        (KEY, b"text", METADATA, "text/plain"),
    ] * puts  # fmt: skip


def test_a_refusal_is_no_absence(monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = Bucket(code="BadRequest")
    monkeypatch.setattr(s3, "client", lambda _: bucket)
    with pytest.raises(ConfigurationError):
        s3.put_source_once("uploads", KEY, b"text", content_type="text/plain", metadata=METADATA)
    assert bucket.put == []
