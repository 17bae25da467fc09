"""Documents as readers see them: heads, latest versions and current runs, read together by batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from whereas.errors import TransientError
from whereas.records import batches, keys
from whereas.records.items import body_of
from whereas.records.table import Item, Key
from whereas.records.versions import VersionState, from_item


@dataclass(frozen=True, slots=True)
class Run:
    """The current run of a document, as much of it as lists show.

    Attributes:
        document: the record's ``document`` without its warnings, which may be many.
        warning_count: how many warnings there are.
        run: the record's ``run``.
        summary: the contract's values that lists show, see ``items.summary``.
        entity_counts: entities by type.
    """

    run_id: str
    document: dict[str, Any]
    warning_count: int
    run: dict[str, Any]
    summary: dict[str, Any]
    entity_counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as readers see it.

    Attributes:
        latest: the version that was uploaded last.
        run: the current run; None where there are no results.
        match: what a query matched in it.
        body: the record's ``contract``, ``lineage`` and ``warnings``, where they were asked for.
    """

    latest: VersionState
    run: Run | None
    match: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)


def load(found: Sequence[tuple[str, dict[str, Any]]], *, runs: Sequence[str | None] | None = None, whole: bool = False) -> list[Document]:
    """Return documents, leaving out those that do not exist or whose current run is another.

    Args:
        found: ids, each with what matched.
        runs: the run that each must have as its current one; None for any.
        whole: with their bodies.

    Raises:
        TransientError: a document was replaced between two reads.
    """
    heads = batches.get_many((keys.document(document_id), keys.HEAD) for document_id, _ in found)
    wanted = runs or [None] * len(found)
    current = [
        (heads[keys.document(document_id), keys.HEAD], match)
        for (document_id, match), run_id in zip(found, wanted, strict=True)
        if (keys.document(document_id), keys.HEAD) in heads
        and run_id in (None, heads[keys.document(document_id), keys.HEAD].get("current_run_id"))
    ]
    items = batches.get_many(key for head, _ in current for key in _keys_of(head))
    return [_document(head, match, items, whole=whole) for head, match in current]


def _keys_of(head: Item) -> Iterator[Key]:
    yield head["PK"], keys.version(head["latest_version_id"])
    if "current_run_id" in head:
        yield head["PK"], keys.run(head["current_run_id"])


def _document(head: Item, match: dict[str, Any], items: Mapping[Key, Item], *, whole: bool) -> Document:
    latest = from_item(items[head["PK"], keys.version(head["latest_version_id"])])
    if "current_run_id" not in head:
        return Document(latest=latest, run=None, match=match)
    item = items.get((head["PK"], keys.run(head["current_run_id"])))
    if item is None:
        raise _replaced(head["document_id"])
    body = body_of([item, *_further_parts(item)]) if whole else {}
    return Document(latest=latest, run=_run(item), match=match, body=body)


def _run(item: Item) -> Run:
    return Run(
        run_id=item["run_id"],
        document={**item["document"], "is_current": True},
        warning_count=item["warning_count"],
        run=item["run"],
        summary=item["summary"],
        entity_counts=item["entity_counts"],
    )


def _further_parts(item: Item) -> list[Item]:
    wanted = [(item["PK"], keys.body(item["run_id"], number)) for number in range(1, item["body_parts"])]
    parts = batches.get_many(wanted)
    if len(parts) < len(wanted):
        raise _replaced(item["document_id"])
    return [parts[key] for key in wanted]


def _replaced(document_id: str) -> TransientError:
    return TransientError(f"document {document_id} was processed anew while it was read; try again")
