"""DOCX: paragraphs, numbering, tables, headers, notes; tracked changes as if accepted.

Read from the XML itself (ECMA-376, part 1) with lxml: python-docx gives neither numbers nor footnotes nor insertions, and
would be one more package in the layer. Entities and external references are never resolved; every part is unpacked
under a limit, so that neither an XML bomb nor a ZIP bomb gets further than its size.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from whereas.errors import PermanentError
from whereas.reading.formats.blocks import Blocks, row_text
from whereas.reading.formats.numbering import Numbering
from whereas.reading.formats.plain import page_of
from whereas.settings import Limits
from whereas.types import PageText

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Text that a reader of the accepted document does not see.
_DROPPED = frozenset(
    {W + "del", W + "moveFrom", W + "delText", W + "instrText", W + "delInstrText", W + "rPr", W + "pPr", W + "sectPr", _MC + "Fallback"}
)
# Contracts are small: a part beyond this is a bomb, whatever the limit on uploads says.
_MAX_PART_BYTES = 256 * 2**20
# Deepest nesting of tables and text boxes that is followed.
_MAX_DEPTH = 40


def check(data: bytes, *, limits: Limits) -> None:
    """Refuse a file that cannot be unpacked in bounds.

    Raises:
        PermanentError: ``corrupt`` or ``too_large``.
    """
    with _open(data) as archive:
        _part(archive, "word/document.xml", limits=limits)


def read(data: bytes, *, limits: Limits) -> PageText:
    """Return a DOCX as one page: headers, body, footers (each text once), then notes.

    Raises:
        PermanentError: ``corrupt``, ``empty``, ``encrypted`` or ``too_large`` (parts that unpack beyond the limit).
    """
    with _open(data) as archive:
        package = _Package(archive, limits)
        body = package.document.find(W + "body")
        if body is None:
            raise PermanentError("corrupt", "The DOCX has no body.")
        blocks = Blocks()
        for root in package.related("header"):
            _read_once(root, blocks, package)
        _read_blocks(body, blocks, package, depth=0)
        for root in package.related("footer"):
            _read_once(root, blocks, package)
        for kind in ("footnotes", "endnotes"):
            for root in package.related(kind):
                _read_notes(root, blocks, package)
        return page_of(blocks.text(), source_reason="docx", markup=True)


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as exc:
        raise PermanentError("corrupt", "The DOCX cannot be opened.") from exc


def _part(archive: zipfile.ZipFile, name: str, *, limits: Limits) -> bytes:
    """Unpack one part, never more than the limit whatever its header says."""
    most = min(_MAX_PART_BYTES, limits.max_bytes)
    try:
        with archive.open(name) as stream:
            content = stream.read(most + 1)
    except KeyError as exc:
        raise PermanentError("corrupt", f"The DOCX lacks its part {name}.") from exc
    except RuntimeError as exc:
        raise PermanentError("encrypted") from exc
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError) as exc:
        raise PermanentError("corrupt", f"The DOCX's part {name} is damaged.") from exc
    if len(content) > most:
        raise PermanentError("too_large", f"The DOCX's part {name} unpacks to more than {most} bytes.")
    return content


def _parse(content: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as exc:
        raise PermanentError("corrupt", f"The DOCX's part {name} is no XML.") from exc


class _Package:
    """The parts of one file that text is read from."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._names = set(archive.namelist())
        self._left = min(2 * _MAX_PART_BYTES, limits.max_bytes)
        self.document = self._load("word/document.xml")
        self._relations = self._read_relations()
        numbering = next(self.related("numbering"), None)
        styles = next(self.related("styles"), None)
        self.numbering = Numbering(numbering, styles)
        self.seen: set[str] = set()

    def related(self, kind: str) -> Iterator[etree._Element]:
        """Yield the roots of the document's parts of a kind, in the order of their relations."""
        for relation, target in self._relations:
            if relation == kind and target in self._names:
                yield self._load(target)

    def _load(self, name: str) -> etree._Element:
        content = _part(self._archive, name, limits=self._limits)
        self._left -= len(content)
        if self._left < 0:
            raise PermanentError("too_large", "The DOCX's parts unpack to more than the limit.")
        return _parse(content, name)

    def _read_relations(self) -> list[tuple[str, str]]:
        name = "word/_rels/document.xml.rels"
        if name not in self._names:
            return []
        found = []
        for relation in self._load(name):
            if relation.get("TargetMode") != "External":
                target = normpath(join(dirname("word/document.xml"), relation.get("Target", ""))).lstrip("/")
                found.append((relation.get("Type", "").rsplit("/", 1)[-1], target))
        return found


