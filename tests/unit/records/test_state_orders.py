"""Whatever the order, the repeats and the deaths: the table ends as after a quiet run (property test)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_samples import party, record
from record_samples import version as version_of

from whereas.aws import clients
from whereas.records import batches, items, keys, state, table
from whereas.records.state import VersionState

DOC = "d" * 24
SEQUENCERS = {"v1": "0A", "v2": "0A1", "v3": "0B"}
VOLATILE = {"updated_at", "expires_at"}


class Death(BaseException):
    """The process ends here; no handler of errors sees it."""


@dataclass
class Reaper:
    """Kills the process after its ``left``-th write, before the write's answer is seen."""

    left: int

    def __call__(self, model: Any, **_: object) -> None:
        if model.name in ("PutItem", "UpdateItem", "BatchWriteItem"):
            self.left -= 1
            if self.left == 0:
                raise Death


@contextmanager
def dying(after: int) -> Iterator[None]:
    events, reaper = clients.dynamodb().meta.events, Reaper(after)
    events.register("after-call.dynamodb", reaper)
    try:
        yield
    except Death:
        pass
    finally:
        events.unregister("after-call.dynamodb", reaper)


def version(name: str) -> VersionState:
    return version_of(version_id=name, sequencer=SEQUENCERS[name])


def take_in(name: str) -> None:
    state.create_version(version(name))


def read(name: str) -> None:
    state.join_pages(DOC, name, version(name).run_id, 0, ms=1)
    state.set_assembled(DOC, name, version(name).run_id, chunk_groups=1, language="en", ms=1)


def fail(name: str) -> None:
    state.quarantine(DOC, name, code="stage_failed", message="m", page=None)


def refuse(name: str) -> None:
    state.quarantine(DOC, name, code="corrupt", message="m", page=2)


def made_by(name: str) -> dict[str, Any]:
    return record(version_id=name, parties=(party(f"Party {name}", name),), expires="2027-05-31")


def resolve(name: str) -> None:
    items.put_record(made_by(name))
    state.complete(DOC, name, version(name).run_id)


def contents() -> list[dict[str, Any]]:
    found = list(table.query_all(partition=keys.document(DOC)))
    return [{name: value for name, value in item.items() if name not in VOLATILE} for item in found]


def empty() -> None:
    batches.delete_many([(item["PK"], item["SK"]) for item in table.query_all(partition=keys.document(DOC))])


Step = tuple[Callable[[str], None], str]


@cache
def after_a_quiet_run(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    empty()
    for action, name in steps:
        action(name)
    return contents()


@st.composite
def schedules(draw: st.DrawFn) -> tuple[list[Step], list[tuple[Step, int]]]:
    """A quiet run of two versions, and the same steps repeated, interleaved and cut short, each ending well at least once."""
    names = draw(st.sampled_from([("v1", "v2"), ("v1", "v3"), ("v2", "v3")]))
    quiet: list[Step] = []
    lanes: list[list[tuple[Step, int]]] = []
    for name in names:
        ending = draw(st.sampled_from([(read, resolve), (read, resolve), (read, refuse), (read, fail)]))
        lane: list[tuple[Step, int]] = []
        for action in (take_in, *ending):
            quiet.append((action, name))
            cut = draw(st.lists(st.integers(1, 6), max_size=2))
            lane += [((action, name), after) for after in cut] + [((action, name), 0)]
        if ending[1] is resolve:
            # A stage that failed for a while, and an old task that comes once more.
            if draw(st.booleans()):
                lane.insert(draw(st.integers(lane.index(((take_in, name), 0)) + 1, len(lane))), ((fail, name), 0))
            lane += [((draw(st.sampled_from([take_in, read, resolve, fail])), name), 0)] * draw(st.integers(0, 2))
        lanes.append(lane)
    mixed: list[tuple[Step, int]] = []
    while lanes:
        lane = draw(st.sampled_from(lanes))
        mixed.append(lane.pop(0))
        lanes = [left for left in lanes if left]
    return quiet, mixed


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(schedules())
def test_the_table_ends_as_after_a_quiet_run(schedule: tuple[list[Step], list[tuple[Step, int]]]) -> None:
    quiet, mixed = schedule
    expected = after_a_quiet_run(tuple(quiet))
    empty()
    for (action, name), after in mixed:
        if after:
            with dying(after):
                action(name)
        else:
            action(name)
    assert contents() == expected


@pytest.mark.parametrize("after", range(1, 9))
def test_a_reader_never_sees_half_a_record(after: int) -> None:
    for name in ("v1", "v2"):
        take_in(name)
    resolve("v1")
    with dying(after):
        resolve("v2")
    head = table.get((keys.document(DOC), keys.HEAD))
    assert head is not None
    seen = {item["SK"] for item in table.query_all(partition=keys.document(DOC), prefix=keys.run(head["current_run_id"]))}
    assert seen == {item["SK"] for item in items.record_items(made_by(head["current_version_id"]))}
