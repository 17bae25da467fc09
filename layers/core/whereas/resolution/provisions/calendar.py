"""Every date of a contract with what it is, and the dates that follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whereas.resolution.facts import Locate
from whereas.types import Contract, Fact

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading


def list_dates(reading: Reading, contract: Contract, locate: Locate) -> tuple[Fact, ...]:
    """Return all dates in text order, ``kind`` what each is."""
    return ()
