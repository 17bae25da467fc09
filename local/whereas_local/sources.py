"""A record with its text at hand: of a file that is processed for the purpose, or of a document of a stack."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from whereas.errors import InvalidRequestError
from whereas_local.client import Client
from whereas_local.explaining import Quote

Source = tuple[Mapping[str, Any], Quote]


def of_file(path: Path, *, template: Path | None, parameters: Mapping[str, object]) -> Source:
    """Run a file through a fresh stack.

    Raises:
        InvalidRequestError: it ended quarantined, and the message says why; or it is an archive or message.
    """
    from whereas_local import processing
    from whereas_local.stack import TEMPLATE

    result = processing.process(
        [(path, path.name)], console=Console(stderr=True), template=template or TEMPLATE, parameters=parameters, with_texts=True
    )
    if not result.complete:
        reason = result.records[0]["document"]["reason"] if result.records else None
        raise InvalidRequestError(f"{path} has no facts to explain: {reason['message'] if reason else 'it could not be read'}")
    record = result.records[0]
    if record["document"].get("members") is not None:
        raise InvalidRequestError(f"{path} holds {len(record['document']['members'])} files: unpack it and name one of them")
    text = result.texts[record["document"]["document_id"]]

    def quote(start: int, end: int) -> tuple[int, str]:
        return max(0, start), text[max(0, start) : end]

    return record, quote


def of_stack(document_id: str, client: Client) -> Source:
    """Ask a stack for a document.

    Raises:
        NotFoundError: there is no such document, or it has no results.
        TransientError: nobody answers.
    """
    record = {**client.document(document_id), **client.contract(document_id)}

    def quote(start: int, end: int) -> tuple[int, str]:
        first = max(0, start)
        return first, str(client.text(document_id, start=first, length=end - first)["text"])

    return record, quote
