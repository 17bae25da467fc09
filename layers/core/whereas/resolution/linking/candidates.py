"""Candidates for a link among names that share a block."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from whereas.resolution.linking.similarity import CANDIDATE, similarity


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """A body that may be the one asked for: a record of its own, which only a person's decision turns into a link."""

    canonical_id: str
    name: str
    score: float
    reason: str


def candidates(
    name: str, pool: Iterable[tuple[str, str]], *, forbidden: Collection[str] = (), low: float = CANDIDATE
) -> tuple[LinkCandidate, ...]:
    """Return those of ``pool`` that may be the body of ``name``, best first.

    Args:
        name: as it is written.
        pool: canonical ids and names that share a block with it; of several spellings of an id the likeliest counts.
        forbidden: ids that are not candidates: the body itself, its links, those split from it by hand.
        low: the least score.
    """
    best: dict[str, LinkCandidate] = {}
    for canonical_id, spelled in pool:
        if canonical_id in forbidden:
            continue
        found = similarity(name, spelled)
        candidate = LinkCandidate(canonical_id, spelled, found.score, found.reason)
        known = best.get(canonical_id)
        if found.score >= low and (known is None or (known.score, spelled) < (found.score, known.name)):
            best[canonical_id] = candidate
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.name, one.canonical_id)))
