"""Where the next page of an answer starts, as text that a caller hands back: opaque, checked, bound to its question.

Base64url of JSON ``[question, position…]``. ``question`` is a hash of the query and its arguments, so that a cursor is not taken to
another query. It is no secret and grants nothing: a forged position only points elsewhere in the same answer.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Final

from whereas.errors import InvalidRequestError

MAX_LENGTH: Final = 4096

Position = list[str | int]


def question_of(*parts: object) -> str:
    """Return what stands for a query and its arguments in a cursor."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()[:12]


def encode(question: str, position: Position) -> str:
    """Return the cursor of ``position`` in the answer to ``question``."""
    return base64.urlsafe_b64encode(json.dumps([question, *position], separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str, question: str, *, kinds: tuple[type, ...]) -> Position:
    """Return the position that ``encode`` put into a cursor.

    Args:
        cursor: what the caller handed back.
        question: of the query that is asked now.
        kinds: the type of each part of the position.

    Raises:
        InvalidRequestError: it is no cursor, or one of another query.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        value = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True)) if len(cursor) <= MAX_LENGTH else None
    except (binascii.Error, ValueError, RecursionError) as exc:
        raise _refusal() from exc
    if not isinstance(value, list) or value[:1] != [question] or len(value) != len(kinds) + 1:
        raise _refusal()
    position: Position = value[1:]
    if any(type(part) is not kind for part, kind in zip(position, kinds, strict=True)):
        raise _refusal()
    return position


def _refusal() -> InvalidRequestError:
    return InvalidRequestError("the cursor does not belong to this query: hand back what the page before gave, or start again without one")
