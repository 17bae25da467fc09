"""The model's opinion of a span that a rule proposes: its mean marginal probability of a role."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from whereas.types import Recognition, TokenScores


@dataclass(frozen=True)
class Marginals:
    """Token scores of a document, sorted by start, and the text that they weigh against."""

    text: str
    tokens: tuple[TokenScores, ...]
    present: bool

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def probability(self, role: str, start: int, end: int) -> float:
        """Return P(role) averaged over the non-blank characters of [start, end); tokens without a score count as 0."""
        return self.probabilities((role,), start, end)

    def probabilities(self, roles: tuple[str, ...], start: int, end: int) -> float:
        """Return P(one of ``roles``) averaged over the non-blank characters of [start, end)."""
        length = sum(not c.isspace() for c in self.text[start:end])
        if not length:
            return 0.0
        total = 0.0
        for token in self._between(start, end):
            overlap = min(token.end, end) - max(token.start, start)
            total += overlap * sum(p for role, p in token.scores if role in roles)
        return min(1.0, total / length)

    def peak(self, role: str, start: int, end: int) -> float:
        """Return the highest P(role) of any token in [start, end): for sentences that hold a value somewhere."""
        return max((p for token in self._between(start, end) for r, p in token.scores if r == role), default=0.0)

    def _between(self, start: int, end: int) -> tuple[TokenScores, ...]:
        low = max(0, bisect_right(self._starts, start) - 1)
        high = bisect_left(self._starts, end)
        return tuple(t for t in self.tokens[low:high] if t.end > start)

    def runs(self, role: str, *, floor: float, gap: int = 3) -> list[tuple[int, int, float]]:
        """Return maximal stretches (start, end, mean P) of tokens with P(role) ≥ ``floor``, at most ``gap`` characters apart."""
        found: list[tuple[int, int, list[float]]] = []
        for token in self.tokens:
            score = next((p for r, p in token.scores if r == role), 0.0)
            if score < floor:
                continue
            if found and token.start - found[-1][1] <= gap:
                start, _, scores = found[-1]
                found[-1] = (start, token.end, [*scores, score])
            else:
                found.append((token.start, token.end, [score]))
        return [(start, end, sum(scores) / len(scores)) for start, end, scores in found]


def make_marginals(text: str, recognition: Recognition) -> Marginals:
    """Return the marginals of one document; ``present`` is False where no model spoke, and rules decide alone."""
    tokens = tuple(sorted(recognition.token_scores, key=lambda t: (t.start, t.end)))
    return Marginals(text=text, tokens=tokens, present=bool(recognition.token_scores or recognition.mentions))
