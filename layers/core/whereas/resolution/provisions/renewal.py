"""Whether a contract renews itself, and the words that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whereas.resolution.facts import Locate
from whereas.types import Fact

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading


def find_auto_renewal(reading: Reading, locate: Locate) -> Fact | None:
    """Return True or False with the words that say so, None where the contract does not speak of renewal."""
    return None
