"""Calibration and thresholds of the label schema: optional, checked, and the identity where absent."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from artefact_files import SCHEMA
from hypothesis import given
from hypothesis import strategies as st

from whereas.errors import ModelContractError
from whereas.recognition.schema import UNCALIBRATED, Calibration, load_schema, parse_schema

_PROBABILITY = st.floats(0, 1)


def test_a_file_without_them_serves_raw_scores() -> None:
    schema = parse_schema(SCHEMA)
    assert (schema.calibration, schema.thresholds) == ({}, {})
    assert schema.calibration_of("role") == UNCALIBRATED
    assert [UNCALIBRATED.apply(score) for score in (0.0, 0.3, 1.0)] == [0.0, 0.3, 1.0]


def test_they_are_read() -> None:
    calibration = {"role": {"slope": 0.5, "intercept": -1, "token_temperature": 1.25}, "mention": {}}
    schema = parse_schema({**SCHEMA, "calibration": calibration, "thresholds": {"PARTY": 0.35}})
    assert schema.calibration_of("role") == Calibration(0.5, -1.0, 1.25)
    assert schema.calibration_of("mention") == UNCALIBRATED
    assert schema.thresholds == {"PARTY": 0.35}


def test_a_score_of_even_odds_becomes_the_intercept() -> None:
    assert Calibration(slope=0.5, intercept=1.0).apply(0.5) == pytest.approx(1 / (1 + math.exp(-1)))
    assert Calibration(slope=0.5).apply(0.9) == pytest.approx(0.75)


@given(a=_PROBABILITY, b=_PROBABILITY, slope=st.floats(0.05, 20), intercept=st.floats(-5, 5))
def test_calibration_keeps_the_order_and_the_range(a: float, b: float, slope: float, intercept: float) -> None:
    low, high = (Calibration(slope, intercept).apply(score) for score in sorted((a, b)))
    assert 0 <= low <= high <= 1


@pytest.mark.parametrize(
    "change",
    [
        {"calibration": {"colour": {}}},
        {"calibration": {"role": {"slope": 0}}},
        {"calibration": {"role": {"slope": -1.0}}},
        {"calibration": {"role": {"slope": math.inf}}},
        {"calibration": {"role": {"slope": 1e6}}},
        {"calibration": {"role": {"intercept": math.nan}}},
        {"calibration": {"role": {"token_temperature": 0}}},
        {"calibration": {"role": {"temperature": 1.0}}},
        {"thresholds": {"PARTY": 1.0}},
        {"thresholds": {"PARTY": -0.1}},
        {"thresholds": {"PARTY": math.nan}},
        {"thresholds": {"TERM": 0.3}},
    ],
)
def test_values_out_of_range_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ModelContractError, match="label schema"):
        parse_schema({**SCHEMA, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"calibration": []},
        {"calibration": None},
        {"calibration": {"role": 1.2}},
        {"calibration": {"role": {"slope": "steep"}}},
        {"thresholds": [0.3]},
        {"thresholds": {"PARTY": None}},
    ],
)
def test_values_of_the_wrong_shape_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    (tmp_path / "label_schema.json").write_text(json.dumps({**SCHEMA, **change}), encoding="utf-8")
    with pytest.raises(ModelContractError, match=r"label_schema\.json is missing or broken"):
        load_schema(tmp_path)
