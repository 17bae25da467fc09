"""The text as rules read it: same length as the cleaned text, so that every match is an offset into the document.

``View.shadow`` differs from the text in single characters alone: curly quotes are straight, dashes are hyphens, odd
spaces are spaces. Patterns are written with plain spaces and run through ``rx``, which lets each stand for one to six
white-space characters: white space is never unbounded, so no pattern can backtrack over a page of blanks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from whereas.types import CleanedText, Section

_TABLE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\u200b\ufeff", " "),
    }
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]\"'])[.;:]?(?:(?<=[.;])[\"')]{0,2}\s{1,6}(?=[A-Z(\d\"'])|\s{0,3}\n\s{0,3}\n)")
_GAP = r"\s{1,6}"
_MAYBE_GAP = r"\s{0,6}"


def rx(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile ``pattern`` with every plain space standing for one to six white-space characters, and " ?" for none to six."""
    return re.compile(pattern.replace(" ?", _MAYBE_GAP).replace(" ", _GAP), flags)


@dataclass(frozen=True)
class View:
    """A cleaned text with its shadow and its sections."""

    text: str
    shadow: str
    sections: tuple[Section, ...]

    @cached_property
    def _breaks(self) -> list[int]:
        return [m.end() for m in _SENTENCE_END.finditer(self.shadow)]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [s.start for s in self.sections]

    @cached_property
    def _by_id(self) -> dict[str, Section]:
        return {s.section_id: s for s in self.sections}

    def sentence(self, position: int, *, reach: int = 1500) -> tuple[int, int]:
        """Return the sentence around ``position`` as [start, end), at most ``reach`` characters either way."""
        at = bisect_right(self._breaks, position)
        start = self._breaks[at - 1] if at else 0
        end = self._breaks[at] if at < len(self._breaks) else len(self.text)
        return max(start, position - reach), min(end, position + reach)

    def section_at(self, position: int) -> Section | None:
        """Return the innermost section that holds ``position``, or None."""
        for at in range(bisect_right(self._section_starts, position) - 1, -1, -1):
            section = self.sections[at]
            if section.end > position:
                return section
            if section.level <= 1:
                return None
        return None

    def heading_at(self, position: int) -> str | None:
        """Return the heading that ``position`` stands under: that of the innermost section that has one."""
        section = self.section_at(position)
        while section and not section.heading and section.parent_id:
            section = self._by_id[section.parent_id]
        return section.heading if section else None


def make_view(cleaned: CleanedText) -> View:
    """Return the view of a cleaned text; sections are sorted by start, outer before inner."""
    sections = tuple(sorted(cleaned.sections, key=lambda s: (s.start, -s.end)))
    return View(text=cleaned.text, shadow=cleaned.text.translate(_TABLE), sections=sections)
