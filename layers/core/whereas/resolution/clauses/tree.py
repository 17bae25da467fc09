"""The clauses of the public record: the section tree with what each section is about."""

from __future__ import annotations

from whereas.resolution.clauses.catalogue import types_of
from whereas.resolution.facts import Locate
from whereas.resolution.view import View
from whereas.types import Clause, Evidence

_MAX_FIRST_LINE = 160


def find_clauses(view: View, locate: Locate) -> tuple[Clause, ...]:
    """Return the sections in text order, outer before inner.

    A clause's evidence runs over the whole of it, page and boxes are those of its first line; its types are read from its
    heading and from its own words, those before the first clause in it.
    """
    sections = view.sections
    clauses: list[Clause] = []
    for index, section in enumerate(sections):
        below = sections[index + 1].start if index + 1 < len(sections) else section.end
        clauses.append(
            Clause(
                section_id=section.section_id,
                number=section.number,
                heading=section.heading,
                level=section.level,
                parent_id=section.parent_id,
                evidence=_evidence(view, section.start, section.end, locate),
                types=types_of(section.heading, view.shadow[section.start : min(below, section.end)]),
            )
        )
    return tuple(clauses)


def _evidence(view: View, start: int, end: int, locate: Locate) -> Evidence:
    """Boxes of the whole would repeat, level by level, every box of the document."""
    stop = min(end, start + _MAX_FIRST_LINE)
    line = view.text.find("\n", start, stop)
    page, boxes = locate(start, stop if line < 0 else line)
    return Evidence(page=page, start=start, end=end, boxes=boxes)
