"""A small in-process drive of the chain: moto's buckets, queues and table, and the functions' own handlers, one message at a time."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote_plus

import pytest
from moto import mock_aws
from records_table import create_records_table

from whereas.aws.clients import client
from whereas.documents import identity
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.stages import files

ROOT = Path(__file__).parents[2]
UPLOADS, WORK, TABLE, BUS = "example-uploads", "example-work", "example-table", "example-bus"
FUNCTIONS = {"intake": 1, "page": 1, "assemble": 1, "chunk": 10, "chunk-solo": 1, "resolve": 1}
"""Queue → batch size; each is answered by the function of ``ANSWERED_BY``."""
ANSWERED_BY = {
    "intake": "intake",
    "page": "read",
    "assemble": "assemble",
    "chunk": "recognize",
    "chunk-solo": "recognize",
    "resolve": "resolve",
}
DELIVERIES = 3
SERVICES = ("s3", "sqs", "dynamodb", "events")


class Context:
    """What Powertools reads of a Lambda context."""

    function_name = "whereas-test"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:whereas-test"
    aws_request_id = "52fdfc07-2182-154f-163f-5f0f9a621d72"

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


def load_function(name: str) -> ModuleType:
    """Import ``functions/<name>/app.py`` anew, as Lambda would."""
    spec = importlib.util.spec_from_file_location(f"whereas_function_{name}", ROOT / "functions" / name / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def golden(name: str) -> dict[str, Any]:
    """Return a golden event of ``events/``."""
    event: dict[str, Any] = json.loads((ROOT / "events" / f"{name}.json").read_text())
    return event


def sqs_event(bodies: list[str], *, prefix: str = "message") -> dict[str, Any]:
    """Return the Lambda event of an SQS batch."""
    return {
        "Records": [
            {"messageId": f"{prefix}-{n}", "receiptHandle": "r", "body": body, "attributes": {}, "eventSource": "aws:sqs"}
            for n, body in enumerate(bodies)
        ]
    }


@dataclass
class Chain:
    """The stack and a hand to turn it with."""

    queues: dict[str, str]
    sequence: int = 0
    deliveries: list[tuple[str, str]] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    calls: set[tuple[str, str, str, str]] = field(default_factory=set)
    """What each function asked of AWS: function, service, operation, resource."""
    _apps: dict[str, Any] = field(default_factory=dict)
    _told: set[tuple[str, str | None]] = field(default_factory=set)

    def upload(self, key: str, data: bytes) -> str:
        """Put an object, queue its notification, return its version."""
        version_id = client("s3").put_object(Bucket=UPLOADS, Key=key, Body=data)["VersionId"]
        self.notify(key, version_id)
        return str(version_id)

    def notify(self, key: str, version_id: str | None, *, sequencer: str | None = None) -> str:
        """Queue the notification that S3 would send; return its body."""
        self.sequence += 1
        self._told.add((key, version_id))
        body = notification(key, version_id, sequencer=sequencer or f"{self.sequence:016X}")
        self.send("intake", body)
        return body

    def send(self, queue: str, body: str) -> None:
        client("sqs").send_message(QueueUrl=self.queues[queue], MessageBody=body)

    def waiting(self, queue: str) -> list[str]:
        """Take all messages off a queue and return their bodies."""
        return [message["Body"] for message in self._receive(queue, 10_000)]

    def announced(self) -> list[dict[str, Any]]:
        """Take all completion events off the bus and return their details."""
        return [json.loads(body)["detail"] for body in self.waiting("events")]

    def invoke(self, function: str, event: dict[str, Any]) -> dict[str, Any]:
        if function not in self._apps:
            self._apps[function] = load_function(function)
        with self._overheard(function):
            answer: dict[str, Any] = self._apps[function].lambda_handler(event, Context())
        return answer

    @contextmanager
    def _overheard(self, function: str) -> Iterator[None]:
        """Note every call that is made inside."""

        def note(params: dict[str, Any], model: Any, **_: Any) -> None:
            entry = params.get("Entries", [{}])[0]
            table = next(iter(params.get("RequestItems", {})), params.get("TableName"))
            resource = params.get("Bucket") or params.get("QueueUrl") or entry.get("EventBusName") or table
            operation = model.name + ("Version" if "VersionId" in params else "")
            self.calls.add((function, model.service_model.service_name, operation, str(resource).rpartition("/")[2]))

        for service in SERVICES:
            client(service).meta.events.register("provide-client-params", note, unique_id="overheard")
        try:
            yield
        finally:
            for service in SERVICES:
                client(service).meta.events.unregister("provide-client-params", unique_id="overheard")

    def pump(self, *, hold: tuple[str, ...] = (), copies: int = 1) -> None:
        """Deliver until all queues but those of ``hold`` are empty; a message that fails ``DELIVERIES`` times goes to sweep."""
        busy = True
        while busy:
            busy = False
            for queue in (name for name in FUNCTIONS if name not in hold):
                while bodies := [message["Body"] for message in self._receive(queue, FUNCTIONS[queue])]:
                    busy = True
                    self._deliver(queue, bodies, copies=copies)

    def _deliver(self, queue: str, bodies: list[str], *, copies: int) -> None:
        for _ in range(copies):
            self.deliveries += [(queue, body) for body in bodies]
            answer = self.invoke(ANSWERED_BY[queue], sqs_event(bodies))
            if queue == "intake":
                self._tell_of_members()
            failed = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
            for number, body in enumerate(bodies):
                if f"message-{number}" not in failed:
                    continue
                self.failures[body] = self.failures.get(body, 0) + 1
                if self.failures[body] % DELIVERIES:
                    self.send(queue, body)
                else:
                    assert self.invoke("sweep", sqs_event([body], prefix="dead"))["batchItemFailures"] == []

    def _tell_of_members(self) -> None:
        """Queue the notifications of the objects that intake put, as S3 would."""
        for item in client("s3").list_object_versions(Bucket=UPLOADS).get("Versions", []):
            if "parts/" in item["Key"] and (item["Key"], item["VersionId"]) not in self._told:
                self.notify(item["Key"], item["VersionId"])

    def _receive(self, queue: str, size: int) -> list[dict[str, Any]]:
        sqs, found = client("sqs"), []
        while len(found) < size:
            messages = sqs.receive_message(QueueUrl=self.queues[queue], MaxNumberOfMessages=min(10, size - len(found))).get("Messages", [])
            if not messages:
                break
            for message in messages:
                sqs.delete_message(QueueUrl=self.queues[queue], ReceiptHandle=message["ReceiptHandle"])
            found += messages
        return found

    def version(self, key: str, version_id: str) -> VersionState:
        found = state.get_version(identity.document_id(bucket=UPLOADS, key=key), version_id)
        assert found is not None
        return found

    def record(self, version: VersionState) -> dict[str, Any]:
        """Return the stored record file of a version."""
        data = client("s3").get_object(Bucket=WORK, Key=files.record_key(version.run_id))["Body"].read()
        record: dict[str, Any] = json.loads(gzip.decompress(data))
        return record

    def head(self, key: str) -> dict[str, Any]:
        """Return the head item of a document, in the low-level form."""
        item = {"PK": {"S": f"DOC#{identity.document_id(bucket=UPLOADS, key=key)}"}, "SK": {"S": "HEAD"}}
        head: dict[str, Any] = client("dynamodb").get_item(TableName=TABLE, Key=item)["Item"]
        return head

    def work_keys(self) -> list[str]:
        listing = client("s3").list_objects_v2(Bucket=WORK)
        return [item["Key"] for item in listing.get("Contents", [])]


def notification(key: str, version_id: str | None, *, sequencer: str = "01", event: str = "ObjectCreated:Put") -> str:
    """Return the body of an S3 notification; the key is encoded as S3 encodes it."""
    obj = {"key": quote_plus(key, safe="/"), "size": 1, "sequencer": sequencer} | ({"versionId": version_id} if version_id else {})
    return json.dumps({"Records": [{"eventName": event, "s3": {"bucket": {"name": UPLOADS}, "object": obj}}]})


@contextmanager
def chain(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Iterator[Chain]:
    """Build the stack in moto, point the settings at it, take all away again."""
    for name, value in {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("POWERTOOLS_TRACE_DISABLED", "1")
    # Checksums in trailers cost seconds for a hundred megabytes in Python; nothing here is about them.
    monkeypatch.setenv("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
    with mock_aws():
        made = Chain(_build())
        values = {"TABLE": TABLE, "UPLOAD_BUCKET": UPLOADS, "WORK_BUCKET": WORK, "EVENT_BUS": BUS, "MODEL_DIR": str(ROOT / "layers/model")}
        values |= {f"{name.upper().replace('-', '_')}_QUEUE": url for name, url in made.queues.items()} | environment
        for name, value in values.items():
            monkeypatch.setenv(f"WHEREAS_{name}", value)
        settings.cache_clear()
        client.cache_clear()
        try:
            yield made
        finally:
            settings.cache_clear()
            client.cache_clear()


def _build() -> dict[str, str]:
    s3, sqs, dynamodb = client("s3"), client("sqs"), client("dynamodb")
    for bucket in (UPLOADS, WORK):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_bucket_versioning(Bucket=UPLOADS, VersioningConfiguration={"Status": "Enabled"})
    create_records_table(dynamodb, TABLE)
    queues = {name: sqs.create_queue(QueueName=f"example-{name}")["QueueUrl"] for name in (*FUNCTIONS, "events")}
    events = client("events")
    events.create_event_bus(Name=BUS)
    events.put_rule(Name="all", EventBusName=BUS, EventPattern=json.dumps({"source": ["whereas"]}))
    arn = sqs.get_queue_attributes(QueueUrl=queues["events"], AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_targets(Rule="all", EventBusName=BUS, Targets=[{"Id": "1", "Arn": arn}])
    return queues
