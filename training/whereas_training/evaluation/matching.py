"""Found spans held to gold spans: right, wrong bounds, wrong type, missed, spurious.

Strict, as in CoNLL-2003: right is a span whose bounds and type are those of a gold span. What is left over is paired one to one to
name the error, in this order: the same bounds with another type (type), overlapping with the same type (boundary), overlapping with
another type (type); the largest overlap first. A gold span without a partner is missed, a found one spurious.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``[start, end)`` with a type and, where found, a score in 0..1 and a source."""

    start: int
    end: int
    type: str
    score: float = 1.0
    source: str = ""

    @property
    def key(self) -> tuple[int, int, str]:
        """What strict matching compares."""
        return self.start, self.end, self.type


@dataclass(frozen=True, slots=True)
class Matched:
    """One passage's outcome; pairs are (gold, found)."""

    right: tuple[tuple[Span, Span], ...]
    boundary: tuple[tuple[Span, Span], ...]
    type: tuple[tuple[Span, Span], ...]
    missed: tuple[Span, ...]
    spurious: tuple[Span, ...]


def match(gold: Sequence[Span], found: Sequence[Span], *, optional: Sequence[Span] = ()) -> Matched:
    """Pair the spans of one passage.

    Args:
        gold: spans that must be found; those of one layer may lie inside each other.
        found: the model's.
        optional: spans that may be of their type or of none: a found span of that type inside one counts for nothing.
    """
    open_gold = {span.key: span for span in gold}
    right: list[tuple[Span, Span]] = []
    rest: dict[tuple[int, int, str], Span] = {}
    for span in sorted(found):
        if span.key in open_gold:
            right.append((open_gold.pop(span.key), span))
        elif not any(o.type == span.type and o.start <= span.start and span.end <= o.end for o in optional):
            rest[span.key] = span
    boundary: list[tuple[Span, Span]] = []
    types: list[tuple[Span, Span]] = []
    for _, one, other in sorted(_overlaps(list(open_gold.values()), list(rest.values()))):
        if one.key in open_gold and other.key in rest:
            (boundary if one.type == other.type else types).append((open_gold.pop(one.key), rest.pop(other.key)))
    return Matched(tuple(right), tuple(boundary), tuple(types), tuple(sorted(open_gold.values())), tuple(sorted(rest.values())))


def _overlaps(gold: list[Span], found: list[Span]) -> list[tuple[tuple[int, int], Span, Span]]:
    """Return the overlapping pairs with what orders them: the kind of agreement, then the overlap, the largest first."""
    pairs = []
    for one in gold:
        for other in found:
            shared = min(one.end, other.end) - max(one.start, other.start)
            if shared > 0:
                same = (one.start, one.end) == (other.start, other.end)
                pairs.append(((0 if same else 1 if one.type == other.type else 2, -shared), one, other))
    return pairs
