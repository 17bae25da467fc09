"""DOCX: paragraphs, numbering, tables, headers, notes; tracked changes as if accepted.

Read from the XML itself (ECMA-376, part 1) with lxml: python-docx gives neither numbers nor footnotes nor insertions, and
would be one more package in the layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from whereas.errors import PermanentError
from whereas.reading.formats.blocks import Blocks, row_text
from whereas.reading.formats.numbering import Numbering
from whereas.reading.formats.packages import Package
from whereas.reading.formats.plain import page_of
from whereas.reading.formats.runs import DROPPED, Runs, W, hidden_styles, is_on
from whereas.settings import Limits
from whereas.types import PageText, Warning

_MAIN = "word/document.xml"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Deepest nesting of tables and text boxes that is followed.
_MAX_DEPTH = 40


def check(data: bytes, *, limits: Limits) -> None:
    """Refuse a file that cannot be unpacked in bounds.

    Raises:
        PermanentError: ``corrupt``, ``encrypted`` or ``too_large``.
    """
    package = Package(data, kind="DOCX", limits=limits)
    package.part(_main_part(package))


def read(data: bytes, *, limits: Limits) -> PageText:
    """Return a DOCX as one page: headers, body, footers (each text once), then the notes in the order of their references.

    Raises:
        PermanentError: ``corrupt``, ``empty``, ``encrypted`` or ``too_large`` (parts that unpack beyond the limit).
    """
    package = Package(data, kind="DOCX", limits=limits)
    reader = _Reader(package)
    blocks = Blocks()
    reader.read_frame("header", blocks)
    reader.read_blocks(reader.body, blocks, depth=0)
    reader.read_frame("footer", blocks)
    reader.read_notes(blocks)
    text = blocks.text()
    pictures = sum(name.startswith("word/media/") for name in package.names)
    if not text and pictures:
        raise PermanentError("empty", f"The DOCX holds {pictures} picture(s) and no text: save it as PDF, whose pictures are recognised.")
    return page_of(text, source_reason="docx", markup=True, warnings=reader.warnings())


def _main_part(package: Package) -> str:
    """Return the part that holds the document: it is the relation that says so, whatever the part's name."""
    return next((target for _, kind, target in package.relations("") if kind == "officeDocument"), _MAIN)


