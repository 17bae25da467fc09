"""How a failure is logged: what and where, but never a message that may quote the document."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from whereas.errors import WhereasError

log = logging.getLogger(__name__)


def describe(exc: BaseException) -> str:
    """Return a failure in a line: our own errors in full, as they never quote text; of any other its type and where it was raised."""
    if isinstance(exc, WhereasError):
        return f"{type(exc).__name__}: {exc}"
    frames = traceback.extract_tb(exc.__traceback__)
    places = " < ".join(f"{frame.name} ({frame.filename.rsplit('/', 1)[-1]}:{frame.lineno})" for frame in reversed(frames[-5:]))
    return f"{type(exc).__name__} at {places}"


def report(exc: BaseException, *, message_id: str) -> None:
    """Log that a queue message failed and goes back to its queue."""
    log.error("message %s failed and goes back to its queue: %s", message_id, describe(exc))


@contextmanager
def reported(message_id: str) -> Iterator[None]:
    """Log what is raised inside, and let it pass."""
    try:
        yield
    except Exception as exc:
        report(exc, message_id=message_id)
        raise
