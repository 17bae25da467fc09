"""The text of a Word paragraph's runs: what the reader of the accepted document sees, and nothing else.

Left out: deletions and what was moved away, hidden text, field instructions, comments. A field shows its last result
(ECMA-376 part 1, 17.16); footnotes and text boxes are noted and read where they belong.
"""

from __future__ import annotations

from lxml import etree

from whereas.reading.formats.blocks import Blocks
from whereas.reading.formats.symbols import symbol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

DROPPED = frozenset({
    W + "del", W + "moveFrom", W + "delText", W + "instrText", W + "delInstrText", W + "rPr", W + "pPr", W + "sectPr", W + "sdtPr",
    W + "rt", W + "ffData", _MC + "Fallback",
})  # fmt: skip
"""Elements that a reader of the accepted document does not see; of an alternative, the second choice."""


class Runs:
    """Reads runs. Open fields and the notes that were referred to are remembered from paragraph to paragraph."""

    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self._hidden_styles = hidden_styles
        # One entry an open field: whether its result has begun.
        self._fields: list[bool] = []
        self.notes: list[tuple[str, str]] = []

    def read(self, paragraph: etree._Element, blocks: Blocks) -> list[etree._Element]:
        """Add a paragraph's visible text to ``blocks``; return the text boxes anchored in it."""
        boxes = []
        hidden = self._has_hidden_style(paragraph.find(W + "pPr"), "pStyle")
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            if element.tag == W + "txbxContent":
                boxes.append(element)
            elif element.tag == W + "r" and self._is_hidden(element, by_paragraph=hidden):
                # Hidden fields open and close all the same.
                for mark in element.findall(W + "fldChar"):
                    self._turn_field(mark)
            elif element.tag not in DROPPED:
                self._read_one(element, blocks)
                stack.extend(reversed(element))
        # Instructions that go on into the next paragraph are rare, a field that is never closed is damage: text is not lost to it.
        self._fields = [True for _ in self._fields]
        return boxes

    def _read_one(self, element: etree._Element, blocks: Blocks) -> None:
        tag = element.tag
        if tag == W + "fldChar":
            self._turn_field(element)
        elif not all(self._fields):
            return
        elif tag in {W + "t", _MATH_TEXT}:
            if not _is_custom_mark(element):
                blocks.add(element.text or "")
        elif tag in {W + "br", W + "cr"}:
            blocks.end_paragraph() if element.get(W + "type") in {"page", "column"} else blocks.end_line()
        elif tag in {W + "tab", W + "ptab"}:
            blocks.add(" ")
        elif tag == W + "noBreakHyphen":
            blocks.add("-")
        elif tag == W + "sym":
            blocks.add(_symbol(element))
        elif tag in {W + "footnoteReference", W + "endnoteReference"}:
            self.notes.append((tag.removeprefix(W).removesuffix("Reference"), element.get(W + "id", "")))

    def _turn_field(self, mark: etree._Element) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_hidden(self, run: etree._Element, *, by_paragraph: bool) -> bool:
        properties = run.find(W + "rPr")
        own = is_on(properties, "vanish")
        if own is not None:
            return own
        return by_paragraph or self._has_hidden_style(properties, "rStyle")

    def _has_hidden_style(self, properties: etree._Element | None, name: str) -> bool:
        style = properties.find(W + name) if properties is not None else None
        return style is not None and style.get(W + "val") in self._hidden_styles


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """Return a toggle of run properties, None where it is not set (ECMA-376 part 1, 17.7.3 and 22.9.2.7)."""
    toggle = properties.find(W + name) if properties is not None else None
    return None if toggle is None else toggle.get(W + "val", "1").lower() not in {"0", "false", "off"}


def hidden_styles(styles: etree._Element | None) -> frozenset[str]:
    """Return the ids of the styles whose text is hidden, by themselves or by what they are based on."""
    if styles is None:
        return frozenset()
    own: dict[str, tuple[bool | None, str | None]] = {}
    for style in styles.iter(W + "style"):
        base = style.find(W + "basedOn")
        own[style.get(W + "styleId", "")] = (is_on(style.find(W + "rPr"), "vanish"), base.get(W + "val") if base is not None else None)
    return frozenset(name for name in own if _inherits_hiding(name, own))


def _inherits_hiding(name: str | None, own: dict[str, tuple[bool | None, str | None]]) -> bool:
    # Styles inherit; a file may chain them in a circle.
    for _ in range(10):
        if name is None or name not in own:
            return False
        hides, name = own[name]
        if hides is not None:
            return hides
    return False


def _is_custom_mark(text: etree._Element) -> bool:
    """Return whether the text is the sign of a footnote ("*") that the author chose; it would interrupt the sentence."""
    before = text.getprevious()
    return before is not None and before.get(W + "customMarkFollows", "0") not in {"0", "false", "off"}


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return symbol(element.get(W + "font", ""), code)
