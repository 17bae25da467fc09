"""Groups of neighbouring chunks within a token budget: one group is one message of the chunk queue."""

from __future__ import annotations

from collections.abc import Iterable

from whereas.types import Chunk


def pack(chunks: Iterable[Chunk], *, token_budget: int) -> tuple[tuple[Chunk, ...], ...]:
    """Fill groups in order up to ``token_budget`` tokens each; a chunk above the budget makes a group of its own.

    Raises:
        ValueError: the budget is below one token.
    """
    if token_budget < 1:
        raise ValueError(f"token_budget must be 1 or more, found {token_budget}")
    groups: list[list[Chunk]] = []
    used = token_budget
    for chunk in chunks:
        if used + chunk.tokens > token_budget or not groups:
            groups.append([])
            used = 0
        groups[-1].append(chunk)
        used += chunk.tokens
    return tuple(map(tuple, groups))
