"""Page task → the text of one page batch with its word boxes; the last batch sends the document on to assemble.

Order of writes: page images, page file, join item, assemble task.
"""

from __future__ import annotations

import time
from dataclasses import replace

from whereas.aws import s3
from whereas.errors import PermanentError
from whereas.reading import OcrOptions, PageImages, find_ocr, read_pages
from whereas.reading.language import detect
from whereas.reading.ocr import engine_version
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
    data = _source(version)
    media = MediaType(version.media_type or "")
    # Looked for by every batch, as a deployment without its OCR layer must fail before the first scan comes along.
    ocr = _find_ocr()
    kept: list[int] = []
    images = _images(version, kept)
    found = read_pages(data, media, first=task.first_page, last=task.last_page, limits=settings().limits, ocr=ocr, images=images)
    pages = tuple(page if page.language else replace(page, language=detect(page.text)) for page in found)
    engine = files.OcrEngine(*engine_version(ocr)) if any(page.source == "ocr" for page in pages) else None
    batch = files.PageBatch(pages, engine, images=tuple(kept))
    files.save(files.pages_key(version.run_id, task.batch), batch, files.PageBatch)
    ms = round((time.perf_counter() - started) * 1000)
    state.join_pages(version.document_id, version.version_id, version.run_id, task.batch, ms=ms)


_held: dict[tuple[str, str, str | None], bytes] = {}
"""The file that this process read last, by version and hash: a document's next batch mostly comes to an instance that has it."""


def _source(version: VersionState) -> bytes:
    """Return the bytes of the original, downloaded once by each process as long as no other document comes in between."""
    name = (version.document_id, version.version_id, version.source_sha256)
    if name not in _held:
        # First the old one goes: two of the largest files would take a quarter of the function's memory.
        _held.clear()
        _held[name] = s3.get_source(version.bucket, version.key, version_id=version.version_id)
    return _held[name]


def _find_ocr() -> OcrOptions:
    now = settings()
    return find_ocr(dpi=now.ocr_dpi, timeout_s=now.ocr_timeout_s, language=now.ocr_languages, tessdata=now.tessdata)


def _images(version: VersionState, kept: list[int]) -> PageImages | None:
    """Return what writes the pictures that the deployment wants to see, each as it comes, and notes their pages in ``kept``."""
    wanted = settings().page_images

    def keep(number: int, picture: bytes) -> None:
        files.save_page_image(version.run_id, number, picture)
        kept.append(number)

    return None if wanted == "none" else PageImages(keep=keep, every=wanted == "all")
