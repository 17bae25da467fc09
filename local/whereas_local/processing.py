"""``whereas process`` and ``whereas demo``: files in, records out, over a stack that lives as long as the command."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from whereas.errors import ConfigurationError
from whereas_local.runner import Invocation
from whereas_local.session import Session, running
from whereas_local.stack import TEMPLATE
from whereas_local.tracking import Tracked, follow, images_of, records_of, texts_of

HOPELESS: Final = 100
"""Failed deliveries in a row after which a stack is given up; a folder of bad files has its ends between them."""


@dataclass(slots=True)
class Result:
    """What became of the files, in the order given. ``unread`` names those that this machine could not open."""

    records: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    images: dict[str, dict[int, bytes]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    interrupted: bool = False

    @property
    def complete(self) -> bool:
        """Whether every file ended COMPLETE."""
        return not self.unread and not self.interrupted and all(record["document"]["status"] == "COMPLETE" for record in self.records)


def process(
    inputs: Sequence[tuple[Path, str]],
    *,
    console: Console,
    jobs: int | None = None,
    template: Path = TEMPLATE,
    parameters: Mapping[str, object] | None = None,
    log: Path | None = None,
    with_texts: bool = False,
    with_images: bool = False,
) -> Result:
    """Run files through a fresh stack and return their records.

    Args:
        inputs: files and their keys.
        console: where the progress bars go.
        jobs: function calls at a time; None for one a processor core.
        template: the template to run.
        parameters: values that replace the template's defaults.
        log: file for the functions' output; None for one that is deleted unless something went wrong.
        with_texts: fetch the cleaned texts too.
        with_images: fetch the pictures of pages too, as far as the template keeps any.

    Raises:
        ConfigurationError: the stack cannot be started.
    """
    result = Result()
    log, own_log = (log, False) if log else (_log_file(), True)
    console.print("Starting the stack ...", style="dim")
    health = Health()
    with running(log=log, jobs=jobs, template=template, parameters=parameters, watch=health.note) as session, _bars(console) as bars:
        documents: list[Tracked] = []
        try:
            _upload(session, inputs, documents, result)
            follow(documents, tell=bars.show, check=lambda: health.check(session))
        except KeyboardInterrupt:
            result.interrupted = True
        result.records = records_of(documents)
        result.texts = texts_of(documents) if with_texts else {}
        result.images = images_of(result.records) if with_images else {}
    if result.complete and own_log:
        log.unlink(missing_ok=True)
    elif own_log:
        console.print(f"The functions' log is {log}", style="dim", soft_wrap=True, markup=False)
    return result


def write_json(records: Sequence[Mapping[str, Any]], out: Path) -> None:
    """Write one JSON object a line."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _upload(session: Session, inputs: Sequence[tuple[Path, str]], documents: list[Tracked], result: Result) -> None:
    s3, bucket = session.client("s3"), session.stack.refs["UploadBucket"]
    for path, key in inputs:
        try:
            with path.open("rb") as body:
                answer = s3.put_object(Bucket=bucket, Key=key, Body=body)
        except OSError as exc:
            result.unread.append(f"{path}: {exc.strerror}")
            continue
        documents.append(Tracked(path=path, key=key, bucket=bucket, version_id=answer["VersionId"]))


def _log_file() -> Path:
    return Path(tempfile.mkdtemp(prefix="whereas-")) / "functions.log"


class Health:
    """Tells a bad document, which ends in quarantine, from a stack that can do nothing at all."""

    def __init__(self) -> None:
        self._failures = 0

    def note(self, invocation: Invocation) -> None:
        """Count the deliveries that failed since the last one that did not."""
        self._failures = self._failures + 1 if invocation.failed else 0

    def check(self, session: Session) -> None:
        """Raise where going on makes no sense.

        Raises:
            ConfigurationError: a function does not start, or nothing has succeeded for long.
        """
        for function, error in session.executor.broken.items():
            raise ConfigurationError(f"{function} does not start ({error}); its log, {session.log}, says why")
        if self._failures >= HOPELESS:
            raise ConfigurationError(f"{self._failures} deliveries failed one after the other; the log, {session.log}, says why")


class Bars:
    """Three progress bars: documents, pages, chunk groups. Totals grow as they become known."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks = {name: progress.add_task(name, total=None) for name in ("documents", "pages", "chunk groups")}

    def show(self, documents: Sequence[Tracked]) -> None:
        """Draw how far the documents are."""
        figures = {
            "documents": (sum(document.ended for document in documents), len(documents)),
            "pages": (sum(document.pages_read for document in documents), sum(document.pages for document in documents)),
            "chunk groups": (sum(document.groups_done for document in documents), sum(document.groups for document in documents)),
        }
        for name, (done, total) in figures.items():
            self._progress.update(self._tasks[name], completed=done, total=total or None)


@contextmanager
def _bars(console: Console) -> Iterator[Bars]:
    columns = (TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=not console.is_terminal) as progress:
        yield Bars(progress)
