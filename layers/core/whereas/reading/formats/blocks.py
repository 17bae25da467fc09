"""Collects the text of a marked-up document (DOCX, HTML): paragraphs, lines within them, table rows."""

from __future__ import annotations

import re

# A form feed stands for a page break, see ``pagemarks``.
_SPACES = re.compile(r"[ \t\r\n]+")


class Blocks:
    """Gathers runs of text into lines: paragraphs an empty line apart, rows and forced breaks one line each."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._run: list[str] = []
        self._pending = 0

    def add(self, text: str, *, keep_lines: bool = False) -> None:
        """Add running text; white space counts as one space unless ``keep_lines`` (preformatted text)."""
        if keep_lines:
            for index, line in enumerate(text.replace("\r\n", "\n").split("\n")):
                if index:
                    self.end_line()
                self._run.append(line)
        else:
            self._run.append(text)

    def add_block(self, text: str) -> None:
        """Add lines that are laid out already, as lines of their own."""
        self.end_line()
        for line in text.split("\n"):
            self._run.append(line)
            self.end_line() if line else self.end_paragraph()

    def end_line(self) -> None:
        """Break the line."""
        self._flush()
        self._pending = max(self._pending, 1)

    def end_paragraph(self) -> None:
        """End the paragraph: what follows stands after an empty line."""
        self._flush()
        self._pending = 2

    def text(self) -> str:
        """Return all that was gathered."""
        self._flush()
        return "".join(self._parts)

    def _flush(self) -> None:
        line = _SPACES.sub(" ", "".join(self._run)).strip(" ")
        self._run.clear()
        if not line:
            return
        if self._parts:
            self._parts.append("\n" * max(1, self._pending))
        self._parts.append(line)
        self._pending = 0


def row_text(cells: list[str]) -> str:
    """Return the text of a table row: one line; or, where a cell holds several lines (signature blocks side by side), cell after cell."""
    filled = [cell for cell in cells if cell]
    return ("\n" if any("\n" in cell for cell in filled) else " ").join(filled)
