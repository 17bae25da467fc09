"""The AWS services of a stack on this machine: moto, in this process or behind a loopback port, and the resources in it.

Two things of moto's are changed, each in one place. Its DynamoDB looks through a whole table for the items of one partition,
which makes a folder of contracts slower with each that is done; ``_query_by_partition`` hands it that partition alone.

Its S3 notifications lack two things that AWS sends and intake builds on: the version of the object and the sequencer
(S3 User Guide, "Event message structure"). ``_complete_notifications`` adds them where the event is made, so that what is told is the
version that was written, however late the message is read.
"""

from __future__ import annotations

import copy
import inspect
import itertools
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from whereas.errors import ConfigurationError
from whereas_local.stack import REGION, Stack

LOOPBACK: Final = "127.0.0.1"
_TABLE_ARGUMENTS: Final = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")

_ticks = itertools.count()


def credentials(endpoint: str | None = None) -> dict[str, str]:
    """Return the environment in which boto3 talks to the embedded services and to nothing else.

    Args:
        endpoint: where the services answer; None for services in this process.
    """
    environment = {
        "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_SESSION_TOKEN": "",
        "AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }  # fmt: skip
    return environment | ({"AWS_ENDPOINT_URL": endpoint} if endpoint else {})


def use_local_credentials(endpoint: str | None = None) -> None:
    """Point this process, and whatever it starts, at the embedded services instead of the user's account."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(credentials(endpoint))


@contextmanager
def serve(*, port: int = 0) -> Iterator[str]:
    """Serve S3, SQS, DynamoDB and EventBridge on a loopback port; yields the endpoint. ``port`` 0 takes a free one.

    Raises:
        ConfigurationError: the port is taken.
    """
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    _check_port(port)
    _complete_notifications()
    _query_by_partition()
    server = ThreadedMotoServer(LOOPBACK, port=port, verbose=False)
    server.start()
    try:
        host, taken = server.get_host_and_port()
        yield f"http://{host}:{taken}"
    finally:
        server.stop()


@contextmanager
def in_process(*, sequencers: Callable[[], str] | None = None) -> Iterator[None]:
    """Answer this process's AWS calls in the process itself, for tests. ``sequencers`` replaces the clock behind them."""
    from moto import mock_aws

    _complete_notifications()
    _query_by_partition()
    before = _sequencer[0]
    _sequencer[0] = sequencers or before
    try:
        with mock_aws():
            yield
    finally:
        _sequencer[0] = before


def create(stack: Stack, client: Callable[[str], Any]) -> None:
    """Make the stack's buckets, queues, table and bus; what is there already is left as it is.

    Args:
        stack: what to make.
        client: makes a boto3 client of a service.
    """
    _create_queues(stack, client("sqs"))
    _create_buckets(stack, client("s3"))
    dynamodb = client("dynamodb")
    there = set(dynamodb.list_tables()["TableNames"])
    for name, properties in stack.tables.items():
        if stack.refs[name] in there:
            continue
        dynamodb.create_table(TableName=stack.refs[name], **{key: properties[key] for key in _TABLE_ARGUMENTS if key in properties})
        dynamodb.update_time_to_live(TableName=stack.refs[name], TimeToLiveSpecification=properties["TimeToLiveSpecification"])
    events = client("events")
    buses = {bus["Name"] for bus in events.list_event_buses()["EventBuses"]}
    for name in stack.buses:
        if stack.refs[name] not in buses:
            events.create_event_bus(Name=stack.refs[name])


def _create_queues(stack: Stack, sqs: Any) -> None:
    there = {url.rsplit("/", 1)[1] for url in sqs.list_queues().get("QueueUrls", [])}
    # A dead-letter queue must be there before the queue that names it.
    for queue in sorted(stack.queues.values(), key=lambda queue: queue.dead_letters is not None):
        if queue.physical_name in there:
            continue
        attributes = dict(queue.attributes)
        if queue.dead_letters:
            policy = {"deadLetterTargetArn": stack.queues[queue.dead_letters].arn, "maxReceiveCount": queue.max_receives}
            attributes["RedrivePolicy"] = json.dumps(policy)
        sqs.create_queue(QueueName=queue.physical_name, Attributes=attributes)


def _create_buckets(stack: Stack, s3: Any) -> None:
    there = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    for name, properties in stack.buckets.items():
        bucket = stack.refs[name]
        if bucket not in there:
            s3.create_bucket(Bucket=bucket)
        if properties.get("VersioningConfiguration"):
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=properties["VersioningConfiguration"])
        queues = properties.get("NotificationConfiguration", {}).get("QueueConfigurations", [])
        if queues:
            wanted = [{"QueueArn": entry["Queue"], "Events": [entry["Event"]]} for entry in queues]
            s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={"QueueConfigurations": wanted})


def _complete_notifications() -> None:
    from moto.s3 import notifications

    made: Callable[..., dict[str, Any]] = notifications._get_s3_event
    if getattr(made, "complete", False):
        return

    def complete(event_name: str, bucket: Any, key: Any, notification_id: str) -> dict[str, Any]:
        event = made(event_name, bucket, key, notification_id)
        for record in event["Records"]:
            version = getattr(key, "version_id", None)
            if version and version != "null":
                record["s3"]["object"]["versionId"] = version
            record["s3"]["object"]["sequencer"] = _sequencer[0]()
        return event

    complete.complete = True  # type: ignore[attr-defined]
    notifications._get_s3_event = complete


def _query_by_partition() -> None:
    from moto.dynamodb.models.table import Table

    asked = Table.query
    if getattr(asked, "by_partition", False):
        return
    signature = inspect.signature(asked)

    def query(self: Any, *arguments: Any, **options: Any) -> Any:
        given = signature.bind(self, *arguments, **options).arguments
        if given.get("index_name") or given["hash_key"] is None:
            return asked(self, *arguments, **options)
        view = copy.copy(self)
        view.items = {given["hash_key"]: dict(self.items.get(given["hash_key"], {}))}
        return asked(view, *arguments, **options)

    query.by_partition = True  # type: ignore[attr-defined]
    Table.query = query  # type: ignore[method-assign]


def sequencer() -> str:
    """Return the next sequencer: hexadecimal, each greater than the one before, over restarts too."""
    return f"{time.time_ns():016X}{next(_ticks):06X}"


_sequencer: list[Callable[[], str]] = [sequencer]


def _check_port(port: int) -> None:
    import socket

    if not port:
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as exc:
            raise ConfigurationError(f"port {port} of {LOOPBACK} is taken; name another with --port") from exc
