"""Where to look: a cheap pattern finds the words that a dear one needs ("May", "days"), which then runs around them only."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from whereas.resolution.view import View


def windows(view: View, hits: Iterable[re.Match[str]], *, before: int, after: int) -> list[tuple[int, int]]:
    """Return the stretches ``before`` and ``after`` each hit, in characters, sorted; stretches that touch are one."""
    found: list[tuple[int, int]] = []
    for match in hits:
        start, end = max(0, match.start() - before), min(len(view.shadow), match.end() + after)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def find_in(
    view: View, pattern: re.Pattern[str], stretches: Iterable[tuple[int, int]], starts: Sequence[int] | None = None
) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern`` that lie within one of the stretches.

    ``starts`` are the only places, sorted, where a match can begin; without them all are tried.
    """
    for start, end in stretches:
        if starts is None:
            yield from pattern.finditer(view.shadow, start, end)
        else:
            yield from find_at(view, pattern, starts[bisect_left(starts, start) : bisect_left(starts, end)], end)


def find_from(view: View, pattern: re.Pattern[str], *stems: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern``, each of which begins with a word that begins with one of ``stems`` (``View.word_starts``)."""
    return find_at(view, pattern, view.word_starts(*stems))


def find_at(view: View, pattern: re.Pattern[str], starts: Iterable[int], end: int = sys.maxsize) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern`` that begin at one of ``starts``, none overlapping, in [.., end).

    The same as ``finditer`` where a match can begin nowhere else, and far faster: a pattern of alternatives behind a word boundary is
    else tried at every character. ``starts`` are sorted.
    """
    done = 0
    for at in starts:
        if at >= done and (match := pattern.match(view.shadow, at, end)):
            done = match.end()
            yield match
