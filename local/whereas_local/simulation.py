"""The whole stack in one process and one thread, so that a run with faults can be repeated and compared with a quiet one.

Time does not pass: a message whose delivery failed is there again at once, and a wave of deliveries takes what is in all queues.
Messages are delivered as SQS may at worst: several times, late, and in any order.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, Final

import boto3

from whereas.aws import clients
from whereas.records import state
from whereas.settings import settings
from whereas_local import embedded
from whereas_local.delivery import failed_ids, lambda_event, settle
from whereas_local.execution import Handler, Outcome, context_of, load_handler
from whereas_local.faults import SERVICES, Faults, Killed, injected
from whereas_local.runner import scheduled_event
from whereas_local.stack import EventSource, Function, Stack, load_stack

MAX_WAVES: Final = 400
LATEST_WAVE: Final = 3
"""How many waves a message, or its copy, may come late."""

Doom = Callable[[Function, dict[str, Any]], int | None]
"""Says after how many writes an invocation is killed (a time-out, no memory left); None for not at all."""


@dataclass(slots=True)
class Weather:
    """How deliveries go wrong.

    Attributes:
        duplicate: chance that a message is delivered a second time.
        delay: chance that a message is delivered some waves late.
        shuffle: mix the order of deliveries.
        mercy: faults hit the first so many deliveries of a message, so that they do not use its queue's patience up.
        doom: which invocations are killed, without mercy.
    """

    random: Random = field(default_factory=lambda: Random(0))
    duplicate: float = 0.0
    delay: float = 0.0
    shuffle: bool = False
    mercy: int = 3
    doom: Doom = lambda _function, _event: None


@dataclass(slots=True)
class Simulation:
    """A stack whose queues are emptied by ``settle_down``."""

    stack: Stack
    faults: Faults
    weather: Weather
    client: Callable[[str], Any]
    handlers: dict[str, Handler] = field(default_factory=dict)
    invocations: list[tuple[str, str | None]] = field(default_factory=list)
    """Function and error of every invocation so far."""
    _late: list[tuple[int, EventSource, dict[str, Any]]] = field(default_factory=list)
    _held: list[tuple[int, EventSource, dict[str, Any]]] = field(default_factory=list)
    _uploads: int = 0
    _failures: int = 0

    def upload(self, key: str, data: bytes) -> str:
        """Put an object into the upload bucket; its version id depends only on how many were put before it."""
        from moto.moto_api._internal import mock_random

        self._uploads += 1
        mock_random.seed(self._uploads)
        answer = self.client("s3").put_object(Bucket=self.stack.refs["UploadBucket"], Key=key, Body=data)
        return str(answer["VersionId"])

    def settle_down(self, *, between: Callable[[int], None] | None = None) -> None:
        """Deliver until no queue holds a message and no document is open; where the queues are empty first, let sweep look.

        Args:
            between: called after each wave with its number, to do something meanwhile.

        Raises:
            RuntimeError: it does not end.
        """
        for wave in range(MAX_WAVES):
            if not self._wave(wave) and not self._late and not self._held:
                if not self.open_versions():
                    return
                self._tick()
            if between:
                between(wave)
        raise RuntimeError(f"not settled after {MAX_WAVES} waves; open: {[version.document_id for version in self.open_versions()]}")

    def open_versions(self) -> list[state.VersionState]:
        """Return the versions that are PROCESSING."""
        return list(state.stalled_versions(datetime.now(UTC) + timedelta(days=365)))

    def invoke(self, function: Function, event: dict[str, Any]) -> Outcome:
        """Call a handler; where it is killed half way, say so as Lambda would."""
        self.faults.die_after = self.weather.doom(function, event)
        received = [int(record["attributes"]["ApproximateReceiveCount"]) for record in event.get("Records", [])]
        self.faults.active = max(received, default=0) <= self.weather.mercy
        try:
            with injected(self.faults, {service: clients.client(service) for service in SERVICES}):
                outcome = Outcome(self._handler(function)(event, context_of(function)), None, 0.0)
        except Killed:
            outcome = Outcome(None, "timeout" if self.faults.die_after is not None else "crash", 0.0)
        except Exception as exc:  # noqa: BLE001 - Lambda reports every exception of a handler, and so does this
            outcome = Outcome(None, type(exc).__name__, 0.0)
        self.invocations.append((function.name, outcome.error))
        return outcome

    def _handler(self, function: Function) -> Handler:
        if function.name not in self.handlers:
            self.handlers[function.name] = load_handler(function)
        return self.handlers[function.name]

    def _wave(self, number: int) -> bool:
        work: list[tuple[EventSource, list[dict[str, Any]]]] = []
        behind = {queue.dead_letters for queue in self.stack.queues.values()}
        for source in self.stack.mappings:
            if source.queue in behind and not self._failures:
                continue  # Only a failed delivery can have put a message there.
            messages = self._hold_back(source, self._drain(source), number)
            if self.weather.shuffle:
                self.weather.random.shuffle(messages)
            size = source.batch_size
            work += [(source, messages[start : start + size]) for start in range(0, len(messages), size)]
        if self.weather.shuffle:
            self.weather.random.shuffle(work)
        for source, batch in work:
            self._deliver(source, batch, number)
        due = [(source, event) for wave, source, event in self._late if wave <= number]
        self._late = [entry for entry in self._late if entry[0] > number]
        for source, event in due:
            self.invoke(self.stack.functions[source.function], event)
        return bool(work or due)

    def _hold_back(self, source: EventSource, messages: list[dict[str, Any]], wave: int) -> list[dict[str, Any]]:
        """Return what is delivered now: messages whose delay is over, and those of the new ones that are not delayed."""
        now = [message for due, held_for, message in self._held if due <= wave and held_for is source]
        self._held = [entry for entry in self._held if entry[0] > wave or entry[1] is not source]
        for message in messages:
            if self.weather.random.random() < self.weather.delay:
                self._held.append((wave + self.weather.random.randint(1, LATEST_WAVE), source, message))
            else:
                now.append(message)
        return now

    def _drain(self, source: EventSource) -> list[dict[str, Any]]:
        sqs, url = self.client("sqs"), self.stack.queues[source.queue].url
        drained: list[dict[str, Any]] = []
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]).get("Messages"):
            drained += messages
        return drained

    def _deliver(self, source: EventSource, batch: list[dict[str, Any]], wave: int) -> None:
        queue = self.stack.queues[source.queue]
        event = lambda_event(batch, queue)
        outcome = self.invoke(self.stack.functions[source.function], event)
        sent = [message["MessageId"] for message in batch]
        failed = set(sent) if outcome.error else failed_ids(outcome.answer, sent, reports_failures=source.reports_failures)
        self._failures += len(failed)
        settle(self.client("sqs"), queue, batch, failed, retry_after_s=0)
        for message in batch:
            # A queue may hand out a message again though it was deleted (SQS Developer Guide, "At-least-once delivery").
            if message["MessageId"] not in failed and self.weather.random.random() < self.weather.duplicate:
                copy = lambda_event([message], queue)
                self._late.append((wave + self.weather.random.randint(0, LATEST_WAVE), source, copy))

    def _tick(self) -> None:
        """Let the schedules fire, as if what is open had stood still for long."""
        for schedule in self.stack.schedules:
            function = self.stack.functions[schedule.function]
            module: Any = sys.modules[self._handler(function).__module__]
            later = timedelta(seconds=settings().stalled_after_s + 60)

            class Later(datetime):
                @classmethod
                def now(cls, tz: Any = None, *, by: timedelta = later) -> Any:
                    return datetime.now(tz) + by

            module.datetime = Later
            try:
                self.invoke(function, scheduled_event(schedule))
            finally:
                module.datetime = datetime


@cache
def _client(service: str) -> Any:
    """Return this module's own client; one serves all simulations of a process, as moto answers by service, not by client."""
    return boto3.client(service)  # type: ignore[call-overload]


@contextmanager
def simulated(
    *, faults: Faults | None = None, weather: Weather | None = None, parameters: dict[str, object] | None = None
) -> Iterator[Simulation]:
    """Set a stack up in this process, with its environment, and take it down again."""
    before = dict(os.environ)
    count = iter(range(1, 10**9))
    embedded.use_local_credentials()
    stack = load_stack(parameters=parameters)
    for function in stack.functions.values():
        os.environ.update(function.environment)
    os.environ["WHEREAS_THREADS"] = "1"
    settings.cache_clear()
    clients.client.cache_clear()
    try:
        with embedded.in_process(sequencers=lambda: f"{next(count):022X}"):
            embedded.create(stack, _client)
            yield Simulation(stack=stack, faults=faults or Faults(), weather=weather or Weather(), client=_client)
    finally:
        os.environ.clear()
        os.environ.update(before)
        settings.cache_clear()
        clients.client.cache_clear()
