"""Dates counted from another date: phrase, anchor, direction; none where the anchor's day is unknown."""

from __future__ import annotations

import pytest

from whereas.resolution.forms.dates import find_dates
from whereas.resolution.forms.durations import find_durations
from whereas.resolution.parties.signatures import find_signatures
from whereas.resolution.provisions.relative import evaluate, find_anchors, find_relative_dates, named_dates
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Contract, Evidence, Fact


def locate(start: int, end: int) -> tuple[int | None, tuple[tuple[float, float, float, float], ...]]:
    return None, ()


def day(value: str, *, precision: str = "day") -> Fact:
    return Fact(value, value, (Evidence(None, 0, 4),), 0.9, "rule:test", precision=precision)


OWN = Contract(agreement_date=day("2020-01-10"), effective_date=day("2020-02-01"), expiration_date=day("2023-01-31"))


def counted(text: str, contract: Contract = OWN) -> list[Fact]:
    view = make_view(CleanedText(text, ()))
    dates = find_dates(view)
    anchors = find_anchors(view, dates, find_signatures(view, dates), contract, locate)
    found = (evaluate(view, phrase, anchors, locate) for phrase in find_relative_dates(view, find_durations(view)))
    return [fact for fact in found if fact]


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("Pay within thirty (30) days after the Effective Date, in cash.", "2020-03-02", "thirty (30) days after the Effective Date"),
        ("on the second anniversary of the Effective Date", "2022-02-01", "second anniversary of the Effective Date"),
        ("until the two-year anniversary of the date hereof", "2022-01-10", "two-year anniversary of the date hereof"),
        ("six months from the date hereof", "2020-07-10", "six months from the date hereof"),
        ("one year following the execution of this Agreement", "2021-01-10", "one year following the execution of this Agreement"),
        (
            "at least ninety (90) days prior to the expiration of the Initial Term",
            "2022-11-02",
            "ninety (90) days prior to the expiration of the Initial Term",
        ),
    ],
)
def test_phrase_and_anchor_make_a_date(text: str, value: str, words: str) -> None:
    (fact,) = counted(text)
    assert (fact.value, fact.text, fact.precision) == (value, words, "day")
    assert text[fact.evidence[0].start : fact.evidence[0].end] == words
    assert len(fact.evidence) == 2
    assert fact.source == "rule:relative-date"
    assert fact.derivation is not None
    assert fact.derivation.endswith(".")


def test_a_day_that_the_text_names_is_an_anchor() -> None:
    text = 'Sales open on May 1, 2021 (the "Launch Date"). Fees fall due 10 days after the Launch Date.'
    (fact,) = counted(text)
    assert (fact.value, fact.derivation) == ("2021-05-11", "The launch date 2021-05-01 plus P10D.")


def test_names_come_from_definitions_and_not_from_signature_labels() -> None:
    text = '"Closing Date" means June 3, 2021. Title: Sales Director Date: July 4, 2021'
    view = make_view(CleanedText(text, ()))
    assert {name: c.value for name, c in named_dates(view, find_dates(view)).items()} == {"closing date": "2021-06-03"}


@pytest.mark.parametrize(
    "text",
    [
        "thirty days after the Launch Date",
        "ten business days after the Effective Date",
        "48 hours after the Effective Date",
        "in the two years prior to the date hereof",
        "two years after the effective date of the Merger Plan",
        "thirty days after receipt of an invoice",
        "thirty days after expiration or termination",
    ],
)
def test_no_date_without_a_known_anchor(text: str) -> None:
    assert counted(text) == []


def test_a_month_is_no_anchor() -> None:
    assert counted("30 days after the Effective Date", Contract(effective_date=day("2020-02", precision="month"))) == []
