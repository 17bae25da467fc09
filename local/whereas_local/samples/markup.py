"""Writes a draft as plain text, as a printer of the 1990s would have it, and as HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape

from whereas_local.samples.document import Block, Draft

_INDENT = {"recital": 4, "clause": 4, "subclause": 8, "notice": 8}
_HEAD = "<style>body { font-family: serif }</style>\n<script>document.documentElement.dataset.ready = 'yes';</script>"
_HIDDEN = {"columns", "columns_end", "page_break"}


def _text_block(block: Block, width: int) -> Iterator[str]:
    if block.style == "signatures":
        for column in block.rows:
            yield from (line for line in column if line)
            yield ""
        return
    if block.style == "table":
        widths = [max(len(row[index]) for row in block.rows) + 3 for index in range(len(block.rows[0]))]
        yield from ("".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in block.rows)
        return
    text = block.plain.upper() if block.style in {"title", "heading", "schedule"} else block.plain
    indent = " " * _INDENT.get(block.style, 0)
    for number, line in enumerate(text.split("\n")):
        lead = f"{block.number}  " if block.number and not number else ""
        yield from textwrap.wrap(lead + line, width, initial_indent=indent, subsequent_indent=indent)


def write_txt(draft: Draft, *, width: int = 88) -> bytes:
    """Return the draft as UTF-8 text with hard line ends at ``width`` characters."""
    parts = ["\n".join(draft.letterhead)]
    parts += ["\n".join(_text_block(block, width)) for block in draft.blocks if block.style not in _HIDDEN]
    return ("\n\n".join(parts).rstrip() + "\n").encode()


def _html_runs(block: Block) -> str:
    text = "".join(f"<b>{escape(run)}</b>" if bold else escape(run) for run, bold in block.runs())
    return text.replace("\n", "<br>\n")


def _html_block(block: Block) -> str:
    number = f"{escape(block.number)} " if block.number else ""
    if block.style == "signatures":
        cells = "".join("<td>" + "<br>".join(escape(line) for line in column if line) + "</td>" for column in block.rows)
        return f"<table><tr>{cells}</tr></table>"
    if block.style == "table":
        rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
        return f"<table border=1>\n{rows}\n</table>"
    tag = {"title": "h1", "heading": "h2", "schedule": "h2"}.get(block.style, "p")
    return f"<{tag}>{number}{_html_runs(block)}</{tag}>"


def write_html(draft: Draft) -> bytes:
    """Return the draft as the HTML page that a contract system might export, script and style included."""
    title = escape(draft.truth.title)
    letterhead = "".join(f"<div>{escape(line)}</div>\n" for line in draft.letterhead)
    body = "\n".join(_html_block(block) for block in draft.blocks if block.style not in _HIDDEN)
    head = f'<head><meta charset="utf-8"><title>{title}</title>\n{_HEAD}\n</head>'
    return f'<!doctype html>\n<html lang="en">\n{head}\n<body>\n{letterhead}{body}\n</body>\n</html>\n'.encode()
