"""Every question that the table answers, each by key conditions alone; ``docs/data-model.md`` lists them.

Documents are found through the index (eventually consistent, as all DynamoDB indexes are) and then checked against their heads by
consistent reads: only what belongs to a document's current run is ever returned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from whereas.errors import InvalidRequestError, NotFoundError
from whereas.records import cursors, keys, table, walks
from whereas.records.items import entities_of
from whereas.records.table import Item
from whereas.records.versions import RANK
from whereas.records.views import Document, load
from whereas.records.walks import Documents

MAX_MONTHS: Final = 120
_PAST_IDS: Final = "~"
"""Sorts after every id."""


@dataclass(frozen=True, slots=True)
class Entities:
    """One page of a run's entities, by type and then by start; ``cursor`` is None at the end."""

    run_id: str
    entities: tuple[dict[str, Any], ...]
    cursor: str | None


def get_document(document_id: str) -> Document:
    """Return a document with its body.

    Raises:
        NotFoundError: there is none of that id.
    """
    found = load([(document_id, {})], whole=True)
    if not found:
        raise NotFoundError(f"there is no document {document_id}")
    return found[0]


def by_status(status: str | None, *, limit: int, cursor: str | None = None) -> Documents:
    """Return documents whose latest version has a status, or all (None), in the order of their ids within each shard."""
    statuses = (status,) if status else tuple(RANK)
    question = cursors.question_of("status", status)
    partitions = [partition for value in statuses for partition in keys.shards("STATUS", value)]
    return walks.documents(partitions, keep=_all, question=question, limit=limit, cursor=cursor, statuses=statuses)


def by_model(version: str, *, limit: int, cursor: str | None = None) -> Documents:
    """Return documents whose current run was made by a model version."""
    question = cursors.question_of("model", version)
    return walks.documents(keys.shards("MODEL", version), keep=_all, question=question, limit=limit, cursor=cursor)


def by_entity(canonical_ids: Sequence[str], *, entity_type: str | None, limit: int, cursor: str | None = None) -> Documents:
    """Return documents that name an entity; ``match`` has its spelling there, its types, and how often it is named.

    Args:
        canonical_ids: of the entity; several where a name may be that of a company or of a person.
        entity_type: keep only documents in which the entity has this type.
        limit: documents at most.
        cursor: of the page before.
    """
    question = cursors.question_of("entity", *canonical_ids, entity_type)
    partitions = [partition for canonical_id in canonical_ids for partition in keys.shards("ENTITY", canonical_id)]

    def keep(item: Item) -> dict[str, Any] | None:
        if entity_type and entity_type not in item["types"]:
            return None
        return {"entity": {name: item[name] for name in ("canonical_id", "name", "types", "count")}}

    return walks.documents(partitions, keep=keep, question=question, limit=limit, cursor=cursor)


def by_party(canonical_ids: Sequence[str], *, limit: int, cursor: str | None = None) -> Documents:
    """Return contracts to which an exact party is a party; ``match`` has the party."""
    question = cursors.question_of("party", *canonical_ids)
    partitions = [partition for canonical_id in canonical_ids for partition in keys.shards("PARTY", canonical_id)]
    return walks.documents(partitions, keep=lambda item: {"parties": item["parties"]}, question=question, limit=limit, cursor=cursor)


def by_party_words(name: str, *, limit: int, cursor: str | None = None) -> Documents:
    """Return contracts with a party whose name has every word of ``name``; ``match`` has the parties.

    A name of common words alone ("the company") finds only parties named by common words alone.

    Raises:
        InvalidRequestError: there is no word in ``name``.
    """
    words = set(keys.words(name))
    if not words:
        raise InvalidRequestError("the name has no letters or digits to search for")
    question = cursors.question_of("party words", *sorted(words))

    def keep(item: Item) -> dict[str, Any] | None:
        parties = [party for party in item["parties"] if words <= set(keys.words(party["name"]))]
        return {"parties": parties} if parties else None

    # Longer words are rarer: fewer items to read and drop.
    rarest = max(sorted(keys.index_words(name)), key=len)
    return walks.documents(keys.shards("PARTYWORD", keys.hashed(rarest)), keep=keep, question=question, limit=limit, cursor=cursor)


