"""The one table as plain Python values: get, conditional writes, batches that are sent until all is in, paged queries.

The client comes from ``whereas.aws`` through ``connect``, which ``whereas.stages`` calls: rooms do not import each other.
Its errors are this project's already; what is left to tell here is a condition that did not hold, and a malformed request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from botocore.exceptions import ClientError

from whereas.errors import ConfigurationError, InvalidRequestError
from whereas.records.attributes import from_item, size_of, to_attribute, to_item
from whereas.settings import settings

INDEX: Final = "GSI1"
MAX_ITEM_BYTES: Final = 400_000
"""DynamoDB's limit is 400 KB, names included (Developer Guide, "Quotas")."""

Key = tuple[str, str]
Item = dict[str, Any]

_connection: list[Callable[[], Any]] = []


def connect(client: Callable[[], Any]) -> None:
    """Say where the DynamoDB client comes from; called once, before the first use of the table."""
    _connection[:] = [client]


def client() -> Any:
    """Return the DynamoDB client.

    Raises:
        ConfigurationError: ``connect`` was not called.
    """
    if not _connection:
        raise ConfigurationError("the records have no DynamoDB client: call whereas.records.table.connect first")
    return _connection[0]()


def name() -> str:
    """Return the table's name.

    Raises:
        ConfigurationError: the environment does not name it.
    """
    name = settings().table
    if not name:
        raise ConfigurationError("WHEREAS_TABLE is not set; set it in template.yaml")
    return name


def key_of(key: Key) -> dict[str, Any]:
    """Return a key in the low-level form."""
    return {"PK": {"S": key[0]}, "SK": {"S": key[1]}}


def get(key: Key) -> Item | None:
    """Return the item of ``key`` as last written (consistent read), or None."""
    try:
        answer = client().get_item(TableName=name(), Key=key_of(key), ConsistentRead=True)
    except ClientError as exc:
        raise malformed(exc) from exc
    return from_item(answer["Item"]) if "Item" in answer else None


def put_new(item: Mapping[str, Any]) -> bool:
    """Write an item unless there is one of its key; say whether it was written."""
    try:
        client().put_item(TableName=name(), Item=checked(item), ConditionExpression="attribute_not_exists(PK)")
    except ClientError as exc:
        return _condition_failed(exc)
    return True


def update(
    key: Key,
    *,
    values: Mapping[str, Any],
    condition: str,
    operands: Mapping[str, Any] | None = None,
    remove: Sequence[str] = (),
    add: tuple[str, str] | None = None,
    discard: tuple[str, str] | None = None,
) -> bool:
    """Set attributes of an item where ``condition`` holds; say whether it did.

    Args:
        key: partition and sort key.
        values: attributes to set; those that are None are removed.
        condition: a condition expression, in which ``#name`` stands for the attribute of that name and ``:operand`` for a value.
        operands: values behind the condition's ``:`` placeholders.
        remove: further attributes to remove.
        add: a string set and a member to add to it.
        discard: a string set and a member to take out of it.
    """
    present = {name: value for name, value in values.items() if value is not None}
    gone = [*(name for name, value in values.items() if value is None), *remove]
    clauses = {
        "SET": [f"#{name} = :set_{name}" for name in present],
        "REMOVE": [f"#{name}" for name in gone],
        "ADD": [f"#{add[0]} :add"] if add else [],
        "DELETE": [f"#{discard[0]} :discard"] if discard else [],
    }
    expression = " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses.items() if parts)
    attributes = {f":set_{name}": value for name, value in present.items()} | dict(operands or {})
    attributes |= ({":add": {add[1]}} if add else {}) | ({":discard": {discard[1]}} if discard else {})
    operand_values = {name: to_attribute(value) for name, value in attributes.items()}
    try:
        client().update_item(
            TableName=name(),
            Key=key_of(key),
            UpdateExpression=expression,
            ConditionExpression=condition,
            ExpressionAttributeNames={f"#{name}": name for name in re.findall(r"#(\w+)", f"{expression} {condition}")},
            # DynamoDB refuses an empty map.
            **({"ExpressionAttributeValues": operand_values} if operand_values else {}),
        )
    except ClientError as exc:
        return _condition_failed(exc)
    return True


def query(
    *,
    partition: str,
    prefix: str = "",
    between: tuple[str, str] | None = None,
    index: bool = False,
    limit: int | None = None,
    start: Item | None = None,
) -> tuple[list[Item], Item | None]:
    """Return one page of a partition, in the order of its sort key, and where the next page starts (None at the end).

    Args:
        partition: value of the partition key.
        prefix: what the sort key begins with.
        between: lowest and highest sort key, both included; instead of ``prefix``.
        index: query the index (eventually consistent) instead of the table (consistent).
        limit: items at most; None for as many as fit 1 MB.
        start: the second value of the page before.

    Raises:
        InvalidRequestError: ``start`` is no key of this partition.
    """
    hash_name, range_name = ("GSI1PK", "GSI1SK") if index else ("PK", "SK")
    condition = "#h = :h"
    names, operands = {"#h": hash_name}, {":h": {"S": partition}}
    if between:
        condition += " AND #r BETWEEN :low AND :high"
        operands |= {":low": {"S": between[0]}, ":high": {"S": between[1]}}
    elif prefix:
        condition += " AND begins_with(#r, :prefix)"
        operands |= {":prefix": {"S": prefix}}
    if between or prefix:
        names["#r"] = range_name
    request: dict[str, Any] = {"IndexName": INDEX} if index else {"ConsistentRead": True}
    request |= {"Limit": limit} if limit else {}
    request |= {"ExclusiveStartKey": to_item(start)} if start else {}
    try:
        answer = client().query(
            TableName=name(),
            KeyConditionExpression=condition,
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=operands,
            **request,
        )
    except ClientError as exc:
        if start:
            raise InvalidRequestError("the cursor does not belong to this query; start again without one") from exc
        raise malformed(exc) from exc
    last = answer.get("LastEvaluatedKey")
    return [from_item(item) for item in answer["Items"]], from_item(last) if last else None


def query_all(*, partition: str, prefix: str = "", between: tuple[str, str] | None = None, index: bool = False) -> Iterator[Item]:
    """Yield every item of a partition's range, page after page."""
    start: Item | None = None
    while True:
        items, start = query(partition=partition, prefix=prefix, between=between, index=index, start=start)
        yield from items
        if start is None:
            return


def checked(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item in the low-level form.

    Raises:
        ConfigurationError: it is larger than DynamoDB takes. Whoever makes items splits them before it comes to that.
    """
    made = to_item(item)
    size_bytes = size_of(made)
    if size_bytes > MAX_ITEM_BYTES:
        raise ConfigurationError(
            f"an item of {item['PK']} has {size_bytes} bytes, DynamoDB takes {MAX_ITEM_BYTES}: a list in it is not split"
        )
    return made


def _condition_failed(exc: ClientError) -> bool:
    if exc.response.get("Error", {}).get("Code") == "ConditionalCheckFailedException":
        return False
    raise malformed(exc) from exc


def malformed(exc: ClientError) -> ConfigurationError:
    """Return the error that stands for a request which DynamoDB takes for malformed."""
    code = exc.response.get("Error", {}).get("Code", "unknown")
    return ConfigurationError(
        f"DynamoDB refused {exc.operation_name} as malformed ({code}); the table's keys may differ from template.yaml"
    )
