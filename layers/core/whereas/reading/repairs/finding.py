"""All repairs of a document's pages; where two would meet, the family with the stronger evidence goes first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import attrgetter

from whereas.reading.pages.layout import PlacedLine
from whereas.reading.repairs.dates import find_misread_dates
from whereas.reading.repairs.figures import find_figures
from whereas.reading.repairs.nearwords import NearWords
from whereas.reading.repairs.quotes import find_quotes
from whereas.reading.repairs.spacing import find_spacing
from whereas.reading.repairs.vocabulary import DocumentWords
from whereas.reading.repairs.words import find_words
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


def find_repairs(pages: Sequence[PageText]) -> Repairs:
    """Return the repairs of a document: spaces on every page, misread characters where a page was recognised from an image."""
    words = DocumentWords(pages)
    near = NearWords(words)
    by_page = {}
    for page in pages:
        found = [*find_spacing(page, words)]
        if page.source == "ocr":
            found += [*find_misread_dates(page), *find_figures(page), *find_quotes(page), *find_words(page, words, near)]
        if found:
            by_page[page.number] = _apart(found)
    return Repairs(by_page)


def _apart(found: Sequence[Repair]) -> Sequence[Repair]:
    """Return the repairs in the order of the page: of overlapping ones the first found, and none that spans lines."""
    taken: list[Repair] = []
    for repair in found:
        at = bisect_left(taken, repair.start, key=attrgetter("start"))
        is_free = (at == 0 or taken[at - 1].end <= repair.start) and (at == len(taken) or repair.end <= taken[at].start)
        if is_free and "\n" not in repair.before:
            taken.insert(at, repair)
    return taken
