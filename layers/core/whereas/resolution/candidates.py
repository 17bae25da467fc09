"""What a rule proposes: a typed span with its normalised value and what it may also have meant."""

from __future__ import annotations

from dataclasses import dataclass

from whereas.types import Alternative


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the text that a rule recognised.

    ``value`` is the normalised value (ISO 8601 date or duration, money or place dict, else a string or None), ``rule``
    the rule's id without the ``rule:`` prefix, ``score`` in 0..1 how often such a match is what the rule says.
    ``warning`` is a code where the text contradicts itself (words and figures of a duration).
    """

    type: str
    start: int
    end: int
    value: object
    rule: str
    score: float
    precision: str | None = None
    code: str | None = None
    kind: str | None = None
    warning: str | None = None
    alternatives: tuple[Alternative, ...] = ()


def drop_overlaps(found: list[Candidate]) -> list[Candidate]:
    """Keep the longest of overlapping candidates (the earlier of equal ones); the result is sorted by start."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (c.start, -(c.end - c.start), -c.score)):
        if kept and candidate.start < kept[-1].end:
            if candidate.end - candidate.start > kept[-1].end - kept[-1].start:
                kept[-1] = candidate
            continue
        kept.append(candidate)
    return kept
