"""Calibration finds the distortion that was put in, thresholds need a gain that holds on other documents."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from whereas.errors import ModelContractError
from whereas.recognition import schema as serving
from whereas.recognition.schema import Calibration, load_schema, parse_schema
from whereas.recognition.tokenizer import WordPieces
from whereas_training import calibration_fit as fit
from whereas_training.calibrate import TEMPERATURES, fit_all, store, token_losses
from whereas_training.judging import documents_of
from whereas_training.pages import CALIBRATION_SOURCE
from whereas_training.windows import Window

SCHEMA: dict[str, Any] = {
    "version": "t", "max_tokens": 16, "overlap": 4,
    "groups": [
        {"layer": "mention", "labels": ["O", "B-DATE", "I-DATE"]},
        {"layer": "role", "labels": ["O", "B-BOTH", "I-BOTH"]},
    ],
    "expand": {"BOTH": ["AGREEMENT_DATE", "EFFECTIVE_DATE"]},
}  # fmt: skip


def _drawn(slope: float, intercept: float, *, spans: int = 12000, seed: int = 3) -> fit.Scored:
    """Spans whose scores are overconfident: the truth follows a line on their log-odds."""
    rng = np.random.default_rng(seed)
    scores = rng.beta(6, 1.2, size=spans)
    right = rng.random(spans) < fit.Line(slope, intercept)(scores)
    return fit.Scored(scores, right, rng.integers(0, 60, size=spans))


def test_a_known_distortion_is_found() -> None:
    data = _drawn(0.6, -0.9)
    chosen, figures = fit.choose_method(data)
    line = fit.fit_line(data.scores, data.right, shift=True)
    assert chosen == "platt"
    assert (line.slope, line.intercept) == (pytest.approx(0.6, abs=0.1), pytest.approx(-0.9, abs=0.15))
    assert figures["platt"]["ece"] < 0.03 < 0.1 < figures["none"]["ece"]
    assert figures["platt"]["nll"] < figures["isotonic"]["nll"] + 0.01


def test_one_parameter_is_taken_where_two_gain_nothing_and_none_where_scores_are_right() -> None:
    assert fit.choose_method(_drawn(0.5, 0.0))[0] == "temperature"
    assert fit.choose_method(_drawn(1.0, 0.0))[0] == "none"


def test_fits_stay_finite_where_every_span_is_right() -> None:
    scores = np.array([0.99, 1.0, 0.0, 0.7])
    line = fit.fit_line(scores, np.ones(4, dtype=bool), shift=True)
    assert np.isfinite([line.slope, line.intercept]).all()
    assert fit.STEEP[0] <= line.slope <= fit.STEEP[1]
    assert np.isfinite(line(scores)).all()


def test_serving_applies_the_line_that_was_fitted() -> None:
    scores = np.array([0.0, 1e-7, 0.2, 0.5, 0.93, 1.0])
    applied = [Calibration(0.7, -1.1).apply(float(score)) for score in scores]
    assert applied == pytest.approx(fit.Line(0.7, -1.1)(scores).tolist())
    assert fit.EDGE == serving._EDGE


def test_isotonic_regression_rises_and_pools_violators() -> None:
    scores = np.array([0.1, 0.2, 0.3, 0.4])
    predicted = fit.fit_isotonic(scores, np.array([False, True, False, True]))(scores)
    assert (np.diff(predicted) >= 0).all()
    assert predicted[0] < predicted[1] == pytest.approx(0.5) or predicted[1] <= predicted[2]
    assert ((predicted > 0) & (predicted < 1)).all()


def test_error_of_scores_that_say_too_much() -> None:
    right = np.array([True, False] * 50)
    assert fit.calibration_error(np.full(100, 0.5), right) == pytest.approx(0.0, abs=1e-9)
    assert fit.calibration_error(np.full(100, 0.9), right) == pytest.approx(0.4)
    assert fit.calibration_error(np.array([]), np.array([], dtype=bool)) == 0.0


def test_folds_keep_documents_whole() -> None:
    documents = np.array([5, 5, 9, 9, 9, 2, 7, 1, 1])
    folds = fit.folds_of(documents)
    assert all(len(set(folds[documents == d])) == 1 for d in documents)


def _type(*, wrong: int, rng: np.random.Generator) -> fit.Scored:
    """200 right spans with high scores, some wrong ones with low scores, over 40 documents."""
    scores = np.concatenate([rng.uniform(0.5, 1, 200), rng.uniform(0, 0.3, wrong)])
    return fit.Scored(scores, np.arange(200 + wrong) < 200, rng.integers(0, 40, 200 + wrong))


def test_a_threshold_parts_right_from_wrong() -> None:
    found = fit.choose_threshold(_type(wrong=120, rng=np.random.default_rng(1)), [0] * 10)
    assert 0.25 < found.value <= 0.52
    assert found.f1_after > found.f1_before + 0.1
    assert found.gold == 210


def test_no_threshold_without_gain_enough_spans_or_beyond_the_highest() -> None:
    rng = np.random.default_rng(2)
    noise = fit.Scored(rng.random(300), rng.random(300) < 0.7, rng.integers(0, 40, 300))
    assert fit.choose_threshold(noise, []).value == 0
    assert fit.choose_threshold(_type(wrong=120, rng=rng), [], fewest=201).value == 0
    assert fit.choose_threshold(fit.Scored(np.array([]), np.array([], dtype=bool), np.array([], dtype=np.int64)), [1, 2]).gold == 2
    high = fit.Scored(np.concatenate([np.full(100, 0.95), np.full(90, 0.8)]), np.arange(190) < 100, np.arange(190) % 40)
    assert fit.choose_threshold(high, []).value <= fit.HIGHEST


def test_temperature_of_tokens() -> None:
    rng = np.random.default_rng(4)
    logits = rng.normal(0, 2, size=(4000, 3)).astype(np.float32)
    shares = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    masks = 1 << (rng.random(4000)[:, None] > shares.cumsum(1)).sum(1).clip(max=2).astype(np.int64)
    sharp = np.stack([token_losses(logits[i::40] * 1.6, masks[i::40]) for i in range(40)])
    found = fit.choose_temperature(sharp, TEMPERATURES, tokens=4000)
    assert found["temperature"] == pytest.approx(1.6, abs=0.15)
    assert found["nll_after"] < found["nll_before"]
    fair = np.stack([token_losses(logits[i::40], masks[i::40]) for i in range(40)])
    assert fit.choose_temperature(fair, TEMPERATURES, tokens=4000)["temperature"] == 1.0


def test_tokens_that_may_be_anything_weigh_nothing() -> None:
    assert token_losses(np.ones((2, 3), np.float32), np.array([7, 7])) == pytest.approx(np.zeros(len(TEMPERATURES)))


def _windows(rng: np.random.Generator, *, windows: int = 1200) -> tuple[list[Window], list[np.ndarray]]:
    """Four-token windows: the model is always sure of a date at token 1, which is right three times of four."""
    made, logits = [], []
    for i in range(windows):
        masks = np.array([1, 2 if rng.random() < 0.75 else 1, 1, 1])
        values = np.zeros((4, 6), np.float32)
        values[:, [0, 3]] = 9
        values[1, 1] = values[1, 4] = 9 + rng.normal(4, 1)
        made.append(Window(np.arange(4), np.zeros(4, np.int64), masks, masks, i % 4 == 0, "cuad-dev" if i < 1000 else "gum-dev"))
        logits.append(values)
    return made, logits


def test_from_windows_to_the_label_schema(tmp_path: Path) -> None:
    windows, logits = _windows(np.random.default_rng(5))
    pieces = cast(WordPieces, SimpleNamespace(piece=str))
    report = fit_all(windows, logits, parse_schema(SCHEMA), pieces)
    mention, role = report["layers"]["mention"], report["layers"]["role"]
    assert (mention["spans"], role["spans"]) == (1200, 2000)
    assert mention["ece_before"] > 0.15 > 0.08 > mention["ece_after"]
    assert set(report["thresholds"]) == {"DATE", "AGREEMENT_DATE", "EFFECTIVE_DATE"}
    assert "tokens" in role
    assert "tokens" not in mention

    path = tmp_path / "label_schema.json"
    path.write_text(json.dumps({**SCHEMA, "thresholds": {"DATE": 0.5}}), encoding="utf-8")
    store(report, path)
    stored = load_schema(tmp_path)
    assert stored.calibration_of("mention") == Calibration(mention["slope"], mention["intercept"])
    assert stored.calibration_of("role").token_temperature == role["tokens"]["temperature"]
    assert stored.version == "t"
    assert stored.thresholds == {}
    scores = [stored.calibration_of("mention").apply(score) for score in (0.9, 0.99)]
    assert scores == sorted(scores)


def test_mentions_are_fitted_on_pages_that_were_read_where_there_are_some() -> None:
    windows, logits = _windows(np.random.default_rng(6))
    pieces = cast(WordPieces, SimpleNamespace(piece=str))
    pages = [replace(w, source=CALIBRATION_SOURCE) for w in windows[:400]]
    report = fit_all([*windows, *pages], [*logits, *logits[:400]], parse_schema(SCHEMA), pieces)
    assert report["layers"]["mention"]["spans"] == 400
    assert report["layers"]["role"]["spans"] == 2000


def test_a_report_that_serving_would_not_take_is_not_stored(tmp_path: Path) -> None:
    path = tmp_path / "label_schema.json"
    path.write_text(json.dumps(SCHEMA), encoding="utf-8")
    report = {"layers": {"role": {"slope": -1.0, "intercept": 0.0}}, "thresholds": {}}
    with pytest.raises(ModelContractError):
        store(report, path)
    assert json.loads(path.read_text(encoding="utf-8")) == SCHEMA


def test_documents_of_windows() -> None:
    empty = np.zeros(1, np.int64)
    contract = [Window(empty, empty, empty, empty, opening, "cuad-dev") for opening in (True, False, True)]
    passages = [Window(empty, empty, empty, empty, False, "gum-dev")] * 18
    numbers = documents_of(contract + passages)
    assert numbers[:3] == [1, 1, 2]
    assert set(numbers[3:]) == {-1, -2, -3}
