"""What a stack holds after all is done, without what may differ between two runs of the same documents."""

from __future__ import annotations

import gzip
import json
from typing import Any

from whereas.stages.record import VOLATILE
from whereas_local.simulation import Simulation

CLOCKS = {"created_at", "updated_at", "expires_at", "resends", "progress", "stages"}
"""Attributes of items that tell when and how long; sweep's notes on how often it helped are of that kind."""


def snapshot(simulation: Simulation) -> dict[str, Any]:
    """Return every item of the table and every object of the work bucket, each by its key."""
    held: dict[str, Any] = {}
    table = simulation.stack.refs["Table"]
    for page in simulation.client("dynamodb").get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        for item in page["Items"]:
            held[f"{item['PK']['S']} {item['SK']['S']}"] = timeless(item)
    for key, data in work_files(simulation).items():
        held[key] = _record(data) if key.endswith("/record.json.gz") else data
    return held


def timeless(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item without its clocks, those of the record's ``run`` in it included."""
    kept = {name: value for name, value in item.items() if name not in CLOCKS and name != "ms" and not name.startswith("ms_")}
    if "run" in kept:
        kept["run"] = {"M": {name: value for name, value in kept["run"]["M"].items() if name not in VOLATILE}}
    return kept


def work_files(simulation: Simulation) -> dict[str, bytes]:
    """Return the objects of the work bucket, as last written."""
    s3, bucket = simulation.client("s3"), simulation.stack.refs["WorkBucket"]
    keys = [entry["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket) for entry in page.get("Contents", [])]
    return {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}


def waiting(simulation: Simulation) -> dict[str, int]:
    """Return how many messages each queue still holds, empty queues left out."""
    sqs = simulation.client("sqs")
    counts = {}
    for queue in simulation.stack.queues.values():
        attributes = sqs.get_queue_attributes(QueueUrl=queue.url, AttributeNames=["All"])["Attributes"]
        counts[queue.name] = sum(int(attributes[name]) for name in ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"))
    return {name: count for name, count in counts.items() if count}


def statuses(simulation: Simulation) -> dict[str, tuple[str, str | None]]:
    """Return status and reason code of every version, by object key."""
    found = {}
    table = simulation.stack.refs["Table"]
    for page in simulation.client("dynamodb").get_paginator("scan").paginate(TableName=table):
        for item in page["Items"]:
            if "bucket" in item and "key" in item:
                reason = item.get("reason", {}).get("M", {}).get("code", {}).get("S")
                found[item["key"]["S"]] = (item["status"]["S"], reason)
    return found


def _record(data: bytes) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(gzip.decompress(data))
    for name in VOLATILE:
        del record["run"][name]
    return record


def differences(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Return what differs, key by key and attribute by attribute: what was found, what was expected."""
    different: dict[str, Any] = {}
    for key in sorted(found.keys() | expected.keys()):
        left, right = found.get(key, "absent"), expected.get(key, "absent")
        if isinstance(left, dict) and isinstance(right, dict):
            different |= {f"{key} {name}": pair for name, pair in differences(left, right).items()} if left != right else {}
        elif left != right:
            different[key] = (left, right)
    return different
