"""How a document ends: the state, then the event that says so."""

from __future__ import annotations

from typing import Final

from whereas.aws import events
from whereas.errors import PermanentError
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings

DETAIL_TYPES: Final = {"COMPLETE": "Document Completed", "QUARANTINED": "Document Quarantined"}


def quarantine(version: VersionState, error: PermanentError) -> None:
    """End a version with a reason; the original stays where it is.

    A version that is complete stays so, and of two reasons the one of the lower page stays: the outcome does not
    depend on which part failed first. ``stage_failed`` and ``stalled`` say that help did not come in time, not that the
    document is at fault, so a task that succeeds after all still completes the version, as in a quiet run.
    """
    announce(state.quarantine(version.document_id, version.version_id, code=error.code, message=error.message, page=error.page))


def announce(version: VersionState) -> None:
    """Put the event of a version that has ended on the bus: ids and status, no text and no name. A repeat puts it again."""
    detail = {
        "document_id": version.document_id,
        "version_id": version.version_id,
        "run_id": version.run_id,
        "status": version.status,
        "reason": version.reason.code if version.reason else None,
    }
    events.put(settings().event_bus, detail_type=DETAIL_TYPES[version.status], detail=detail)
