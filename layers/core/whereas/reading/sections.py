"""The clauses of a contract: numbered ones, articles, headings, schedules; as a tree by level.

Levels follow the style of the numbers: an annex stands at the top and its own numbering begins anew under it, articles hold
sections, sections hold decimals by their depth, lists ("(a)", "(i)", "A.") nest in whatever is open when they begin.
"""

from __future__ import annotations

import re

from whereas.reading.outlines.contents import contents_lines
from whereas.reading.outlines.outline import Outline
from whereas.reading.outlines.starts import Start, find_starts
from whereas.types import Section

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def find_sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a cleaned text, sorted by start, outer before inner.

    Ids count from ``s0001`` in order of the text. A section ends where the next one of its level or above begins; text
    before the first one belongs to none.
    """
    placed = _placed(text)
    ends = _ends([level for _, level in placed], [start.start for start, _ in placed], len(text))
    sections: list[Section] = []
    open_at: list[tuple[int, str]] = []
    for index, ((start, level), end) in enumerate(zip(placed, ends, strict=True)):
        while open_at and open_at[-1][0] >= level:
            open_at.pop()
        section_id = f"s{index + 1:04d}"
        parent = open_at[-1][1] if open_at else None
        sections.append(Section(section_id, start.label.number if start.label else None, start.heading, start.start, end, level, parent))
        open_at.append((level, section_id))
    return tuple(sections)


def _placed(text: str) -> list[tuple[Start, int]]:
    lines = list(_LINE.finditer(text))
    starts = list(find_starts(text, lines))
    listed = contents_lines([match[0].strip() for match in lines], starts)
    starts = [start for start in starts if start.line not in listed]
    outline = Outline(text, starts)
    placed = ((start, outline.place(index)) for index, start in enumerate(starts))
    return [(start, level) for start, level in placed if level is not None]


def _ends(levels: list[int], starts: list[int], stop: int) -> list[int]:
    ends = [stop] * len(levels)
    unfinished: list[int] = []
    for index, level in enumerate(levels):
        while unfinished and levels[unfinished[-1]] >= level:
            ends[unfinished.pop()] = starts[index]
        unfinished.append(index)
    return ends
