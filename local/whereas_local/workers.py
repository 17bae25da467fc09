"""Functions in processes of their own, with Lambda's limits: what runs too long or grows too large is killed.

A fork server that has the common libraries loaded makes the processes, so that the first call of a function does not pay for
importing them. A process serves one function and one call at a time, and stays for the next, as a Lambda instance does.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
import types
from collections.abc import Iterable, Iterator, Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from whereas_local.execution import Outcome, context_of, load_handler
from whereas_local.layers import confine
from whereas_local.stack import Function

PRELOADED: Final = ["whereas_local.preloading"]
START_S: Final = 60.0
WATCH_S: Final = 0.1


class _Worker:
    """One process with one function loaded."""

    def __init__(self, function: Function, environment: Mapping[str, str], log: Path) -> None:
        context = multiprocessing.get_context("forkserver")
        self.function = function
        self._connection, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs, function, dict(environment), log), name=function.name, daemon=True
        )
        with _nameless_main():
            self._process.start()
        theirs.close()

    def call(self, event: dict[str, Any]) -> Outcome:
        """Send one event and wait for the answer, the time limit or the memory limit."""
        started = time.monotonic()
        try:
            self._connection.send_bytes(json.dumps(event).encode())
            error = self._watch(started + self.function.timeout_s)
            if error is None:
                reply = json.loads(self._connection.recv_bytes())
                return Outcome(reply.get("answer"), reply.get("error"), time.monotonic() - started)
        except (EOFError, OSError):
            error = "crash"
        self.kill()
        return Outcome(None, error, time.monotonic() - started)

    def wait_ready(self) -> str | None:
        """Wait until the handler is loaded; returns why not, or None."""
        try:
            if not self._connection.poll(START_S):
                return "timeout"
            error: str | None = json.loads(self._connection.recv_bytes())["error"]
        except (EOFError, OSError):
            return "crash"
        return error

    def _watch(self, end: float) -> str | None:
        limit = self.function.memory_mb * 2**20
        while not self._connection.poll(WATCH_S):
            if time.monotonic() > end:
                return "timeout"
            if self._process.pid and resident_bytes(self._process.pid) > limit:
                return "memory"
        return None

    def kill(self) -> None:
        """End the process and all that it started (Tesseract)."""
        pid = self._process.pid
        if pid is not None:
            # The worker leads a session of its own, see _serve.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        self._process.kill()
        self._process.join(5)
        # Closing the pool and a start that fails by it may both come here, at once.
        with contextlib.suppress(OSError):
            self._connection.close()

    @property
    def alive(self) -> bool:
        """Whether it can serve another call."""
        return self._process.is_alive() and not self._connection.closed


class WorkerPool:
    """An ``Executor`` over processes. At most ``jobs`` calls run at a time, whatever the functions.

    Args:
        environment: what every function gets beside its own variables: credentials and the endpoint.
        log: file to which the functions' output goes.
        jobs: calls at a time.
    """

    def __init__(self, *, environment: Mapping[str, str], log: Path, jobs: int) -> None:
        self._environment = dict(environment)
        self._log = log
        self._slots = threading.BoundedSemaphore(jobs)
        self._idle: dict[str, list[_Worker]] = {}
        self._all: set[_Worker] = set()
        self._starting: dict[str, int] = {}
        self._changed = threading.Condition()
        self._closed = False
        self.broken: dict[str, str] = {}
        """Functions that could not be loaded, and why; whoever runs the stack should look."""

    def warm(self, functions: Iterable[Function]) -> None:
        """Start a process for each function, one after the other in the background, so that the first is ready soonest."""
        wanted = list(functions)
        with self._changed:
            for function in wanted:
                self._starting[function.name] = self._starting.get(function.name, 0) + 1
        threading.Thread(target=self._warm, args=(wanted,), daemon=True).start()

    def invoke(self, function: Function, event: dict[str, Any]) -> Outcome:
        """Call ``function`` in a process of its own."""
        with self._slots:
            worker = self._take(function)
            if worker is None:
                worker = self._start(function)
                error = worker.wait_ready()
                if error is not None:
                    self._break(worker, error)
                    return Outcome(None, error, 0.0)
            outcome = worker.call(event)
            if worker.alive and not self._closed:
                self._put(worker)
            else:
                self._forget(worker)
            return outcome

    def close(self) -> None:
        """Kill every process."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            workers, self._all, self._idle = list(self._all), set(), {}
        for worker in workers:
            worker.kill()

    def _start(self, function: Function) -> _Worker:
        worker = _Worker(function, self._environment | dict(function.environment), self._log)
        with self._changed:
            self._all.add(worker)
        return worker

    def _warm(self, functions: Iterable[Function]) -> None:
        for function in functions:
            try:
                if not self._closed:
                    self._adopt(self._start(function))
            finally:
                with self._changed:
                    self._starting[function.name] -= 1
                    self._changed.notify_all()

    def _adopt(self, worker: _Worker) -> None:
        error = worker.wait_ready()
        if error is not None:
            self._break(worker, error)
        elif self._closed:
            self._forget(worker)
        else:
            self._put(worker)

    def _break(self, worker: _Worker, error: str) -> None:
        if not self._closed:
            self.broken[worker.function.name] = error
        self._forget(worker)

    def _take(self, function: Function) -> _Worker | None:
        """Return a process that is idle or about to be, None where there is none of either."""
        with self._changed:
            self._changed.wait_for(lambda: self._idle.get(function.name) or not self._starting.get(function.name) or self._closed)
            idle = self._idle.get(function.name)
            return idle.pop() if idle else None

    def _put(self, worker: _Worker) -> None:
        with self._changed:
            self._idle.setdefault(worker.function.name, []).append(worker)
            self._changed.notify_all()

    def _forget(self, worker: _Worker) -> None:
        worker.kill()
        with self._changed:
            self._all.discard(worker)


