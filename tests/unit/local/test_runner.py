"""The live runner: delivers, tries again, keeps its hands off when stopped, and outlives a service that fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest

from whereas_local import embedded
from whereas_local.execution import Outcome
from whereas_local.runner import Invocation, Runner
from whereas_local.stack import EventSource, Function, Schedule, Stack, load_stack


class Executor:
    """Answers as told and remembers the bodies it was given."""

    def __init__(self, answer: Callable[[list[str]], Outcome]) -> None:
        self.answer = answer
        self.seen: list[tuple[str, list[str]]] = []
        self.busy = 0
        self.busiest = 0
        self.lock = threading.Lock()

    def invoke(self, function: Function, event: dict[str, Any]) -> Outcome:
        with self.lock:
            self.busy += 1
            self.busiest = max(self.busy, self.busiest)
        bodies = [record["body"] for record in event.get("Records", [])]
        self.seen.append((function.name, bodies))
        time.sleep(0.02)
        with self.lock:
            self.busy -= 1
        return self.answer(bodies)


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    for name, value in embedded.credentials().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with embedded.in_process():
        loaded = load_stack()
        embedded.create(loaded, boto3.client)
        boto3.client("sqs").purge_queue(QueueUrl=loaded.queues["IntakeQueue"].url)
        sources = tuple(source for source in loaded.mappings if source.queue in {"PageQueue", "PageDeadLetters"})
        yield replace(loaded, mappings=sources, schedules=())


def shared_client() -> Callable[[str], Any]:
    made: dict[str, Any] = {}
    lock = threading.Lock()

    def client(service: str) -> Any:
        with lock:
            return made.setdefault(service, boto3.client(service) if service not in made else made[service])

    return client


def until(done: Callable[[], bool], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def start(stack: Stack, executor: Executor, told: list[Invocation], *, jobs: int = 2) -> Runner:
    runner = Runner(stack, client=shared_client(), executor=executor, jobs=jobs, retry_after_s=0, watch=told.append)
    runner.start()
    return runner


def send(stack: Stack, *bodies: str) -> None:
    for body in bodies:
        boto3.client("sqs").send_message(QueueUrl=stack.queues["PageQueue"].url, MessageBody=body)


def test_messages_are_delivered_once_each_and_no_more_at_a_time_than_jobs(stack: Stack) -> None:
    executor, told = Executor(lambda _: Outcome({"batchItemFailures": []}, None, 0.0)), list[Invocation]()
    send(stack, *"abcdefg")
    runner = start(stack, executor, told)
    until(lambda: len(told) == 7)
    runner.stop()
    assert sorted(body for _, bodies in executor.seen for body in bodies) == list("abcdefg")
    assert {function for function, _ in executor.seen} == {"ReadFunction"}
    assert executor.busiest <= 2
    assert all(invocation.failed == 0 for invocation in told)


def test_what_fails_is_tried_as_often_as_the_queue_says_and_then_sweep_gets_it(stack: Stack) -> None:
    executor = Executor(lambda bodies: Outcome(None, "timeout" if bodies == ["poison"] else None, 0.0))
    told: list[Invocation] = []
    send(stack, "poison", "good")
    runner = start(stack, executor, told, jobs=1)
    until(lambda: {(invocation.queue, invocation.failed) for invocation in told} >= {("PageQueue", 0), ("PageDeadLetters", 1)})
    runner.stop()
    tries = [bodies for function, bodies in executor.seen if function == "ReadFunction" and bodies == ["poison"]]
    assert len(tries) == stack.queues["PageQueue"].max_receives
    assert ("ReadFunction", ["good"]) in executor.seen
    assert {invocation.outcome.error for invocation in told if invocation.queue == "PageQueue"} == {None, "timeout"}


def test_the_poller_outlives_a_service_that_fails(stack: Stack, caplog: pytest.LogCaptureFixture) -> None:
    client = shared_client()
    failures = iter([ConnectionError("gone")])

    class Failing:
        def receive_message(self, **arguments: Any) -> Any:
            for failure in failures:
                raise failure
            return client("sqs").receive_message(**arguments)

        def __getattr__(self, name: str) -> Any:
            return getattr(client("sqs"), name)

    executor = Executor(lambda _: Outcome(None, None, 0.0))
    told: list[Invocation] = []
    only = replace(stack, mappings=stack.mappings[:1])
    runner = Runner(only, client=lambda _: Failing(), executor=executor, jobs=1, watch=told.append)
    send(stack, "a")
    runner.start()
    until(lambda: len(told) == 1)
    runner.stop()
    assert "polling PageQueue failed" in caplog.text


def test_a_stopped_runner_settles_nothing_so_that_messages_come_again(stack: Stack) -> None:
    runners: list[Runner] = []

    def stop(_: list[str]) -> Outcome:
        runners[0].stop()
        return Outcome(None, None, 0.0)

    executor, told = Executor(stop), list[Invocation]()
    runners.append(Runner(stack, client=shared_client(), executor=executor, jobs=1, watch=told.append))
    send(stack, "a")
    runners[0].start()
    until(lambda: bool(executor.seen))
    time.sleep(0.2)
    attributes = boto3.client("sqs").get_queue_attributes(QueueUrl=stack.queues["PageQueue"].url, AttributeNames=["All"])["Attributes"]
    assert attributes["ApproximateNumberOfMessagesNotVisible"] == "1"
    assert told == []


def test_schedules_tick(stack: Stack) -> None:
    executor = Executor(lambda _: Outcome(None, None, 0.0))
    ticking = replace(stack, mappings=(), schedules=(Schedule("S", "SweepFunction", 0.05),))
    runner = start(ticking, executor, [])
    until(lambda: len(executor.seen) >= 2)
    runner.stop()
    assert executor.seen[0] == ("SweepFunction", [])


def test_a_source_takes_no_more_than_its_own_maximum(stack: Stack) -> None:
    executor, told = Executor(lambda _: Outcome(None, None, 0.0)), list[Invocation]()
    narrow: EventSource = replace(stack.mappings[0], max_concurrency=1)
    send(stack, *"abcd")
    runner = start(replace(stack, mappings=(narrow,)), executor, told, jobs=4)
    until(lambda: len(told) == 4)
    runner.stop()
    assert executor.busiest == 1
