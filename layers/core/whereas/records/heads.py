"""The head of a document: which version is the latest, which run readers see."""

from __future__ import annotations

from whereas.records import batches, keys, table
from whereas.records.versions import RANK, VersionState


def current_run(document_id: str) -> str | None:
    """Return the id of the run that readers see, if there is one."""
    head = table.get((keys.document(document_id), keys.HEAD))
    return head.get("current_run_id") if head else None


def advance(version: VersionState) -> None:
    """Let the head tell of this version, if it is the latest, and of its status, if it went on."""
    sequence = keys.sequence(version.sequencer, version.version_id)
    table.update(
        (keys.document(version.document_id), keys.HEAD),
        values={
            "document_id": version.document_id,
            "latest_sequence": sequence,
            "latest_version_id": version.version_id,
            "status": version.status,
            "status_rank": RANK[version.status],
            "GSI1PK": keys.sharded("STATUS", version.status, version.document_id),
            "GSI1SK": version.document_id,
        },
        condition="attribute_not_exists(#latest_sequence) OR #latest_sequence < :sequence"
        " OR (#latest_sequence = :sequence AND #status_rank < :rank)",
        operands={":sequence": sequence, ":rank": RANK[version.status]},
    )


def reopen(version: VersionState) -> None:
    """Let the head of a version that begins anew say so: the one step back that a status takes."""
    table.update(
        (keys.document(version.document_id), keys.HEAD),
        values={
            "status": version.status,
            "status_rank": RANK[version.status],
            "GSI1PK": keys.sharded("STATUS", version.status, version.document_id),
        },
        condition="#latest_version_id = :version AND #status = :given_up",
        operands={":version": version.version_id, ":given_up": "QUARANTINED"},
    )


def flip(version: VersionState) -> bool:
    """Switch the head to the version's run, unless that of a later version is current; delete what it replaces.

    The replaced run is noted in the same write that replaces it, so that a death before its items are deleted leaves a trace.
    """
    key = (keys.document(version.document_id), keys.HEAD)
    sequence = keys.sequence(version.sequencer, version.version_id)
    flipped = False
    while not flipped:
        head = table.get(key) or {}
        replaced = head.get("current_run_id")
        if replaced == version.run_id:
            break
        if replaced and head["current_sequence"] > sequence:
            return False
        flipped = table.update(
            key,
            values={"current_run_id": version.run_id, "current_version_id": version.version_id, "current_sequence": sequence},
            condition="#current_run_id = :replaced" if replaced else "attribute_not_exists(#current_run_id)",
            operands={":replaced": replaced} if replaced else {},
            add=("retired_runs", replaced) if replaced else None,
        )
    for retired in (table.get(key) or {}).get("retired_runs", []):
        delete_run(version.document_id, retired)
        table.update(key, values={}, condition="attribute_exists(#retired_runs)", discard=("retired_runs", retired))
    return True


def delete_run(document_id: str, run_id: str) -> None:
    """Delete every item of a run; what is gone already stays gone."""
    items = table.query_all(partition=keys.document(document_id), prefix=keys.run(run_id))
    batches.delete_many([(item["PK"], item["SK"]) for item in items])
