"""Where the chain fans out and in: page and chunk tasks, and who sends the next task on.

A join counts the conditional items that the finished parts have written, never a counter. Whoever finds the set complete
sends the next task; two who find it at once send it twice, which every stage bears. A part that is repeated checks again,
so that a death between the last item and the message is made good by the redelivery.
"""

from __future__ import annotations

from whereas.aws import sqs
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.stages.messages import AssembleTask, ChunkTask, PageTask, ResolveTask


def page_batches(pages: int, *, page_batch: int) -> int:
    """Return how many batches of at most ``page_batch`` pages a document of ``pages`` pages makes."""
    return -(-pages // page_batch)


def page_range(version: VersionState, batch: int) -> tuple[int, int]:
    """Return the first and last page of a batch, both included, counting from 1.

    Derived from the two counts that the version item keeps, so that a batch stays the same pages when a deployment changes
    the batch size under a running document. No batch is empty: ceil(p / ceil(p / n)) = n for n = ceil(p / b).
    """
    pages, batches = version.pages or 0, version.page_batches or 1
    size = -(-pages // batches)
    return batch * size + 1, min((batch + 1) * size, pages)


def send_missing_pages(version: VersionState) -> bool:
    """Send a task for every page batch that has not joined; say whether there was one."""
    joined = state.joined_pages(version.document_id, version.version_id, version.run_id)
    missing = [batch for batch in range(version.page_batches or 0) if batch not in joined]
    sqs.send_batch(settings().page_queue_url, [_page_task(version, batch).body() for batch in missing])
    return bool(missing)


def after_pages(version: VersionState) -> None:
    """Send the document on if its last page batch has joined."""
    joined = state.joined_pages(version.document_id, version.version_id, version.run_id)
    if len(joined) == version.page_batches:
        _send_assemble(version)


def send_missing_chunks(version: VersionState) -> None:
    """Send a task for every chunk group that has not joined; where all have, send the document on instead."""
    joined = state.joined_chunks(version.document_id, version.version_id, version.run_id)
    missing = [group for group in range(version.chunk_groups or 0) if group not in joined]
    if missing:
        sqs.send_batch(settings().chunk_queue_url, [chunk_task(version, group).body() for group in missing])
    else:
        _send_resolve(version)


def after_chunks(version: VersionState) -> None:
    """Send the document on if its last chunk group has joined."""
    joined = state.joined_chunks(version.document_id, version.version_id, version.run_id)
    if len(joined) == version.chunk_groups:
        _send_resolve(version)


def send_missing(version: VersionState) -> None:
    """Send whatever task a document that stands still is waiting for."""
    if version.chunk_groups is not None:
        send_missing_chunks(version)
    elif not send_missing_pages(version):
        _send_assemble(version)


def progress(version: VersionState) -> int:
    """Return how many parts of a document have joined; grows as long as it does not stand still."""
    ids = (version.document_id, version.version_id, version.run_id)
    return len(state.joined_pages(*ids)) + len(state.joined_chunks(*ids))


def chunk_task(version: VersionState, group: int, *, solo: bool = False) -> ChunkTask:
    """Return the task of one chunk group."""
    return ChunkTask(document_id=version.document_id, version_id=version.version_id, run_id=version.run_id, group=group, solo=solo)


def send_solo(version: VersionState, group: int) -> None:
    """Send one chunk group again, to be recognised alone, so that a poisonous one is told from its batch mates."""
    sqs.send_batch(settings().chunk_solo_queue_url, [chunk_task(version, group, solo=True).body()])


def _page_task(version: VersionState, batch: int) -> PageTask:
    first, last = page_range(version, batch)
    return PageTask(
        document_id=version.document_id, version_id=version.version_id, run_id=version.run_id, batch=batch, first_page=first, last_page=last
    )


def _send_assemble(version: VersionState) -> None:
    task = AssembleTask(document_id=version.document_id, version_id=version.version_id, run_id=version.run_id)
    sqs.send_batch(settings().assemble_queue_url, [task.body()])


def _send_resolve(version: VersionState) -> None:
    task = ResolveTask(document_id=version.document_id, version_id=version.version_id, run_id=version.run_id)
    sqs.send_batch(settings().resolve_queue_url, [task.body()])
