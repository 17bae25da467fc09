"""What a clause is about: the patterns of ``catalogue.toml`` over its heading and its own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from whereas.resolution.clauses.literals import Literals, needed_literals
from whereas.types import ClauseType

# Longer clauses say what they are about in their first sentences; what comes later is often about something else.
_MAX_WORDING = 2500
_FLOOR = 0.5
# Words alone never say as surely as a heading what a clause is about; where a heading says, they must say more.
_WORDING_CEILING = 0.9
_WORDING_FLOOR = 0.65
_WORDING_FLOOR_HEADED = 0.75
_PAPER = re.compile(r"(?!.*\b(?:of|this|the|to|entire|complete|whole)\b).*\b(?:agreement|contract|lease|amendment no\.? ?\d{1,2})$")
_MAX_TYPES = 4
_BY_HEADING = "rule:clause-heading"
_BY_WORDING = "rule:clause-wording"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern of a type."""

    type: str
    matches: Callable[[str], re.Match[str] | None]
    weight: float


@cache
def _table() -> dict[str, dict[str, dict[str, float]]]:
    table: dict[str, dict[str, dict[str, float]]] = tomllib.loads(files(__package__).joinpath("catalogue.toml").read_text("utf-8"))
    return table


@cache
def _patterns(part: str) -> tuple[_Pattern, ...]:
    """Return the patterns of all types for ``part``, "heading" or "wording", in the order of the catalogue."""
    return tuple(
        _Pattern(kind, re.compile(p).match if _anchored(p) else re.compile(p).search, weight)
        for kind, entry in _table().items()
        for p, weight in entry.get(part, {}).items()
    )


@cache
def _needed(part: str) -> tuple[Literals, tuple[tuple[int, ...], ...]]:
    """Return the literals of which every match of a pattern holds one, and for each the numbers of its patterns."""
    owners: dict[str, list[int]] = {}
    sources = [p for entry in _table().values() for p in entry.get(part, {})]
    for number, source in enumerate(sources):
        for literal in needed_literals(source):
            owners.setdefault(literal, []).append(number)
    return Literals(tuple(owners)), tuple(tuple(numbers) for numbers in owners.values())


def _outermost(pattern: str) -> list[str]:
    """Return the pattern cut into the characters of its outermost level, escapes whole; a group, set or count is one "" in their place."""
    parts: list[str] = []
    depth, inside = 0, False
    for escape, character in re.findall(r"(\\.)|(.)", re.sub(r"\{\d+,?\d*\}", "{", pattern), re.S):
        opens, closes = not inside and character == "(", not inside and character == ")"
        if not depth and not inside and not opens:
            parts.append("" if character == "[" else escape or character)
        elif opens and not depth:
            parts.append("")
        inside = character == "[" or (inside and character != "]")
        depth += opens - closes
    return parts


def _anchored(pattern: str) -> bool:
    level = _outermost(pattern)
    return level[:1] == ["^"] and all(level[n + 1 : n + 2] == ["^"] for n, part in enumerate(level) if part == "|")


def clause_types() -> tuple[str, ...]:
    """Return the names of all types, in the order of the catalogue."""
    return tuple(_table())


def _weigh(part: str, text: str) -> dict[str, float]:
    """Return by type what matches, added as independent evidence, less the shares of the negative patterns."""
    missing: dict[str, float] = {}
    against: dict[str, float] = {}
    patterns = _patterns(part)
    literals, owners = _needed(part)
    likely = {number for literal in literals.held_by(text) for number in owners[literal]}
    for pattern in [patterns[n] for n in sorted(likely) if patterns[n].matches(text)]:
        if pattern.weight > 0:
            missing[pattern.type] = missing.get(pattern.type, 1.0) * (1 - pattern.weight)
        else:
            against[pattern.type] = against.get(pattern.type, 1.0) * (1 + pattern.weight)
    return {kind: (1 - left) * against.get(kind, 1.0) for kind, left in missing.items()}


def types_of(heading: str | None, wording: str) -> tuple[ClauseType, ...]:
    """Return what a clause is about, surest first; () where neither heading nor words say.

    Args:
        heading: the clause's heading with straight quotes and hyphens.
        wording: the clause's own text without that of the clauses in it, likewise.
    """
    title = " ".join((heading or "").split()).lower()
    if _PAPER.match(title):
        # The contract's own title says what kind of contract it is.
        title = ""
    words = " ".join(wording[:_MAX_WORDING].split()).lower()
    said, meant = _weigh("heading", title) if title else {}, _weigh("wording", words) if words else {}
    found = [kind for name in {**said, **meant} if (kind := _judge(name, said.get(name, 0.0), meant.get(name, 0.0)))]
    if any(kind.type == "definitions" and (not title or kind.source == _BY_HEADING) for kind in found):
        # What a term means is not what the clause is about.
        found = [kind for kind in found if kind.type == "definitions" or (title and kind.source == _BY_HEADING)]
    floor = _WORDING_FLOOR_HEADED if any(kind.source == _BY_HEADING for kind in found) else _WORDING_FLOOR
    kept = [kind for kind in found if kind.source == _BY_HEADING or kind.score >= floor]
    return tuple(sorted(kept, key=lambda kind: (-kind.score, kind.type))[:_MAX_TYPES])


def _judge(name: str, said: float, meant: float) -> ClauseType | None:
    meant = min(_WORDING_CEILING, meant)
    score = 1 - (1 - said) * (1 - meant)
    if score < _FLOOR or max(said, meant) < _FLOOR:
        return None
    source = _BY_HEADING if said >= _FLOOR else _BY_WORDING
    return ClauseType(name, round(min(score, 0.99), 4), source)
