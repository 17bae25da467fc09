"""Intake: what becomes of an upload, and of its notification delivered twice, late, or cut short."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from chain import UPLOADS, Chain, chain, golden, notification, sqs_event

from whereas.aws.clients import client
from whereas.documents import identity
from whereas.errors import ConfigurationError, ModelContractError, TransientError
from whereas.records import heads, state
from whereas.stages import intake, joins
from whereas.stages.messages import PageTask, parse_uploads

KEY = "2026/Müller & Söhne + Acme – MSA (final).txt"
TEXT = b"SERVICES AGREEMENT between Acme, Inc. and Beta LLC. This Agreement is made as of May 8, 2014 by the parties named above."


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    with chain(monkeypatch) as made:
        yield made


def take(stack: Chain, version_id: str, *, key: str = KEY, sequencer: str = "01") -> None:
    assert stack.invoke("intake", sqs_event([notification(key, version_id, sequencer=sequencer)])) == {"batchItemFailures": []}


def put(key: str = KEY, data: bytes = TEXT) -> str:
    return str(client("s3").put_object(Bucket=UPLOADS, Key=key, Body=data)["VersionId"])


def test_an_upload_becomes_a_version_with_its_pages_counted_and_sent(stack: Chain) -> None:
    version_id = put()
    take(stack, version_id)
    version = stack.version(KEY, version_id)
    assert (version.status, version.pages, version.page_batches) == ("PROCESSING", 1, 1)
    assert (version.key, version.bucket, version.size_bytes) == (KEY, UPLOADS, len(TEXT))
    assert version.source_sha256 == identity.content_sha256(TEXT)
    assert version.media_type == "text/plain"
    assert version.model.version
    [body] = stack.waiting("page")
    assert PageTask.parse(body) == PageTask(
        document_id=version.document_id, version_id=version_id, run_id=version.run_id, batch=0, first_page=1, last_page=1
    )


def test_the_golden_event_names_its_object(stack: Chain) -> None:
    event = golden("s3-object-created")
    body = json.loads(event["Records"][0]["body"])
    body["Records"][0]["s3"]["object"]["versionId"] = version_id = put()
    event["Records"][0]["body"] = json.dumps(body)
    assert stack.invoke("intake", event) == {"batchItemFailures": []}
    assert stack.version(KEY, version_id).status == "PROCESSING"


@pytest.mark.parametrize("name", ["s3-test-event", "s3-object-removed"])
def test_what_creates_nothing_is_answered_with_nothing(stack: Chain, name: str) -> None:
    assert stack.invoke("intake", golden(name)) == {"batchItemFailures": []}
    assert stack.waiting("page") == []


def test_a_redelivered_event_is_the_same_version(stack: Chain) -> None:
    version_id = put()
    take(stack, version_id)
    first = stack.version(KEY, version_id)
    tasks = stack.waiting("page")
    take(stack, version_id)
    assert stack.version(KEY, version_id) == first
    assert stack.waiting("page") == tasks


def test_a_second_upload_of_the_key_is_another_version_of_the_document(stack: Chain) -> None:
    first, second = put(data=TEXT), put(data=TEXT)
    take(stack, second, sequencer="02")
    take(stack, first, sequencer="01")
    versions = [stack.version(KEY, version_id) for version_id in (first, second)]
    assert versions[0].document_id == versions[1].document_id
    assert versions[0].run_id != versions[1].run_id


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"\x7fELF\x02\x01\x01" + bytes(64), "unsupported"), (b"x" * 3000, "too_large"), (b"%PDF-1.7 cut", "corrupt")],
)
def test_a_file_that_cannot_be_read_is_quarantined_and_stays(monkeypatch: pytest.MonkeyPatch, data: bytes, code: str) -> None:
    with chain(monkeypatch, MAX_BYTES="2000") as stack:
        version_id = put(data=data)
        take(stack, version_id)
        version = stack.version(KEY, version_id)
        assert version.status == "QUARANTINED"
        assert version.reason is not None
        assert version.reason.code == code
        assert stack.waiting("page") == []
        assert client("s3").get_object(Bucket=UPLOADS, Key=KEY, VersionId=version_id)["Body"].read() == data
        take(stack, version_id)
        assert stack.version(KEY, version_id) == version


@pytest.mark.parametrize("for_good", [True, False])
def test_a_file_deleted_before_it_is_read_is_quarantined(stack: Chain, for_good: bool) -> None:
    version_id = put()
    client("s3").delete_object(Bucket=UPLOADS, Key=KEY, **({"VersionId": version_id} if for_good else {}))
    take(stack, version_id)
    version = stack.version(KEY, version_id)
    assert version.reason is not None
    assert version.reason.code == "source_missing"


def test_one_bad_upload_does_not_take_the_others_of_its_notification_along(stack: Chain) -> None:
    good, other = put(), put(key="other.txt")
    bodies = [notification(KEY, None), notification(KEY, good), notification("other.txt", other)]
    records = [json.loads(body)["Records"][0] for body in bodies]
    answer = stack.invoke("intake", sqs_event([json.dumps({"Records": records}), notification("other.txt", other)]))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert stack.version(KEY, good).status == "PROCESSING"
    assert stack.version("other.txt", other).status == "PROCESSING"


def test_an_event_without_a_version_says_what_to_switch_on(stack: Chain) -> None:
    with pytest.raises(ConfigurationError, match="must keep versions"):
        intake.run(notification(KEY, None))


def test_a_message_that_is_no_notification_goes_back(stack: Chain) -> None:
    assert stack.invoke("intake", sqs_event(["nonsense"])) == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}


def test_a_model_layer_of_another_version_stops_intake(monkeypatch: pytest.MonkeyPatch) -> None:
    with chain(monkeypatch, MODEL_VERSION="no-such-version"):
        version_id = put()
        with pytest.raises(ModelContractError, match="no-such-version"):
            intake.run(notification(KEY, version_id))


@pytest.mark.parametrize(("place", "cut"), [(state, "create_version"), (heads, "advance"), (joins, "send_missing_pages")])
def test_a_death_before_any_write_is_made_good_by_the_next_delivery(
    stack: Chain, monkeypatch: pytest.MonkeyPatch, place: Any, cut: str
) -> None:
    version_id = put()
    with monkeypatch.context() as patch:

        def die(*_: object, **__: object) -> None:
            raise TransientError("cut short")

        patch.setattr(place, cut, die)
        with pytest.raises(TransientError):
            intake.run(notification(KEY, version_id))
    take(stack, version_id)
    assert stack.version(KEY, version_id).status == "PROCESSING"
    assert len(stack.waiting("page")) == 1


def test_a_version_given_up_before_it_was_taken_in_is_taken_in_after_all(stack: Chain) -> None:
    version_id = put()
    body = notification(KEY, version_id)
    stack.invoke("sweep", sqs_event([body]))
    assert stack.version(KEY, version_id).status == "QUARANTINED"
    stack.invoke("intake", sqs_event([body]))
    version = stack.version(KEY, version_id)
    assert (version.status, version.reason, version.pages) == ("PROCESSING", None, 1)
    stack.pump()
    assert stack.version(KEY, version_id).status == "COMPLETE"
    assert stack.head(KEY)["status"]["S"] == "COMPLETE"


def test_a_quarantined_version_keeps_what_is_known_of_it(stack: Chain) -> None:
    version_id = put(data=b"%PDF-1.7 cut")
    take(stack, version_id)
    version = stack.version(KEY, version_id)
    assert version.source_sha256 == identity.content_sha256(b"%PDF-1.7 cut")
    assert version.media_type == "application/pdf"
    assert version.pages is None


def test_the_document_is_its_bucket_and_decoded_key(stack: Chain) -> None:
    [upload] = parse_uploads(notification(KEY, "v"))
    version_id = put()
    take(stack, version_id)
    assert stack.version(upload.key, version_id).document_id == identity.document_id(bucket=UPLOADS, key=KEY)
