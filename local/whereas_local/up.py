"""``whereas up``: a stack that stays, with the HTTP API and a folder that keeps its data."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from rich.console import Console

from whereas_local import embedded, state
from whereas_local.http_api import serve_api
from whereas_local.runner import Invocation
from whereas_local.session import Session, running
from whereas_local.stack import TEMPLATE
from whereas_local.workers import WorkerPool

PORT: Final = 4580
API_PORT: Final = 4581
SAVE_EVERY_S: Final = 30.0
API_WORKERS: Final = 2


def keep_running(
    folder: Path,
    *,
    console: Console,
    port: int = PORT,
    api_port: int = API_PORT,
    jobs: int | None = None,
    template: Path = TEMPLATE,
    parameters: dict[str, object] | None = None,
    stopping: threading.Event | None = None,
) -> None:
    """Run the stack until Ctrl-C, or until ``stopping`` is set; what it holds is saved every half minute and at the end.

    Args:
        folder: keeps the data between runs.
        console: where addresses are told.
        port: of S3, SQS, DynamoDB and EventBridge.
        api_port: of the HTTP API.
        jobs: function calls at a time; None for one a processor core.
        template: the template to run.
        parameters: values that replace the template's defaults.
        stopping: ends the wait.

    Raises:
        ConfigurationError: a port or the folder is taken, or the folder cannot be read.
    """
    stopping = stopping or threading.Event()
    changed = threading.Event()

    def watch(invocation: Invocation) -> None:
        changed.set()
        if invocation.outcome.error:
            console.print(f"{invocation.function} failed on a message of {invocation.queue}: {invocation.outcome.error}", style="yellow")

    def bring_back(session: Session) -> None:
        count = state.restore(session.stack, folder, session.client)
        if count:
            console.print(f"Brought back {count} things from {folder}", style="dim", soft_wrap=True, markup=False)

    console.print("Starting the stack ...", style="dim")
    with (
        state.owned(folder),
        running(
            log=folder / "functions.log",
            jobs=jobs,
            port=port,
            template=template,
            parameters=parameters,
            watch=watch,
            prepare=bring_back,
        ) as session,
    ):
        # Questions must not wait behind pages, so the API has workers of its own.
        answering = WorkerPool(environment=embedded.credentials(session.endpoint), log=session.log, jobs=API_WORKERS)
        function = session.stack.functions[session.stack.api_function]
        try:
            answering.warm([function])
            with serve_api(function, answering, port=api_port) as url:
                _tell(console, session, url, folder)
                _wait(session, folder, changed, stopping)
        except KeyboardInterrupt:
            console.print("Stopping ...", style="dim")
        finally:
            answering.close()
            state.save(session.stack, folder, session.client)
    console.print(f"Saved to {folder}", style="dim", soft_wrap=True, markup=False)


def _wait(session: Session, folder: Path, changed: threading.Event, stopping: threading.Event) -> None:
    objects = state.count_objects(session.stack)
    while not stopping.wait(SAVE_EVERY_S):
        now = state.count_objects(session.stack)
        if changed.is_set() or now != objects:
            changed.clear()
            objects = now
            state.save(session.stack, folder, session.client)


def _tell(console: Console, session: Session, url: str, folder: Path) -> None:
    bucket = session.stack.refs["UploadBucket"]
    console.print(f"""
[bold]Whereas is up.[/] State in {folder}, the functions' log in {session.log}

Put a contract in:
  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1
  aws s3 cp contract.pdf s3://{bucket}/ --endpoint-url {session.endpoint}
Ask:
  whereas query documents --url {url}
  curl '{url}/documents?status=COMPLETE'
Ctrl-C stops it.
""", highlight=False, soft_wrap=True)  # fmt: skip
