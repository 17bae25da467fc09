"""Candidates to facts: evidence, source, alternatives, and the dates that follow from other dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from whereas.resolution.candidates import Candidate
from whereas.types import Alternative, Evidence, Fact

Boxes = tuple[tuple[float, float, float, float], ...]
Locate = Callable[[int, int], tuple[int | None, Boxes]]
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def evidence(start: int, end: int, locate: Locate) -> Evidence:
    """Return the evidence of [start, end) with its page and boxes."""
    page, boxes = locate(start, end)
    return Evidence(page=page, start=start, end=end, boxes=boxes)


def source_of(rule: str, *, score: float, rule_score: float) -> str:
    """Say who decided: the model where it lifted the rule's score, else the rule."""
    return "model" if score > rule_score else f"rule:{rule}"


def make_fact(
    text: str,
    found: Candidate,
    *,
    score: float,
    source: str,
    locate: Locate,
    value: object = None,
    runners_up: Sequence[tuple[Candidate, float]] = (),
    kind: str | None = None,
    rule: str | None = None,
    rule_score: float | None = None,
) -> Fact:
    """Return the fact of a chosen candidate; ``runners_up`` with other values become its alternatives (three at most).

    ``rule`` and ``rule_score`` are those of the choice, by default those of the candidate.
    """
    value = found.value if value is None else value
    others = list(found.alternatives)
    for other, other_score in runners_up:
        if other.value != value and other_score > 0.05 and all(a.value != other.value for a in others):
            others.append(Alternative(other.value, text[other.start : other.end], round(other_score, 4)))
    return Fact(
        value=value,
        text=text[found.start : found.end],
        evidence=(evidence(found.start, found.end, locate),),
        score=round(max(0.0, min(1.0, score)), 4),
        source=source,
        precision=found.precision if found.type == "DATE" else None,
        kind=kind,
        code=found.code,
        alternatives=tuple(others[:3]),
        rule=rule or found.rule,
        rule_score=round(found.score if rule_score is None else rule_score, 4),
    )


def add_duration(start: str, duration: str, *, sign: int = 1) -> str | None:
    """Return ``start`` (YYYY-MM-DD) plus, or with ``sign`` -1 minus, an ISO 8601 duration; None where either is none."""
    match = _DURATION.fullmatch(duration)
    if not match or not any(match.groups()):
        return None
    years, months, weeks, days = (int(g or 0) for g in match.groups())
    try:
        moved = date.fromisoformat(start) + relativedelta(years=sign * years, months=sign * months, weeks=sign * weeks, days=sign * days)
    except (ValueError, OverflowError):
        return None
    return moved.isoformat()


def derived_date(value: str, *, parts: Sequence[Fact], sentence: str) -> Fact:
    """Return a date computed from other facts: their evidence, the product of their scores, and how it came about."""
    score = 1.0
    for part in parts:
        score *= part.score
    return Fact(
        value=value,
        text="; ".join(p.text for p in parts),
        evidence=tuple(e for p in parts for e in p.evidence),
        score=round(score, 4),
        source="rule:derived-date",
        derivation=sentence,
        precision="day",
    )
