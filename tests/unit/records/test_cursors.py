"""Cursors are taken back only where they came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.errors import InvalidRequestError
from whereas.records import cursors, queries

QUESTION = cursors.question_of("a", 1)


@given(st.lists(st.text(max_size=40), max_size=4))
def test_a_cursor_comes_back_as_it_went(parts: list[str]) -> None:
    cursor = cursors.encode(QUESTION, list(parts))
    assert cursors.decode(cursor, QUESTION, kinds=(str,) * len(parts)) == parts


@pytest.mark.parametrize(
    "cursor",
    [
        "", "@@@@", "bm90anNvbg", "e30", "bnVsbA", "é", "x" * 5000, cursors.encode("other", ["a", 1]), cursors.encode(QUESTION, ["a"]),
        cursors.encode(QUESTION, [1, "a"]), cursors.encode(QUESTION, ["a", True]),
    ],
)  # fmt: skip
def test_anything_else_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequestError):
        cursors.decode(cursor, QUESTION, kinds=(str, int))


def test_a_cursor_past_the_shards_is_refused() -> None:
    forged = cursors.encode(cursors.question_of("model", "1.0"), [99, "", "", ""])
    with pytest.raises(InvalidRequestError):
        queries.by_model("1.0", limit=1, cursor=forged)
