"""A public record as items of the table, and back: few writes a contract, none over the item limit.

Entities are packed by type, gzipped, into one item (or a few); the contract's facts, lineage and warnings likewise into the run's own
item. Index items stand for the document, not for each mention: one for each entity, party, word of a party's name and date.
Equal records make equal items, but for ``run``, which alone holds what varies between two processings.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from whereas.records import batches, keys
from whereas.records.attributes import size_of
from whereas.records.table import Item, checked

MAX_PART_BYTES: Final = 300_000
"""Compressed bytes in one item: well under DynamoDB's 400 KB, so that keys and summary fit beside them."""
WRITE_UNIT_BYTES: Final = 1024

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What one record costs to write.

    Attributes:
        items: items written.
        size_bytes: their sizes together, as DynamoDB counts them.
        write_units: one for each started KiB of an item, and again for its copy in the index (DynamoDB Developer Guide,
            "Read/write capacity mode").
    """

    items: int
    size_bytes: int
    write_units: int


Blocks = Callable[[str], Iterable[str]]


def put_record(record: Record, *, blocks: Blocks | None = None) -> WriteReport:
    """Write all items of a public record. Readers do not see them until ``state.complete`` switches the head to the run.

    Args:
        record: as ``stages.record`` builds it.
        blocks: gives the blocks of a party's name, by which ``party_names`` finds names like it; None writes none.

    Raises:
        ThrottledError: DynamoDB left items unwritten after several tries; the repeat writes the same again.
    """
    items = record_items(record, blocks=blocks)
    batches.put_many(items)
    return report(items)


def report(items: Iterable[Item]) -> WriteReport:
    """Return what ``items`` cost to write."""
    sizes = [(size_of(checked(item)), "GSI1PK" in item) for item in items]
    units = sum(-(-size // WRITE_UNIT_BYTES) * (2 if indexed else 1) for size, indexed in sizes)
    return WriteReport(items=len(sizes), size_bytes=sum(size for size, _ in sizes), write_units=units)


def record_items(record: Record, *, blocks: Blocks | None = None) -> list[Item]:
    """Return every item of a public record, in no order that matters."""
    return [*_run_items(record), *_entity_items(record), *_index_items(record), *(_block_items(record, blocks) if blocks else ())]


def body_of(parts: Sequence[Item]) -> dict[str, Any]:
    """Return what ``record_items`` packed into a run's item and its further parts: ``contract``, ``lineage``, ``warnings``."""
    body: dict[str, Any] = json.loads(gzip.decompress(b"".join(part["body"] for part in parts)))
    return body


def entities_of(item: Item) -> list[dict[str, Any]]:
    """Return the entities that one item packs, sorted by start."""
    entities: list[dict[str, Any]] = json.loads(gzip.decompress(item["entities"]))
    return entities


def _pack(value: object) -> bytes:
    return gzip.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), compresslevel=6, mtime=0)


def _ids(record: Record) -> tuple[str, str]:
    return record["document"]["document_id"], record["run"]["run_id"]


def _run_items(record: Record) -> Iterator[Item]:
    document_id, run_id = _ids(record)
    document = dict(record["document"])
    warnings = document.pop("warnings")
    body = _pack({"contract": record["contract"], "lineage": record["lineage"], "warnings": warnings})
    parts = [body[at : at + MAX_PART_BYTES] for at in range(0, len(body), MAX_PART_BYTES)]
    yield {
        "PK": keys.document(document_id),
        "SK": keys.run(run_id),
        "GSI1PK": keys.sharded("MODEL", record["lineage"]["model"]["version"], document_id),
        "GSI1SK": document_id,
        "document_id": document_id,
        "run_id": run_id,
        "schema_version": record["schema_version"],
        "document": document,
        "summary": summary(record["contract"]),
        "entity_counts": dict(sorted(Counter(entity["type"] for entity in record["entities"]).items())),
        "run": record["run"],
        "warning_count": len(warnings),
        "body": parts[0],
        "body_parts": len(parts),
    }
    for number, part in enumerate(parts[1:], start=1):
        yield {"PK": keys.document(document_id), "SK": keys.body(run_id, number), "body": part}


def summary(contract: Mapping[str, Any]) -> dict[str, Any]:
    """Return the few values of a contract that lists show: plain values, null where absent."""
    dates = ("agreement_date", "effective_date", "expiration_date", "notice_deadline")
    return {
        "title": _value(contract.get("title")),
        "parties": [{name: party[name] for name in ("name", "canonical_id", "kind", "roles")} for party in contract["parties"]],
        **{name: _value(contract.get(name)) for name in dates},
    }


