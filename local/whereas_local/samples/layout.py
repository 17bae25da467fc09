"""Sets a draft in pages: where each line, rule and signature stands. Points, origin in the lower left corner, as PDF has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from whereas_local.samples.document import Block, Draft, Style
from whereas_local.samples.lines import Run, TextLine, break_lines
from whereas_local.samples.page import Looks, Page, Placed, Rule, Scribble

_GUTTER = 24.0
_CELLS = (0.0, 0.1, 0.56, 0.76, 1.0)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A style's looks: indent in points, space before in lines, size as a factor, bold, centred."""

    indent: float = 0.0
    before: float = 0.5
    factor: float = 1.0
    bold: bool = False
    centre: bool = False


_SHAPES: dict[Style, _Shape] = {
    "title": _Shape(before=1.2, factor=1.5, bold=True, centre=True),
    "label": _Shape(before=0.9, bold=True),
    "recital": _Shape(indent=28),
    "heading": _Shape(before=1.0, factor=1.06, bold=True),
    "clause": _Shape(indent=34),
    "subclause": _Shape(indent=58, before=0.25),
    "notice": _Shape(indent=58, before=0.7),
    "schedule": _Shape(before=0.5, factor=1.25, bold=True, centre=True),
}
_HANGING: frozenset[Style] = frozenset({"recital", "clause", "subclause"})


