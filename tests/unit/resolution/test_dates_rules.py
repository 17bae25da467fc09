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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ju1y 1, 2019", "2019-07-01"),
        ("JuIy 1, 2019", "2019-07-01"),
        ("ApriI 3, 2019", "2019-04-03"),
        ("0ctober 3, 2018", "2018-10-03"),
        ("the 1 5th of March 2012", "2012-03-15"),
        ("December31, 2005", "2005-12-31"),
        ("June 3rd, 20 15", "2015-06-03"),
        ("l2/31/2014", "2014-12-31"),
        ("5/5/1O", "2010-05-05"),
        ("2O19-05-01", "2019-05-01"),
    ],
)
def test_damage_is_repaired_inside_a_date(text: str, value: str) -> None:
    (found,) = dates_of(f"signed on {text} by both")
    assert (found.value, found.precision) == (value, "day")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019/05/01", "2019-05-01"),
        ("2019.05.01", "2019-05-01"),
        ("05-MAY-19", "2019-05-05"),
        ("20 May '19", "2019-05-20"),
        ("May 5, '98", "1998-05-05"),
        ("fifth of May, 2019", "2019-05-05"),
    ],
)
def test_more_spellings_of_a_day(text: str, value: str) -> None:
    (found,) = dates_of(f"signed on {text} by both")
    assert (found.value, found.precision) == (value, "day")


@pytest.mark.parametrize(("year", "century"), [("49", "2049"), ("50", "1950"), ("00", "2000")])
def test_the_pivot_of_two_digit_years(year: str, century: str) -> None:
    (found,) = dates_of(f"on 10/30/{year} the parties")
    assert str(found.value).startswith(century)


def test_written_dates_with_the_month_first_settle_the_order() -> None:
    found = dates_of("signed March 4, 2019 in London, England; paid on 03/04/2019")
    assert [d.value for d in found] == ["2019-03-04", "2019-03-04"]
    assert found[1].score > dates_of("03/04/2019")[0].score


@pytest.mark.parametrize("hint", ["The organisation is seated in England.", "a licence under the laws of Ireland"])
def test_spelling_and_places_tell_the_order(hint: str) -> None:
    (found,) = dates_of(f"{hint} Paid on 03/04/2019.")
    assert found.value == "2019-04-03"
    assert [a.value for a in found.alternatives] == ["2019-03-04"]


@pytest.mark.parametrize("text", ["31 April 2020", "the 31st day of June 2020", "30th February 2019"])
def test_an_impossible_day_is_no_month_either(text: str) -> None:
    assert dates_of(f"on {text} they met") == []


@pytest.mark.parametrize("text", ["model O5/l2", "may 20 items", "IIIl-ll-ll", "version 2019/05", "It may, 'til then, 19 days"])
def test_letters_and_fragments_are_no_dates(text: str) -> None:
    assert dates_of(text) == []