def _read_once(root: etree._Element, blocks: Blocks, package: _Package) -> None:
    """Headers of a file's sections repeat one another: the same text is read once, page numbers not at all."""
    part = Blocks()
    _read_blocks(root, part, package, depth=0)
    text = part.text()
    key = "".join(character for character in text.casefold() if character.isalpha())
    if len(key) > len("pageof") and key not in package.seen:
        package.seen.add(key)
        blocks.end_paragraph()
        blocks.add_block(text)
        blocks.end_paragraph()


def _read_notes(root: etree._Element, blocks: Blocks, package: _Package) -> None:
    for note in root:
        # Separators are notes too, of a type; real ones have none (17.11.10).
        if note.get(W + "type") in {None, "normal"}:
            blocks.end_paragraph()
            _read_blocks(note, blocks, package, depth=1)


def _read_blocks(parent: etree._Element, blocks: Blocks, package: _Package, *, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise PermanentError("corrupt", f"The DOCX nests its blocks more than {_MAX_DEPTH} deep.")
    for element in parent:
        if element.tag == W + "p":
            _read_paragraph(element, blocks, package, depth=depth)
        elif element.tag == W + "tbl":
            blocks.end_paragraph()
            for row in element.iter(W + "tr"):
                if _nearest_table(row) is element and row.find(f"{W}trPr/{W}del") is None:
                    blocks.add_block(row_text([_cell(cell, package, depth) for cell in _cells(row)]))
            blocks.end_paragraph()
        elif element.tag not in _DROPPED and element.tag != W + "txbxContent":
            _read_blocks(element, blocks, package, depth=depth + 1)


def _nearest_table(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors(W + "tbl"), None)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in {W + "sdt", W + "sdtContent", W + "customXml", W + "ins"}:
            yield from _cells(child)


def _cell(cell: etree._Element, package: _Package, depth: int) -> str:
    blocks = Blocks()
    _read_blocks(cell, blocks, package, depth=depth + 1)
    return "\n".join(line for line in blocks.text().split("\n") if line)


def _read_paragraph(paragraph: etree._Element, blocks: Blocks, package: _Package, *, depth: int) -> None:
    label = package.numbering.label(paragraph)
    if label:
        blocks.add(label + " ")
    boxes: list[etree._Element] = []
    _read_runs(paragraph, blocks, boxes)
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    # A tracked deletion of the paragraph mark runs the paragraph into the next one (17.13.5.15).
    if properties is None or properties.find(W + "del") is None:
        blocks.end_paragraph()
    for box in boxes:
        _read_blocks(box, blocks, package, depth=depth + 1)
        blocks.end_paragraph()


def _read_runs(parent: etree._Element, blocks: Blocks, boxes: list[etree._Element]) -> None:
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == W + "t":
            blocks.add(element.text or "")
        elif tag in {W + "br", W + "cr"}:
            blocks.end_line()
        elif tag in {W + "tab", W + "ptab"}:
            blocks.add(" ")
        elif tag == W + "noBreakHyphen":
            blocks.add("-")
        elif tag == W + "txbxContent":
            boxes.append(element)
        elif tag == W + "r" and element.find(f"{W}rPr/{W}vanish") is not None:
            continue
        elif tag not in _DROPPED:
            stack.extend(reversed(element))