class Flow:
    """Places blocks one below the other and begins columns and pages as they fill."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.pages: list[Page] = []
        self._column = 0
        self._columns = 1
        self._top = 0.0
        self.y = 0.0
        self._new_page()

    @property
    def _full_width(self) -> float:
        return self.looks.page_size[0] - 2 * self.looks.margin

    @property
    def width(self) -> float:
        """Width of the current column."""
        return (self._full_width - _GUTTER * (self._columns - 1)) / self._columns

    @property
    def left(self) -> float:
        """Left edge of the current column."""
        return self.looks.margin + self._column * (self.width + _GUTTER)

    def _new_page(self) -> None:
        self.pages.append(Page())
        self._column = 0
        self._top = self.y = self.looks.page_size[1] - self.looks.margin

    def _need(self, height: float) -> None:
        """Go to the next column or page unless ``height`` points are left."""
        if self.y - height >= self.looks.margin:
            return
        if self._column + 1 < self._columns:
            self._column += 1
            self.y = self._top
        else:
            self._new_page()

    def line(self, line: TextLine, *, indent: float, size: float, justify: bool, centre: bool = False) -> None:
        """Place one line at the cursor and move the cursor down."""
        leading = size * self.looks.leading
        self._need(leading)
        self.y -= leading
        room = self.width - indent
        x = self.left + indent + ((room - line.width) / 2 if centre else 0)
        gaps = line.text.count(" ")
        extra = (room - line.width) / gaps if justify and line.continues and gaps else 0.0
        self.pages[-1].placed.append(Placed(x, self.y, line.runs, size, min(extra, size)))

    def broken(self, runs: list[Run], *, indent: float, size: float) -> list[TextLine]:
        """Break runs to the current column less ``indent``."""
        looks = self.looks
        return break_lines(
            runs, width=self.width - indent, font=looks.font, bold_font=looks.bold_font, size=size, hyphenate=looks.hyphenate
        )

    def text(self, block: Block) -> None:
        """Place a block of text in its style."""
        shape = _SHAPES.get(block.style, _Shape())
        size = self.looks.size * shape.factor
        leading = size * self.looks.leading
        indent = shape.indent
        hanging = block.style in _HANGING
        if self.y < self._top:
            self.y -= shape.before * leading
        self._need(leading * (3 if shape.bold else 2))  # no heading alone at the foot of a page
        runs = [(text, bold or shape.bold) for text, bold in block.runs()]
        if block.number and not hanging:
            runs.insert(0, (f"{block.number} – " if block.style == "schedule" else f"{block.number} ", True))
        for index, part in enumerate(_split_runs(runs)):
            for number, line in enumerate(self.broken(part, indent=indent, size=size)):
                self.line(line, indent=indent, size=size, justify=self.looks.justify and not shape.bold, centre=shape.centre)
                if hanging and index == number == 0:
                    number_x = self.left + (_SHAPES["clause"].indent if block.style == "subclause" else 0.0)
                    self.pages[-1].placed.append(Placed(number_x, self.y, ((block.number, False),), size))

    def table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """Place a ruled table; the first row is its head."""
        size = self.looks.size * 0.95
        leading = size * self.looks.leading
        edges = [self.left + self.width * share for share in _CELLS]
        self.y -= leading / 2
        for index, row in enumerate(rows):
            cells = [
                break_lines(
                    [(cell, index == 0)],
                    width=edges[column + 1] - edges[column] - 8,
                    font=self.looks.font,
                    bold_font=self.looks.bold_font,
                    size=size,
                )
                for column, cell in enumerate(row)
            ]
            height = leading * max(len(cell) for cell in cells) + 6
            self._need(height)
            page = self.pages[-1]
            for column, cell in enumerate(cells):
                for number, line in enumerate(cell, 1):
                    right = column == len(cells) - 1
                    x = edges[column + 1] - 4 - line.width if right else edges[column] + 4
                    page.placed.append(Placed(x, self.y - number * leading, line.runs, size))
            page.rules += [Rule(edges[0], y, edges[-1], y) for y in (self.y, self.y - height)]
            page.rules += [Rule(x, self.y, x, self.y - height) for x in edges]
            self.y -= height
        self.y -= leading / 2

    def signatures(self, columns: tuple[tuple[str, ...], ...], *, seed: int) -> None:
        """Place the signature blocks side by side, signed by hand where the looks say so."""
        size = self.looks.size
        leading = size * self.looks.leading * 1.3
        self._need(leading * (max(map(len, columns)) + 1.5))
        top = self.y - leading * 0.8
        half = self._full_width / 2
        page = self.pages[-1]
        for column, lines in enumerate(columns):
            x = self.looks.margin + column * half
            for number, text in enumerate(lines):
                y = top - (number + 1) * leading
                if text:
                    page.placed.append(Placed(x, y, ((text, number == 0),), size if len(text) < 44 else size * 0.85))
                if "____" in text and self.looks.signed:
                    page.scribbles.append(Scribble(x + 26, y + 2, seed * 10 + column))
        self.y = top - (max(map(len, columns)) + 1) * leading

    def columns(self, count: int) -> None:
        """Set ``count`` columns from here on; back to one column begins a new page."""
        if count == 1 and self._columns > 1:
            self._columns = 1
            self._new_page()
            return
        self.y -= self.looks.size
        self._columns, self._column, self._top = count, 0, self.y

    def page_break(self) -> None:
        """Begin a new page."""
        self._new_page()


def _split_runs(runs: list[Run]) -> list[list[Run]]:
    """Split runs at forced line breaks."""
    parts: list[list[Run]] = [[]]
    for text, bold in runs:
        for index, piece in enumerate(text.split("\n")):
            if index:
                parts.append([])
            if piece:
                parts[-1].append((piece, bold))
    return parts


def _letterhead(flow: Flow, lines: tuple[str, ...]) -> None:
    name, *rest = lines
    flow.line(TextLine(((name, True),), 0, False), indent=0, size=flow.looks.size * 1.4, justify=False)
    for text in rest:
        for line in flow.broken([(text, False)], indent=0, size=flow.looks.size * 0.8):
            flow.line(line, indent=0, size=flow.looks.size * 0.8, justify=False)
    flow.y -= 6
    flow.pages[-1].rules.append(Rule(flow.left, flow.y, flow.left + flow.width, flow.y))


def _running_lines(pages: list[Page], draft: Draft, looks: Looks) -> None:
    """Add running headers from the second page on and footers with page numbers on every page."""
    width, height = looks.page_size
    size = looks.size * 0.75
    for number, page in enumerate(pages, 1):
        if number > 1:
            page.placed.insert(0, Placed(looks.margin, height - 44, ((draft.header[0], False),), size))
            right = width - looks.margin - float(stringWidth(draft.header[1], looks.font, size))
            page.placed.insert(1, Placed(right, height - 44, ((draft.header[1], False),), size))
            page.rules.append(Rule(looks.margin, height - 50, width - looks.margin, height - 50))
        page.placed.append(Placed(looks.margin, 40, ((draft.footer, False),), size))
        folio = f"Page {number} of {len(pages)}"
        right = width - looks.margin - float(stringWidth(folio, looks.font, size))
        page.placed.append(Placed(right, 40, ((folio, False),), size))


def lay_out(draft: Draft, looks: Looks) -> list[Page]:
    """Set the draft in pages."""
    flow = Flow(looks)
    _letterhead(flow, draft.letterhead)
    special: dict[Style, Callable[[Block], None]] = {
        "table": lambda block: flow.table(block.rows),
        "signatures": lambda block: flow.signatures(block.rows, seed=draft.seed),
        "page_break": lambda _: flow.page_break(),
        "columns": lambda _: flow.columns(2),
        "columns_end": lambda _: flow.columns(1),
    }
    for block in draft.blocks:
        special.get(block.style, flow.text)(block)
    _running_lines(flow.pages, draft, looks)
    return flow.pages
