"""Every question that the table answers, each by key conditions alone; ``docs/data-model.md`` lists them.

Documents are found through the index (eventually consistent, as all DynamoDB indexes are) and then checked against their heads by
consistent reads: only what belongs to a document's current run is ever returned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from whereas.errors import InvalidRequestError, NotFoundError, TransientError
from whereas.records import cursors, keys, table
from whereas.records.items import body_of, entities_of
from whereas.records.state import RANK, VersionState, from_version_item
from whereas.records.table import Item

MAX_MONTHS: Final = 120
MAX_ROUNDS: Final = 60
"""Queries that one page may cost; past it the page ends early with a cursor, so that a call's time stays bounded."""
_PAST_IDS: Final = "~"
"""Sorts after every id."""


@dataclass(frozen=True, slots=True)
class Run:
    """The current run of a document: the public record without its entities.

    Attributes:
        document: the record's ``document``.
        contract: the record's ``contract``.
        lineage: the record's ``lineage``.
        run: the record's ``run``.
        summary: the contract's values that lists show, see ``items.summary``.
        entity_counts: entities by type.
    """

    run_id: str
    document: dict[str, Any]
    contract: dict[str, Any]
    lineage: dict[str, Any]
    run: dict[str, Any]
    summary: dict[str, Any]
    entity_counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as readers see it: its latest version, its current run if it has one, and what a query matched in it."""

    latest: VersionState
    run: Run | None
    match: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Documents:
    """One page of documents; ``cursor`` is None at the end. A page may be short, even empty, and have a cursor."""

    documents: tuple[Document, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Entities:
    """One page of a run's entities, by type and then by start; ``cursor`` is None at the end."""

    run_id: str
    entities: tuple[dict[str, Any], ...]
    cursor: str | None


def get_document(document_id: str) -> Document:
    """Return a document.

    Raises:
        NotFoundError: there is none of that id.
    """
    found = _load([(document_id, {})])
    if not found:
        raise NotFoundError(f"there is no document {document_id}")
    return found[0]


def by_status(status: str | None, *, limit: int, cursor: str | None = None) -> Documents:
    """Return documents whose latest version has a status, or all (None), in the order of their ids within each shard."""
    statuses = (status,) if status else tuple(RANK)
    question = cursors.question_of("status", status)
    partitions = [partition for value in statuses for partition in keys.shards("STATUS", value)]
    return _documents(partitions, keep=_all, question=question, limit=limit, cursor=cursor, statuses=statuses)


def by_model(version: str, *, limit: int, cursor: str | None = None) -> Documents:
    """Return documents whose current run was made by a model version."""
    question = cursors.question_of("model", version)
    return _documents(keys.shards("MODEL", version), keep=_all, question=question, limit=limit, cursor=cursor)


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

    return _documents(partitions, keep=keep, question=question, limit=limit, cursor=cursor)


def by_party(canonical_ids: Sequence[str], *, limit: int, cursor: str | None = None) -> Documents:
    """Return contracts to which an exact party is a party; ``match`` has the party."""
    question = cursors.question_of("party", *canonical_ids)
    partitions = [partition for canonical_id in canonical_ids for partition in keys.shards("PARTY", canonical_id)]
    return _documents(partitions, keep=lambda item: {"parties": item["parties"]}, question=question, limit=limit, cursor=cursor)


def by_party_words(name: str, *, limit: int, cursor: str | None = None) -> Documents:
    """Return contracts with a party whose name has every word of ``name``; ``match`` has the parties.

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
    rarest = max(sorted(words), key=len)
    return _documents(keys.shards("PARTYWORD", keys.hashed(rarest)), keep=keep, question=question, limit=limit, cursor=cursor)


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


Keep = Callable[[Item], dict[str, Any] | None]


def _all(_: Item) -> dict[str, Any]:
    return {}


def _by_date(kind: str, first: str, last: str, *, limit: int, cursor: str | None) -> Documents:
    months = keys.months(first, last)
    if first > last or len(months) > MAX_MONTHS:
        raise InvalidRequestError(f"the window must start before it ends and span {MAX_MONTHS} months at most; found {first} to {last}")
    question = cursors.question_of(kind, first, last)
    partitions = [partition for month in months for partition in keys.shards(kind, month)]
    between = (f"{first}#", f"{last}#{_PAST_IDS}")
    return _documents(partitions, keep=lambda item: {"date": item["date"]}, question=question, limit=limit, cursor=cursor, between=between)


def _documents(
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
        loaded = _load([(item["document_id"], match) for item, match in matches], runs=[item.get("run_id") for item, _ in matches])
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


def _load(found: Sequence[tuple[str, dict[str, Any]]], *, runs: Sequence[str | None] | None = None) -> list[Document]:
    """Return documents by id with what matched, leaving out those that do not exist or whose current run is not that of ``runs``."""
    heads = table.get_many((keys.document(document_id), keys.HEAD) for document_id, _ in found)
    wanted = runs or [None] * len(found)
    current = [
        (heads[keys.document(document_id), keys.HEAD], match)
        for (document_id, match), run_id in zip(found, wanted, strict=True)
        if (keys.document(document_id), keys.HEAD) in heads
        and run_id in (None, heads[keys.document(document_id), keys.HEAD].get("current_run_id"))
    ]
    items = table.get_many(key for head, _ in current for key in _keys_of(head))
    return [_document(head, match, items) for head, match in current]


def _keys_of(head: Item) -> Iterator[table.Key]:
    yield head["PK"], keys.version(head["latest_version_id"])
    if "current_run_id" in head:
        yield head["PK"], keys.run(head["current_run_id"])


def _document(head: Item, match: dict[str, Any], items: Mapping[table.Key, Item]) -> Document:
    latest = from_version_item(items[head["PK"], keys.version(head["latest_version_id"])])
    if "current_run_id" not in head:
        return Document(latest=latest, run=None, match=match)
    item = items.get((head["PK"], keys.run(head["current_run_id"])))
    if item is None:
        raise _replaced(head["document_id"])
    return Document(latest=latest, run=_run(item), match=match)


def _run(item: Item) -> Run:
    body = body_of([item, *_further_parts(item)])
    return Run(
        run_id=item["run_id"],
        document=_public_document(item["document"], warnings=body["warnings"]),
        contract=body["contract"],
        lineage=body["lineage"],
        run=item["run"],
        summary=item["summary"],
        entity_counts=item["entity_counts"],
    )


def _public_document(stored: Mapping[str, Any], *, warnings: Iterable[Any]) -> dict[str, Any]:
    return {**stored, "is_current": True, "warnings": list(warnings)}


def _further_parts(item: Item) -> list[Item]:
    wanted = [(item["PK"], keys.body(item["run_id"], number)) for number in range(1, item["body_parts"])]
    parts = table.get_many(wanted)
    if len(parts) < len(wanted):
        raise _replaced(item["document_id"])
    return [parts[key] for key in wanted]


def _replaced(document_id: str) -> TransientError:
    return TransientError(f"document {document_id} was processed anew while it was read; try again")
