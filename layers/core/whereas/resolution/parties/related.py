"""Those who stand in a contract without being parties to it: guarantors, affiliates, agents, witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from whereas.resolution.facts import Locate
from whereas.types import Party, RelatedName

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading


def find_related(reading: Reading, parties: Sequence[Party], locate: Locate) -> tuple[RelatedName, ...]:
    """Return the names in text order."""
    return ()
