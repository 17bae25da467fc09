"""What an RTF document is gathered in: the state of a group, and the parts of the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from whereas.reading.formats.blocks import Blocks, row_text


@dataclass(frozen=True, slots=True)
class State:
    """What a group inherits and gives back: where text goes, and which of it is seen."""

    skipped: bool = False
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    font: int = 0
    fallback: int = 1
    begins: str | None = None


@dataclass(slots=True)
class Part:
    """The body, a note, a text box, a header or a footer."""

    blocks: Blocks = field(default_factory=Blocks)
    cell: Blocks = field(default_factory=Blocks)
    cells: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    after_row: bool = False

    def sink(self, *, in_table: bool) -> Blocks:
        """Return what text is added to: the open cell, or what stands outside of tables."""
        if in_table:
            return self.cell
        if self.after_row:
            self.blocks.end_paragraph()
        self.after_row = False
        return self.blocks

    def end_row(self) -> None:
        """Write the cells of a row as a line."""
        if self.cells:
            self.blocks.add_block(row_text(self.cells))
            self.after_row = True
        self.cells.clear()

    def end_paragraph(self, *, in_table: bool) -> None:
        """End a paragraph, and read the boxes that hang on it."""
        sink = self.sink(in_table=in_table)
        sink.end_paragraph()
        for box in self.boxes:
            sink.add_block(box)
            sink.end_paragraph()
        self.boxes.clear()

    def end_cell(self) -> None:
        """Close the open cell."""
        self.end_paragraph(in_table=True)
        self.cells.append("\n".join(line for line in self.cell.text().split("\n") if line))
        self.cell = Blocks()

    def text(self) -> str:
        """Return all of the part; rows and cells that the file left open are closed."""
        if rest := self.cell.text():
            self.cells.append(rest)
        self.end_row()
        self.end_paragraph(in_table=False)
        return self.blocks.text()
