"""The gate: what it refuses, and that it says why."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from whereas.recognition.schema import LabelSchema, parse_schema
from whereas_training.comparison import Measured, compare, measure, scores, weakest
from whereas_training.evaluations import compared_evaluations, summary
from whereas_training.gate import Compared, GateRefusedError, decide, precedence
from whereas_training.judging import Found, find_spans, judge, served
from whereas_training.windows import Window

ALIKE = Compared("cuad-dev, roles", 0.7, 0.71, (-0.01, 0.03), right=1000, lost=10, gained=20)


def test_a_better_model_passes() -> None:
    decision = decide([ALIKE], version="0.2.0", baseline_version="0.1.0")
    assert decision.accepted
    card = decision.as_dict(baseline={"version": "0.1.0", "sha256": "f" * 64}, forced="never needed")
    assert card["regression"] == {"right": 1000, "lost": 10, "gained": 20, "share": 0.01, "allowed": 0.01}
    assert card["forced"] is None


def test_more_than_one_percent_of_lost_spans_is_refused_however_many_are_gained() -> None:
    lost = Compared("cuad-dev, mentions", 0.8, 0.9, (0.05, 0.15), right=1000, lost=25, gained=300)
    (reason,) = decide([ALIKE, lost], version="0.2.0", baseline_version="0.1.0").refusals
    assert reason == "35 of the 2000 spans that 0.1.0 gets right are lost: 1.8%, allowed is 1%."


def test_a_loss_of_f1_beyond_its_interval_is_refused_one_within_it_is_not() -> None:
    worse = Compared("gum-dev, mentions", 0.75, 0.72, (-0.05, -0.01))
    (reason,) = decide([ALIKE, worse], version="0.2.0", baseline_version="0.1.0").refusals
    assert reason.startswith("F1 falls on gum-dev, mentions: 0.750 to 0.720")
    within = Compared("gum-dev, mentions", 0.75, 0.72, (-0.07, 0.01))
    assert decide([ALIKE, within], version="0.2.0", baseline_version="0.1.0").accepted


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "0.1.0-rc.1", "0.1.0+build.7"])
def test_a_version_must_follow_the_served_one(version: str) -> None:
    (reason,) = decide([ALIKE], version=version, baseline_version="0.1.0").refusals
    assert reason == f"Version {version} does not follow 0.1.0, which is in the registry."


@pytest.mark.parametrize("version", ["", "1", "1.0", "v1.0.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0 "])
def test_a_version_must_be_semantic(version: str) -> None:
    with pytest.raises(ValueError, match="must be semantic"):
        decide([ALIKE], version=version, baseline_version="0.1.0")


def test_versions_are_ordered_as_the_standard_orders_its_example() -> None:
    names = [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.10.0",
    ]
    assert all(precedence(a) < precedence(b) for a, b in pairwise(names))


def test_the_first_artefact_has_nothing_to_be_compared_with() -> None:
    decision = decide([], version="0.1.0", baseline_version=None)
    assert decision.accepted
    assert decision.notes


def test_a_model_that_nothing_was_measured_of_is_refused() -> None:
    assert decide([], version="0.2.0", baseline_version="0.1.0").refusals == ("Nothing was measured on the same documents as 0.1.0.",)


def test_the_error_lists_the_reasons_and_the_way_out() -> None:
    error = GateRefusedError(["It is worse.", "It is older."])
    assert error.reasons == ("It is worse.", "It is older.")
    assert "- It is worse.\n- It is older.\n" in str(error)
    assert "--force" in str(error)


def _schema(**more: object) -> LabelSchema:
    groups = [
        {"layer": "mention", "labels": ["O", "B-DATE", "I-DATE", "B-LAW", "I-LAW"]},
        {"layer": "role", "labels": ["O", "B-BOTH", "I-BOTH"]},
    ]
    return parse_schema(
        {"version": "t", "max_tokens": 9, "overlap": 2, "groups": groups, "expand": {"BOTH": ["AGREEMENT_DATE", "EFFECTIVE_DATE"]}, **more}
    )


def test_spans_are_right_wrong_or_beyond_judgement() -> None:
    schema = _schema()
    masks = np.array([1, 2, 4, 1, 1 | 6, 1, 2 | 8, 1])  # DATE at 1-3; perhaps DATE at 4; DATE or LAW at 6
    found = [Found(1, 3, "DATE", 0.9), Found(4, 5, "DATE", 0.8), Found(4, 5, "LAW", 0.8), Found(6, 7, "LAW", 0.7), Found(7, 8, "DATE", 0.6)]
    judged = judge(found, masks, group=schema.groups[0], schema=schema)
    assert [(s.first, s.type) for s in judged.right] == [(1, "DATE"), (6, "LAW")]
    assert [(s.first, s.type) for s in judged.sure] == [(1, "DATE")]
    assert [(s.first, s.type) for s in judged.wrong] == [(4, "LAW"), (7, "DATE")]
    assert judged.missed == ()
    assert judge([], masks, group=schema.groups[0], schema=schema).missed == ("DATE", "DATE")


def test_spans_are_decoded_by_words_and_cut_by_thresholds() -> None:
    schema = _schema(thresholds={"EFFECTIVE_DATE": 0.5}, calibration={"role": {"intercept": -1.0}})
    logits = np.zeros((3, 8), np.float32)
    logits[:, [0, 5]] = 5
    logits[0, 6] = logits[1, 7] = 5.5
    found = find_spans(logits, np.array([0, 2]), group=schema.groups[1], schema=schema)
    assert [(s.first, s.end, s.type) for s in found] == [(0, 2, "AGREEMENT_DATE"), (0, 2, "EFFECTIVE_DATE")]
    assert [s.type for s in served(found, layer="role", schema=schema)] == ["AGREEMENT_DATE"]


class _Pieces:
    def piece(self, token_id: int) -> str:
        return f"t{token_id}"


def _measured(hit: list[bool], *, documents: int = 20) -> Measured:
    """One-token dates, ten a document; the model finds those of ``hit``."""
    windows, logits = [], []
    for d in range(documents):
        masks = np.array([2, 1] * 10)
        values = np.zeros((20, 8), np.float32)
        values[:, [0, 5]] = 5
        values[::2, 1] = np.where(hit[d * 10 : d * 10 + 10], 9, 0)
        windows.append(Window(np.arange(20), np.zeros(20, np.int64), masks, np.ones(20, np.int64), True, "cuad-dev"))
        logits.append(values)
    return measure(logits, windows, schema=_schema(), gold=_schema(), pieces=_Pieces())  # type: ignore[arg-type]


def test_two_models_on_the_same_windows() -> None:
    rng = np.random.default_rng(1)
    old, new = rng.random(200) < 0.9, rng.random(200) < 0.7
    (found,) = compare("cuad-dev", _measured(new.tolist()), _measured(old.tolist()))
    assert (found.right, found.lost, found.gained) == (old.sum(), (old & ~new).sum(), (new & ~old).sum())
    assert found.candidate < found.baseline
    assert found.difference[0] < found.candidate - found.baseline < found.difference[1] < 0
    (same,) = compare("cuad-dev", _measured(old.tolist()), _measured(old.tolist()))
    assert (same.lost, same.difference) == (0, (0.0, 0.0))


def test_figures_have_intervals() -> None:
    row = scores(_measured(([True] * 8 + [False] * 2) * 20))["DATE"]
    assert row == {"precision": 1.0, "recall": 0.8, "f1": 0.8889, "interval": [0.8889, 0.8889], "gold": 200}


def test_weak_types_are_named() -> None:
    rows = {
        "DATE": {"f1": 0.95, "gold": 90, "interval": [0.9, 0.99]},
        "LAW": {"f1": 0.6, "gold": 68, "interval": [0.5, 0.7]},
        "TERM": {"f1": 0.2, "gold": 3, "interval": [0.0, 0.9]},
        "mention": {"f1": 0.5, "gold": 158, "interval": [0.4, 0.6]},
    }
    assert weakest(rows) == [
        "LAW: F1 0.6, 95 % interval [0.5, 0.7], on 68 dev spans.",
        "Fewer than 10 dev spans, so hardly measured: TERM.",
    ]


def _evaluation() -> dict[str, Any]:
    row = {"baseline": 0.7, "candidate": 0.8, "difference": [0.05, 0.15], "documents": 9, "right": 30, "lost": 2, "gained": 5, "rate": 0.07}
    names = ("pages: model", "pages: product", "documents: cuad", "windows: role", "general")
    micro = {"precision": 0.8, "recall": 0.8, "f1": 0.8, "interval": [0.7, 0.9], "gold": 40, "errors": {"type": 1}}
    return {
        "model": {"version": "0.2.0", "sha256": "new", "rules": "1.0.0"},
        "regression": {"baseline": {"sha256": "old"}, "sets": {**dict.fromkeys(names, row), "documents: kleister": {"documents": 0}}},
        "pages": {"model": {"micro": micro, "types": {"DATE": micro}, "errors": [{"text": "x"}]}, "unread": 3},
        "documents": {"cuad": {"micro": micro, "macro": {"f1": 0.75, "of": 7}, "fields": {"parties": micro}}},
        "release": {"met": False},
    }  # fmt: skip


def test_an_evaluation_adds_pages_and_documents_and_pages_alone_count_as_spans() -> None:
    compared, notes = compared_evaluations(_evaluation(), candidate="new", baseline="old")
    assert [(c.name, c.right, c.lost) for c in compared] == [("pages: model", 30, 2), ("pages: product", 0, 0), ("documents: cuad", 0, 0)]
    assert compared[0].difference == (0.05, 0.15)
    assert notes == []


@pytest.mark.parametrize(("candidate", "baseline", "who"), [("other", "old", "new"), ("new", "other", "served")])
def test_an_evaluation_of_other_models_proves_nothing(candidate: str, baseline: str, who: str) -> None:
    compared, (note,) = compared_evaluations(_evaluation(), candidate=candidate, baseline=baseline)
    assert compared == []
    assert f"not of the {who} model" in note


def test_what_was_not_evaluated_is_noted() -> None:
    assert compared_evaluations(None, candidate="new", baseline="old")[1] == [
        "The hand-labelled pages and whole documents were not evaluated."
    ]
    evaluation = _evaluation()
    del evaluation["regression"]["sets"]["pages: model"]
    assert compared_evaluations(evaluation, candidate="new", baseline="old")[1] == [
        "The hand-labelled pages were not evaluated under both models."
    ]


def test_the_card_keeps_figures_and_no_text() -> None:
    kept = summary(_evaluation(), candidate="new")
    assert kept is not None
    assert kept["sets"]["pages: model"] == {name: {"f1": 0.8, "interval": [0.7, 0.9], "gold": 40} for name in ("micro", "DATE")}
    assert kept["sets"]["documents: cuad"]["macro"] == {"f1": 0.75}
    assert "errors" not in str(kept)
    assert summary(_evaluation(), candidate="other") is None
    assert summary(None, candidate="new") is None
