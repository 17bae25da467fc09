"""ODT: paragraphs, headings, numbering, tables, notes; tracked changes as if accepted.

Read from ``content.xml`` (OASIS OpenDocument 1.3, part 3). What was deleted under change tracking lies in a place of its own
there, and is left out with it; insertions stand in the text. Headers and footers lie in the styles and are not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from whereas.errors import PermanentError
from whereas.reading.formats.blocks import Blocks, row_text
from whereas.reading.formats.odt_lists import Lists
from whereas.reading.formats.packages import Package
from whereas.reading.formats.plain import page_of
from whereas.settings import Limits
from whereas.types import PageText

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE, DRAW, STYLE = (_NS % name for name in ("office", "text", "table", "drawing", "style"))
_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_MAX_DEPTH = 40

_DROPPED = frozenset({
    OFFICE + "annotation", OFFICE + "annotation-end", OFFICE + "forms", TEXT + "tracked-changes", TEXT + "note-citation",
    TEXT + "ruby-text", TEXT + "sequence-decls", TEXT + "variable-decls", TEXT + "user-field-decls", TEXT + "dde-connection-decls",
    TEXT + "alphabetical-index-auto-mark-file", TEXT + "table-of-content-source", TEXT + "alphabetical-index-source",
    TEXT + "illustration-index-source", TEXT + "table-index-source", TEXT + "object-index-source", TEXT + "user-index-source",
    TEXT + "bibliography-source", TEXT + "number", TEXT + "hidden-text",
})  # fmt: skip
# What floats is read after the paragraph that it hangs on.
_FLOATING = frozenset({DRAW + "frame", DRAW + "custom-shape", DRAW + "rect", DRAW + "g", DRAW + "caption", DRAW + "ellipse"})


def check(data: bytes, *, limits: Limits) -> None:
    """Refuse a file that cannot be unpacked in bounds.

    Raises:
        PermanentError: ``corrupt``, ``encrypted`` or ``too_large``.
    """
    _content(Package(data, kind="ODT", limits=limits))


def read(data: bytes, *, limits: Limits) -> PageText:
    """Return an ODT as one page: the text, then its notes.

    Raises:
        PermanentError: ``corrupt``, ``empty``, ``encrypted`` or ``too_large``.
    """
    package = Package(data, kind="ODT", limits=limits)
    root = _content(package)
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise PermanentError("corrupt", "The ODT has no text body.")
    styles = package.load("styles.xml") if "styles.xml" in package.names else None
    reader = _Reader([root] if styles is None else [styles, root])
    blocks = Blocks()
    reader.read_blocks(body, blocks, depth=0)
    for note in reader.notes:
        blocks.end_paragraph()
        reader.read_blocks(note, blocks, depth=1)
    return page_of(blocks.text(), source_reason="odt", markup=True)


def _content(package: Package) -> etree._Element:
    if _MANIFEST in package.names and b"encryption-data" in package.part(_MANIFEST):
        raise PermanentError("encrypted")
    return package.load(_CONTENT)


class _Reader:
    """Reads the blocks of one file in order: numbers count on, notes are collected."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._hidden = frozenset(
            style.get(STYLE + "name", "") for root in roots for style in root.iter(STYLE + "style") if _is_hiding(style)
        )
        self._lists = Lists(roots)
        self.notes: list[etree._Element] = []

    def read_blocks(self, parent: etree._Element, blocks: Blocks, *, depth: int) -> None:
        """Read paragraphs, lists and tables below an element.

        Raises:
            PermanentError: ``corrupt``: they are nested without end.
        """
        if depth > _MAX_DEPTH:
            raise PermanentError("corrupt", f"The ODT nests its blocks more than {_MAX_DEPTH} deep.")
        for element in parent:
            if element.tag in {TEXT + "p", TEXT + "h"}:
                self._read_paragraph(element, blocks, depth=depth)
            elif element.tag == TEXT + "list":
                with self._lists.entered(element):
                    self.read_blocks(element, blocks, depth=depth + 1)
            elif element.tag in {TEXT + "list-item", TEXT + "list-header"}:
                self._lists.begin_item(element)
                self.read_blocks(element, blocks, depth=depth + 1)
            elif element.tag == TABLE + "table":
                self._read_table(element, blocks, depth=depth)
            elif not self._is_dropped(element):
                self.read_blocks(element, blocks, depth=depth + 1)

    def _read_paragraph(self, paragraph: etree._Element, blocks: Blocks, *, depth: int) -> None:
        if self._is_dropped(paragraph):
            return
        inner, boxes = Blocks(), list[etree._Element]()
        self._read_runs(paragraph, inner, boxes, depth=0)
        text, label = inner.text(), self._lists.label(paragraph)
        blocks.add_block(f"{label} {text}" if label else text)
        blocks.end_paragraph()
        for box in boxes:
            self.read_blocks(box, blocks, depth=depth + 1)

    def _read_runs(self, parent: etree._Element, blocks: Blocks, boxes: list[etree._Element], *, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise PermanentError("corrupt", f"The ODT nests its text more than {_MAX_DEPTH} deep.")
        blocks.add(parent.text or "")
        for element in parent:
            if element.tag in {TEXT + "s", TEXT + "tab"}:
                blocks.add(" ")
            elif element.tag == TEXT + "line-break":
                blocks.end_line()
            elif element.tag == TEXT + "note":
                self.notes += element.findall(TEXT + "note-body")
            elif element.tag in _FLOATING:
                boxes.append(element)
            elif not self._is_dropped(element):
                self._read_runs(element, blocks, boxes, depth=depth + 1)
            blocks.add(element.tail or "")

    def _read_table(self, table: etree._Element, blocks: Blocks, *, depth: int) -> None:
        blocks.end_paragraph()
        for row in _rows(table):
            cells = [self._cell(cell, depth) for cell in row if cell.tag == TABLE + "table-cell"]
            blocks.add_block(row_text(cells))
        blocks.end_paragraph()

    def _cell(self, cell: etree._Element, depth: int) -> str:
        blocks = Blocks()
        self.read_blocks(cell, blocks, depth=depth + 1)
        return "\n".join(line for line in blocks.text().split("\n") if line)

    def _is_dropped(self, element: etree._Element) -> bool:
        if element.tag in _DROPPED or element.get(TEXT + "display") == "none" or element.get(TEXT + "style-name") in self._hidden:
            return True
        hidden = element.find(TEXT + "hidden-paragraph") if element.tag == TEXT + "p" else None
        return hidden is not None and hidden.get(TEXT + "is-hidden") == "true"


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in {TABLE + "table-rows", TABLE + "table-header-rows", TABLE + "table-row-group"}:
            yield from _rows(child)


def _is_hiding(style: etree._Element) -> bool:
    properties = style.find(STYLE + "text-properties")
    return properties is not None and properties.get(TEXT + "display") == "none"