class _Reader:
    """Reads the blocks of one file in order: numbers count on, fields stay open, notes are collected."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = _main_part(package)
        document = package.load(main)
        body = document.find(W + "body")
        if body is None:
            raise PermanentError("corrupt", "The DOCX has no body.")
        self.body = body
        self._relations = list(package.relations(main))
        styles = self._root("styles")
        self._numbering = Numbering(self._root("numbering"), styles)
        self._runs = Runs(hidden_styles(styles))
        self._hidden_frames = self._find_hidden_frames()
        self._seen: set[str] = set()
        self._embedded = 0

    def warnings(self) -> tuple[Warning, ...]:
        """Return what was left out."""
        if not self._embedded:
            return ()
        return (Warning("embedded_document_skipped", f"{self._embedded} document(s) inserted into the DOCX as files were not read."),)

    def read_frame(self, kind: str, blocks: Blocks) -> None:
        """Read the headers or footers that are shown. They repeat one another: the same text is read once, page numbers not at all."""
        for relation, its_kind, target in self._relations:
            if its_kind != kind or relation in self._hidden_frames:
                continue
            part = Blocks()
            self.read_blocks(self._package.load(target), part, depth=0)
            text = part.text()
            key = "".join(character for character in text.casefold() if character.isalpha())
            if len(key) > len("pageof") and key not in self._seen:
                self._seen.add(key)
                blocks.end_paragraph()
                blocks.add_block(text)
                blocks.end_paragraph()

    def read_notes(self, blocks: Blocks) -> None:
        """Read the notes that the text refers to, footnotes first: one whose reference was deleted is gone with it."""
        for kind in ("footnote", "endnote"):
            root = self._root(kind + "s")
            if root is None:
                continue
            notes = {note.get(W + "id", ""): note for note in root}
            # A note may refer to another: the list grows while it is read.
            for its_kind, identity in self._runs.notes:
                if its_kind == kind and identity in notes:
                    blocks.end_paragraph()
                    self.read_blocks(notes.pop(identity), blocks, depth=1)

    def read_blocks(self, parent: etree._Element, blocks: Blocks, *, depth: int) -> None:
        """Read paragraphs and tables below an element.

        Raises:
            PermanentError: ``corrupt``: they are nested without end.
        """
        if depth > _MAX_DEPTH:
            raise PermanentError("corrupt", f"The DOCX nests its blocks more than {_MAX_DEPTH} deep.")
        merged: list[etree._Element] = []
        for element in parent:
            if element.tag == W + "p":
                merged.append(element)
                # A paragraph whose mark was deleted or moved away runs on into the next one (17.13.5.15).
                if not _is_mark_gone(element):
                    self._read_paragraph(merged, blocks, depth=depth)
                    merged = []
                continue
            if element.tag in {W + "tbl", W + "sdt"} and merged:
                self._read_paragraph(merged, blocks, depth=depth)
                merged = []
            if element.tag == W + "tbl":
                self._read_table(element, blocks, depth=depth)
            elif element.tag == W + "altChunk":
                self._embedded += 1
            elif element.tag not in DROPPED and element.tag != W + "txbxContent":
                self.read_blocks(element, blocks, depth=depth + 1)
        if merged:
            self._read_paragraph(merged, blocks, depth=depth)

    def _read_paragraph(self, parts: Sequence[etree._Element], blocks: Blocks, *, depth: int) -> None:
        """Read one paragraph, in the pieces that deleted marks have run together; the last one's number is the paragraph's."""
        last = parts[-1]
        inner = Blocks()
        boxes = [box for part in parts for box in self._runs.read(part, inner)]
        text = inner.text()
        # A paragraph that is gone or hidden as a whole is not counted either.
        shown = text or not (_is_mark_gone(last) or is_on(last.find(f"{W}pPr/{W}rPr"), "vanish"))
        label = self._numbering.label(last) if shown else ""
        blocks.add_block(f"{label} {text}" if label else text)
        blocks.end_paragraph()
        for box in boxes:
            self.read_blocks(box, blocks, depth=depth + 1)
            blocks.end_paragraph()

    def _read_table(self, table: etree._Element, blocks: Blocks, *, depth: int) -> None:
        blocks.end_paragraph()
        for row in _children(table, "tr"):
            properties = row.find(W + "trPr")
            if properties is None or (properties.find(W + "del") is None and properties.find(W + "moveFrom") is None):
                blocks.add_block(row_text([self._cell(cell, depth) for cell in _children(row, "tc")]))
        blocks.end_paragraph()

    def _cell(self, cell: etree._Element, depth: int) -> str:
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            return ""
        blocks = Blocks()
        self.read_blocks(cell, blocks, depth=depth + 1)
        return "\n".join(line for line in blocks.text().split("\n") if line)

    def _find_hidden_frames(self) -> set[str]:
        """Return the relations of headers and footers that no page shows: of a first page or of even pages that are like all others."""
        settings = self._root("settings")
        even = settings is not None and settings.find(W + "evenAndOddHeaders") is not None
        shown: set[str] = set()
        hidden: set[str] = set()
        for section in self.body.iter(W + "sectPr"):
            first = is_on(section, "titlePg")
            for reference in section:
                if reference.tag in {W + "headerReference", W + "footerReference"}:
                    kind = reference.get(W + "type", "default")
                    is_shown = kind == "default" or (kind == "first" and first) or (kind == "even" and even)
                    (shown if is_shown else hidden).add(reference.get(_RELATION_ID, ""))
        return hidden - shown

    def _root(self, kind: str) -> etree._Element | None:
        target = next((target for _, its_kind, target in self._relations if its_kind == kind), None)
        return self._package.load(target) if target is not None else None


def _is_mark_gone(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield rows of a table or cells of a row, through what may be wrapped around them."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"}:
            yield from _children(child, name)
