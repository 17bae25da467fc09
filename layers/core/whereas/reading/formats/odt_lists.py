"""The numbers that an OpenDocument word processor shows before list items and headings (OpenDocument 1.3, part 3, 16.30 to 16.34)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from whereas.reading.formats.figures import figure

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, STYLE = (_NS % name for name in ("text", "style"))
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LEVELS = 10
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_OUTLINE = "outline"
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class _Level:
    """``form`` is None where the level shows no number; ``pattern`` holds ``%1%`` for the number of the first level."""

    form: str | None
    pattern: str
    start: int


@dataclass(slots=True)
class _Open:
    """A list being read: its style, its key among the counts, and whether the item's first paragraph is still to come."""

    style: str
    key: str
    fresh: bool = False
    start: int | None = None


class Lists:
    """Counts through a document: ``label`` is to be called once for each paragraph, in order."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        for root in roots:
            for style in root.iter(TEXT + "list-style"):
                self._styles[style.get(STYLE + "name", "")] = _levels(style)
            for style in root.iter(TEXT + "outline-style"):
                self._styles[_OUTLINE] = _levels(style)
        self._counts: dict[str, list[int | None]] = {}
        self._open: list[_Open] = []
        self._last_of_style: dict[str, str] = {}
        self._made = 0

    @contextmanager
    def entered(self, element: etree._Element) -> Iterator[None]:
        """Read a list: one that continues another counts on, every other begins anew."""
        outer = self._open[-1] if self._open else None
        style = element.get(TEXT + "style-name") or (outer.style if outer else "")
        if outer is not None:
            key = outer.key
        elif element.get(TEXT + "continue-list"):
            key = "id:" + element.get(TEXT + "continue-list", "")
        elif element.get(TEXT + "continue-numbering") == "true" and style in self._last_of_style:
            key = self._last_of_style[style]
        else:
            self._made += 1
            key = f"new:{self._made}"
        # Others may continue this one by its id.
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        self._counts["id:" + element.get(_XML_ID, "")] = counts
        self._last_of_style[style] = key
        self._open.append(_Open(style, key))
        yield
        self._open.pop()

    def begin_item(self, item: etree._Element) -> None:
        """Note that the next paragraph bears the number of a list item; a header of a list bears none."""
        if self._open:
            self._open[-1].fresh = item.tag == TEXT + "list-item"
            self._open[-1].start = _whole(item.get(TEXT + "start-value"))

    def label(self, paragraph: etree._Element) -> str:
        """Return the number shown before the paragraph, "" where there is none; bullets are left out."""
        if self._open:
            here = self._open[-1]
            if not here.fresh:
                return ""
            here.fresh = False
            return self._count(here.style, here.key, min(len(self._open), _LEVELS) - 1, here.start)
        level = _whole(paragraph.get(TEXT + "outline-level"))
        if not level or level > _LEVELS or paragraph.get(TEXT + "is-list-header") == "true":
            return ""
        restart = _whole(paragraph.get(TEXT + "start-value")) if paragraph.get(TEXT + "restart-numbering") == "true" else None
        return self._count(_OUTLINE, _OUTLINE, level - 1, restart)

    def _count(self, style: str, key: str, level: int, restart: int | None) -> str:
        levels = self._styles.get(style, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        current = counts[level]
        if restart is not None:
            counts[level] = restart
        else:
            counts[level] = levels[level].start if current is None else current + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _render(levels, counts, level)


def _levels(style: etree._Element) -> dict[int, _Level]:
    found = {}
    for item in style:
        level = _whole(item.get(TEXT + "level"))
        if level and level <= _LEVELS and item.tag in {TEXT + "list-level-style-number", TEXT + "outline-level-style"}:
            found[level - 1] = _Level(
                form=_FORMS.get(item.get(STYLE + "num-format", "")),
                pattern=_pattern(item, level),
                start=_whole(item.get(TEXT + "start-value")) or 1,
            )
    return found


def _pattern(item: etree._Element, level: int) -> str:
    spelled: str | None = item.get(_LOEXT + "num-list-format") or item.get(STYLE + "num-list-format")
    if spelled is not None:
        return spelled
    shown = min(level, _whole(item.get(TEXT + "display-levels")) or 1)
    numbers = ".".join(f"%{at}%" for at in range(level - shown + 1, level + 1))
    return f"{item.get(STYLE + 'num-prefix', '')}{numbers}{item.get(STYLE + 'num-suffix', '')}"


def _render(levels: dict[int, _Level], counts: list[int | None], level: int) -> str:
    if levels[level].form is None:
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        its = levels.get(at)
        if its is None or its.form is None:
            return ""
        count = counts[at]
        return figure(its.start if count is None else count, its.form)

    return _PLACE.sub(number, levels[level].pattern).strip()


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() and len(text) < 6 else None
