"""The clauses of the public record: the section tree with what each section is about."""

from __future__ import annotations

from whereas.resolution.facts import Locate
from whereas.resolution.view import View
from whereas.types import Clause


def find_clauses(view: View, locate: Locate) -> tuple[Clause, ...]:
    """Return the sections in text order, outer before inner."""
    return ()
