"""Several windows' results to one: where windows overlap, each place belongs to the window that sees most around it.

Every mention and every role score is kept from the window in which its middle is farthest from the window's edges; all
others are copies seen with less context. Merging is associative for windows in order, so groups of chunks may be merged
one by one and the results merged again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from whereas.types import Mention, Recognition, TokenScores


def merge(recognitions: Sequence[Recognition]) -> Recognition:
    """Merge the recognitions of one document's windows, given in any order.

    Returns:
        Mentions sorted by start, no two of one layer overlapping unless one window gave both; role scores sorted by
        start, one a token. Empty for no recognitions.
    """
    windows = sorted((r for r in recognitions if r.end > r.start or r.mentions or r.token_scores), key=lambda r: (r.start, r.end))
    if not windows:
        return Recognition((), ())
    if len(windows) == 1:
        return windows[0]
    owner = _Owner(windows)
    mentions = [(m, i) for i, r in enumerate(windows) for m in r.mentions if owner.of(m.start, m.end) == i]
    scores = {(t.start, t.end): t for i, r in enumerate(windows) for t in r.token_scores if owner.of(t.start, t.end) == i}
    return Recognition(
        _without_clashes(mentions, owner), _sorted_scores(scores.values()), min(w.start for w in windows), max(w.end for w in windows)
    )


class _Owner:
    """Answers which window sees most text around a span."""

    def __init__(self, windows: Sequence[Recognition]) -> None:
        self._windows = windows
        self._starts = [w.start for w in windows]
        self._longest = max(w.end - w.start for w in windows)

    def margin(self, start: int, end: int, window: int) -> float:
        """Return how far the middle of a span is from the nearer edge of a window; negative outside it."""
        middle, w = (start + end) / 2, self._windows[window]
        return min(middle - w.start, w.end - middle)

    def of(self, start: int, end: int) -> int:
        """Return the index of the window with the widest margin, the first of equals."""
        middle = (start + end) / 2
        high = bisect_right(self._starts, middle)
        low = bisect_right(self._starts, middle - self._longest - 1)
        candidates = range(min(low, max(high - 1, 0)), max(high, 1))
        return max(candidates, key=lambda i: (self.margin(start, end, i), -i))


def _without_clashes(mentions: list[tuple[Mention, int]], owner: _Owner) -> tuple[Mention, ...]:
    """Where two windows cut an entity differently at their seam, keep the one with the wider margin."""
    ordered = sorted(mentions, key=lambda pair: (pair[0].start, pair[0].end, pair[0].layer, pair[0].type, pair[1]))
    kept: list[tuple[Mention, int]] = []
    for mention, window in ordered:
        clashes = [(m, w) for m, w in kept[-8:] if w != window and _clash(m, mention)]
        mine = owner.margin(mention.start, mention.end, window)
        if any(owner.margin(m.start, m.end, w) >= mine for m, w in clashes):
            continue
        kept = [pair for pair in kept if pair not in clashes] if clashes else kept
        kept.append((mention, window))
    return tuple(m for m, _ in kept)


def _clash(one: Mention, other: Mention) -> bool:
    """Say whether two windows' mentions exclude each other; a place may lie in an address (``docs/labels.md``)."""
    if one.layer != other.layer or one.start >= other.end or other.start >= one.end:
        return False
    address, place = (one, other) if one.type == "ADDRESS" else (other, one)
    nested = (address.type, place.type) == ("ADDRESS", "LOCATION") and address.start <= place.start and place.end <= address.end
    return not nested


def _sorted_scores(scores: Iterable[TokenScores]) -> tuple[TokenScores, ...]:
    return tuple(sorted(scores, key=lambda t: (t.start, t.end)))
