"""All repairs of a document's pages, by line; the families are tried in the order of their evidence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import attrgetter

from whereas.reading.pages.layout import PlacedLine
from whereas.types import PageText, Repair


class Repairs:
    """The repairs of a document, none overlapping, by page and in order."""

    def __init__(self, by_page: Mapping[int, Sequence[Repair]]) -> None:
        self._by_page = by_page

    def of(self, line: PlacedLine) -> Sequence[Repair]:
        """Return the repairs within a line."""
        found = self._by_page.get(line.page)
        if not found:
            return ()
        first = bisect_left(found, line.start, key=attrgetter("start"))
        return found[first : bisect_left(found, line.end, key=attrgetter("start"))]


def find_repairs(pages: Sequence[PageText], lines: Sequence[Sequence[PlacedLine]]) -> Repairs:
    """Return the repairs of a document.

    Args:
        pages: all pages.
        lines: of each page, those that are kept.
    """
    return Repairs({})