def expiring(first: str, last: str, *, limit: int, cursor: str | None = None) -> Documents:
    """Return contracts that expire in a window of ISO 8601 days, both included, in the order of their dates.

    Raises:
        InvalidRequestError: the window is empty or longer than ``MAX_MONTHS``.
    """
    return _by_date("EXPIRES", first, last, limit=limit, cursor=cursor)


def notice_due(first: str, last: str, *, limit: int, cursor: str | None = None) -> Documents:
    """Return contracts whose notice of non-renewal is due in a window of ISO 8601 days, both included, in the order of their dates.

    Raises:
        InvalidRequestError: the window is empty or longer than ``MAX_MONTHS``.
    """
    return _by_date("NOTICE", first, last, limit=limit, cursor=cursor)


def entities(document_id: str, *, entity_type: str | None, layer: str | None, limit: int, cursor: str | None = None) -> Entities:
    """Return the entities of a document's current run, of one type or all, of one layer or both.

    Raises:
        NotFoundError: there is no such document, or it has no results yet.
        InvalidRequestError: the cursor is of another query, or of a run that was replaced since.
    """
    run_id = current_run(document_id)
    question = cursors.question_of("entities", document_id, run_id, entity_type, layer)
    prefix = keys.entities(run_id, entity_type)
    first, offset = prefix, 0
    if cursor:
        part, skip = cursors.decode(cursor, question, kinds=(str, int))
        if not re.fullmatch(r"([A-Z_]+#)?\d{5}", str(part)) or int(skip) < 0:
            raise InvalidRequestError("the cursor does not belong to this query; start again without one")
        first, offset = prefix + str(part), int(skip)
    found: list[dict[str, Any]] = []
    for item in table.query_all(partition=keys.document(document_id), between=(first, prefix + _PAST_IDS)):
        for position, entity in enumerate(entities_of(item)[offset:], start=offset):
            if len(found) == limit:
                return Entities(run_id, tuple(found), cursors.encode(question, [item["SK"].removeprefix(prefix), position]))
            if layer in (None, entity["layer"]):
                found.append(entity)
        offset = 0
    return Entities(run_id, tuple(found), None)


def all_entities(document_id: str, run_id: str) -> list[dict[str, Any]]:
    """Return every entity of a run, sorted by start as in the public record."""
    packed = table.query_all(partition=keys.document(document_id), prefix=keys.entities(run_id))
    found = [entity for item in packed for entity in entities_of(item)]
    return sorted(found, key=lambda entity: (entity["start"], -entity["end"], entity["layer"], entity["type"], entity["entity_id"]))


def current_run(document_id: str) -> str:
    """Return the id of a document's current run.

    Raises:
        NotFoundError: there is no such document, or it has no results (yet).
    """
    head = table.get((keys.document(document_id), keys.HEAD))
    if head is None:
        raise NotFoundError(f"there is no document {document_id}")
    if "current_run_id" not in head:
        raise NotFoundError(f"document {document_id} has no results: it is {head['status']}")
    return str(head["current_run_id"])


def _all(_: Item) -> dict[str, Any]:
    return {}


def _by_date(kind: str, first: str, last: str, *, limit: int, cursor: str | None) -> Documents:
    months = keys.months(first, last)
    if first > last or len(months) > MAX_MONTHS:
        raise InvalidRequestError(f"the window must start before it ends and span {MAX_MONTHS} months at most; found {first} to {last}")
    question = cursors.question_of(kind, first, last)
    partitions = [partition for month in months for partition in keys.shards(kind, month)]
    between = (f"{first}#", f"{last}#{_PAST_IDS}")
    return walks.documents(partitions, keep=_date, question=question, limit=limit, cursor=cursor, between=between)


def _date(item: Item) -> dict[str, Any]:
    return {"date": item["date"]}
