"""The numbers that a word processor shows before paragraphs and does not store in their text.

ECMA-376 part 1, 17.9: a paragraph (or its style) names a list and a level; the list's abstract definition gives each level's
start, format and pattern ("%1.%2"). Counting them in order gives "2.1", "(a)", "ARTICLE IV" as a reader sees them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from whereas.reading.formats.figures import figure

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """``restart`` is the level (from 1) after which the count begins anew; 0 for never, None for any level above."""

    start: int
    form: str
    pattern: str
    style: str | None = None
    restart: int | None = None
    legal: bool = False


class Numbering:
    """Counts through a document: ``label`` is to be called once for each paragraph, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._styles: dict[str, tuple[str | None, str | None, str | None]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            for style in styles.iter(W + "style"):
                self._styles[style.get(W + "styleId", "")] = (*_reference(style), _value(style, "basedOn"))

    def label(self, paragraph: etree._Element) -> str:
        """Return the number shown before the paragraph, "" where there is none; bullets are left out."""
        list_id, level = self._of(paragraph)
        if list_id is None or list_id not in self._lists:
            return ""
        abstract, levels = self._lists[list_id]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        current = counts[level]
        counts[level] = levels[level].start if current is None else current + 1
        for below in range(level + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or level < restart:
                counts[below] = None
        return _render(levels, counts, level)

    def _of(self, paragraph: etree._Element) -> tuple[str | None, int]:
        list_id, level = _reference(paragraph)
        style = _value(paragraph.find(W + "pPr"), "pStyle")
        own_level = level
        # Styles inherit; a file may chain them in a circle.
        for _ in range(10):
            if list_id is not None and level is not None:
                break
            if style is None or style not in self._styles:
                break
            above_list, above_level, base = self._styles[style]
            if list_id is None and above_list is not None and own_level is None:
                # Where a style names the list, its level is the one that names the style (17.9.23).
                level = next((str(at) for at, it in self._lists.get(above_list, ("", {}))[1].items() if it.style == style), level)
            list_id = above_list if list_id is None else list_id
            level = above_level if level is None else level
            style = base
        return (None if list_id == "0" else list_id), int(level) if level is not None and level.isdigit() and int(level) < _LEVELS else 0

    def _read_lists(self, root: etree._Element) -> None:
        abstract = {item.get(W + "abstractNumId", ""): _levels(item) for item in root.iter(W + "abstractNum")}
        linked = {_value(item, "styleLink"): item.get(W + "abstractNumId", "") for item in root.iter(W + "abstractNum")}
        for item in root.iter(W + "abstractNum"):
            # A list may be a mere name for a list style, which another definition spells out (17.9.21).
            target = linked.get(_value(item, "numStyleLink") or "none")
            if target is not None:
                abstract[item.get(W + "abstractNumId", "")] = abstract[target]
        for item in root.iter(W + "num"):
            base = _value(item, "abstractNumId") or ""
            levels = dict(abstract.get(base, {}))
            key = base
            for override in item.iter(W + "lvlOverride"):
                # A list of its own count: the same pattern begun again.
                key = f"{base}/{item.get(W + 'numId')}"
                levels.update(_levels(override))
                start = _value(override, "startOverride")
                at = _whole(override.get(W + "ilvl"), 0)
                if start is not None and at in levels:
                    levels[at] = replace(levels[at], start=_whole(start, 1))
            self._lists[item.get(W + "numId", "")] = (key, levels)


def _levels(item: etree._Element) -> dict[int, _Level]:
    return {
        _whole(level.get(W + "ilvl"), 0): _Level(
            _whole(_value(level, "start"), 1),
            _value(level, "numFmt") or "decimal",
            _value(level, "lvlText") or "",
            _value(level, "pStyle"),
            None if _value(level, "lvlRestart") is None else _whole(_value(level, "lvlRestart"), 0),
            level.find(W + "isLgl") is not None,
        )
        for level in item.findall(W + "lvl")
    }


def _reference(element: etree._Element) -> tuple[str | None, str | None]:
    reference = element.find(f"{W}pPr/{W}numPr")
    return (_value(reference, "numId"), _value(reference, "ilvl")) if reference is not None else (None, None)


def _value(element: etree._Element | None, name: str) -> str | None:
    child = element.find(W + name) if element is not None else None
    return child.get(_VAL) if child is not None else None


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 6 else default


def _render(levels: dict[int, _Level], counts: list[int | None], level: int) -> str:
    here = levels[level]
    if here.form in {"bullet", "none"}:
        return here.pattern if here.form == "none" and "%" not in here.pattern else ""
    text = here.pattern
    for index in range(_LEVELS - 1, -1, -1):
        if f"%{index + 1}" in text and index in levels:
            count = counts[index]
            form = "decimal" if here.legal else levels[index].form
            text = text.replace(f"%{index + 1}", figure(levels[index].start if count is None else count, form))
    return text.strip()
