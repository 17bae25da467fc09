"""Groups keep order, lose nothing and respect the budget."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.chunking.batches import pack
from whereas.types import Chunk


def _chunks(sizes: list[int]) -> list[Chunk]:
    return [Chunk(i, i, i + 1, "x", size) for i, size in enumerate(sizes)]


@given(sizes=st.lists(st.integers(1, 300), max_size=60), budget=st.integers(1, 1000))
def test_groups_are_the_chunks_in_order_within_the_budget(sizes: list[int], budget: int) -> None:
    chunks = _chunks(sizes)
    groups = pack(chunks, token_budget=budget)
    assert [c for group in groups for c in group] == chunks
    assert all(len(g) == 1 or sum(c.tokens for c in g) <= budget for g in groups)


def test_a_group_is_filled_before_the_next_begins() -> None:
    groups = pack(_chunks([4, 4, 4, 9, 1]), token_budget=8)
    assert [[c.tokens for c in g] for g in groups] == [[4, 4], [4], [9], [1]]


def test_a_budget_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="token_budget"):
        pack([], token_budget=0)
