"""Where to look: a cheap pattern finds the words that a dear one needs ("May", "days"), which then runs around them only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whereas.resolution.view import View


def windows(view: View, hit: re.Pattern[str], *, before: int, after: int) -> list[tuple[int, int]]:
    """Return the stretches ``before`` and ``after`` each hit, in characters, sorted; stretches that touch are one."""
    found: list[tuple[int, int]] = []
    for match in hit.finditer(view.shadow):
        start, end = max(0, match.start() - before), min(len(view.shadow), match.end() + after)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def find_in(view: View, pattern: re.Pattern[str], stretches: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern`` that lie within one of the stretches."""
    for start, end in stretches:
        yield from pattern.finditer(view.shadow, start, end)
