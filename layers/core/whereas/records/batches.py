"""Many items at once: batches that are sent until DynamoDB has taken, or given, all of them."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

from botocore.exceptions import ClientError

from whereas.errors import ThrottledError
from whereas.records.attributes import from_item
from whereas.records.table import Item, Key, checked, client, key_of, malformed, name

WRITE_BATCH: Final = 25
READ_BATCH: Final = 100
"""What BatchWriteItem and BatchGetItem take (DynamoDB API Reference)."""
TRIES: Final = 8
BACKOFF_S: Final = 0.05


def get_many(keys: Iterable[Key]) -> dict[Key, Item]:
    """Return the items of ``keys`` that exist, as last written (consistent reads).

    Raises:
        ThrottledError: DynamoDB left keys unprocessed after several tries.
    """
    found: dict[Key, Item] = {}
    wanted = [key_of(key) for key in dict.fromkeys(keys)]
    for first in range(0, len(wanted), READ_BATCH):
        pending: Any = {name(): {"Keys": wanted[first : first + READ_BATCH], "ConsistentRead": True}}
        for attempt in range(TRIES):
            try:
                answer = client().batch_get_item(RequestItems=pending)
            except ClientError as exc:
                raise malformed(exc) from exc
            for item in map(from_item, answer["Responses"].get(name(), [])):
                found[item["PK"], item["SK"]] = item
            pending = answer.get("UnprocessedKeys", {})
            if not pending:
                break
            _wait(attempt)
        else:
            raise ThrottledError(f"DynamoDB left {len(pending[name()]['Keys'])} keys unread in {TRIES} tries; it is tried again")
    return found


def put_many(items: Iterable[Mapping[str, Any]]) -> None:
    """Write items over whatever was there; each key once.

    Raises:
        ThrottledError: DynamoDB left items unprocessed after several tries.
    """
    _write([{"PutRequest": {"Item": checked(item)}} for item in items])


def delete_many(keys: Iterable[Key]) -> None:
    """Delete the items of ``keys``, those that exist.

    Raises:
        ThrottledError: DynamoDB left items unprocessed after several tries.
    """
    _write([{"DeleteRequest": {"Key": key_of(key)}} for key in keys])


def _write(requests: list[dict[str, Any]]) -> None:
    for first in range(0, len(requests), WRITE_BATCH):
        pending: Any = {name(): requests[first : first + WRITE_BATCH]}
        for attempt in range(TRIES):
            try:
                pending = client().batch_write_item(RequestItems=pending).get("UnprocessedItems", {})
            except ClientError as exc:
                raise malformed(exc) from exc
            if not pending:
                break
            _wait(attempt)
        else:
            raise ThrottledError(f"DynamoDB left {len(pending[name()])} items unwritten in {TRIES} tries; it is tried again")


def _wait(attempt: int) -> None:
    # Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"): what was throttled together must not return together.
    time.sleep(random.uniform(0, BACKOFF_S * 2**attempt))  # noqa: S311 - no secret
