"""The attachments of an e-mail message (RFC 5322, MIME): files that its sender added, not its text, signature or letterhead."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from whereas.errors import PermanentError

# Parts that mail programs add by themselves.
_BY_PROGRAM = frozenset({
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys", "text/calendar",
    "text/vcard", "text/x-vcard", "text/rfc822-headers", "message/delivery-status", "message/disposition-notification",
})  # fmt: skip
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_MAX_DEPTH = 30
# What the header parser of the standard library raises on headers that break its grammar, by its bug reports.
_HEADER_ERRORS = (ValueError, IndexError, KeyError, AttributeError, TypeError, LookupError, RecursionError)


def attachments(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Yield name and bytes of each attachment, in order; of a message that is attached, no bytes.

    Raises:
        PermanentError: ``encrypted``, or ``corrupt``: its parts are nested without end.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
    except RecursionError as exc:
        raise PermanentError("corrupt", "The e-mail message nests its parts without end.") from exc
    if message.get_content_type() in _ENCRYPTED and message.get_param("smime-type") != "signed-data":
        raise PermanentError("encrypted")
    for number, part in enumerate(_leaves(message, related=False, depth=0), start=1):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            yield _name_of(part) or f"message {number}.eml", None
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content.strip():
            yield _name_of(part) or f"attachment {number}{mimetypes.guess_extension(kind) or ''}", content


def _leaves(message: Message[Any, Any], *, related: bool, depth: int) -> Iterator[Message[Any, Any]]:
    """Yield the parts that are files. What a letter's HTML shows within itself is none."""
    if depth > _MAX_DEPTH:
        raise PermanentError("corrupt", f"The e-mail message nests its parts more than {_MAX_DEPTH} deep.")
    if message.get_content_maintype() == "multipart":
        parts = message.get_payload()
        for part in parts if isinstance(parts, list) else []:
            if isinstance(part, Message):
                yield from _leaves(part, related=message.get_content_subtype() == "related", depth=depth + 1)
    elif _is_file(message, related=related):
        yield message


def _is_file(part: Message[Any, Any], *, related: bool) -> bool:
    kind = part.get_content_type()
    if kind in _BY_PROGRAM or (related and part.get_content_maintype() == "image"):
        return False
    named = _name_of(part) is not None or _disposition(part) == "attachment"
    return named or part.get_content_maintype() not in {"text", "multipart"}


def _disposition(part: Message[Any, Any]) -> str | None:
    try:
        return part.get_content_disposition()
    except _HEADER_ERRORS:
        return None


def _name_of(part: Message[Any, Any]) -> str | None:
    try:
        return part.get_filename() or None
    except _HEADER_ERRORS:
        return None
