"""Decoding: legal paths only, the best of them, whole words, offsets, role scores."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from whereas.errors import ModelContractError
from whereas.recognition.decode import (
    best_path,
    decode_mentions,
    is_legal,
    join_touching,
    log_softmax,
    path_spans,
    role_scores,
    word_scores,
)
from whereas.recognition.schema import Calibration, LabelSchema, parse_schema
from whereas.recognition.spans import skip_article
from whereas.recognition.tokenizer import Tokens

_FLOATS = st.floats(-8, 8, width=32)


def _schema() -> LabelSchema:
    return parse_schema(
        {
            "version": "t", "max_tokens": 16, "overlap": 4,
            "groups": [
                {"layer": "mention", "labels": ["O", "B-DATE", "I-DATE"]},
                {"layer": "role", "labels": ["O", "B-BOTH", "I-BOTH", "B-EFFECTIVE_DATE", "I-EFFECTIVE_DATE"]},
            ],
            "expand": {"BOTH": ["AGREEMENT_DATE", "EFFECTIVE_DATE"]},
        }
    )  # fmt: skip


def _tokens(text: str) -> Tokens:
    """Word pieces of two letters at most."""
    offsets, words, at = [], [], 0
    for number, word in enumerate(text.split(" ")):
        for start in range(at, at + len(word), 2):
            offsets.append((start, min(start + 2, at + len(word))))
            words.append(number)
        at += len(word) + 1
    size = len(offsets)
    return Tokens(np.zeros(size, np.int64), np.zeros(size, np.int64), np.array(offsets, np.int64).reshape(-1, 2), np.array(words, np.int64))


def _logits(rows: list[dict[int, float]], width: int = 8) -> np.ndarray:
    """Logits that favour O in both groups but where told."""
    logits = np.zeros((len(rows), width), np.float32)
    logits[:, [0, 3]] = 6
    for i, row in enumerate(rows):
        for column, value in row.items():
            logits[i, column] = value
    return logits


@given(scores=hnp.arrays(np.float32, st.tuples(st.integers(1, 30), st.sampled_from([3, 5, 7])), elements=_FLOATS))
def test_a_path_is_always_legal(scores: np.ndarray) -> None:
    assert is_legal(best_path(scores))


@given(scores=hnp.arrays(np.float32, st.tuples(st.integers(1, 4), st.just(5)), elements=_FLOATS))
def test_the_path_is_the_best_of_all_legal_ones(scores: np.ndarray) -> None:
    paths = [np.array(p) for p in product(range(5), repeat=len(scores))]
    best = max(float(scores[np.arange(len(scores)), p].sum()) for p in paths if is_legal(p))
    found = float(scores[np.arange(len(scores)), best_path(scores)].sum())
    assert found == pytest.approx(best, abs=1e-3)


@given(logits=hnp.arrays(np.float32, st.tuples(st.integers(1, 9), st.just(8)), elements=_FLOATS))
def test_mentions_hold_whole_words_and_scores_are_probabilities(logits: np.ndarray) -> None:
    text = "abcd ef ghijk l mnop"
    tokens = _tokens(text)
    logits = np.resize(logits, (len(tokens), 8))
    starts = {m for m in range(len(text)) if m == 0 or text[m - 1] == " "}
    for mention in decode_mentions(logits, tokens, text, schema=_schema(), chunk_start=100):
        start, end = mention.start - 100, mention.end - 100
        assert start in starts
        assert end == len(text) or text[end] == " "
        assert 0 <= mention.score <= 1
    for row in role_scores(logits, tokens, schema=_schema(), chunk_start=100):
        assert 100 <= row.start < row.end <= 100 + len(text)
        assert all(0.01 <= p <= 1 for _, p in row.scores)
        assert [p for _, p in row.scores] == sorted((p for _, p in row.scores), reverse=True)


def test_an_inside_label_after_outside_is_repaired() -> None:
    scores = np.log(np.array([[0.6, 0.3, 0.1], [0.1, 0.0001, 0.8999]], np.float32))
    assert best_path(scores).tolist() == [1, 2]


def test_a_type_that_stands_for_two_gives_two_mentions_of_one_span() -> None:
    text = "on may 1 2020 x"
    tokens = _tokens(text)
    rows: list[dict[int, float]] = [{}, {4: 20}, {5: 20}, {5: 20}, {5: 20}, {5: 20}, {}]
    found = decode_mentions(_logits(rows[: len(tokens)]), tokens, text, schema=_schema(), chunk_start=7)
    assert [(m.type, text[m.start - 7 : m.end - 7]) for m in found] == [("AGREEMENT_DATE", "may 1 2020"), ("EFFECTIVE_DATE", "may 1 2020")]
    assert all(m.layer == "role" and m.source == "model" and m.score > 0.99 for m in found)


def test_role_scores_add_shared_labels_and_leave_quiet_tokens_out() -> None:
    tokens = _tokens("aa bb")
    scores = role_scores(_logits([{3: 0, 4: 2, 6: 2}, {3: 9}]), tokens, schema=_schema(), chunk_start=10)
    assert [(s.start, s.end) for s in scores] == [(10, 12)]
    names = dict(scores[0].scores)
    assert names["EFFECTIVE_DATE"] > names["AGREEMENT_DATE"] > 0.3


def test_pieces_of_a_word_follow_its_first() -> None:
    log_probs = log_softmax(np.array([[0, 3, 0], [0, 5, 0], [9, 0, 0]], np.float32))
    scores = word_scores(log_probs, np.array([0, 2]))
    assert scores[0, 1] == pytest.approx(log_probs[0, 1] + log_probs[1, 2])
    assert scores[0, 2] == pytest.approx(log_probs[0, 2] + log_probs[1, 2])
    assert scores[1].tolist() == pytest.approx(log_probs[2].tolist())


def test_spans_of_a_path() -> None:
    assert path_spans(np.array([0, 1, 2, 1, 0, 3, 4, 4])) == [(1, 3, 0), (3, 4, 0), (5, 8, 1)]


def test_neighbours_that_touch_are_one() -> None:
    offsets = np.array([(0, 2), (2, 3), (4, 6), (6, 9)])
    assert join_touching([(0, 1, 0), (1, 2, 0), (2, 3, 0), (3, 4, 1)], offsets) == [(0, 2, 0), (2, 3, 0), (3, 4, 1)]


def test_no_tokens_no_mentions() -> None:
    empty = _tokens("")
    assert decode_mentions(np.zeros((0, 8), np.float32), empty, "", schema=_schema(), chunk_start=0) == []
    assert role_scores(np.zeros((0, 8), np.float32), empty, schema=_schema(), chunk_start=0) == []


def test_columns_that_the_schema_does_not_name_are_refused() -> None:
    tokens = _tokens("aa")
    for call in (
        lambda z: decode_mentions(z, tokens, "aa", schema=_schema(), chunk_start=0),
        lambda z: role_scores(z, tokens, schema=_schema(), chunk_start=0),
    ):
        with pytest.raises(ModelContractError, match="8 columns, the logits 7"):
            call(np.zeros((1, 7), np.float32))


def test_calibration_moves_scores_and_thresholds_drop_mentions() -> None:
    text = "on may 1 2020 x"
    tokens = _tokens(text)
    logits = _logits([{1: 8}, {1: 8, 4: 7}, {5: 7}, {}, {}, {}, {}][: len(tokens)])
    raw = decode_mentions(logits, tokens, text, schema=_schema(), chunk_start=0)
    half = {"slope": 0.5, "intercept": -0.25}
    schema = replace(_schema(), calibration={"mention": Calibration(**half)})
    calibrated = decode_mentions(logits, tokens, text, schema=schema, chunk_start=0)
    assert [(m.type, m.start, m.end) for m in calibrated] == [(m.type, m.start, m.end) for m in raw]
    for before, after in zip(raw, calibrated, strict=True):
        odds = np.log(before.score / (1 - before.score))
        expected = 1 / (1 + np.exp(-(0.5 * odds - 0.25))) if before.layer == "mention" else before.score
        assert after.score == pytest.approx(expected, abs=2e-4)
    dates = {m.score for m in calibrated if m.type == "DATE"}
    strict = replace(schema, thresholds={"DATE": max(dates), "EFFECTIVE_DATE": 0.999})
    kept = {m.type for m in decode_mentions(logits, tokens, text, schema=strict, chunk_start=0)}
    assert kept == {"DATE", "AGREEMENT_DATE"}
    none = replace(schema, thresholds={"DATE": max(dates) + 1e-4})
    assert not [m for m in decode_mentions(logits, tokens, text, schema=none, chunk_start=0) if m.type == "DATE"]


def test_a_token_temperature_softens_role_scores_and_leaves_mentions_alone() -> None:
    tokens = _tokens("aa bb")
    logits = _logits([{3: 0, 4: 3}, {3: 9}])
    soft = replace(_schema(), calibration={"role": Calibration(token_temperature=2.0)})
    (before,), after = (role_scores(logits, tokens, schema=s, chunk_start=0) for s in (_schema(), soft))
    shares = np.exp(np.array([0, 1.5, 0, 0, 0]))
    assert dict(before.scores)["AGREEMENT_DATE"] > dict(after[0].scores)["AGREEMENT_DATE"]
    assert dict(after[0].scores)["AGREEMENT_DATE"] == pytest.approx((shares[1] + shares[2]) / shares.sum(), abs=1e-3)
    assert len({tuple(decode_mentions(logits, tokens, "aa bb", schema=s, chunk_start=0)) for s in (_schema(), soft)}) == 1


@pytest.mark.parametrize(("text", "name"), [("the Oak Act", "Oak Act"), ("THE OAK", "OAK"), ("Theodore", "Theodore"), ("the", "the")])
def test_a_leading_article_belongs_to_no_name(text: str, name: str) -> None:
    assert text[skip_article(text, 0, len(text)) :] == name
