"""Dataclasses to JSON bytes and back, through pydantic's type adapters; gzip for what goes to S3."""

from __future__ import annotations

import gzip
import zlib
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from whereas.errors import ArtefactError

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def encode(value: object, kind: Any) -> bytes:
    """Return ``value``, an instance of the dataclass (or typing form) ``kind``, as gzipped JSON; equal values give equal bytes."""
    return gzip.compress(_adapter(kind).dump_json(value), compresslevel=6, mtime=0)


def decode(data: bytes, kind: type[T]) -> T:
    """Return the ``kind`` that ``encode`` wrote.

    Raises:
        ArtefactError: the bytes are no gzipped JSON of that kind.
    """
    try:
        value: T = _adapter(cast(Any, kind)).validate_json(gzip.decompress(data))
    except (OSError, EOFError, zlib.error) as exc:
        raise ArtefactError(f"working file is no gzip of a {kind!r}; send the document again") from exc
    except ValidationError:
        # Not chained: pydantic quotes its input, which may be contract text.
        raise ArtefactError(f"working file does not hold a {kind!r}; send the document again") from None
    return value


def to_plain(value: object, kind: Any) -> Any:
    """Return ``value`` as dicts, lists, strings and numbers, ready for the public record."""
    return _adapter(kind).dump_python(value, mode="json")
