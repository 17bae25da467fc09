"""Spans become sets of allowed labels a token."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from whereas.recognition.schema import parse_schema
from whereas.types import MENTION_TYPES, ROLE_TYPES
from whereas_training.evaluate import count_spans, gold_spans, greedy_spans
from whereas_training.labels import EXPAND, MENTIONS, ROLES, Span, all_labels, bio, drop_overlaps, token_masks

_TYPES = ("A", "B")  # columns: O, B-A, I-A, B-B, I-B


def _offsets(count: int) -> np.ndarray:
    return np.array([(4 * i, 4 * i + 3) for i in range(count)], np.int64).reshape(-1, 2)


def test_every_label_is_public() -> None:
    assert set(MENTIONS) <= set(MENTION_TYPES)
    assert {t for kind in ROLES for t in EXPAND.get(kind, (kind,))} <= set(ROLE_TYPES)
    assert bio(_TYPES) == ("O", "B-A", "I-A", "B-B", "I-B")
    assert all_labels(_TYPES) == 0b11111


def test_a_sure_span_allows_begin_then_inside() -> None:
    masks = token_masks(_offsets(4), [Span(4, 11, ("B",))], _TYPES)
    assert masks.tolist() == [1, 0b01000, 0b10000, 1]


def test_a_span_of_two_types_allows_either() -> None:
    assert token_masks(_offsets(2), [Span(0, 7, ("A", "B"))], _TYPES).tolist() == [0b01010, 0b10100]


def test_an_unsure_span_also_allows_outside() -> None:
    assert token_masks(_offsets(2), [Span(0, 3, ("A",), outside=True)], _TYPES).tolist() == [0b00111, 1]


def test_a_sure_span_wins_over_an_unsure_one() -> None:
    spans = [Span(0, 7, ("A",), outside=True), Span(4, 7, ("B",))]
    assert token_masks(_offsets(2), spans, _TYPES).tolist() == [0b00111, 0b01000]


def test_a_span_that_the_window_cuts_is_unsure() -> None:
    assert token_masks(_offsets(2), [Span(4, 40, ("A",))], _TYPES).tolist() == [1, 0b00111]


def test_an_unannotated_group_allows_everything() -> None:
    assert token_masks(_offsets(2), [], _TYPES, default=all_labels(_TYPES)).tolist() == [0b11111] * 2
    assert token_masks(_offsets(0), [Span(0, 3, ("A",))], _TYPES).tolist() == []


@given(spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8)), max_size=12))
def test_kept_spans_never_overlap_and_the_first_always_stays(spans: list[tuple[int, int]]) -> None:
    given_spans = [Span(s, s + n, ("A",)) for s, n in spans]
    kept = drop_overlaps(given_spans)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    first = next((s for s in given_spans if s.end > s.start), None)
    assert first is None or first in kept


def test_gold_spans_are_the_sure_ones() -> None:
    spans = [Span(0, 7, ("A",)), Span(8, 11, ("A", "B")), Span(16, 19, ("B",), outside=True)]
    assert list(gold_spans(token_masks(_offsets(5), spans, _TYPES), _TYPES)) == [(0, 2, {"A"}), (2, 3, {"A", "B"})]


def test_greedy_spans_begin_where_an_inside_label_stands_alone() -> None:
    columns = [2, 2, 0, 1, 2, 4, 3]
    assert greedy_spans(np.eye(5, dtype=np.float32)[columns]) == [(0, 2, 0), (3, 5, 0), (5, 6, 1), (6, 7, 1)]


def _counted(masks: list[int], spans: list[tuple[int, int, int]]) -> dict[str, int]:
    schema = parse_schema(
        {
            "version": "t", "max_tokens": 8, "overlap": 2,
            "groups": [{"layer": "role", "labels": bio(("AGREEMENT_DATE", "BOTH", "TERM"))}],
            "expand": {"BOTH": ["AGREEMENT_DATE", "EFFECTIVE_DATE"]},
        }
    )  # fmt: skip
    counts = Counter[str]()
    count_spans(counts, np.array(masks), spans, group=schema.groups[0], schema=schema)
    return dict(counts)


def test_a_span_counts_by_public_types() -> None:
    # Columns: O, B/I-AGREEMENT_DATE (2, 4), B/I-BOTH (8, 16), B/I-TERM (32, 64).
    assert _counted([8, 16], [(0, 2, 1)]) == {"tp AGREEMENT_DATE": 1, "tp EFFECTIVE_DATE": 1}
    assert _counted([8, 16], [(0, 2, 0)]) == {"tp AGREEMENT_DATE": 1, "fn EFFECTIVE_DATE": 1}
    assert _counted([2, 4], [(0, 2, 1)]) == {"tp AGREEMENT_DATE": 1, "fp EFFECTIVE_DATE": 1}


def test_a_span_of_either_type_forgives_the_doubtful_one() -> None:
    assert _counted([2 | 8, 4 | 16], [(0, 2, 1)]) == {"tp AGREEMENT_DATE": 1}
    assert _counted([2 | 32], [(0, 1, 2)]) == {"tp TERM": 1}
    assert _counted([2 | 32], []) == {"fn AGREEMENT_DATE": 1}


def test_a_span_is_wrong_unless_all_of_it_is_unsure() -> None:
    assert _counted([1, 1], [(0, 1, 2)]) == {"fp TERM": 1}
    assert _counted([1 | 32 | 64], [(0, 1, 2)]) == {}
    assert _counted([32, 64], [(0, 1, 2)]) == {"fp TERM": 1, "fn TERM": 1}
