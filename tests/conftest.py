"""Settings of all tests: property tests have no deadline, as the machines that run them are busy ones."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("busy", deadline=None, max_examples=60)
settings.load_profile("busy")
