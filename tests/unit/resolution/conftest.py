"""Fixtures of the resolution tests."""

from __future__ import annotations

import pytest
from resolution_cases import CONTRACT, resolve_text

from whereas.types import Resolution


@pytest.fixture(scope="session")
def resolved() -> Resolution:
    return resolve_text(CONTRACT)
