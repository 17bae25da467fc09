"""Courts and seats of arbitration."""

from __future__ import annotations

from whereas.resolution.facts import Locate
from whereas.resolution.view import View
from whereas.types import Fact


def find_venues(view: View, locate: Locate) -> tuple[Fact, ...]:
    """Return the places of courts (``kind`` "court") and of arbitration ("arbitration"), likeliest first."""
    return ()
