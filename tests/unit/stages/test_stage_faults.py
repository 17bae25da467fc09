"""Failures are logged by type and place; only our own errors, which never quote text, are logged in full."""

import logging

import pytest

from whereas.errors import ArtefactError
from whereas.stages import faults


def fail() -> None:
    raise ValueError("The Confidential Clause")


def test_a_foreign_error_is_told_by_type_and_place_alone() -> None:
    with pytest.raises(ValueError, match="Clause") as caught:
        fail()
    told = faults.describe(caught.value)
    assert told.startswith("ValueError at fail (test_stage_faults.py:")
    assert "Confidential" not in told


def test_our_own_error_is_told_in_full() -> None:
    assert faults.describe(ArtefactError("document 1: gone")) == "ArtefactError: document 1: gone"


def test_a_reported_failure_is_logged_and_passes(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(ValueError, match="Clause"), faults.reported("m-1"):
        fail()
    assert "message m-1 failed" in caplog.text
    assert "Confidential" not in caplog.text
