"""Dates: spellings, damage, ambiguity, impossible days."""

from __future__ import annotations

import pytest

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.dates import find_dates
from whereas.resolution.view import make_view
from whereas.types import CleanedText


def dates_of(text: str) -> list[Candidate]:
    return find_dates(make_view(CleanedText(text, ())))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("May 8, 2014", "2014-05-08"),
        ("May 8th, 2014", "2014-05-08"),
        ("MAY 8, 2014", "2014-05-08"),
        ("8 May 2014", "2014-05-08"),
        ("8th day of May 2014", "2014-05-08"),
        ("8th day of May, 2014", "2014-05-08"),
        ("14t h day of May, 2014", "2014-05-14"),
        ("the eighth day of May, 2014", "2014-05-08"),
        ("twenty-first day of June, two thousand and five", "2005-06-21"),
        ("May 8, 2O14", "2014-05-08"),
        ("l5 May 2019", "2019-05-15"),
        ("Sept. 3, 1999", "1999-09-03"),
        ("2014-05-08", "2014-05-08"),
        ("12/31/14", "2014-12-31"),
        ("31.12.2014", "2014-12-31"),
        ("10/30/99", "1999-10-30"),
    ],
)
def test_spellings_of_a_day(text: str, value: str) -> None:
    found = dates_of(f"signed on {text} by both")
    assert [(d.value, d.precision) for d in found] == [(value, "day")]


def test_span_is_the_date_itself() -> None:
    text = "made this 8th day of May, 2014 by"
    (found,) = dates_of(text)
    assert text[found.start : found.end] == "8th day of May, 2014"


def test_ambiguous_order_gives_an_alternative() -> None:
    (found,) = dates_of("on 5/8/14 the parties")
    assert found.value == "2014-05-08"
    assert [a.value for a in found.alternatives] == ["2014-08-05"]
    assert found.score < 0.9


def test_another_date_of_the_document_settles_the_order() -> None:
    found = dates_of("on 23/08/2014 and again on 05/08/2014")
    assert [d.value for d in found] == ["2014-08-23", "2014-08-05"]
    assert found[1].score > dates_of("05/08/2014")[0].score


@pytest.mark.parametrize(
    "text",
    [
        "February 30, 2014",
        "31/31/2014",
        "13/13/13",
        "2014-02-30",
        "May 8, 1814",
        "Section 1.2.14 applies",
        "ratio 1/2",
        "call 617-555-0142",
    ],
)
def test_impossible_dates_are_none(text: str) -> None:
    assert [d for d in dates_of(text) if d.precision == "day"] == []


@pytest.mark.parametrize("text", ["May 2014", "May, 2014", "the ___ day of May, 2014", "May __, 2014", "[●] day of May 2014"])
def test_open_day_has_month_precision(text: str) -> None:
    (found,) = dates_of(f"dated {text}.")
    assert (found.value, found.precision) == ("2014-05", "month")


def test_the_verb_may_is_no_month() -> None:
    assert dates_of("it may 2014 times repeat") == []
