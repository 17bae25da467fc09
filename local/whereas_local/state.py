"""Keeps an embedded stack's data in a folder between runs: objects with their versions, table items, waiting messages.

    state.jsonl     one line a thing, written anew as a whole and renamed into place
    blobs/<sha256>  the objects' bytes, each written once
    lock            held by the process that uses the folder

A snapshot of a stack at work is sound as it takes messages first, then the table, then the objects: whatever a message
saved stands for may have been done meanwhile, and every stage bears being repeated.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from whereas.errors import ConfigurationError
from whereas_local.stack import ACCOUNT, REGION, Stack

FORMAT: Final = 1


@contextmanager
def owned(folder: Path) -> Iterator[Path]:
    """Make the folder if need be and hold its lock until the block ends.

    Raises:
        ConfigurationError: another process holds it, or it cannot be written to.
    """
    try:
        (folder / "blobs").mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "lock").open("w")
    except OSError as exc:
        raise ConfigurationError(f"the state folder {folder} cannot be written to: {exc.strerror}") from exc
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            raise ConfigurationError(f"another stack uses the state folder {folder}; name another with --state") from exc
        yield folder


def save(stack: Stack, folder: Path, client: Callable[[str], Any]) -> None:
    """Write the stack's data to ``folder``; a death half way leaves what was there."""
    lines = [{"kind": "format", "format": FORMAT}, *_messages(stack), *_items(stack, client("dynamodb")), *_objects(stack, folder)]
    new = folder / "state.jsonl.new"
    with new.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.rename(folder / "state.jsonl")
    kept = {line["blob"] for line in lines if line.get("blob")}
    for blob in (folder / "blobs").iterdir():
        if blob.name not in kept:
            blob.unlink()


def restore(stack: Stack, folder: Path, client: Callable[[str], Any]) -> int:
    """Bring back what ``save`` wrote into a stack whose resources are there and empty; return how many things there were.

    Raises:
        ConfigurationError: the folder was written by another version of this program, or is damaged.
    """
    path = folder / "state.jsonl"
    if not path.exists():
        return 0
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except ValueError as exc:
        raise ConfigurationError(f"{path} is damaged; move the folder away to start anew") from exc
    if not lines or lines[0].get("format") != FORMAT:
        raise ConfigurationError(f"{path} is of a format that this version does not read; move the folder away to start anew")
    dynamodb, sqs = client("dynamodb"), client("sqs")
    for line in lines[1:]:
        match line["kind"]:
            case "item":
                dynamodb.put_item(TableName=stack.refs[line["table"]], Item=_from_json(line["item"]))
            case "message":
                sqs.send_message(QueueUrl=stack.queues[line["queue"]].url, MessageBody=line["body"])
            case "object":
                _put(stack, folder, line)
    return len(lines) - 1


def count_objects(stack: Stack) -> int:
    """Return how many object versions there are; a change of it is worth a snapshot."""
    return sum(len(bucket.keys.getlist(key)) for name in stack.buckets for bucket in [_bucket(stack, name)] for key in list(bucket.keys))


def _messages(stack: Stack) -> list[dict[str, Any]]:
    from moto.backends import get_backend

    queues = get_backend("sqs")[ACCOUNT][REGION].queues
    # Those that a function is busy with too: they are not done.
    return [
        {"kind": "message", "queue": queue.name, "body": message.body}
        for queue in stack.queues.values()
        for message in list(queues[queue.physical_name]._messages)
    ]


def _items(stack: Stack, dynamodb: Any) -> Iterator[dict[str, Any]]:
    for table in stack.tables:
        for page in dynamodb.get_paginator("scan").paginate(TableName=stack.refs[table], ConsistentRead=True):
            for item in page["Items"]:
                yield {"kind": "item", "table": table, "item": _to_json(item)}


def _objects(stack: Stack, folder: Path) -> Iterator[dict[str, Any]]:
    for name in stack.buckets:
        bucket = _bucket(stack, name)
        for key in list(bucket.keys):
            for version in list(bucket.keys.getlist(key)):
                line = {"kind": "object", "bucket": name, "key": key, "version_id": version.version_id}
                line["modified"] = version.last_modified.isoformat()
                if hasattr(version, "value"):
                    line |= {"blob": _blob(folder, version.value), "content_type": version.metadata.get("Content-Type")}
                yield line


def _blob(folder: Path, data: bytes) -> str:
    name = hashlib.sha256(data).hexdigest()
    path = folder / "blobs" / name
    if not path.exists():
        new = path.with_suffix(".new")
        new.write_bytes(data)
        new.rename(path)
    return name


def _put(stack: Stack, folder: Path, line: dict[str, Any]) -> None:
    """Put one object version back under its own version id, without telling intake."""
    from moto.backends import get_backend
    from moto.s3.models import FakeDeleteMarker

    backend = get_backend("s3")[ACCOUNT]["aws"]
    bucket = _bucket(stack, line["bucket"])
    made: Any
    if "blob" in line:
        try:
            data = (folder / "blobs" / line["blob"]).read_bytes()
        except OSError as exc:
            raise ConfigurationError(f"the state folder {folder} lacks a blob; move the folder away to start anew") from exc
        made = backend.put_object(bucket.name, line["key"], data, disable_notification=True)
        with contextlib.suppress(KeyError):
            made._metadata["Content-Type"] = line["content_type"]
    else:
        made = FakeDeleteMarker(key=bucket.keys[line["key"]])
        bucket.keys.setlist(line["key"], [*bucket.keys.getlist(line["key"], []), made])
    made._version_id = line["version_id"]
    made.last_modified = datetime.fromisoformat(line["modified"])


def _bucket(stack: Stack, name: str) -> Any:
    from moto.backends import get_backend

    return get_backend("s3")[ACCOUNT]["aws"].buckets[stack.refs[name]]


def _to_json(value: Any) -> Any:
    """Spell out the binary values of an item in DynamoDB's JSON."""
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {key: _to_json(item) for key, item in value.items()}
    return [_to_json(item) for item in value] if isinstance(value, list) else value


def _from_json(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"base64"} and isinstance(value["base64"], str):
            return base64.b64decode(value["base64"])
        return {key: _from_json(item) for key, item in value.items()}
    return [_from_json(item) for item in value] if isinstance(value, list) else value
