"""What travels through the queues: ids and counts, never text; the rest lives in the table's version item and in S3.

Every task names its kind, so that a dead letter can be told without knowing which queue it died in. S3 event
notifications are parsed here too (Amazon S3 User Guide, "Event message structure", event version 2.x).
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import unquote_plus

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from whereas.errors import InvalidRequestError


class _Task(BaseModel):
    """The ids that every task carries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document_id: str = Field(min_length=1)
    version_id: str = Field(min_length=1)
    run_id: str = Field(min_length=1)

    @classmethod
    def parse(cls, body: str) -> Self:
        """Return the task of this kind that a queue message's body holds.

        Raises:
            InvalidRequestError: the body holds something else; the message says where, never what, as a body may be anything.
        """
        try:
            return cls.model_validate_json(body)
        except ValidationError as exc:
            raise InvalidRequestError(f"queue message is no {cls.__name__}: {_where(exc)}") from None

    def body(self) -> str:
        """Return the task as a queue message's body."""
        return self.model_dump_json()


class PageTask(_Task):
    """Read pages ``first_page`` to ``last_page``, both included, counting from 1."""

    task: Literal["page"] = "page"
    batch: int = Field(ge=0)
    first_page: int = Field(ge=1)
    last_page: int = Field(ge=1)


class AssembleTask(_Task):
    """All pages are read: clean them and cut the text into chunks."""

    task: Literal["assemble"] = "assemble"


class ChunkTask(_Task):
    """Recognise one chunk group, counting from 0; ``solo`` marks the second chance, alone in its batch."""

    task: Literal["chunk"] = "chunk"
    group: int = Field(ge=0)
    solo: bool = False


class ResolveTask(_Task):
    """All chunks are recognised: make the record."""

    task: Literal["resolve"] = "resolve"


Task = Annotated[PageTask | AssembleTask | ChunkTask | ResolveTask, Field(discriminator="task")]

_TASK: Final[TypeAdapter[PageTask | AssembleTask | ChunkTask | ResolveTask]] = TypeAdapter(Task)


def parse_task(body: str) -> PageTask | AssembleTask | ChunkTask | ResolveTask:
    """Return the task of whichever kind that a dead letter's body holds.

    Raises:
        InvalidRequestError: the body is none of the tasks.
    """
    try:
        return _TASK.validate_json(body)
    except ValidationError as exc:
        raise InvalidRequestError(f"queue message is no task of this system: {_where(exc)}") from None


class _Object(BaseModel):
    key: str = Field(min_length=1)
    size: int = 0
    version_id: str | None = Field(default=None, alias="versionId")
    sequencer: str = ""


class _Bucket(BaseModel):
    name: str = Field(min_length=1)


class _S3(BaseModel):
    bucket: _Bucket
    object: _Object


class _S3Record(BaseModel):
    event_name: str = Field(alias="eventName")
    s3: _S3


class _Notification(BaseModel):
    records: list[_S3Record] = Field(alias="Records")


class Upload(BaseModel):
    """One object that was created: where it is and which of its versions.

    Attributes:
        key: decoded, as S3 stores it.
        version_id: None where the bucket keeps no versions.
        sequencer: hexadecimal; orders the events of one key (S3 User Guide, "Event message structure").
    """

    model_config = ConfigDict(frozen=True)

    bucket: str
    key: str
    version_id: str | None
    sequencer: str


def parse_uploads(body: str) -> list[Upload]:
    """Return the objects that an S3 notification reports as created; empty for a test event and for removals.

    Keys arrive URL-encoded with ``+`` for a space.

    Raises:
        InvalidRequestError: the body is no S3 notification. The message never quotes the body.
    """
    try:
        raw: Any = json.loads(body)
    except ValueError:
        raise InvalidRequestError("queue message is not JSON, where an S3 event notification was expected") from None
    if isinstance(raw, dict) and raw.get("Event") == "s3:TestEvent":
        return []
    try:
        records = _Notification.model_validate(raw).records
    except ValidationError as exc:
        raise InvalidRequestError(f"queue message is no S3 event notification: {_where(exc)}") from None
    return [_upload(record.s3) for record in records if record.event_name.removeprefix("s3:").startswith("ObjectCreated:")]


def _upload(s3: _S3) -> Upload:
    return Upload(bucket=s3.bucket.name, key=unquote_plus(s3.object.key), version_id=s3.object.version_id, sequencer=s3.object.sequencer)


def _where(exc: ValidationError) -> str:
    """Name the fields at fault and the kind of fault, without the input that pydantic would quote."""
    return "; ".join(f"{_place(error['loc'], error['type'])}: {error['type']}" for error in exc.errors())


def _place(loc: tuple[int | str, ...], kind: str) -> str:
    """Name a field; a field that we do not know is named by its sender, and is left out."""
    known = loc[:-1] if kind == "extra_forbidden" else loc
    return ".".join(str(part) for part in known) or "body"
