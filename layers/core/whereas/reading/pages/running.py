"""Running headers, footers and page numbers: lines that a page carries and the document does not.

A line is taken for one only where it stands at the top or bottom edge and comes again on other pages: text of the body is
never dropped for its looks alone. The first copy of a header is kept, at the end of the text, where it parts no sentence: it
may be the only place of a contract's number. A header of the first page stays where it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from whereas.reading.pages.folios import Place, counted
from whereas.reading.pages.layout import PlacedLine
from whereas.types import PageText, Warning

_EDGE_LINES = 5
_EDGE_SHARE = 0.14
_MIN_REPEATS = 3
# Of the pages between its first and last one: headers of odd and even pages come on every second.
_MIN_REPEAT_SHARE = 0.4
_MAX_LENGTH = 160
# Lines of scans: so long that a likeness says something, so like, so far back.
_MIN_FUZZY_LENGTH = 14
_MAX_FUZZY_DISTANCE = 4
_MIN_LIKENESS = 0.88
_RECENT = 20
# Stamps that bear no other reading: the origin that archives of filings print, a Bates number. Two copies prove them.
_STAMP = re.compile(r"Source: .{1,80}, [A-Z0-9/\- ]{1,12}, \d{1,2}/\d{1,2}/\d{4}|[A-Z]{2,8}[-_ ]?\d{5,9}")
_MIN_STAMPS = 2
# "Schedule 1", "Schedule 2" over pages that follow one another count as page numbers do, and are headings.
_HEADED = re.compile(
    r"(?:exhibit|schedule|annex(?:ure)?|appendix|attachment|article|section|clause|part)\s+(?:no\.?\s*)?\d{1,3}\b\D{0,160}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Running:
    """What ``find_running`` found: lines to leave out, those of them to write once at the end, and the warning that counts them."""

    dropped: frozenset[Place] = frozenset()
    at_end: tuple[PlacedLine, ...] = ()
    warnings: tuple[Warning, ...] = ()


def find_running(pages: Sequence[PageText], lines: Sequence[Sequence[PlacedLine]]) -> Running:
    """Return the lines that are no part of the text.

    Args:
        pages: all pages of the document.
        lines: the lines of each page.
    """
    if len(pages) < 2:
        return Running()
    edges = [_edge(page, page_lines) for page, page_lines in zip(pages, lines, strict=True)]
    recognized = [page.source == "ocr" for page in pages]
    repeated, firsts = _repeated(edges, recognized)
    numbers = counted([[line for _, line in page] for page in edges])
    running: set[Place] = set()
    for page in edges:
        running |= _contiguous(page, repeated | numbers)
    kept = {place: line for place, line in firsts.items() if place in running - numbers}
    at_home = {place for place in kept if place[0] == pages[0].number}
    dropped = frozenset(running - at_home)
    if not dropped:
        return Running()
    pure = len(dropped & numbers)
    detail = f"{len(dropped) - pure} repeated header and footer lines and {pure} page numbers were left out."
    at_end = tuple(line for place, line in sorted(kept.items(), key=lambda item: item[0]) if place not in at_home)
    return Running(dropped, at_end, (Warning("running_lines_dropped", detail),))


def _edge(page: PageText, lines: Sequence[PlacedLine]) -> list[tuple[str, PlacedLine]]:
    """Return the lines at a page's top and bottom edge with the edge's name, outermost first."""
    ordered = sorted(lines, key=lambda line: (line.box[1], line.box[0])) if page.height else list(lines)
    half = len(ordered) // 2 or 1
    top = ordered[: min(_EDGE_LINES, half)]
    bottom = ordered[max(half, len(ordered) - _EDGE_LINES) :][::-1]
    if page.height:
        top = [line for line in top if line.box[1] < _EDGE_SHARE * page.height]
        bottom = [line for line in bottom if line.box[3] > (1 - _EDGE_SHARE) * page.height]
    return [("top", line) for line in top] + [("bottom", line) for line in bottom]


def _repeated(edges: Sequence[Sequence[tuple[str, PlacedLine]]], recognized: Sequence[bool]) -> tuple[set[Place], dict[Place, PlacedLine]]:
    """Return the copies of lines that come again at the same edge, and of these the first copies of headers."""
    found: defaultdict[tuple[str, str], list[tuple[int, PlacedLine]]] = defaultdict(list)
    likeness = _Likeness()
    for index, page in enumerate(edges):
        for edge, line in page:
            if len(line.text) <= _MAX_LENGTH:
                key = _key(line.text)
                found[edge, likeness.known(edge, key) if recognized[index] else key].append((index, line))
    copies: set[Place] = set()
    firsts: dict[Place, PlacedLine] = {}
    for (edge, key), places in found.items():
        if not any(character.isalpha() for character in key):
            continue
        for group in [places] if likeness.is_exemplar(edge, key) else _same_but_for_counting(places):
            pages = {index for index, _ in group}
            span = max(pages) - min(pages) + 1
            least = _MIN_STAMPS if _STAMP.fullmatch(group[0][1].text) else _MIN_REPEATS
            if len(pages) >= least and len(pages) >= _MIN_REPEAT_SHARE * span:
                copies |= {(line.page, line.start) for _, line in group}
                if edge == "top":
                    firsts[group[0][1].page, group[0][1].start] = group[0][1]
    return copies, firsts


class _Likeness:
    """Lines of scans that OCR reads a little differently on every page: each is told by the first one like it."""

    def __init__(self) -> None:
        self._recent: defaultdict[str, list[str]] = defaultdict(list)
        self._exemplars: set[tuple[str, str]] = set()

    def known(self, edge: str, key: str) -> str:
        """Return the first key like ``key`` among the recent ones of an edge, else ``key`` itself."""
        if len(key) < _MIN_FUZZY_LENGTH:
            return key
        recent = self._recent[edge]
        for other in recent:
            if (
                abs(len(other) - len(key)) <= _MAX_FUZZY_DISTANCE
                and SequenceMatcher(None, other, key, autojunk=False).ratio() >= _MIN_LIKENESS
            ):
                self._exemplars.add((edge, other))
                return other
        recent.insert(0, key)
        del recent[_RECENT:]
        return key

    def is_exemplar(self, edge: str, key: str) -> bool:
        """Return whether other lines were taken for this one."""
        return (edge, key) in self._exemplars


def _key(text: str) -> str:
    """The line without what changes from page to page: figures, spaces, marks, letter case."""
    return re.sub(r"\d+", "#", re.sub(r"[\W_]+", "", text.casefold()))


def _same_but_for_counting(places: Sequence[tuple[int, PlacedLine]]) -> list[list[tuple[int, PlacedLine]]]:
    """Part lines that differ in figures: those figures are the same, or one of them counts the pages.

    "Exhibit 3.1" and "Exhibit 3.2" at the top of two pages are headings, "Lease - page 7" and "Lease - page 8" are not.
    """
    groups: defaultdict[tuple[object, ...], list[tuple[int, PlacedLine]]] = defaultdict(list)
    for index, line in places:
        if _HEADED.fullmatch(line.text):
            continue
        figures = re.findall(r"\d+", line.text)
        groups[tuple(figures[:-1]), *_counted(figures[-1:], index)].append((index, line))
        if len(figures) > 1:
            groups["first", *_counted(figures[:1], index), tuple(figures[1:])].append((index, line))
    plain: defaultdict[str, list[tuple[int, PlacedLine]]] = defaultdict(list)
    for index, line in places:
        plain["".join(line.text.split())].append((index, line))
    return [*groups.values(), *plain.values()]


def _counted(figures: Sequence[str], index: int) -> tuple[str, ...]:
    return tuple(f"{int(figure) - index:+d}" for figure in figures)


def _contiguous(page: Sequence[tuple[str, PlacedLine]], found: set[Place]) -> set[Place]:
    """Keep of a page's lines those that only other such lines part from the edge: a header ends where the body begins."""
    kept: set[Place] = set()
    closed: set[str] = set()
    for edge, line in page:
        place = (line.page, line.start)
        if place in found and edge not in closed:
            kept.add(place)
        else:
            closed.add(edge)
    return kept
