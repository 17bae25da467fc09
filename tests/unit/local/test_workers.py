"""Functions in processes of their own: answers, failures, and the limits that kill."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from whereas_local.stack import Function
from whereas_local.workers import WorkerPool, resident_bytes

HANDLERS = """
import os, subprocess, sys, time

def echo(event, context):
    print("said by the function")
    return {"event": event, "pid": os.getpid(), "own": os.environ["OWN"], "aws": os.environ.get("AWS_PROFILE"),
            "left_ms": context.get_remaining_time_in_millis(), "name": context.function_name, "id": context.aws_request_id}

def sleep(event, context):
    with open(event["pids"], "w") as file:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        file.write(f"{os.getpid()} {child.pid}")
    time.sleep(60)

def eat(event, context):
    kept = bytearray(os.urandom(1) * (400 * 2**20))
    time.sleep(60)
    return len(kept)

def fail(event, context):
    raise KeyError("secret text")

def leave(event, context):
    os._exit(3)

def strange(event, context):
    return object()
"""


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkerPool]:
    monkeypatch.setenv("AWS_PROFILE", "the-users-own")
    made = WorkerPool(environment={"SHARED": "1"}, log=tmp_path / "functions.log", jobs=2)
    yield made
    made.close()


def function(tmp_path: Path, handler: str, *, timeout_s: float = 20, memory_mb: int = 1024, body: str = HANDLERS) -> Function:
    folder = tmp_path / "fn"
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text(body)
    return Function(handler, folder, "app", handler, timeout_s, memory_mb, {"OWN": "mine"})


def test_a_function_answers_in_a_process_that_stays(pool: WorkerPool, tmp_path: Path) -> None:
    echo = function(tmp_path, "echo")
    first, second = (pool.invoke(echo, {"n": n}) for n in (1, 2))
    assert first.error is None
    assert first.answer["event"] == {"n": 1}
    assert first.answer["own"] == "mine"
    assert first.answer["aws"] is None
    assert 0 < first.answer["left_ms"] <= 20_000
    assert first.answer["pid"] == second.answer["pid"]
    assert first.answer["id"] != second.answer["id"]
    assert "said by the function" in (tmp_path / "functions.log").read_text()


def gone(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] in {"Z", "X"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_what_runs_too_long_is_killed_with_all_that_it_started(pool: WorkerPool, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    started = time.monotonic()
    outcome = pool.invoke(function(tmp_path, "sleep", timeout_s=1.5), {"pids": str(pids)})
    assert outcome.error == "timeout"
    assert time.monotonic() - started < 15
    deadline = time.monotonic() + 5
    while not all(gone(int(pid)) for pid in pids.read_text().split()):
        assert time.monotonic() < deadline, "a process outlived its function"
        time.sleep(0.05)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_what_grows_too_large_is_killed_and_the_next_call_served(pool: WorkerPool, tmp_path: Path) -> None:
    assert pool.invoke(function(tmp_path, "eat", memory_mb=300), {}).error == "memory"
    assert pool.invoke(function(tmp_path, "echo"), {}).error is None


def test_failures_are_told_by_name_alone(pool: WorkerPool, tmp_path: Path) -> None:
    assert pool.invoke(function(tmp_path, "fail"), {}).error == "KeyError"
    assert pool.invoke(function(tmp_path, "strange"), {}).error == "TypeError"
    assert pool.invoke(function(tmp_path, "leave"), {}).error == "crash"
    assert pool.broken == {}


def test_a_function_that_cannot_be_loaded_is_named(pool: WorkerPool, tmp_path: Path) -> None:
    assert pool.invoke(function(tmp_path, "echo", body="import nowhere_to_be_found"), {}).error == "ModuleNotFoundError"
    assert pool.invoke(function(tmp_path, "missing"), {}).error == "ConfigurationError"
    assert pool.broken == {"echo": "ModuleNotFoundError", "missing": "ConfigurationError"}


def test_warm_processes_are_used(pool: WorkerPool, tmp_path: Path) -> None:
    echo = function(tmp_path, "echo")
    pool.warm([echo])
    assert pool.invoke(echo, {}).error is None


def test_closing_a_pool_whose_connection_another_thread_is_closing_is_no_error(pool: WorkerPool, tmp_path: Path) -> None:
    assert pool.invoke(function(tmp_path, "echo"), {}).error is None
    (worker,) = pool._all
    os.close(worker._connection.fileno())  # what a thread has done that has not come to say so
    pool.close()
    assert not worker.alive


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_memory_counts_descendants_and_forgives_the_dead() -> None:
    assert resident_bytes(os.getpid()) > 10 * 2**20
    assert resident_bytes(2**22 + 1) == 0
