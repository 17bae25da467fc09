"""S3, SQS and EventBridge: what is missing, what failed in part, what was signed."""

import base64
import io
import json
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError
from botocore.response import StreamingBody

from whereas.aws import clients, events, s3, sqs
from whereas.errors import ArtefactError, ConfigurationError, PermanentError, ThrottledError, TransientError


@pytest.fixture
def bucket() -> str:
    client = clients.client("s3")
    client.create_bucket(Bucket="uploads")
    client.put_bucket_versioning(Bucket="uploads", VersioningConfiguration={"Status": "Enabled"})
    return "uploads"


@pytest.fixture
def queue() -> str:
    return str(clients.client("sqs").create_queue(QueueName="q")["QueueUrl"])


def received(queue: str) -> list[str]:
    client, found = clients.client("sqs"), []
    while messages := client.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        found += [message["Body"] for message in messages]
    return sorted(found)


def test_a_version_is_read_though_a_newer_one_came(bucket: str) -> None:
    client = clients.client("s3")
    first = client.put_object(Bucket=bucket, Key="ü +.pdf", Body=b"one")["VersionId"]
    s3.put(bucket, "ü +.pdf", b"second")
    assert s3.get_source(bucket, "ü +.pdf", version_id=first) == b"one"
    assert s3.get_source(bucket, "ü +.pdf") == b"second"
    assert s3.head_source(bucket, "ü +.pdf", version_id=first) == 3


def test_a_source_that_was_deleted_is_missing(bucket: str) -> None:
    client = clients.client("s3")
    version_id = client.put_object(Bucket=bucket, Key="k", Body=b"one")["VersionId"]
    marker = client.delete_object(Bucket=bucket, Key="k")["VersionId"]
    client.delete_object(Bucket=bucket, Key="k", VersionId=version_id)
    for wanted in (None, version_id, marker):
        with pytest.raises(PermanentError, match="source_missing"):
            s3.get_source(bucket, "k", version_id=wanted)
        with pytest.raises(PermanentError, match="source_missing"):
            s3.head_source(bucket, "k", version_id=wanted)


def test_too_large_a_source_is_not_downloaded(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    s3.put(bucket, "k", b"four")
    monkeypatch.setattr(StreamingBody, "read", lambda *_, **__: pytest.fail("downloaded"))
    with pytest.raises(PermanentError, match="too_large: The file has 4 bytes, the limit is 3"):
        s3.get_source(bucket, "k", max_bytes=3)


def test_a_missing_working_file_is_no_fault_of_the_document(bucket: str) -> None:
    with pytest.raises(ArtefactError, match="runs/1/text"):
        s3.get_work(bucket, "runs/1/text.json.gz")
    s3.put(bucket, "runs/1/text.json.gz", b"x")
    assert s3.get_work(bucket, "runs/1/text.json.gz") == b"x"
    assert s3.exists(bucket, "runs/1/text.json.gz")
    assert not s3.exists(bucket, "none")


def test_a_missing_bucket_is_the_deployments_fault() -> None:
    with pytest.raises(ConfigurationError, match="NoSuchBucket"):
        s3.get_source("none", "k")


def test_a_download_that_breaks_off_is_transient(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    s3.put(bucket, "k", b"four")

    def read(*_: object, **__: object) -> bytes:
        raise ReadTimeoutError(endpoint_url="s3")

    monkeypatch.setattr(StreamingBody, "read", read)
    with pytest.raises(TransientError, match="ReadTimeoutError"):
        s3.get_source(bucket, "k")


def test_a_download_that_is_too_short_is_transient() -> None:
    with pytest.raises(TransientError, match="IncompleteReadError"):
        s3._read(StreamingBody(io.BytesIO(b"abc"), 10))


def test_an_upload_form_binds_key_type_and_size(bucket: str) -> None:
    form = s3.presign_upload(bucket, "a b.pdf", content_type="application/pdf", max_bytes=10, expires_s=60)
    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    assert {"key": "a b.pdf"} in policy["conditions"]
    assert {"Content-Type": "application/pdf"} in policy["conditions"]
    assert ["content-length-range", 1, 10] in policy["conditions"]
    assert form["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"


def test_any_number_of_messages_is_sent(queue: str) -> None:
    sqs.send_batch(queue, [f"{n:02d}" for n in range(23)])
    sqs.send(queue, "23")
    assert received(queue) == [f"{n:02d}" for n in range(24)]


def failing(monkeypatch: pytest.MonkeyPatch, *answers: list[dict[str, Any]]) -> list[list[str]]:
    """Let SQS answer ``answers`` in turn, then accept; return what was sent each time."""
    sent: list[list[str]] = []
    left = list(answers)

    class Client:
        def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803
            sent.append([entry["MessageBody"] for entry in Entries])
            return {"Failed": left.pop(0)} if left else {}

    monkeypatch.setattr(sqs, "client", lambda _: Client())
    monkeypatch.setattr(sqs, "BACKOFF_S", 0.0)
    return sent


def test_lost_entries_are_sent_again_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = failing(monkeypatch, [{"Id": "1", "SenderFault": False, "Code": "InternalError"}])
    sqs.send_batch("q", ["a", "b", "c"])
    assert sent == [["a", "b", "c"], ["b"]]


def test_entries_lost_every_time_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = failing(monkeypatch, *([[{"Id": "0", "SenderFault": False, "Code": "InternalError"}]] * sqs.TRIES))
    with pytest.raises(TransientError):
        sqs.send_batch("q", ["a"])
    assert len(sent) == sqs.TRIES


def test_refused_entries_raise_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = failing(monkeypatch, [{"Id": "0", "SenderFault": True, "Code": "InvalidMessageContents"}])
    with pytest.raises(ConfigurationError, match="InvalidMessageContents"):
        sqs.send_batch("q", ["a"])
    assert len(sent) == 1


def test_an_event_reaches_the_bus(queue: str) -> None:
    client = clients.client("events")
    arn = clients.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    client.put_rule(Name="all", EventPattern='{"source": ["whereas"]}', EventBusName="default")
    client.put_targets(Rule="all", EventBusName="default", Targets=[{"Id": "q", "Arn": arn}])
    events.put("default", detail_type="Document Completed", detail={"document_id": "d"})
    event = json.loads(received(queue)[0])
    assert (event["detail-type"], event["detail"]) == ("Document Completed", {"document_id": "d"})


@pytest.mark.parametrize(
    ("code", "expected"),
    [("ThrottlingException", ThrottledError), ("InternalFailure", TransientError), ("AccessDeniedException", ConfigurationError)],
)
def test_an_event_that_failed_inside_a_good_answer_raises(code: str, expected: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    class Client:
        def put_events(self, **_: object) -> dict[str, Any]:
            return {"FailedEntryCount": 1, "Entries": [{"ErrorCode": code, "ErrorMessage": "m"}]}

    monkeypatch.setattr(events, "client", lambda _: Client())
    with pytest.raises(expected, match=code):
        events.put("default", detail_type="t", detail={})
