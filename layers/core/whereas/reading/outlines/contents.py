"""Tables of contents: lines that look like the headings of clauses and only list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from whereas.reading.outlines.headings import bare
from whereas.reading.outlines.starts import Start

_TITLE = re.compile(
    r"\W*(?:TABLE OF CONTENTS|Table of Contents|CONTENTS|Contents|INDEX|Index)(?: ?\(?(?:continued|cont[’']d|CONTINUED)\)?)?\W*"
)
_LEADERS = re.compile(r"(?:\.{3,}|…|(?:\. ){3,}|_{4,})\s*(?:[A-Z]-)?(?:\d{1,3}|[ivx]{1,5})?$")
_PAGE = re.compile(r"[A-Za-z)\]”\"’'.,*\d]\s+(?:[A-Z]-)?(?:\d{1,3}|[ivx]{1,5})$")
# Body text has longer lines than any table of contents.
_BODY_LINE = 220
_TAIL = 120
_MAX_ZONE = 600
_MIN_RUN = 3
# A long entry runs over a few lines, its page number on the last.
_MAX_WRAP = 3


def contents_lines(lines: Sequence[str], starts: Sequence[Start]) -> frozenset[int]:
    """Return the numbers of the lines that belong to a table of contents.

    Args:
        lines: the lines of the text without empty ones.
        starts: what may begin a clause, in order.
    """
    found = {start.line for start in starts if not start.inline and _LEADERS.search(lines[start.line][-_TAIL:])}
    found |= _titled(lines, starts)
    found |= _runs(lines, starts)
    found |= _repeated(starts)
    return frozenset(found)


def _key(start: Start) -> tuple[str, str]:
    heading = re.sub(r"\W+|\d+$", "", bare(start.heading or "").lower())[:14]
    return (start.label.number.lower() if start.label else "", heading)


def _titled(lines: Sequence[str], starts: Sequence[Start]) -> set[int]:
    """Lines under the words "Table of Contents", up to the first that the body repeats or that is too long for a table."""
    found: set[int] = set()
    keys = {start.line: _key(start) for start in reversed(starts) if not start.inline and start.label}
    for title in (at for at, line in enumerate(lines) if len(line) < 60 and _TITLE.fullmatch(line)):
        if title in found:
            continue
        first: tuple[str, str] | None = None
        zone = [title]
        for at in range(title + 1, min(len(lines), title + _MAX_ZONE)):
            key = keys.get(at)
            if (first and key == first) or (len(lines[at]) > _BODY_LINE and not _PAGE.search(lines[at][-_TAIL:])):
                break
            first = first or key
            zone.append(at)
        found |= set(zone)
    return found


def _runs(lines: Sequence[str], starts: Sequence[Start]) -> set[int]:
    """Lines that end with a page number, three or more of them close together."""
    paged = sorted({start.line for start in starts if len(lines[start.line]) < _BODY_LINE and _is_paged(start, lines[start.line])})
    found: set[int] = set()
    run: list[int] = paged[:1]
    for one, other in pairwise(paged):
        if other - one > 2:
            run = []
        run.append(other)
        if len(run) >= _MIN_RUN:
            found |= set(run)
    return found


def _is_paged(start: Start, line: str) -> bool:
    """Whether a line ends with a page number; the figure of "Schedule 2" is its own."""
    return _PAGE.search(line) is not None and not (start.label and start.label.end >= len(line))


def _repeated(starts: Sequence[Start]) -> set[int]:
    """Headings with nothing under them that come again with the same number."""
    last = {_key(start): start.line for start in starts if start.label}
    own = [start for start in starts if not start.inline]
    return {
        one.line
        for one, other in pairwise(own)
        if one.label and one.heading and one.whole and one.line < other.line <= one.line + _MAX_WRAP and last[_key(one)] > other.line
    }