def _value(fact: Mapping[str, Any] | None) -> Any:
    return fact["value"] if fact else None


def _entity_items(record: Record) -> Iterator[Item]:
    document_id, run_id = _ids(record)
    by_type: dict[str, list[Mapping[str, Any]]] = {}
    for entity in record["entities"]:
        by_type.setdefault(entity["type"], []).append(entity)
    for entity_type, entities in sorted(by_type.items()):
        for number, (packed, count) in enumerate(_parts(entities)):
            sort_key = keys.entities(run_id, entity_type) + keys.part(number)
            yield {"PK": keys.document(document_id), "SK": sort_key, "type": entity_type, "count": count, "entities": packed}


def _parts(entities: Sequence[Mapping[str, Any]]) -> Iterator[tuple[bytes, int]]:
    """Yield packed runs of entities and their counts, halving until each fits; one entity alone always does."""
    packed = _pack(entities)
    if len(packed) <= MAX_PART_BYTES or len(entities) == 1:
        yield packed, len(entities)
        return
    middle = len(entities) // 2
    yield from _parts(entities[:middle])
    yield from _parts(entities[middle:])


def _index_items(record: Record) -> Iterator[Item]:
    for partition, values in (*_entity_entries(record["entities"]), *_party_entries(record["contract"]["parties"])):
        yield _index_item(record, *partition, values=values)
    for kind, name in (("EXPIRES", "expiration_date"), ("NOTICE", "notice_deadline")):
        date = _value(record["contract"].get(name))
        if isinstance(date, str):
            yield _index_item(record, kind, keys.first_day(date)[:7], values={"date": date}, order=f"{keys.first_day(date)}#")


def _block_items(record: Record, blocks: Blocks) -> Iterator[Item]:
    """Yield one item for each party and block of its name, in the order of canonical ids, so that a popular party can be skipped."""
    for party in {party["canonical_id"]: party for party in record["contract"]["parties"]}.values():
        canonical_id, values = party["canonical_id"], {name: party[name] for name in ("canonical_id", "name")}
        for block in blocks(party["name"]):
            made = _index_item(record, "PARTYBLOCK", keys.hashed(block), values=values, order=f"{canonical_id}#")
            yield made | {"SK": f"{made['SK']}#{canonical_id}"}


def _index_item(record: Record, kind: str, value: str, *, values: Mapping[str, Any], order: str = "") -> Item:
    document_id, run_id = _ids(record)
    return {
        "PK": keys.document(document_id),
        "SK": keys.index_item(run_id, f"{kind}#{value}"),
        "GSI1PK": keys.sharded(kind, value, document_id),
        "GSI1SK": order + document_id,
        "document_id": document_id,
        "run_id": run_id,
        **values,
    }


def _entity_entries(entities: Sequence[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield one entry for each canonical entity: its commonest spelling, its types, how often it is named."""
    named: dict[str, list[Mapping[str, Any]]] = {}
    for entity in entities:
        if entity["canonical_id"]:
            named.setdefault(entity["canonical_id"], []).append(entity)
    for canonical_id, spans in sorted(named.items()):
        spellings = Counter(span["text"] for span in spans)
        name = min(spellings, key=lambda text: (-spellings[text], text))
        types = sorted({span["type"] for span in spans})
        yield ("ENTITY", canonical_id), {"canonical_id": canonical_id, "name": name, "types": types, "count": len(spans)}


def _party_entries(parties: Sequence[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield one entry for each party, and one for each telling word of a party's name."""
    by_id: dict[str, dict[str, Any]] = {}
    by_word: dict[str, dict[str, dict[str, Any]]] = {}
    for party in parties:
        entry = {name: party[name] for name in ("canonical_id", "name", "kind", "roles")}
        by_id.setdefault(party["canonical_id"], entry)
        for word in keys.index_words(party["name"]):
            by_word.setdefault(keys.hashed(word), {}).setdefault(party["canonical_id"], entry)
    for canonical_id, entry in sorted(by_id.items()):
        yield ("PARTY", canonical_id), {"parties": [entry]}
    for word, entries in sorted(by_word.items()):
        yield ("PARTYWORD", word), {"parties": [entries[canonical_id] for canonical_id in sorted(entries)]}
