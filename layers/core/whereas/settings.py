"""All configuration, read once from the environment: the only module that reads ``os.environ``.

Every variable is set in ``template.yaml``; a default here is the template's own default, so that a room used as a plain
library behaves as it does in Lambda.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from whereas import __version__
from whereas.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may weigh, and what a container may hold; above it is quarantined.

    ``max_ratio`` is how many times its packed size a container's member may unpack to.
    """

    max_bytes: int = 200 * 2**20
    max_pages: int = 2000
    max_pixels: int = 60_000_000
    max_members: int = 500
    max_unpacked_bytes: int = 500 * 2**20
    max_ratio: int = 200


DEFAULT_LIMITS = Limits()

PageImageChoice = Literal["none", "scans", "all"]
"""Of which pages a picture is kept for viewing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of resources, limits and sizes of one function."""

    table: str
    upload_bucket: str
    work_bucket: str
    page_queue_url: str
    assemble_queue_url: str
    chunk_queue_url: str
    chunk_solo_queue_url: str
    resolve_queue_url: str
    event_bus: str
    model_dir: Path
    model_version: str
    limits: Limits
    ocr_timeout_s: float
    ocr_dpi: int
    ocr_languages: str
    tessdata: Path | None
    page_images: PageImageChoice
    page_batch: int
    token_budget: int
    threads: int
    stalled_after_s: int
    retention_days: int
    pipeline_version: str = __version__


def _number(name: str, default: int, *, low: int = 1) -> int:
    raw = os.environ.get(name) or str(default)
    try:
        value = int(raw)
    except ValueError as exc:
        raise ConfigurationError(f"{name} must be a whole number, found {raw!r}; set it in template.yaml") from exc
    if value < low:
        raise ConfigurationError(f"{name} must be {low} or more, found {value}; set it in template.yaml")
    return value


def _page_images() -> PageImageChoice:
    raw, choices = os.environ.get("WHEREAS_PAGE_IMAGES") or "scans", get_args(PageImageChoice)
    if raw not in choices:
        raise ConfigurationError(f"WHEREAS_PAGE_IMAGES must be one of {', '.join(choices)}, found {raw!r}; set it in template.yaml")
    return cast(PageImageChoice, raw)


def read_settings() -> Settings:
    """Read the environment anew.

    Raises:
        ConfigurationError: a number is none or out of range, or a choice is not among those given.
    """
    env = os.environ.get
    return Settings(
        table=env("WHEREAS_TABLE", ""),
        upload_bucket=env("WHEREAS_UPLOAD_BUCKET", ""),
        work_bucket=env("WHEREAS_WORK_BUCKET", ""),
        page_queue_url=env("WHEREAS_PAGE_QUEUE", ""),
        assemble_queue_url=env("WHEREAS_ASSEMBLE_QUEUE", ""),
        chunk_queue_url=env("WHEREAS_CHUNK_QUEUE", ""),
        chunk_solo_queue_url=env("WHEREAS_CHUNK_SOLO_QUEUE", ""),
        resolve_queue_url=env("WHEREAS_RESOLVE_QUEUE", ""),
        event_bus=env("WHEREAS_EVENT_BUS", "default"),
        model_dir=Path(env("WHEREAS_MODEL_DIR", "/opt/model")),
        model_version=env("WHEREAS_MODEL_VERSION", ""),
        limits=Limits(
            max_bytes=_number("WHEREAS_MAX_BYTES", DEFAULT_LIMITS.max_bytes),
            max_pages=_number("WHEREAS_MAX_PAGES", DEFAULT_LIMITS.max_pages),
            max_pixels=_number("WHEREAS_MAX_PIXELS", DEFAULT_LIMITS.max_pixels),
            max_members=_number("WHEREAS_MAX_MEMBERS", DEFAULT_LIMITS.max_members),
            max_unpacked_bytes=_number("WHEREAS_MAX_UNPACKED_BYTES", DEFAULT_LIMITS.max_unpacked_bytes),
            max_ratio=_number("WHEREAS_MAX_RATIO", DEFAULT_LIMITS.max_ratio),
        ),
        ocr_timeout_s=float(_number("WHEREAS_OCR_TIMEOUT_S", 60)),
        ocr_dpi=_number("WHEREAS_OCR_DPI", 200),
        ocr_languages=env("WHEREAS_OCR_LANGUAGES") or "eng",
        tessdata=Path(folder) if (folder := env("WHEREAS_TESSDATA")) else None,
        page_images=_page_images(),
        page_batch=_number("WHEREAS_PAGE_BATCH", 4),
        token_budget=_number("WHEREAS_TOKEN_BUDGET", 4096),
        threads=_number("WHEREAS_THREADS", 1),
        stalled_after_s=_number("WHEREAS_STALLED_AFTER_S", 3600),
        retention_days=_number("WHEREAS_RETENTION_DAYS", 30),
    )


@cache
def settings() -> Settings:
    """Return the settings of this process, read on first use."""
    return read_settings()
