"""The numbers that a word processor shows before paragraphs and does not store in their text.

ECMA-376 part 1, 17.9: a paragraph (or its style) names a list and a level; the list's abstract definition gives each level's
start, format and pattern ("%1.%2"). Counting them in order gives "2.1", "(a)", "ARTICLE IV" as a reader sees them.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_LEVELS = 9
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str


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
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _render(levels, counts, level)

    def _of(self, paragraph: etree._Element) -> tuple[str | None, int]:
        list_id, level = _reference(paragraph)
        style = _value(paragraph.find(W + "pPr"), "pStyle")
        # Styles inherit; a file may chain them in a circle.
        for _ in range(10):
            if list_id is not None and level is not None:
                break
            if style is None or style not in self._styles:
                break
            above_list, above_level, style = self._styles[style]
            list_id = above_list if list_id is None else list_id
            level = above_level if level is None else level
        return (None if list_id == "0" else list_id), int(level) if level is not None and level.isdigit() and int(level) < _LEVELS else 0

    def _read_lists(self, root: etree._Element) -> None:
        abstract = {item.get(W + "abstractNumId", ""): _levels(item) for item in root.iter(W + "abstractNum")}
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
                    levels[at] = _Level(_whole(start, 1), levels[at].form, levels[at].pattern)
            self._lists[item.get(W + "numId", "")] = (key, levels)


def _levels(item: etree._Element) -> dict[int, _Level]:
    return {
        _whole(level.get(W + "ilvl"), 0): _Level(
            _whole(_value(level, "start"), 1), _value(level, "numFmt") or "decimal", _value(level, "lvlText") or ""
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
            text = text.replace(f"%{index + 1}", _figure(levels[index].start if count is None else count, levels[index].form))
    return text.strip()


def _figure(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min(10, (number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
