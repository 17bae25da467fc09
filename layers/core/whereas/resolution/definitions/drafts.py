"""A definition as its form gives it, before terms are told apart by kind and looked for in the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A term at [start, end) that the text from ``anchor`` to ``close`` defines by ``rule``.

    ``anchor`` is where the defining form starts: the bracket, or the number before a defined word. ``lead`` is what stands between the
    bracket and the term ("collectively, the"). ``meaning`` is the stretch that defines it; ``by_reference`` marks "has the meaning set
    forth in Section 4.2".
    """

    term: str
    start: int
    end: int
    anchor: int
    close: int
    rule: str
    score: float
    lead: str = ""
    meaning: tuple[int, int] | None = None
    by_reference: bool = False
    kind: str = "term"
