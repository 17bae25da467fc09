"""The cleaned text as it grows, with the map back to its source: repairs of single characters, and what lines are joined by.

No Unicode normalisation: NFKC would make "½" three characters and "²" a plain 2 without a word. Only what is listed here changes.
"""

from __future__ import annotations

import re

from whereas.types import Piece

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Marks that show nothing: soft hyphen, zero-width spaces and joiners, directional marks, byte order mark, controls.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
# Every space that is no line end becomes a plain one, a run of them one.
_SPACE = "\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\x0b\x0c\r\n\u0085\u2028\u2029"
_ODD = f"{_SPACE}{_INVISIBLE}{''.join(_LIGATURES)}"
# Single plain spaces stay within a run: most lines are one.
_TOKEN = re.compile(
    f"(?P<plain>[^{_ODD}]+(?: [^{_ODD}]+)*)|(?P<space>[{_SPACE}][{_SPACE}{_INVISIBLE}]*)"
    f"|(?P<ligature>[{''.join(_LIGATURES)}])|(?P<gone>[{_INVISIBLE}]+)"
)
_VISIBLE = re.compile(f"[^{_SPACE}{_INVISIBLE}]")


def is_visible(text: str) -> bool:
    """Return whether a line shows anything."""
    return _VISIBLE.search(text) is not None


class Writing:
    """Appends text and remembers where it was read. Pieces that go on one to one are kept as one."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Characters written so far."""
        return self._length

    def line(self, source: str, start: int, end: int, *, page: int) -> None:
        """Write ``source[start:end]`` of a page, repaired."""
        space: re.Match[str] | None = None
        begun = False
        for match in _TOKEN.finditer(source, start, end):
            kind = match.lastgroup
            if kind == "gone":
                continue
            if kind == "space":
                space = space or match
                continue
            # A space is written when something follows it on the line, so that none is left at either end.
            if space is not None and begun:
                self._write(" ", page, space.start(), space.end())
            space = None
            begun = True
            self._write(_LIGATURES[match[0]] if kind == "ligature" else match[0], page, match.start(), match.end())

    def between(self, text: str, *, page: int | None, start: int, end: int) -> None:
        """Write what joins two lines; it stands for ``[start, end)`` of the page, or for nothing where ``page`` is None."""
        if text:
            self._write(text, page, start, end)

    def finish(self) -> tuple[str, tuple[Piece, ...]]:
        """Return the text and its pieces."""
        return "".join(self._parts), tuple(self._pieces)

    def _write(self, text: str, page: int | None, start: int, end: int) -> None:
        at = self._length
        self._length += len(text)
        self._parts.append(text)
        if self._pieces and page is not None and end - start == len(text):
            last = self._pieces[-1]
            if last.page == page and last.source_end == start and last.end - last.start == last.source_end - last.source_start:
                self._pieces[-1] = Piece(last.start, self._length, page, last.source_start, end)
                return
        self._pieces.append(Piece(at, self._length, page, start, end))
