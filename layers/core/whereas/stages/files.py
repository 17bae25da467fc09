"""The working files of a run: where they lie in the work bucket, what each holds, and how they are written and read.

Every key holds the run's id, so that two runs never meet. What a run needs only while it runs lies under ``work/``, which
the bucket's lifecycle expires; what the API serves lies under ``runs/`` and stays. A repeated stage writes the same bytes to
the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whereas import codec
from whereas.aws import s3
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.types import Chunk, PageText, Recognition

Chunks = tuple[Chunk, ...]
Recognitions = tuple[Recognition, ...]


@dataclass(frozen=True, slots=True)
class OcrEngine:
    """Name and versions of what recognised scanned pages; the record's ``lineage.ocr``."""

    engine: str
    traineddata: str


@dataclass(frozen=True, slots=True)
class PageBatch:
    """Pages as read, in page order. ``ocr`` is None where no page of the batch was recognised from an image.

    ``images`` are the numbers of the pages of which a picture is kept.
    """

    pages: tuple[PageText, ...]
    ocr: OcrEngine | None
    images: tuple[int, ...] = ()


def pages_key(run_id: str, batch: int) -> str:
    """Return the key of one ``PageBatch``."""
    return f"work/{run_id}/pages/{batch:05d}.json.gz"


def page_image_key(run_id: str, page: int) -> str:
    """Return the key of a page's picture for viewing: ``viewing.MEDIA_TYPE``, ``viewing.DPI``."""
    return f"runs/{run_id}/pages/{page:05d}.png"


def text_key(run_id: str) -> str:
    """Return the key of the cleaned text: ``CleanedText``."""
    return f"runs/{run_id}/text.json.gz"


def chunks_key(run_id: str, group: int) -> str:
    """Return the key of one chunk group: ``Chunks``, in the order of the text."""
    return f"work/{run_id}/chunks/{group:05d}.json.gz"


def mentions_key(run_id: str, group: int) -> str:
    """Return the key of one group's mentions: ``Recognitions``, one for each chunk of the group and in their order."""
    return f"work/{run_id}/mentions/{group:05d}.json.gz"


def record_key(run_id: str) -> str:
    """Return the key of the public record: gzipped JSON."""
    return f"runs/{run_id}/record.json.gz"


def dead_letter_key(message_id: str) -> str:
    """Return the key under which a dead letter that cannot be understood is kept."""
    return f"dead-letters/{message_id}.json"


def save(key: str, value: object, kind: Any) -> None:
    """Write ``value``, a ``kind``, to the work bucket."""
    s3.put(settings().work_bucket, key, codec.encode(value, kind))


def load(key: str, kind: Any) -> Any:
    """Read back the ``kind`` that ``save`` wrote.

    Raises:
        ArtefactError: the file is missing or holds something else.
    """
    return codec.decode(s3.get_work(settings().work_bucket, key), kind)


def save_page_image(run_id: str, page: int, picture: bytes) -> None:
    """Write a page's picture to the work bucket."""
    s3.put(settings().work_bucket, page_image_key(run_id, page), picture, content_type="image/png")


def load_pages(version: VersionState) -> list[PageBatch]:
    """Return a document's page batches, in page order."""
    return [load(pages_key(version.run_id, batch), PageBatch) for batch in range(version.page_batches or 0)]
