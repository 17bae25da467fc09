"""Page task → the text of one page batch with its word boxes; the last batch sends the document on to assemble.

Order of writes: page file, join item, assemble task.
"""

from __future__ import annotations

import time

from whereas.aws import s3
from whereas.errors import PermanentError
from whereas.reading import read_pages
from whereas.reading.ocr import engine_version
from whereas.reading.options import find_ocr
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.stages import endings, files, joins
from whereas.stages.messages import PageTask
from whereas.stages.versions import open_version_of
from whereas.types import MediaType


def run(task: PageTask) -> None:
    """Read one page batch.

    Raises:
        ArtefactError: the task's version is not in the table.
        TransientError: S3, SQS or DynamoDB could not be reached or asked to slow down.
    """
    version = open_version_of(task)
    if version is None:
        return
    if not state.has_joined_page(version.document_id, version.version_id, version.run_id, task.batch):
        try:
            _read(version, task)
        except PermanentError as exc:
            endings.quarantine(version, exc)
            return
    joins.after_pages(version)


def _read(version: VersionState, task: PageTask) -> None:
    started = time.perf_counter()
    # Looked for by every batch, as a deployment without its OCR layer must fail before the first scan comes along.
    ocr = find_ocr(dpi=settings().ocr_dpi, timeout_s=settings().ocr_timeout_s)
    data = s3.get_source(version.bucket, version.key, version_id=version.version_id)
    media = MediaType(version.media_type or "")
    pages = tuple(read_pages(data, media, first=task.first_page, last=task.last_page, limits=settings().limits, ocr=ocr))
    engine = files.OcrEngine(*engine_version(ocr)) if any(page.source == "ocr" for page in pages) else None
    files.save(files.pages_key(version.run_id, task.batch), files.PageBatch(pages, engine), files.PageBatch)
    ms = round((time.perf_counter() - started) * 1000)
    state.join_pages(version.document_id, version.version_id, version.run_id, task.batch, ms=ms)
