"""When a run of files is a success, and when a stack is given up."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from whereas.errors import ConfigurationError
from whereas_local.execution import Outcome
from whereas_local.processing import HOPELESS, Health, Result
from whereas_local.runner import Invocation


def delivery(*, failed: int) -> Invocation:
    return Invocation("ReadFunction", "PageQueue", 1, failed, Outcome(None, "timeout" if failed else None, 0.1))


def session(**broken: str) -> Any:
    return SimpleNamespace(executor=SimpleNamespace(broken=broken), log=Path("functions.log"))


def test_a_function_that_does_not_start_is_named_with_its_log() -> None:
    with pytest.raises(ConfigurationError, match=r"ReadFunction does not start \(ImportError\); its log, functions.log"):
        Health().check(session(ReadFunction="ImportError"))


def test_a_stack_where_nothing_succeeds_is_given_up_and_one_with_bad_files_is_not() -> None:
    health = Health()
    for _ in range(HOPELESS - 1):
        health.note(delivery(failed=1))
    health.check(session())
    health.note(delivery(failed=0))
    health.note(delivery(failed=1))
    health.check(session())
    for _ in range(HOPELESS):
        health.note(delivery(failed=1))
    with pytest.raises(ConfigurationError, match="deliveries failed one after the other"):
        health.check(session())


@pytest.mark.parametrize(
    ("result", "complete"),
    [
        (Result(records=[{"document": {"status": "COMPLETE"}}]), True),
        (Result(records=[{"document": {"status": "COMPLETE"}}, {"document": {"status": "PROCESSING"}}]), False),
        (Result(unread=["a.pdf: Permission denied"]), False),
        (Result(interrupted=True), False),
    ],
)
def test_success_is_every_file_complete(result: Result, complete: bool) -> None:
    assert result.complete is complete
