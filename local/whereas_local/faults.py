"""What can go wrong between a function and AWS, done to it on purpose: a death after a write, a throttle, a batch taken in part.

The faults sit in botocore's events, beneath the project's own adapters, so that these are tested too. They stand for what is
left after botocore's retries; the throttle of one try, which botocore itself makes good, is not what is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from types import SimpleNamespace
from typing import Any, Final

SERVICES: Final = ("s3", "sqs", "dynamodb", "events")
WRITES: Final = frozenset({
    "PutObject", "DeleteObject", "DeleteObjects", "SendMessage", "SendMessageBatch", "PutItem", "UpdateItem", "DeleteItem",
    "BatchWriteItem", "TransactWriteItems", "PutEvents",
})  # fmt: skip
THROTTLES: Final = {
    "s3": (503, "SlowDown"),
    "sqs": (400, "RequestThrottled"),
    "dynamodb": (400, "ProvisionedThroughputExceededException"),
    "events": (400, "ThrottlingException"),
}


class Killed(BaseException):
    """The function's process is no more. No ``except Exception`` may catch it, as none can catch a kill."""


@dataclass(slots=True)
class Faults:
    """What to do to the calls of a function; every chance is drawn from ``random``.

    Attributes:
        crash_after: number of the write, counting from 1 over the whole simulation, after which the function dies; 0 for none.
        crash_rate: chance of dying after any write.
        throttle_rate: chance that a call is refused with the service's throttling error.
        partial_rate: chance that SQS takes only half of a batch of messages.
        writes: the writes so far, as ``service.Operation``.
    """

    random: Random = field(default_factory=lambda: Random(0))
    crash_after: int = 0
    crash_rate: float = 0.0
    throttle_rate: float = 0.0
    partial_rate: float = 0.0
    writes: list[str] = field(default_factory=list)
    die_after: int | None = None
    """Writes that the invocation under way may still do before it is killed; None for any number."""
    active: bool = True
    """Whether the invocation under way may be hurt by chance."""

    def before(self, model: Any, **_: Any) -> tuple[Any, dict[str, Any]] | None:
        """Refuse the call, or let it pass."""
        if self.die_after is not None and self.die_after <= 0:
            raise Killed
        if not self._strikes(self.throttle_rate):
            return None
        status, code = THROTTLES[model.service_model.service_name]
        answer = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status, "RequestId": "fault"}}
        return SimpleNamespace(status_code=status, headers={}), answer

    def halve(self, params: dict[str, Any], context: dict[str, Any], **_: Any) -> dict[str, Any] | None:
        """Take the second half of a batch out of the call."""
        entries = params["Entries"]
        if len(entries) < 2 or not self._strikes(self.partial_rate):
            return None
        half = len(entries) // 2
        context["whereas_dropped"] = entries[half:]
        return {**params, "Entries": entries[:half]}

    def after(self, http_response: Any, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        """Tell of what was taken out; then count the write, and die if its time has come."""
        dropped = context.pop("whereas_dropped", [])
        if dropped:
            failed = [{"Id": entry["Id"], "SenderFault": False, "Code": "ServiceUnavailable"} for entry in dropped]
            parsed["Failed"] = [*parsed.get("Failed", []), *failed]
        if model.name not in WRITES or http_response.status_code >= 300:
            return
        self.writes.append(f"{model.service_model.service_name}.{model.name}")
        if self.die_after is not None:
            self.die_after -= 1
        due = len(self.writes) == self.crash_after or self._strikes(self.crash_rate)
        if due or (self.die_after is not None and self.die_after <= 0):
            raise Killed

    def _strikes(self, rate: float) -> bool:
        return self.active and self.random.random() < rate


@contextmanager
def injected(faults: Faults, clients: dict[str, Any]) -> Iterator[None]:
    """Let ``faults`` at the calls of these clients, by service, until the block ends."""
    hooks: list[tuple[str, Any]] = [("before-call", faults.before), ("after-call", faults.after)]
    for service, client in clients.items():
        events, prefix = client.meta.events, client.meta.service_model.service_id.hyphenize()
        for name, hook in hooks:
            events.register_first(f"{name}.{prefix}", hook, unique_id=f"fault-{name}")
        if service == "sqs":
            events.register_first("provide-client-params.sqs.SendMessageBatch", faults.halve, unique_id="fault-halve")
    try:
        yield
    finally:
        for service, client in clients.items():
            events, prefix = client.meta.events, client.meta.service_model.service_id.hyphenize()
            for name, hook in hooks:
                events.unregister(f"{name}.{prefix}", hook, unique_id=f"fault-{name}")
            if service == "sqs":
                events.unregister("provide-client-params.sqs.SendMessageBatch", faults.halve, unique_id="fault-halve")