def preload() -> None:
    """Start the fork server now, so that it loads the common libraries while other things happen."""
    from multiprocessing import forkserver

    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()


_naming = threading.Lock()


@contextlib.contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep new processes from importing the program that starts them, which multiprocessing does and a function has no use for."""
    with _naming:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def resident_bytes(pid: int) -> int:
    """Return the memory of a process and its descendants; 0 where the system has no ``/proc``."""
    total = 0
    waiting = [pid]
    while waiting:
        current = waiting.pop()
        base = Path(f"/proc/{current}")
        with contextlib.suppress(OSError, ValueError, IndexError):
            total += int((base / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            waiting += [int(child) for child in (base / f"task/{current}/children").read_text().split()]
    return total


def _serve(connection: Connection, function: Function, environment: dict[str, str], log: Path) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    # Line by line, as in Lambda: what a function said before it was killed must not die in a buffer.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    for name in [name for name in os.environ if name.startswith(("AWS_", "WHEREAS_"))]:
        del os.environ[name]
    os.environ.update(environment, AWS_LAMBDA_FUNCTION_NAME=function.name, AWS_LAMBDA_FUNCTION_MEMORY_SIZE=str(function.memory_mb))
    try:
        if function.layers:
            confine(function.layers, function.folder)
        handler = load_handler(function)
    except Exception as exc:  # noqa: BLE001 - whatever importing the function raises is its start failing, and must be told
        traceback.print_exc()
        connection.send_bytes(json.dumps({"error": type(exc).__name__}).encode())
        return
    connection.send_bytes(b'{"error": null}')
    while True:
        try:
            event = json.loads(connection.recv_bytes())
        except (EOFError, OSError):
            return
        reply: dict[str, Any]
        try:
            reply = {"answer": handler(event, context_of(function)), "error": None}
            data = json.dumps(reply).encode()
        except Exception as exc:  # noqa: BLE001 - Lambda reports every exception of a handler, and so does this
            traceback.print_exc()
            data = json.dumps({"answer": None, "error": type(exc).__name__}).encode()
        connection.send_bytes(data)
