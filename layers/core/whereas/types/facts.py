"""A value of a contract with the place where it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read. ``page`` is None where the format has none; boxes as (x0, y0, x1, y1) in points.

    ``ocr_confidence`` is the mean confidence, by letter, with which its words were recognised from an image; None for others.
    """

    page: int | None
    start: int
    end: int
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A runner-up value of a fact."""

    value: object
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a contract with its evidence; the public record's FACT.

    ``value`` is a str (date ISO 8601, duration ISO 8601, title), a dict (money, place), or None with ``kind``
    "perpetual" or "until_terminated". ``derivation`` says in a sentence how a computed value came about, else None.
    ``precision`` is "day", "month" or "year" for dates, else None. ``rule`` is the rule that proposed the value and ``rule_score`` what it
    alone would say; ``score`` pools that with the model's opinion, and ``source`` names the one that decided.
    """

    value: object
    text: str
    evidence: tuple[Evidence, ...]
    score: float
    source: str
    derivation: str | None = None
    precision: str | None = None
    kind: str | None = None
    code: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    rule: str | None = None
    rule_score: float | None = None
