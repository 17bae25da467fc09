"""Walking index partitions one after the other, a page at a time: what every search that spans documents has in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from whereas.errors import InvalidRequestError
from whereas.records import cursors, table
from whereas.records.table import Item
from whereas.records.versions import RANK
from whereas.records.views import Document, load

MAX_ROUNDS: Final = 60
"""Queries that one page may cost; past it the page ends early with a cursor, so that a call's time stays bounded."""

Keep = Callable[[Item], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Documents:
    """One page of documents; ``cursor`` is None at the end. A page may be short, even empty, and have a cursor."""

    documents: tuple[Document, ...]
    cursor: str | None


def documents(
    partitions: Sequence[str],
    *,
    keep: Keep,
    question: str,
    limit: int,
    cursor: str | None,
    between: tuple[str, str] | None = None,
    statuses: Collection[str] = tuple(RANK),
) -> Documents:
    """Walk index partitions one after the other until ``limit`` documents are found."""
    number, start = _resume(cursor, question, partitions)
    found: list[Document] = []
    for _ in range(MAX_ROUNDS):
        if number == len(partitions):
            return Documents(tuple(found), None)
        items, last = table.query(partition=partitions[number], between=between, index=True, limit=limit - len(found), start=start)
        matches = [(item, match) for item in items if (match := keep(item)) is not None]
        loaded = load([(item["document_id"], match) for item, match in matches], runs=[item.get("run_id") for item, _ in matches])
        # The index may lag behind the version, which says what its status is now.
        found += [document for document in loaded if document.latest.status in statuses]
        number, start = (number, last) if last else (number + 1, None)
        if len(found) == limit:
            break
    return Documents(tuple(found), _cursor(question, number, start, partitions))


def _cursor(question: str, number: int, start: Item | None, partitions: Sequence[str]) -> str | None:
    if number == len(partitions):
        return None
    position = [start["GSI1SK"], start["PK"], start["SK"]] if start else ["", "", ""]
    return cursors.encode(question, [number, *position])


def _resume(cursor: str | None, question: str, partitions: Sequence[str]) -> tuple[int, Item | None]:
    if cursor is None:
        return 0, None
    number, order, partition, sort = cursors.decode(cursor, question, kinds=(int, str, str, str))
    if not isinstance(number, int) or not 0 <= number < len(partitions):
        raise InvalidRequestError("the cursor does not belong to this query; start again without one")
    start = {"GSI1PK": partitions[number], "GSI1SK": order, "PK": partition, "SK": sort} if order else None
    return number, start
