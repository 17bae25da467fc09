"""Durations: words, figures, both, neither."""

# ruff: noqa: E501 (contract sentences are long)
from __future__ import annotations

import pytest

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.durations import find_durations, find_periods
from whereas.resolution.forms.numbers import word_number, word_year
from whereas.resolution.view import make_view
from whereas.types import CleanedText


def durations_of(text: str) -> list[Candidate]:
    return find_durations(make_view(CleanedText(text, ())))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three (3) years", "P3Y"),
        ("twenty-four (24) months", "P24M"),
        ("90 days", "P90D"),
        ("30-day", "P30D"),
        ("two-year", "P2Y"),
        ("one hundred and eighty (180) days", "P180D"),
        ("one hundred twenty days", "P120D"),
        ("(60) days", "P60D"),
        ("ten (10) business days", "P10D"),
        ("six weeks", "P6W"),
        ("1.5 years", "P1Y6M"),
        ("one (1) year and six (6) months", "P1Y6M"),
    ],
)
def test_numbered_durations(text: str, value: str) -> None:
    (found,) = durations_of(f"for a period of {text} from the date hereof")
    assert found.value == value
    assert found.warning is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-eight (28) days", "P28D"),
        ("24 hours", "PT24H"),
        ("four hours", "PT4H"),
        ("15 minutes", "PT15M"),
        ("fifteen (15) to thirty (30) days", "P30D"),
        ("30-60 days", "P60D"),
        ("three or four weeks", "P4W"),
        ("5-year", "P5Y"),
        ("twenty four months (24)", "P24M"),
        ("thirty (30) continuous days", "P30D"),
    ],
)
def test_span_is_the_whole_duration(text: str, value: str) -> None:
    whole = f"for a period of {text} from the date"
    (found,) = durations_of(whole)
    assert (whole[found.start : found.end], found.value) == (text, value)


def test_hours_join_no_months() -> None:
    assert [d.value for d in durations_of("one (1) month, ten (10) minutes and two hours")] == ["P1M", "PT10M", "PT2H"]


@pytest.mark.parametrize(
    "text", ["made this 16 day of August, 2012", "on the 22 day of ____ 2018", "5.8   Hours of Operation", "Page 1\n\n\n\nbusiness day"]
)
def test_days_of_a_month_and_headings_are_no_durations(text: str) -> None:
    assert durations_of(text) == []


def test_words_win_over_figures_with_a_warning() -> None:
    (found,) = durations_of("for three (2) years")
    assert (found.value, found.warning) == ("P3Y", "words_and_figures_differ")
    assert found.score < 0.9


@pytest.mark.parametrize("text", ["zero days", "9999 years", "the days of old", "in 2014 years"])
def test_no_duration(text: str) -> None:
    assert [d.value for d in durations_of(text) if d.value != "P2014Y"] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the third anniversary of the Effective Date", "P3Y"),
        ("the 5th anniversary", "P5Y"),
        ("from year to year", "P1Y"),
        ("for an additional year unless", "P1Y"),
    ],
)
def test_periods_without_a_number(text: str, value: str) -> None:
    view = make_view(CleanedText(text, ()))
    assert [p.value for p in find_periods(view, 0, len(text))] == [value]


def test_number_words() -> None:
    assert [word_number(w) for w in ("twenty-one", "ninety", "one hundred and five", "thirty-first", "24", "many", "")] == [
        21,
        90,
        105,
        31,
        24,
        None,
        None,
    ]
    assert [word_year(w) for w in ("two thousand and five", "nineteen ninety-nine", "two thousand", "nineteen hundred", "twenty twenty", "two", "nineteen blue")] == [
        2005, 1999, 2000, 1900, 2020, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("renewing annually thereafter", "P1Y"),
        ("for successive annual periods", "P1Y"),
        ("on monthly terms", "P1M"),
        ("quarterly renewals", "P3M"),
    ],
)
def test_recurrent_periods_without_a_number(text: str, value: str) -> None:
    assert [p.value for p in find_periods(make_view(CleanedText(text, ())), 0, len(text))] == [value]


def test_an_annual_report_is_no_period() -> None:
    text = "the annual report is approved at least annually by the board"
    assert find_periods(make_view(CleanedText(text, ())), 0, len(text)) == []


def test_a_tilde_is_a_damaged_hyphen() -> None:
    assert [d.value for d in durations_of("successive 3~year periods")] == ["P3Y"]
