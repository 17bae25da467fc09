"""A running stack: services, resources, workers and pollers, together from start to stop."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from whereas.settings import settings
from whereas.stages.model import model_card
from whereas_local import embedded
from whereas_local.runner import Invocation, Runner
from whereas_local.stack import TEMPLATE, Function, Stack, load_stack
from whereas_local.workers import WorkerPool, preload

POOL = 50
"""Connections that threads share; each poller's long poll holds one."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a command works with while the stack runs. ``client`` gives the boto3 client of a service, which threads share."""

    stack: Stack
    endpoint: str
    executor: WorkerPool
    client: Callable[[str], Any]
    log: Path


@contextmanager
def running(
    *,
    log: Path,
    jobs: int | None = None,
    port: int = 0,
    template: Path = TEMPLATE,
    parameters: Mapping[str, object] | None = None,
    watch: Callable[[Invocation], None] | None = None,
    prepare: Callable[[Session], None] | None = None,
) -> Iterator[Session]:
    """Run the template's stack on this machine until the block ends.

    From here on this process's own AWS calls go to the embedded services, and ``whereas.settings`` reads the stack's names.

    Args:
        log: file to which the functions' output goes.
        jobs: function calls at a time; None for one a processor core.
        port: loopback port of the services; 0 takes a free one.
        template: the template.
        parameters: values that replace the template's defaults.
        watch: told of every delivery.
        prepare: called when resources are there and before messages are taken, to bring state back.

    Raises:
        ConfigurationError: the template, the port or the model cannot be used.
    """
    jobs = jobs or os.cpu_count() or 1
    embedded.use_local_credentials()
    preload()
    with embedded.serve(port=port) as endpoint:
        embedded.use_local_credentials(endpoint)
        stack = load_stack(template, endpoint=endpoint, parameters=parameters)
        environment = embedded.credentials(endpoint)
        # Which function is all the same: names of resources and limits are shared, and the limits of time are not in there.
        os.environ.update(stack.functions[stack.api_function].environment)
        settings.cache_clear()
        model_card()  # A deployment without a model would fail on every document; better to say so at once.
        executor = WorkerPool(environment=environment, log=log, jobs=jobs)
        executor.warm(_chain(stack))
        client = clients(endpoint)
        runner = Runner(stack, client=client, executor=executor, jobs=jobs, watch=watch)
        try:
            embedded.create(stack, client)
            session = Session(stack=stack, endpoint=endpoint, executor=executor, client=client, log=log)
            if prepare:
                prepare(session)
            runner.start()
            yield session
        finally:
            runner.stop()
            executor.close()


def _chain(stack: Stack) -> list[Function]:
    """Return the functions that a document meets if nothing goes wrong, in the order of the template."""
    behind = {queue.dead_letters for queue in stack.queues.values()}
    names = dict.fromkeys(source.function for source in stack.mappings if source.queue not in behind)
    return [stack.functions[name] for name in names]


def clients(endpoint: str) -> Callable[[str], Any]:
    """Return a factory of clients: one a service, which all threads share (boto3 guide, "Clients": they are thread-safe).

    A client of its own for every delivery would cost more than the delivery, as each reads botocore's endpoint data anew.
    """
    session = boto3.session.Session()
    config = Config(retries={"mode": "standard", "total_max_attempts": 3}, read_timeout=60, max_pool_connections=POOL)
    making = threading.Lock()
    made: dict[str, Any] = {}

    def client(service: str) -> Any:
        with making:  # a session, unlike its clients, is not safe to use in several threads
            if service not in made:
                made[service] = session.client(service, endpoint_url=endpoint, config=config)  # type: ignore[call-overload]
            return made[service]

    return client
