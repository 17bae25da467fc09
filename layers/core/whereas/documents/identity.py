"""Who a document is: hashes that name documents, versions' runs and sources, the same wherever and however often they are computed."""

from __future__ import annotations

import hashlib
from typing import Final

from whereas.types import ModelCard

ID_LENGTH: Final = 24
"""Hexadecimal digits of an id: 96 bits, so that a collision stays improbable (below 1e-9) up to 10 billion documents."""


def document_id(*, bucket: str, key: str) -> str:
    """Return the id of the document that lives at ``key`` (decoded, as S3 stores it) in ``bucket``.

    The id is all that tables, queues and logs see of the name: keys may carry names of people and companies.
    """
    return hashlib.sha256(f"{bucket}/{key}".encode()).hexdigest()[:ID_LENGTH]


def run_id(*, document_id: str, version_id: str, model: ModelCard, pipeline_version: str) -> str:
    """Return the id of one processing of one version: equal inputs give the same run, so that a repeat overwrites itself.

    The parts are joined by line feeds, which none of them can hold, so that no two sets of parts read the same.
    """
    parts = (document_id, version_id, model.version, model.sha256, pipeline_version)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:ID_LENGTH]


def content_sha256(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
