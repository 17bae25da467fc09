"""Sums, percentages and their like, and what each is: a fee, a cap, a penalty, a minimum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whereas.resolution.facts import Locate
from whereas.types import Fact

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading


def find_amounts(reading: Reading, locate: Locate) -> tuple[Fact, ...]:
    """Return the amounts in text order, ``kind`` what each is."""
    return ()
