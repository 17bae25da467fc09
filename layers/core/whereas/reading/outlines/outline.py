"""Which of the places that look like a clause's beginning are one, and at what level: numbers must count on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whereas.reading.outlines.labels import Label
from whereas.reading.outlines.starts import Start

# Clause numbers go up by one; drafts lose a few, lists and years jump further.
_MAX_STEP = 3
_MAX_ITEM_STEP = 2
_LOOK_AHEAD = 40
_MAX_RESUMED = 60


@dataclass(slots=True)
class _Open:
    style: str
    value: int
    level: int
    start: int
    parts: tuple[int, ...] = ()


class Outline:
    """Takes the starts of one text in order; ``place`` gives the level of each that is a section, None for the others."""

    def __init__(self, text: str, starts: Sequence[Start]) -> None:
        self._text = text
        self._starts = starts
        self._open: list[_Open] = []
        self._base = 0
        self._articles = False
        self._last: tuple[int, ...] = ()
        self._fresh = True
        self._named: set[str] = set()

    def place(self, index: int) -> int | None:
        """Return the level of the start with this index, None where it begins no section."""
        start = self._starts[index]
        label = start.label
        if label is None:
            return self._heading(index, start)
        if label.kind == "annex":
            return self._annex(start, label)
        if label.kind == "article":
            return self._article(start, label)
        level = self._decimal(index, start, label) if label.kind == "decimal" else self._item(index, start, label.readings)
        if level is not None:
            self._fresh = False
        return level

    def _push(self, style: str, value: int, level: int, start: Start, parts: tuple[int, ...] = ()) -> int:
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        self._open.append(_Open(style, value, level, start.start, parts))
        return level

    def _annex(self, start: Start, label: Label) -> int | None:
        if self._open and self._open[0].style == f"annex {label.number}":
            # The head of each page of an annex.
            return None
        self._base, self._articles, self._last, self._fresh = 1, False, (), True
        return self._push(f"annex {label.number}", 1, 1, start)

    def _article(self, start: Start, label: Label) -> int | None:
        level = self._base + 1
        if any(entry.style == f"article {label.number}" for entry in self._open):
            return None
        self._articles = self._fresh = True
        return self._push(f"article {label.number}", 1, level, start)

    def _heading(self, index: int, start: Start) -> int | None:
        """A heading amid a list that goes on is at the list's level; else it closes what is open."""
        spoken = not start.whole
        if spoken and self._open and self._open[-1].style == f"heading {start.heading}":
            return None
        if not spoken or start.heading is None or not start.heading.upper().startswith("IN WITNESS"):
            if spoken and (self._last or self._open):
                return None
            ahead = self._level_ahead(index)
            if ahead is not None:
                return ahead
        self._fresh = True
        return self._push(f"heading {start.heading}", 0, self._base + 1, start)

    def _level_ahead(self, index: int) -> int | None:
        """Return the level of the next number where it goes on with what is open."""
        following = next((s for s in self._starts[index + 1 : index + 6] if s.label), None)
        if following is None or following.label is None or not self._open:
            return None
        label = following.label
        if label.kind == "item":
            entry = self._sibling(label.readings)
            return entry.level if entry and entry.value > 0 else None
        if label.kind == "decimal" and self._last and self._follows(label.parts, self._last):
            return self._depth(label.parts)
        return None

    # Decimal numbers

    def _follows(self, parts: tuple[int, ...], last: tuple[int, ...], *, step: int = _MAX_STEP) -> bool:
        """Whether a number goes on from the last one: 3 after 2, 3.1 after 3, 4 after 3.7, 1 in a new list."""
        if len(parts) == 1:
            return parts[0] == 1 if not last else 0 < parts[0] - last[0] <= step
        same = len(last) >= len(parts) and last[: len(parts) - 1] == parts[:-1]
        forward = parts[-1] - last[len(parts) - 1] if same else parts[-1]
        return (not last or 0 <= parts[0] - last[0] <= step) and 0 <= forward <= step and (not same or forward > 0)

    def _depth(self, parts: tuple[int, ...]) -> int:
        """Return the level of a number: under the number that it extends, else by its depth."""
        for entry in reversed(self._open):
            if entry.parts and len(entry.parts) < len(parts) and parts[: len(entry.parts)] == entry.parts:
                return entry.level + 1
        depth = len(parts)
        if depth == 1 and (self._articles or (self._open and self._open[0].style in {"I.", "A."})):
            depth = 2
        return self._base + depth

    def _decimal(self, index: int, start: Start, label: Label) -> int | None:
        parts = label.parts
        nested = self._sibling((("1.", parts[0]),)) if len(parts) == 1 else None
        step = _MAX_STEP if not start.inline else 2 if start.heading else 1
        counts_on = self._follows(parts, self._last, step=step)
        if nested and not (counts_on and start.heading and parts[0] - self._last[0] == 1):
            return self._push("1.", parts[0], nested.level, start)
        restarts = self._fresh and parts in {(1,), (1, 1)} and not start.inline
        if counts_on or restarts or self._resumes(index, parts):
            level = self._depth(parts)
            self._last = parts
            return self._push("decimal", parts[-1], level, start, parts)
        if parts == (1,) and label.sure and self._open and self._comes(index, "1.", 2):
            return self._push("1.", 1, self._open[-1].level + 1, start)
        return None

    def _resumes(self, index: int, parts: tuple[int, ...]) -> bool:
        """Whether numbers go on from here after some were lost: the next two of this depth follow one by one."""
        if parts <= self._last or parts[-1] > _MAX_RESUMED:
            return False
        wanted = parts
        for later in self._starts[index + 1 : index + 1 + _LOOK_AHEAD]:
            if later.label is None or later.label.kind != "decimal" or len(later.label.parts) != len(parts):
                continue
            wanted = (*wanted[:-1], wanted[-1] + 1)
            if later.label.parts != wanted:
                return False
            if wanted[-1] == parts[-1] + 2:
                return True
        return False

    # Lists

    def _sibling(self, readings: Sequence[tuple[str, int]], *, step: int = _MAX_ITEM_STEP) -> _Open | None:
        """Return the innermost open item that one of the readings goes on from."""
        for entry in reversed(self._open):
            for style, value in readings:
                if entry.style == style and 0 < value - entry.value <= step:
                    return entry
        return None

    def _item(self, index: int, start: Start, readings: Sequence[tuple[str, int]]) -> int | None:
        first = [reading for reading in readings if reading[1] == 1]
        entry = self._sibling(readings, step=1 if start.inline else _MAX_ITEM_STEP)
        if entry and first and len(readings) > 1 and self._comes(index, first[0][0], 2):
            entry = None
        if entry:
            value = next(value for style, value in readings if style == entry.style)
            return self._push(entry.style, value, entry.level, start)
        if first:
            return self._new_list(index, start, first[0][0])
        second = [reading for reading in readings if reading[1] == 2]
        if second and self._begun_in_text(start, second[0][0]):
            return self._push(second[0][0], 2, self._level_of_new(second[0][0]), start)
        return None

    def _new_list(self, index: int, start: Start, style: str) -> int | None:
        weak = start.inline or "(" not in style
        if weak and not self._comes(index, style, 2):
            return None
        return self._push(style, 1, self._level_of_new(style), start)

    def _level_of_new(self, style: str) -> int:
        """Return the level of a list that begins: that of an open one of its style, which it begins anew, else under what is open."""
        again = next((entry for entry in self._open if entry.style == style), None)
        if again:
            return again.level
        return self._open[-1].level + 1 if self._open else self._base + 1

    def _begun_in_text(self, start: Start, style: str) -> bool:
        """Whether the first item stands in the running text before: "… as follows: (a) the goods"."""
        first = f"({'1' if style[0] == '1' else style[0]})"
        floor = max(self._open[-1].start if self._open else 0, start.start - 4000)
        return style.startswith(("a(", "i(", "A(", "1(")) and self._text.find(first, floor, start.start) >= 0

    def _comes(self, index: int, style: str, value: int) -> bool:
        """Whether the list goes on: its next number comes before its first does again."""
        for later in self._starts[index + 1 : index + 1 + _LOOK_AHEAD]:
            if later.label is None:
                continue
            readings = ((("1.", later.label.parts[0]),) if len(later.label.parts) == 1 else ()) or later.label.readings
            if (style, value) in readings:
                return True
            if (style, 1) in readings or later.label.kind in {"annex", "article"}:
                return False
        return False
