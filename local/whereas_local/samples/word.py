"""Writes a draft as a Word document: styles, header and footer with page fields, automatic numbering, a table, a tracked change."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from whereas_local.samples.document import Block, Draft

_FIXED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_NUM_ID = 77
_LEVELS = (("decimal", "%1.", "360"), ("decimal", "%1.%2", "720"), ("lowerLetter", "(%3)", "1200"))
_LEVEL_OF = {"heading": 0, "clause": 1, "subclause": 2}


def _numbering_xml() -> tuple[str, str]:
    """Return the abstract numbering and its instance: 1. / 1.1 / (a), as Word keeps them apart from the text."""
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="360"/></w:pPr></w:lvl>'
        for index, (form, text, indent) in enumerate(_LEVELS)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_NUM_ID}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    return abstract, f'<w:num {nsdecls("w")} w:numId="{_NUM_ID}"><w:abstractNumId w:val="{_NUM_ID}"/></w:num>'


def _add_numbering(document: Any) -> None:
    numbering = document.part.numbering_part.element
    abstract, instance = (parse_xml(xml) for xml in _numbering_xml())
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)  # the schema wants every abstractNum before the first num
    numbering.append(instance)


def _number(paragraph: Any, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{_NUM_ID}"/></w:numPr>'))


def _field(paragraph: Any, instruction: str) -> None:
    """Append a field, such as the page number, with the result that Word showed last."""
    names = nsdecls("w")
    for xml in (
        f'<w:fldChar {names} w:fldCharType="begin"/>',
        f'<w:instrText {names} xml:space="preserve"> {instruction} </w:instrText>',
        f'<w:fldChar {names} w:fldCharType="separate"/>',
        f"<w:t {names}>1</w:t>",
        f'<w:fldChar {names} w:fldCharType="end"/>',
    ):
        paragraph.add_run()._r.append(parse_xml(xml))


def _tracked(paragraph: Any, *, deleted: str, inserted: str) -> None:
    """Append a tracked replacement: ``deleted`` was struck out, ``inserted`` stands in its place."""
    stamp = 'w:author="Reviewer" w:date="2000-01-01T00:00:00Z"'
    spaced = 'xml:space="preserve"'
    for xml in (
        f'<w:del {nsdecls("w")} w:id="901" {stamp}><w:r><w:delText {spaced}>{deleted}</w:delText></w:r></w:del>',
        f'<w:ins {nsdecls("w")} w:id="902" {stamp}><w:r><w:t {spaced}>{inserted}</w:t></w:r></w:ins>',
    ):
        paragraph._p.append(parse_xml(xml))


def _add_runs(paragraph: Any, block: Block) -> None:
    for text, bold in block.runs():
        run = paragraph.add_run()
        run.bold = bold or None
        for index, line in enumerate(text.split("\n")):
            if index:
                run.add_break()
            run.add_text(line)


def _add_text(document: Any, block: Block) -> None:
    if block.style == "title":
        document.add_heading(block.plain, level=0)
    elif block.style == "heading":
        _number(document.add_heading(block.plain, level=1), 0)
    elif block.style == "schedule":
        document.add_heading(f"{block.number}: {block.plain}", level=1)
    else:
        paragraph = document.add_paragraph()
        if block.style in _LEVEL_OF:
            _number(paragraph, _LEVEL_OF[block.style])
        elif block.number:
            paragraph.add_run(f"{block.number} ")
        _add_runs(paragraph, block)


def _add_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _add_signatures(document: Any, columns: tuple[tuple[str, ...], ...]) -> None:
    """Add the signature blocks as a table without borders, side by side, as lawyers do in Word."""
    table = document.add_table(rows=1, cols=len(columns))
    for cell, lines in zip(table.rows[0].cells, columns, strict=True):
        cell.text = "\n".join(line for line in lines if line)


def _fixed_zip(data: bytes) -> bytes:
    """Rewrite a zip with fixed dates, so that the same document gives the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _frame(document: Any, draft: Draft) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "\t".join(draft.header)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{draft.footer}\tPage ")
    _field(footer, "PAGE")
    for line in draft.letterhead:
        document.add_paragraph(line)


def _visible(blocks: tuple[Block, ...]) -> Iterator[Block]:
    return (block for block in blocks if block.style not in {"columns", "columns_end"})


def write_docx(draft: Draft) -> bytes:
    """Return the draft as DOCX. The last paragraph holds a tracked change whose accepted text reads "by e-mail or letter."."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Cambria"
    document.styles["Normal"].font.size = Pt(11)
    _add_numbering(document)
    _frame(document, draft)
    for block in _visible(draft.blocks):
        if block.style == "table":
            _add_table(document, block.rows)
        elif block.style == "signatures":
            _add_signatures(document, block.rows)
        elif block.style == "page_break":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            _add_text(document, block)
    _tracked(document.add_paragraph("Questions about this schedule are answered "), deleted="by fax.", inserted="by e-mail or letter.")
    properties = document.core_properties
    properties.title, properties.author, properties.comments = draft.truth.title, draft.letterhead[0], ""
    properties.created = properties.modified = _FIXED
    out = BytesIO()
    document.save(out)
    return _fixed_zip(out.getvalue())
