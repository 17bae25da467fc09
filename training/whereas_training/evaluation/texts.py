"""From a file to its cleaned text as serving reads it, in memory, kept on disk for the next run.

What is kept is named by a hash of the bytes and of the code that made it, so that a change of the reader reads anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as memoize
from pathlib import Path
from typing import TypeVar

import whereas
from whereas.codec import decode, encode
from whereas.errors import ArtefactError, PermanentError
from whereas.reading import count_pages, find_ocr, read_pages
from whereas.reading.cleanup import clean
from whereas.reading.language import UNDETERMINED, detect
from whereas.settings import DEFAULT_LIMITS
from whereas.stages.languages import LANGUAGES
from whereas.types import CleanedText, MediaType

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadText:
    """A document as read.

    Attributes:
        cleaned: its text; None where the document would be quarantined, then ``reason`` has the code.
        pages: number of pages, 0 where they cannot be counted.
        ocr_pages: those recognised from an image.
        confidence: mean word confidence of those, 0..1.
        reason: why there is no text.
    """

    cleaned: CleanedText | None
    pages: int
    ocr_pages: int = 0
    confidence: float | None = None
    reason: str | None = None


def read(data: bytes, media: MediaType, *, cache: Path | None = None) -> ReadText:
    """Read and clean one file; see ``stages.read`` and ``stages.assemble`` for the same with S3 between them."""
    key = (data, media.value.encode())
    return kept(cache, "text", key, ("reading",), ReadText, lambda: _read(data, media))


def _read(data: bytes, media: MediaType) -> ReadText:
    pages = 0
    try:
        pages = count_pages(data, media, limits=DEFAULT_LIMITS)
        read_ones = list(read_pages(data, media, first=1, last=pages, limits=DEFAULT_LIMITS, ocr=find_ocr()))
        cleaned = clean(read_ones)
    except PermanentError as exc:
        return ReadText(None, pages, reason=exc.code)
    scanned = [page for page in read_ones if page.source == "ocr"]
    sure = [page.confidence for page in scanned if page.confidence is not None]
    reason = _refused(cleaned)
    return ReadText(None if reason else cleaned, pages, len(scanned), sum(sure) / len(sure) if sure else None, reason)


def _refused(cleaned: CleanedText) -> str | None:
    if not cleaned.text.strip():
        return "empty"
    return None if detect(cleaned.text) in {*LANGUAGES, UNDETERMINED} else "unsupported_language"


def kept(folder: Path | None, name: str, key: tuple[bytes, ...], rooms: tuple[str, ...], kind: type[T], make: Callable[[], T]) -> T:
    """Return what ``make`` makes, from ``folder`` where it was made before of the same bytes by the same code.

    Args:
        folder: where results lie; None to keep nothing.
        name: of the step, the subfolder.
        key: all that the result depends on but code.
        rooms: packages of ``whereas`` whose code it depends on.
        kind: the result's dataclass.
        make: makes it.
    """
    if folder is None:
        return make()
    digest = hashlib.sha256(_code(rooms))
    for part in key:
        digest.update(hashlib.sha256(part).digest())
    path = folder / name / f"{digest.hexdigest()[:32]}.json.gz"
    if path.exists():
        try:
            return decode(path.read_bytes(), kind)
        except ArtefactError:
            path.unlink(missing_ok=True)  # of a run that was killed, or of an older shape of the dataclass
    value = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(f".{os.getpid()}")
    written.write_bytes(encode(value, kind))
    written.replace(path)
    return value


@memoize
def _code(rooms: tuple[str, ...]) -> bytes:
    """Return a hash of the source of some of the product's rooms and of the types that pass between them."""
    root = Path(whereas.__file__).parent
    files = [f for room in ("types", *rooms) for f in sorted((root / room).rglob("*.py"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.digest()
