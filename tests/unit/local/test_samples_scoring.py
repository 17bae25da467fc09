"""Scoring a record against a sample's truth: right is right, each kind of wrong is seen."""

import datetime as dt

import pytest

from whereas_local.samples.composing import KINDS, compose
from whereas_local.samples.scoring import score


def right(truth):
    """A record that says exactly what is true."""
    parties = [{"name": party.name, "roles": list(party.roles)} for party in truth.parties]
    dates = {name: {"value": getattr(truth, name)} for name in ("agreement_date", "effective_date", "expiration_date")}
    durations = {"term": truth.term, "renewal_term": truth.renewal_term, "renewal_notice_period": truth.notice_period}
    facts = {"title": {"value": truth.title}, **dates, **{name: {"value": value} if value else None for name, value in durations.items()}}
    return {"contract": {**facts, "parties": parties, "governing_law": [{"value": place.name} for place in truth.governing_law]}}


@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_scores_full_marks(kind):
    truth = compose(kind, seed=4).truth
    assert all(score(right(truth), truth).values())


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title": {"value": "Deed"}}, {"title"}),
        ({"title": None}, {"title"}),
        ({"parties": []}, {"parties", "roles"}),
        ({"effective_date": {"value": "1999-01-01"}}, {"effective_date"}),
        ({"expiration_date": None}, {"expiration_date"}),
        ({"term": {"value": "P1M"}}, {"term"}),
        ({"renewal_term": None}, {"renewal_term"}),
        ({"governing_law": []}, {"governing_law"}),
        ({"governing_law": [{"value": {"name": "Utopia", "code": "XX"}}]}, {"governing_law"}),
    ],
)
def test_each_wrong_fact_is_seen(change, wrong):
    truth = compose("license", seed=4).truth
    record = right(truth)
    record["contract"] |= change
    assert {name for name, good in score(record, truth).items() if not good} == wrong


def test_a_third_party_among_the_parties_is_wrong():
    truth = compose("msa", seed=4).truth
    record = right(truth)
    record["contract"]["parties"].append({"name": "Someone Else, Inc.", "roles": []})
    assert not score(record, truth)["parties"]


def test_names_forgive_case_and_punctuation_and_durations_their_unit():
    truth = compose("lease", seed=4).truth
    record = right(truth)
    record["contract"]["parties"][0]["name"] = truth.parties[0].name.upper().replace(",", "")
    count = int(truth.term[1:-1]) * (12 if truth.term.endswith("Y") else 1)
    record["contract"]["term"] = {"value": f"P{count}M"}
    assert all(score(record, truth).values())


def test_a_computed_expiration_may_be_null_or_a_day_off_and_a_stated_one_may_not():
    computed, stated = compose("msa", seed=4).truth, compose("license", seed=4).truth
    for truth, good in ((computed, True), (stated, False)):
        record = right(truth)
        day_before = dt.date.fromisoformat(truth.expiration_date) - dt.timedelta(days=1)
        record["contract"]["expiration_date"] = {"value": day_before.isoformat()}
        assert score(record, truth)["expiration_date"] is good
        record["contract"]["expiration_date"] = None
        assert score(record, truth)["expiration_date"] is good


def test_a_quarantined_record_scores_only_what_is_rightly_null():
    truth = compose("supply", seed=4).truth
    assert {name for name, good in score({"contract": None}, truth).items() if good} == {
        "expiration_date", "term", "renewal_term", "renewal_notice_period",
    }  # fmt: skip
