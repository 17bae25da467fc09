"""The table of definitions: every term with its meaning, where it is defined, and its later uses."""

from __future__ import annotations

from collections.abc import Sequence

from whereas.resolution.facts import Locate
from whereas.resolution.view import View
from whereas.types import DefinedTerm, Party


def find_definitions(view: View, parties: Sequence[Party], locate: Locate) -> tuple[DefinedTerm, ...]:
    """Return the terms in the order in which they are defined; those that name a party carry its canonical id."""
    return ()
