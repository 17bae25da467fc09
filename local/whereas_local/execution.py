"""How a handler is loaded and called, whichever process it runs in."""

from __future__ import annotations

import importlib.util
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from whereas.errors import ConfigurationError
from whereas_local.stack import ACCOUNT, REGION, ROOT, Function

Handler = Callable[[dict[str, Any], "Context"], Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an invocation ended. ``error`` is None, ``timeout``, ``memory``, ``crash`` or the name of the exception raised."""

    answer: Any
    error: str | None
    duration_s: float


class Executor(Protocol):
    """Calls functions: in processes of their own, or in this one."""

    def invoke(self, function: Function, event: dict[str, Any]) -> Outcome:
        """Call ``function`` with ``event``; never raises for what the function does."""


@dataclass(slots=True)
class Context:
    """Lambda's context object (Lambda Developer Guide, "Using the Lambda context object to retrieve Python function information")."""

    function_name: str
    memory_limit_in_mb: int
    timeout_s: float
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    function_version: str = "$LATEST"
    started_s: float = field(default_factory=time.monotonic)

    @property
    def invoked_function_arn(self) -> str:
        """The function's ARN."""
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function_name}"

    @property
    def log_group_name(self) -> str:
        """The log group that Lambda would write to."""
        return f"/aws/lambda/{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        """A log stream's name."""
        return "local"

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still run."""
        return max(0, int(1000 * (self.timeout_s - (time.monotonic() - self.started_s))))


def context_of(function: Function) -> Context:
    """Return a fresh context for one invocation."""
    return Context(function_name=function.name, memory_limit_in_mb=function.memory_mb, timeout_s=function.timeout_s)


def load_handler(function: Function) -> Handler:
    """Import the function's module under a name of its own and return its handler.

    Raises:
        ConfigurationError: the folder has no such module, or the module no such handler.
    """
    for layer in (ROOT / "layers/core",):
        if str(layer) not in sys.path:
            sys.path.append(str(layer))
    path = function.folder / f"{function.module}.py"
    name = f"whereas_function_{function.folder.name}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise ConfigurationError(f"{function.name} names {path}, which is not there")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    handler: Handler | None = getattr(module, function.handler, None)
    if handler is None:
        raise ConfigurationError(f"{path} has no {function.handler}")
    return handler
