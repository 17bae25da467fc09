"""A contract between composing and rendering: blocks of text that know their role, not their looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from whereas_local.samples.truth import Truth

Style = Literal[
    "title", "preamble", "label", "recital", "heading", "clause", "subclause", "body", "notice",
    "schedule", "table", "signatures", "page_break", "columns", "columns_end",
]  # fmt: skip

_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table. ``text`` marks bold runs as ``**…**`` and keeps forced line breaks as newlines."""

    style: Style
    text: str = ""
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def plain(self) -> str:
        """The text without its marks."""
        return _BOLD.sub(r"\1", self.text)

    def runs(self) -> Iterator[tuple[str, bool]]:
        """Yield the text as (run, is bold) pairs."""
        for index, run in enumerate(_BOLD.split(self.text)):
            if run:
                yield run, index % 2 == 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole contract, ready to be rendered. ``letterhead`` stands on the first page, ``header`` and ``footer`` on all."""

    truth: Truth
    seed: int
    letterhead: tuple[str, ...]
    header: tuple[str, str]
    footer: str
    blocks: tuple[Block, ...]
