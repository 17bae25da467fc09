"""The cleaned text as it grows, with the map back to its source and the log of what was changed.

Single characters are repaired here (ligatures, odd spaces, invisible marks); what longer repairs replace is told by the caller.
No Unicode normalisation: NFKC would make "½" three characters and "²" a plain 2 without a word. Only what is listed here changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whereas.types import Piece, Repair

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
Written = tuple[str, tuple[Piece, ...], tuple[Repair, ...], tuple[int, ...]]
"""A text, its pieces, its repairs, its wraps; see ``CleanedText``."""

_VISIBLE = re.compile(f"[^{_SPACE}{_INVISIBLE}]")


def is_visible(text: str) -> bool:
    """Return whether a line shows anything."""
    return _VISIBLE.search(text) is not None


class Writing:
    """Appends text and remembers where it was read and what was changed. Pieces that go on one to one are kept as one."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._repairs: list[Repair] = []
        self._wraps: list[int] = []
        self._length = 0
        # Of the line at hand: the white space that is written when something follows it, and whether anything precedes it.
        self._space: re.Match[str] | None = None
        self._begun = False

    @property
    def length(self) -> int:
        """Characters written so far."""
        return self._length

    def line(self, source: str, start: int, end: int, *, page: int, repairs: Sequence[Repair] = ()) -> None:
        """Write ``source[start:end]`` of a page, repaired.

        Args:
            source: the page's text.
            start: of the line.
            end: of the line, exclusive.
            page: the page's number.
            repairs: of this line, in order; none begins or ends with white space, none overlap.
        """
        self._begun = False
        at = start
        for repair in repairs:
            self._characters(source, at, repair.start, page)
            self._write_space(page)
            self._write(repair.after, page, repair.start, repair.end)
            self._repairs.append(repair)
            self._begun = True
            at = repair.end
        self._characters(source, at, end, page)
        self._drop_space(page)

    def between(self, text: str, source: str, *, page: int | None, start: int, end: int) -> None:
        """Write what joins two lines; it stands for ``source[start:end]`` of the page, or for nothing where ``page`` is None."""
        before = source[start:end]
        if page is not None and text != before:
            if text == " " and before == "\n":
                self._wraps.append(self._length)
            else:
                self._log(page, "hyphenation" if not text else "line_break", start, end, before, text)
        if text:
            self._write(text, page, start, end)

    def finish(self) -> Written:
        """Return what was written."""
        return "".join(self._parts), tuple(self._pieces), tuple(self._repairs), tuple(self._wraps)

    def _characters(self, source: str, start: int, end: int, page: int) -> None:
        for match in _TOKEN.finditer(source, start, end):
            kind = match.lastgroup
            if kind == "space":
                self._space = match
            elif kind == "gone":
                self._log(page, "invisible", match.start(), match.end(), match[0], "")
            else:
                self._write_space(page)
                self._begun = True
                if kind == "plain":
                    self._write(match[0], page, match.start(), match.end())
                else:
                    letters = _LIGATURES[match[0]]
                    self._log(page, "ligature", match.start(), match.end(), match[0], letters)
                    self._write(letters, page, match.start(), match.end())

    def _write_space(self, page: int) -> None:
        """Write the white space that something follows now, so that none is left at either end of a line."""
        space = self._space
        if space is None:
            return
        if not self._begun:
            self._drop_space(page)
            return
        self._space = None
        if space[0] != " ":
            self._log(page, "space", space.start(), space.end(), space[0], " ")
        self._write(" ", page, space.start(), space.end())

    def _drop_space(self, page: int) -> None:
        space, self._space = self._space, None
        if space is not None:
            self._log(page, "space", space.start(), space.end(), space[0], "")

    def _log(self, page: int, kind: str, start: int, end: int, before: str, after: str) -> None:
        self._repairs.append(Repair(page, kind, start, end, before, after))

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
