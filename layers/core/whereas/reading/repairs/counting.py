"""The repair log in brief: how many repairs of which kind a page had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from whereas.types import Repair


def counts_by_page(repairs: Iterable[Repair]) -> dict[int, dict[str, int]]:
    """Return for each page that had any its repairs by kind, both sorted."""
    counts = Counter((repair.page, repair.kind) for repair in repairs)
    pages: dict[int, dict[str, int]] = {}
    for (page, kind), number in sorted(counts.items()):
        pages.setdefault(page, {})[kind] = number
    return pages
