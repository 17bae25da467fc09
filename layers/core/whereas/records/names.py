"""Names of parties that share a block with a name: the pool from which candidates for a link are picked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from whereas.errors import NotFoundError
from whereas.records import keys, queries, table
from whereas.records.views import load

PAGE: Final = 100
MAX_QUERIES: Final = 60
"""Queries that one pool may cost; past it the pool is cut short and says so."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Canonical ids and names of current parties; ``complete`` is False where there were more than one call may read."""

    names: frozenset[tuple[str, str]]
    complete: bool


def party_names(blocks: Iterable[str]) -> Pool:
    """Return the parties of current contracts that stand under a block.

    Items are in the order of canonical ids: after a full page the walk goes on behind the last id, so that a party with thousands of
    contracts costs one page.
    """
    found: set[tuple[str, str]] = set()
    complete, left = True, MAX_QUERIES
    for partition in (p for block in blocks for p in keys.shards("PARTYBLOCK", keys.hashed(block))):
        low: str | None = "0"
        while low and left:
            left -= 1
            items, last = table.query(partition=partition, between=(low, "~"), index=True, limit=PAGE)
            current = load([(item["document_id"], item) for item in items], runs=[item["run_id"] for item in items])
            found |= {(one.match["canonical_id"], one.match["name"]) for one in current}
            low = f"{items[-1]['canonical_id']}#~" if last and items else None
        complete = complete and low is None
    return Pool(frozenset(found), complete)


def name_of(canonical_id: str) -> str:
    """Return a name of a canonical entity: as a current contract names it as its party, or else mentions it.

    Raises:
        NotFoundError: no current contract names it.
    """
    cursor: str | None = None
    for ask in (_as_party, _as_entity):
        while True:
            name, cursor = ask(canonical_id, cursor)
            if name is not None:
                return name
            if cursor is None:
                break
    raise NotFoundError(f"no contract names the canonical entity {canonical_id}")


def _as_party(canonical_id: str, cursor: str | None) -> tuple[str | None, str | None]:
    page = queries.by_party([canonical_id], limit=1, cursor=cursor)
    return (page.documents[0].match["parties"][0]["name"] if page.documents else None), page.cursor


def _as_entity(canonical_id: str, cursor: str | None) -> tuple[str | None, str | None]:
    page = queries.by_entity([canonical_id], entity_type=None, limit=1, cursor=cursor)
    return (page.documents[0].match["entity"]["name"] if page.documents else None), page.cursor
