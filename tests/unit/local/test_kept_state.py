"""What a stack holds survives in a folder: objects with their versions, items, waiting messages."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import pytest

from whereas.errors import ConfigurationError
from whereas_local import embedded, state
from whereas_local.stack import Stack, load_stack


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in embedded.credentials().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


@contextmanager
def stack() -> Iterator[Stack]:
    with embedded.in_process():
        loaded = load_stack()
        embedded.create(loaded, boto3.client)
        for queue in loaded.queues.values():
            boto3.client("sqs").purge_queue(QueueUrl=queue.url)
        yield loaded


def test_a_stack_comes_back_as_it_was(tmp_path: Path) -> None:
    item = {
        "PK": {"S": "p"},
        "SK": {"S": "s"},
        "blob": {"B": b"\x00\xff"},
        "deep": {"M": {"list": {"L": [{"N": "1"}, {"NULL": True}]}}},
        "set": {"SS": ["a"]},
    }
    with state.owned(tmp_path / "state") as folder:
        with stack() as first:
            s3, bucket = boto3.client("s3"), first.refs["UploadBucket"]
            versions = [
                s3.put_object(Bucket=bucket, Key="a b/ü.pdf", Body=body, ContentType="application/pdf")["VersionId"]
                for body in (b"1", b"2")
            ]
            s3.put_object(Bucket=bucket, Key="gone", Body=b"3")
            s3.delete_object(Bucket=bucket, Key="gone")
            boto3.client("dynamodb").put_item(TableName=first.refs["Table"], Item=item)
            sqs, url = boto3.client("sqs"), first.queues["PageQueue"].url
            for _ in range(3):  # the uploads' own notifications
                (told,) = sqs.receive_message(QueueUrl=first.queues["IntakeQueue"].url)["Messages"]
                sqs.delete_message(QueueUrl=first.queues["IntakeQueue"].url, ReceiptHandle=told["ReceiptHandle"])
            for body in ("waiting", "busy"):
                sqs.send_message(QueueUrl=url, MessageBody=body)
            sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=1)
            state.save(first, folder, boto3.client)
        with stack() as second:
            assert state.restore(second, folder, boto3.client) == 4 + 1 + 2
            s3, bucket = boto3.client("s3"), second.refs["UploadBucket"]
            assert [s3.get_object(Bucket=bucket, Key="a b/ü.pdf", VersionId=v)["Body"].read() for v in versions] == [b"1", b"2"]
            head = s3.head_object(Bucket=bucket, Key="a b/ü.pdf")
            assert (head["VersionId"], head["ContentType"]) == (versions[1], "application/pdf")
            with pytest.raises(s3.exceptions.ClientError, match="404"):
                s3.head_object(Bucket=bucket, Key="gone")
            assert boto3.client("dynamodb").scan(TableName=second.refs["Table"])["Items"] == [item]
            sqs = boto3.client("sqs")
            bodies = sqs.receive_message(QueueUrl=second.queues["PageQueue"].url, MaxNumberOfMessages=10)["Messages"]
            assert sorted(message["Body"] for message in bodies) == ["busy", "waiting"]
            assert "Messages" not in sqs.receive_message(QueueUrl=second.queues["IntakeQueue"].url), "bringing back tells intake nothing"


def test_blobs_that_nothing_names_are_removed(tmp_path: Path) -> None:
    with state.owned(tmp_path) as folder, stack() as made:
        s3, bucket = boto3.client("s3"), made.refs["WorkBucket"]
        version = s3.put_object(Bucket=bucket, Key="k", Body=b"1")["VersionId"]
        assert state.count_objects(made) == 1
        state.save(made, folder, boto3.client)
        s3.delete_object(Bucket=bucket, Key="k", VersionId=version)
        state.save(made, folder, boto3.client)
        assert list((folder / "blobs").iterdir()) == []


def test_a_fresh_folder_is_an_empty_stack(tmp_path: Path) -> None:
    with state.owned(tmp_path) as folder, stack() as made:
        assert state.restore(made, folder, boto3.client) == 0


def test_one_stack_a_folder(tmp_path: Path) -> None:
    with state.owned(tmp_path), pytest.raises(ConfigurationError, match="another stack uses"), state.owned(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be written to"), state.owned(tmp_path / "file/state"):
        pass


@pytest.mark.parametrize(("text", "message"), [("{", "damaged"), ("", "format"), ('{"format": 99}', "format")])
def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, text: str, message: str) -> None:
    with state.owned(tmp_path) as folder, stack() as made:
        (folder / "state.jsonl").write_text(text)
        with pytest.raises(ConfigurationError, match=message):
            state.restore(made, folder, boto3.client)


def test_a_lost_blob_is_told(tmp_path: Path) -> None:
    with state.owned(tmp_path) as folder, stack() as made:
        line = {"kind": "object", "bucket": "WorkBucket", "key": "k", "version_id": "v"}
        line |= {"modified": "2026-01-01T00:00:00", "blob": "0" * 64, "content_type": ""}
        (folder / "state.jsonl").write_text("\n".join(json.dumps(entry) for entry in ({"format": 1}, line)))
        with pytest.raises(ConfigurationError, match="lacks a blob"):
            state.restore(made, folder, boto3.client)
