"""Page batches cover every page once, whatever the batch size."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.records.state import VersionState
from whereas.stages import joins
from whereas.types import ModelCard

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CARD = ModelCard(name="ner", version="1", sha256="a" * 64, tokenizer_sha256="b" * 64, label_schema="1")


def version(*, pages: int, page_batches: int) -> VersionState:
    return VersionState("d", "v", "r", "01", "b", "k", CARD, "0", "PROCESSING", NOW, NOW, pages=pages, page_batches=page_batches)


@given(st.integers(1, 3000), st.integers(1, 50))
def test_batches_cover_all_pages_in_order_and_none_is_empty_or_too_large(pages: int, page_batch: int) -> None:
    batches = joins.page_batches(pages, page_batch=page_batch)
    document = version(pages=pages, page_batches=batches)
    ranges = [joins.page_range(document, batch) for batch in range(batches)]
    covered = [page for first, last in ranges for page in range(first, last + 1)]
    assert covered == list(range(1, pages + 1))
    assert all(first <= last < first + page_batch for first, last in ranges)


@pytest.mark.parametrize(("pages", "expected"), [(1, [(1, 1)]), (4, [(1, 4)]), (5, [(1, 3), (4, 5)]), (10, [(1, 4), (5, 8), (9, 10)])])
def test_batches_of_four(pages: int, expected: list[tuple[int, int]]) -> None:
    batches = joins.page_batches(pages, page_batch=4)
    assert [joins.page_range(version(pages=pages, page_batches=batches), batch) for batch in range(batches)] == expected
