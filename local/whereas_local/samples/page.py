"""What a laid-out page consists of, and how a draft is set. Points, origin in the lower left corner, as PDF has it."""

from __future__ import annotations

from dataclasses import dataclass, field

from whereas_local.samples.lines import Run

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of text at a place; ``word_space`` is added to each space to justify it."""

    x: float
    y: float
    runs: tuple[Run, ...]
    size: float
    word_space: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Scribble:
    """A handwritten signature that starts here; ``seed`` decides its shape."""

    x: float
    y: float
    seed: int


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    placed: list[Placed] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    scribbles: list[Scribble] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Looks:
    """How a draft is set. ``font`` and ``bold_font`` are names of PDF base fonts; sizes in points."""

    page_size: tuple[float, float] = LETTER
    margin: float = 76.0
    font: str = "Times-Roman"
    bold_font: str = "Times-Bold"
    size: float = 11.0
    leading: float = 1.35
    justify: bool = True
    hyphenate: bool = True
    signed: bool = False
