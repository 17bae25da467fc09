"""Writes a draft as RTF and as ODT, as word processors other than Word would."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from html import escape
from io import BytesIO

from whereas_local.samples.document import Block, Draft

_HIDDEN = {"columns", "columns_end", "page_break"}
_FIXED = (2000, 1, 1, 0, 0, 0)
_ODT_NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table"))
ODT_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


def _visible(draft: Draft) -> Iterator[Block]:
    return (block for block in draft.blocks if block.style not in _HIDDEN)


def _rtf_text(text: str) -> str:
    """Escape a text; what is beyond ASCII as UTF-16 code units with a question mark for programs that know none."""
    out = []
    for character in text:
        if character in "\\{}":
            out.append("\\" + character)
        elif character == "\n":
            out.append("\\line ")
        elif ord(character) < 128:
            out.append(character)
        else:
            units = character.encode("utf-16-le")
            out += [f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?" for at in range(0, len(units), 2)]
    return "".join(out)


def _rtf_rows(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = []
    for row in rows:
        widths = "".join(f"\\cellx{3000 * (number + 1)}" for number in range(len(row)))
        cells = "".join(f"\\pard\\intbl {_rtf_text(cell)}\\cell" for cell in row)
        lines.append(f"\\trowd{widths}{cells}\\row")
    return "\n".join(lines) + "\\pard"


def _rtf_block(block: Block) -> str:
    if block.style in {"table", "signatures"}:
        rows = block.rows if block.style == "table" else (tuple("\n".join(line for line in column if line) for column in block.rows),)
        return _rtf_rows(rows)
    runs = "".join(f"{{\\b {_rtf_text(run)}}}" if bold else _rtf_text(run) for run, bold in block.runs())
    number = f"{{\\listtext\\pard\\plain {_rtf_text(block.number)}\\tab}}" if block.number else ""
    return f"\\pard {number}{runs}\\par"


def write_rtf(draft: Draft) -> bytes:
    """Return the draft as RTF."""
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Cambria;}}{\\info{\\title Draft}}"
    letterhead = [f"\\pard {_rtf_text(line)}\\par" for line in draft.letterhead]
    footer = f"{{\\footer\\pard {_rtf_text(draft.footer)} {{\\field{{\\*\\fldinst PAGE}}{{\\fldrslt 1}}}}\\par}}"
    return "\n".join([head, footer, *letterhead, *(_rtf_block(block) for block in _visible(draft)), "}"]).encode("ascii")


def _odt_text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<text:line-break/>")


def _odt_rows(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = ("".join(f"<table:table-cell><text:p>{_odt_text(cell)}</text:p></table:table-cell>" for cell in row) for row in rows)
    return "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells) + "</table:table>"


def _odt_block(block: Block) -> str:
    if block.style == "table":
        return _odt_rows(block.rows)
    if block.style == "signatures":
        return _odt_rows((tuple("\n".join(line for line in column if line) for column in block.rows),))
    tag = "h" if block.style in {"title", "heading", "schedule"} else "p"
    number = f"{_odt_text(block.number)} " if block.number else ""
    return f"<text:{tag}>{number}{_odt_text(block.plain)}</text:{tag}>"


def write_odt(draft: Draft, *, manifest: str = "<manifest/>", padding: int = 0) -> bytes:
    """Return the draft as ODT.

    Args:
        draft: the contract.
        manifest: the list of parts, which says what is encrypted.
        padding: spaces that the text holds beside the contract, to make a bomb of it.
    """
    letterhead = "".join(f"<text:p>{_odt_text(line)}</text:p>" for line in draft.letterhead)
    body = letterhead + "".join(_odt_block(block) for block in _visible(draft)) + " " * padding
    content = (
        f"<office:document-content {_ODT_NAMES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {"mimetype": ODT_MEDIA_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest}
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _FIXED), part, method)
    return out.getvalue()
