"""Scores of counts and their intervals."""

from __future__ import annotations

import numpy as np
import pytest

from whereas_training.evaluation import bootstrap


def test_equal_documents_have_no_spread():
    counts = np.array([[3, 1, 1]] * 20)
    row = bootstrap.score(counts, bootstrap.draw(20))
    assert (row["precision"], row["recall"], row["f1"], row["gold"]) == (0.75, 0.75, 0.75, 80)
    assert row["interval"] == [0.75, 0.75]


def test_draws_repeat_and_hold_all_documents():
    assert np.array_equal(bootstrap.draw(7), bootstrap.draw(7))
    assert (bootstrap.draw(7).sum(axis=1) == 7).all()


def test_draws_without_a_value_say_nothing_about_its_field():
    counts = np.zeros((30, 3), dtype=np.int64)
    counts[0] = 1, 0, 0
    assert bootstrap.score(counts, bootstrap.draw(30))["interval"] == [1.0, 1.0]


def test_macro_leaves_out_fields_that_are_nowhere():
    counts = np.array([[[1, 0, 0], [1, 0, 0]], [[0, 1, 1], [0, 0, 0]], [[0, 0, 0], [0, 0, 0]]])
    row = bootstrap.macro(counts, bootstrap.draw(2))
    assert (row["f1"], row["of"]) == (0.5, 2)
    assert bootstrap.macro(np.zeros((0, 2, 3), dtype=np.int64)) == {"f1": 0.0, "of": 0}


def test_difference_is_paired():
    rng = np.random.default_rng(0)
    old = rng.integers(0, 9, (40, 3))
    better = old + np.array([1, 0, 0])
    row = bootstrap.difference(better, old)
    assert row["candidate"] > row["baseline"]
    assert row["difference"][0] > 0
    assert bootstrap.difference(old, old)["difference"] == pytest.approx([0, 0])
