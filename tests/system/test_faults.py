"""The whole chain under faults: what is stored is what a quiet run stores, what is poisoned is quarantined, and nothing is lost.

One process, the real handlers, the real model; see ``whereas_local.simulation`` for what can be done to them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from evidence import differences, snapshot, statuses, waiting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import paper

from whereas.documents.identity import document_id
from whereas_local.faults import WRITES, Faults
from whereas_local.simulation import Simulation, Weather, simulated
from whereas_local.stack import ROOT, Function

pytestmark = pytest.mark.skipif(not (ROOT / "layers/model/model.onnx").exists(), reason="layers/model holds no model: run make model")

SMALL = {"PageBatch": 1, "TokenBudget": 256}
"""Every page and every chunk a task of its own, so that short contracts have joins too."""
PAPERS = {"deal.pdf": paper(), "second deal+ü.pdf": paper(title="MASTER SUPPLY AGREEMENT"), "short.pdf": paper(title="ORDER FORM", pages=1)}

Held = dict[str, Any]


def run(papers: dict[str, bytes], *, faults: Faults | None = None, weather: Weather | None = None) -> tuple[Held, Simulation]:
    """Upload, settle, and see that nothing is left lying about."""
    with simulated(parameters=dict(SMALL), faults=faults, weather=weather) as simulation:
        for key, data in papers.items():
            simulation.upload(key, data)
        simulation.settle_down()
        assert waiting(simulation) == {}
        assert set(statuses(simulation)) == set(papers)
        return snapshot(simulation) | {"statuses": statuses(simulation)}, simulation


@pytest.fixture(scope="module")
def one() -> tuple[Held, Simulation]:
    """A quiet run of one contract."""
    return run({"deal.pdf": PAPERS["deal.pdf"]})


@pytest.fixture(scope="module")
def three() -> Held:
    """A quiet run of three contracts."""
    return run(PAPERS)[0]


def test_a_quiet_run_completes_and_writes_little(one: tuple[Held, Simulation]) -> None:
    held, simulation = one
    assert held["statuses"] == {"deal.pdf": ("COMPLETE", None)}
    assert {error for _, error in simulation.invocations} == {None}
    assert len(simulation.faults.writes) < 40
    (record,) = [value for key, value in held.items() if key.endswith("record.json.gz")]
    assert record["contract"]["effective_date"]["value"] == "2021-01-15"


@pytest.mark.parametrize("part", range(3))
def test_a_death_after_any_write_changes_nothing(one: tuple[Held, Simulation], part: int) -> None:
    quiet, simulation = one
    writes = simulation.faults.writes
    assert set(writes) > {"s3.PutObject", "sqs.SendMessageBatch", "dynamodb.PutItem", "dynamodb.UpdateItem", "dynamodb.BatchWriteItem"}
    for number in range(1 + part, len(writes) + 1, 3):
        held, hurt = run({"deal.pdf": PAPERS["deal.pdf"]}, faults=Faults(crash_after=number))
        assert [error for _, error in hurt.invocations if error] == ["crash"], f"write {number}, {writes[number - 1]}"
        assert differences(held, quiet) == {}, f"after a death at write {number}, {writes[number - 1]}"


@pytest.mark.parametrize("seed", range(2))
def test_every_message_twice_and_out_of_order_changes_nothing(three: Held, seed: int) -> None:
    held, simulation = run(PAPERS, weather=Weather(random=Random(seed), duplicate=1.0, delay=0.3, shuffle=True))
    assert differences(held, three) == {}
    functions = [function for function, _ in simulation.invocations]
    assert functions.count("ReadFunction") >= 10, "five pages, each delivered twice at least"


@pytest.mark.parametrize("seed", range(2))
def test_throttles_and_batches_taken_in_part_change_nothing(three: Held, seed: int) -> None:
    held, simulation = run(PAPERS, faults=Faults(random=Random(seed), throttle_rate=0.08, partial_rate=0.5))
    assert differences(held, three) == {}
    assert {function for function, error in simulation.invocations} >= {"IntakeFunction", "ResolveFunction"}


class Poison:
    """Kills every invocation of one function that has to do with one document, before its first write or its second."""

    def __init__(self, function: str, key: str) -> None:
        self.function = function
        self.key = key
        self.random = Random(0)
        self.killed = 0

    def __call__(self, function: Function, event: dict[str, Any]) -> int | None:
        if function.name != self.function or not any(self._means(record["body"]) for record in event.get("Records", [])):
            return None
        self.killed += 1
        # What intake has written down once is carried on with, however often it dies afterwards.
        return 0 if self.function == "IntakeFunction" else self.random.randint(0, 1)

    def _means(self, body: str) -> bool:
        message = json.loads(body)
        if "Records" in message:
            return bool(message["Records"][0]["s3"]["object"]["key"] == self.key)
        return message.get("document_id") == document_id(bucket="whereas-uploads-123456789012-us-east-1", key=self.key)


@pytest.mark.parametrize("function", ["IntakeFunction", "ReadFunction", "AssembleFunction", "RecognizeFunction", "ResolveFunction"])
def test_a_document_that_kills_its_function_is_quarantined_and_its_mates_complete(three: Held, function: str) -> None:
    poison = Poison(function, "deal.pdf")
    held, _ = run(PAPERS, weather=Weather(doom=poison))
    assert poison.killed >= 5
    assert held["statuses"] == dict.fromkeys(PAPERS, ("COMPLETE", None)) | {"deal.pdf": ("QUARANTINED", "stage_failed")}
    for key in set(PAPERS) - {"deal.pdf"}:
        partition = f"DOC#{document_id(bucket='whereas-uploads-123456789012-us-east-1', key=key)} "
        assert {name: held[name] for name in held if name.startswith(partition)} == {
            name: three[name] for name in three if name.startswith(partition)
        }


def test_a_version_uploaded_while_the_one_before_is_processed_is_the_one_that_is_read() -> None:
    before, after = paper(title="FIRST DRAFT"), paper(title="FINAL VERSION")
    with simulated(parameters=dict(SMALL)) as calm:
        for data in (before, after):
            calm.upload("deal.pdf", data)
            calm.settle_down()
        quiet = snapshot(calm)
    (head,) = [value for key, value in quiet.items() if key.endswith(" HEAD")]
    assert head["current_version_id"] == head["latest_version_id"]
    for wave in (0, 1, 3):
        with simulated(parameters=dict(SMALL), weather=Weather(random=Random(wave), duplicate=1.0, shuffle=True)) as simulation:
            simulation.upload("deal.pdf", before)
            simulation.settle_down(between=upload_at(wave, simulation, after))
            assert waiting(simulation) == {}
            assert differences(snapshot(simulation), quiet) == {}, f"uploaded after wave {wave}"


def upload_at(wave: int, simulation: Simulation, data: bytes) -> Callable[[int], None]:
    def act(number: int) -> None:
        if number == wave:
            simulation.upload("deal.pdf", data)

    return act


def test_a_message_that_vanishes_is_made_good_by_the_schedule(one: tuple[Held, Simulation]) -> None:
    for queue in ("PageQueue", "AssembleQueue", "ChunkQueue", "ResolveQueue"):
        with simulated(parameters=dict(SMALL)) as simulation:
            simulation.upload("deal.pdf", PAPERS["deal.pdf"])
            simulation.settle_down(between=thief(simulation, queue))
            assert differences(snapshot(simulation) | {"statuses": statuses(simulation)}, one[0]) == {}, queue
            assert ("SweepFunction", None) in simulation.invocations


def thief(simulation: Simulation, queue: str) -> Callable[[int], None]:
    """Return what deletes the first messages that show up in a queue, once."""
    stolen: list[str] = []

    def act(_number: int) -> None:
        sqs, url = simulation.client("sqs"), simulation.stack.queues[queue].url
        if not stolen:
            for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                stolen.append(message["MessageId"])

    return act


def test_a_document_that_nothing_helps_is_quarantined_as_stalled() -> None:
    with simulated(parameters=dict(SMALL)) as simulation:
        simulation.upload("deal.pdf", PAPERS["deal.pdf"])
        sqs, url = simulation.client("sqs"), simulation.stack.queues["AssembleQueue"].url

        def steal(_number: int) -> None:
            for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

        simulation.settle_down(between=steal)
        assert statuses(simulation) == {"deal.pdf": ("QUARANTINED", "stalled")}


@pytest.fixture(scope="module")
def two() -> Held:
    """A quiet run of two contracts, for the property test."""
    return run({key: PAPERS[key] for key in list(PAPERS)[:2]})[0]


@settings(max_examples=6, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32),
    duplicate=st.sampled_from([0.0, 0.3, 1.0]),
    delay=st.sampled_from([0.0, 0.5]),
    crash_rate=st.sampled_from([0.0, 0.05, 0.15]),
    throttle_rate=st.sampled_from([0.0, 0.02, 0.1]),
    partial_rate=st.sampled_from([0.0, 0.5]),
)
def test_whatever_goes_wrong_the_records_are_those_of_a_quiet_run(
    two: Held, seed: int, duplicate: float, delay: float, crash_rate: float, throttle_rate: float, partial_rate: float
) -> None:
    faults = Faults(random=Random(seed), crash_rate=crash_rate, throttle_rate=throttle_rate, partial_rate=partial_rate)
    held, _ = run(
        {key: PAPERS[key] for key in list(PAPERS)[:2]},
        faults=faults,
        weather=Weather(random=Random(seed + 1), duplicate=duplicate, delay=delay, shuffle=True),
    )
    assert differences(held, two) == {}


def test_the_writes_that_are_counted_are_those_that_the_chain_can_do() -> None:
    """A write by an operation that ``WRITES`` does not list would escape the deaths after every write."""
    source = "\n".join(path.read_text() for room in ("aws", "records") for path in (ROOT / "layers/core/whereas" / room).glob("*.py"))
    calls = {
        "put_object",
        "delete_object",
        "delete_objects",
        "send_message",
        "send_message_batch",
        "put_item",
        "update_item",
        "delete_item",
    }
    calls |= {
        "batch_write_item",
        "transact_write_items",
        "put_events",
        "copy_object",
        "create_multipart_upload",
        "upload_fileobj",
        "put_object_tagging",
    }
    used = {call for call in calls if f".{call}(" in source}
    assert {"put_object", "send_message_batch", "put_item", "update_item", "put_events"} <= used
    assert {"".join(word.title() for word in call.split("_")) for call in used} <= WRITES
