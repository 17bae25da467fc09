"""Python values to DynamoDB attributes and back, floats included.

DynamoDB numbers are decimals of 38 digits; boto3 refuses floats because they may be inexact. A float's shortest ``repr`` is
exact enough to give the same float back, so that is what is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer

_SERIALIZER: Final = TypeSerializer()
_DESERIALIZER: Final = TypeDeserializer()


def to_item(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` as an item of the low-level API; keys whose value is None are left out."""
    return {name: to_attribute(value) for name, value in values.items() if value is not None}


def to_attribute(value: Any) -> dict[str, Any]:
    """Return one value as a typed attribute."""
    return dict(_SERIALIZER.serialize(_decimals(value)))


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item of the low-level API as plain values: int, float, str, bytes, list, dict; a set as a sorted list."""
    return {name: _plain(_DESERIALIZER.deserialize(attribute)) for name, attribute in item.items()}


def size_of(item: Mapping[str, Any]) -> int:
    """Return about how many bytes an item of the low-level API counts as.

    Names and strings count their UTF-8 bytes, numbers at most 21, a list or map 3 and 1 an element (DynamoDB Developer
    Guide, "DynamoDB item sizes and formats").
    """
    return sum(len(name.encode()) + _size(attribute) for name, attribute in item.items())


def _size(attribute: Mapping[str, Any]) -> int:
    kind, value = next(iter(attribute.items()))
    if kind == "S":
        return len(value.encode())
    if kind == "B":
        return len(value)
    if kind == "N":
        return min(21, len(value) // 2 + 2)
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + _size(inner) for name, inner in value.items())
    if kind == "L":
        return 3 + sum(1 + _size(inner) for inner in value)
    if kind in ("SS", "NS", "BS"):
        return 3 + sum(1 + len(inner) for inner in value)
    return 1


def _decimals(value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {name: _decimals(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_decimals(inner) for inner in value]
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Binary):
        raw: bytes = value.value  # type: ignore[attr-defined]
        return raw
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, set):
        return sorted(_plain(inner) for inner in value)
    return value
