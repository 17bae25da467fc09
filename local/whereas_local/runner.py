"""Keeps a stack running: one poller for each event source, one clock for each schedule.

Delivery is at least once, as in AWS. One thing differs: a message whose delivery failed is tried again after
``retry_after_s`` instead of when its visibility time-out has run out, as nobody at a laptop waits half an hour.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from whereas_local.delivery import failed_ids, lambda_event, receive, settle
from whereas_local.execution import Executor, Outcome
from whereas_local.stack import EventSource, Schedule, Stack

logger = logging.getLogger(__name__)

WAIT_S: Final = 5
"""Long poll; also how long stopping may take."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """One delivery that ended, for whoever watches: ids of messages, no text."""

    function: str
    queue: str
    messages: int
    failed: int
    outcome: Outcome


class Runner:
    """Delivers messages and scheduled events to functions until stopped.

    Args:
        stack: the wiring.
        client: makes a boto3 client of a service; called once for each thread.
        executor: calls the functions.
        jobs: most deliveries of one event source at a time, under the template's own maximum.
        retry_after_s: see the module.
        watch: told of every delivery that ended.
    """

    def __init__(
        self,
        stack: Stack,
        *,
        client: Callable[[str], Any],
        executor: Executor,
        jobs: int,
        retry_after_s: int = 1,
        watch: Callable[[Invocation], None] | None = None,
    ) -> None:
        self._stack = stack
        self._client = client
        self._executor = executor
        self._jobs = jobs
        self._retry_after_s = retry_after_s
        self._watch = watch
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start polling."""
        for source in self._stack.mappings:
            self._spawn(self._poll, source)
        for schedule in self._stack.schedules:
            self._spawn(self._tick, schedule)

    def stop(self) -> None:
        """Stop taking messages; what is under way is left to its executor."""
        self._stopping.set()

    def _spawn(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _poll(self, source: EventSource) -> None:
        queue = self._stack.queues[source.queue]
        sqs = self._client("sqs")
        slots = threading.BoundedSemaphore(min(source.max_concurrency, self._jobs))
        while not self._stopping.is_set():
            slots.acquire()
            messages: list[dict[str, Any]] = []
            try:
                messages = receive(sqs, queue, source, wait_s=WAIT_S, stopping=self._stopping.is_set)
            except Exception:
                # The poller must outlive whatever the service answers, as Lambda's does.
                if not self._stopping.wait(0.5):
                    logger.exception("polling %s failed", source.queue)
            if messages and not self._stopping.is_set():
                threading.Thread(target=self._deliver, args=(source, messages, slots), daemon=True).start()
            else:
                slots.release()

    def _deliver(self, source: EventSource, messages: Sequence[Mapping[str, Any]], slots: threading.BoundedSemaphore) -> None:
        queue = self._stack.queues[source.queue]
        try:
            outcome = self._executor.invoke(self._stack.functions[source.function], lambda_event(messages, queue))
            if self._stopping.is_set():
                return
            sent = [message["MessageId"] for message in messages]
            failed = set(sent) if outcome.error else failed_ids(outcome.answer, sent, reports_failures=source.reports_failures)
            settle(self._client("sqs"), queue, messages, failed, retry_after_s=self._retry_after_s)
            if outcome.error:
                logger.warning("%s failed on %d message(s) of %s: %s", source.function, len(messages), source.queue, outcome.error)
            if self._watch:
                self._watch(Invocation(source.function, source.queue, len(messages), len(failed), outcome))
        except Exception:
            # Not settled: the messages come again when their visibility time-out has run out.
            if not self._stopping.is_set():
                logger.exception("delivering from %s failed", source.queue)
        finally:
            slots.release()

    def _tick(self, schedule: Schedule) -> None:
        while not self._stopping.wait(schedule.interval_s):
            self._executor.invoke(self._stack.functions[schedule.function], scheduled_event(schedule))


def scheduled_event(schedule: Schedule) -> dict[str, Any]:
    """Return the event of one tick (EventBridge User Guide, "Scheduled events")."""
    return {
        "version": "0",
        "id": schedule.name,
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": [],
        "detail": {},
    }
