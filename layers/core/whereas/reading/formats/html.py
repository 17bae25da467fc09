"""HTML: what a browser would show, block by block; a table row is a line, scripts and hidden parts are dropped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from whereas.reading.formats.blocks import Blocks, row_text
from whereas.reading.formats.pagemarks import mend
from whereas.reading.formats.plain import decode as decode_plain
from whereas.reading.formats.plain import page_of
from whereas.reading.wordlists import word_set
from whereas.types import PageText

_BLOCKS = word_set("""
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hr li main menu nav ol p pre section summary table ul title caption
""")
_DROPPED = frozenset({"script", "style", "template", "noscript", "svg", "head", "object", "select", "textarea", "iframe"})
# Elements that have no end tag: the HTML standard, 13.1.2.
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_PAGE_BREAK = re.compile(r"page-break-(?:after|before)\s*:\s*always|break-(?:after|before)\s*:\s*page", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read(data: bytes) -> PageText:
    """Return an HTML file as one page.

    Raises:
        PermanentError: ``empty``.
    """
    text, encoding = decode(data)
    return page_of(text_of(text), source_reason=f"html, encoding:{encoding}", markup=True)


def text_of(markup: str) -> str:
    """Return what a browser would show of a marked-up text, without page breaks and their numbers."""
    parser = _Reader()
    parser.feed(markup)
    parser.close()
    return mend(parser.text(), wrapped=False)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding: the declared one counts where the bytes are no UTF-8 and Python knows its name."""
    text, encoding = decode_plain(data)
    declared = _CHARSET.search(data[:4096])
    if encoding == "cp1252" and declared:
        name = declared[1].decode("ascii")
        # The WHATWG standard reads these labels as windows-1252 too.
        if name.lower() not in {"iso-8859-1", "latin1", "us-ascii", "utf-8"}:
            try:
                return data.decode(name, errors="replace"), name.lower()
            except LookupError:
                return text, encoding
    return text, encoding


class _Reader(HTMLParser):
    """Feeds blocks. ``_skip`` holds the open elements of a dropped one; ``_open_cells`` the cells being read, outer first."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._body = Blocks()
        self._skip: list[str] = []
        self._pre = 0
        self._rows: list[list[str]] = []
        self._open_cells: list[tuple[Blocks, int]] = []

    def text(self) -> str:
        """Return the text read; closes tables that the file left open."""
        while self._rows:
            self._end_table()
        return self._body.text()

    @property
    def _blocks(self) -> Blocks:
        return self._open_cells[-1][0] if self._open_cells else self._body

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skip:
            if tag == self._skip[0]:
                self._skip.append(tag)
            # A body ends a head that was never closed.
            if tag == "body":
                self._skip.clear()
            return
        style = dict(attrs).get("style") or ""
        if tag not in _VOID and (tag in _DROPPED or _HIDDEN.search(style)):
            self._skip.append(tag)
            return
        if tag in {"hr", "page"} or _PAGE_BREAK.search(style):
            self._break_page()
        if tag == "br":
            self._blocks.end_line()
        elif tag == "table":
            self._blocks.end_paragraph()
            self._rows.append([])
        elif tag == "tr" and self._rows:
            self._end_row()
        elif tag in {"td", "th"} and self._rows:
            self._end_cell()
            self._open_cells.append((Blocks(), len(self._rows)))
        elif tag in _BLOCKS:
            self._blocks.end_paragraph()
        self._pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            if tag == self._skip[0]:
                self._skip.pop()
            return
        if tag == "pre":
            self._pre = max(0, self._pre - 1)
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag == "tr" and self._rows:
            self._end_row()
        elif tag == "table" and self._rows:
            self._end_table()
        elif tag in _BLOCKS:
            self._blocks.end_paragraph()

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._blocks.add(data, keep_lines=bool(self._pre))

    def _break_page(self) -> None:
        """Mark a page break, or a rule, which filed documents draw in its place; within a table it is none."""
        if not self._rows:
            self._blocks.end_paragraph()
            self._blocks.add("\x0c")
            self._blocks.end_paragraph()

    def _end_cell(self) -> None:
        """Close the cell of the innermost table, if one is open."""
        if self._open_cells and self._open_cells[-1][1] == len(self._rows):
            cell, _ = self._open_cells.pop()
            self._rows[-1].append(cell.text())

    def _end_row(self) -> None:
        self._end_cell()
        cells = self._rows[-1]
        if any(cells):
            self._blocks.add_block(row_text(cells))
        cells.clear()

    def _end_table(self) -> None:
        self._end_row()
        self._rows.pop()
        self._blocks.end_paragraph()
