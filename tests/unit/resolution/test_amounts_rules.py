"""Money, percentages and quantities: words and figures are one span, with the value that the figures give."""

from __future__ import annotations

import pytest

from whereas.resolution.forms.money import find_money
from whereas.resolution.forms.numbers import spelled_number
from whereas.resolution.forms.percentages import find_percentages
from whereas.resolution.forms.quantities import find_quantities
from whereas.resolution.view import make_view
from whereas.types import CleanedText


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("US $21,500", "21500.00", "USD"),
        ("USD$1,150,000", "1150000.00", "USD"),
        ("$.0001", "0.0001", "USD"),
        ("$45,000USD", "45000.00", "USD"),
        ("NTD 1 million", "1000000.00", "TWD"),
        ("RMB50,000", "50000.00", "CNY"),
        ("RMB40,000 (RMB FORTY THOUSAND)", "40000.00", "CNY"),
        ("Rs. 5,00,000", "500000.00", "INR"),
        ("INR 20 lakh", "2000000.00", "INR"),
        ("CHF 2,500", "2500.00", "CHF"),
        ("500,000 RMB", "500000.00", "CNY"),
        ("Five Thousand Dollars ($5,000)", "5000.00", "USD"),
        ("two million U.S. dollars ($2,000,000)", "2000000.00", "USD"),
        ("two million ($2,000,000) dollars", "2000000.00", "USD"),
        ("forty-five thousand dollars ($45,000USD)", "45000.00", "USD"),
        ("Ninety and No/100 Dollars ($90.00)", "90.00", "USD"),
        ("Thirty-One Million Two Hundred Thousand United States Dollars (US$31,200,000)", "31200000.00", "USD"),
        ("three hundred thousand Swiss francs", "300000.00", "CHF"),
        ("Ten Thousand Dollars", "10000.00", "USD"),
        ("fifty cents", "0.50", "USD"),
        ("$5,000 CAD", "5000.00", "CAD"),
        ("$5,000 (Canadian)", "5000.00", "CAD"),
        ("$300 Hong Kong dollars", "300.00", "HKD"),
        ("C$5 million", "5000000.00", "CAD"),
        ("$1.5MM", "1500000.00", "USD"),
        ("¥5,000 RMB", "5000.00", "CNY"),
        ("2,500 €", "2500.00", "EUR"),
        ("One Hundred Thousand Euros (100,000 €)", "100000.00", "EUR"),
        ("forty thousand Danish kroner", "40000.00", "DKK"),
    ],
)
def test_an_amount_is_one_span(text: str, amount: str, currency: str) -> None:
    whole = f"pays the sum of {text} within a week"
    (found,) = find_money(make_view(CleanedText(whole, ())))
    assert whole[found.start : found.end] == text
    assert found.value == {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    "text", ["the dollars and euros of it", "CLASS $ SHARES", "a million reasons", "RMBX 500", "terms 50 of", "paid in Yen"]
)
def test_no_money(text: str) -> None:
    assert find_money(make_view(CleanedText(text, ()))) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5%", "5"),
        (".5%", ".5"),
        ("1.5 %", "1.5"),
        ("25 per cent", "25"),
        ("25 percent (25%)", "25"),
        ("twenty-five percent (25%)", "25"),
        ("one and one-half percent (1.5%)", "1.5"),
        ("fifty-one (51%) percent", "51"),
        ("thirty (30) percent", "30"),
        ("one hundred percent", "100"),
        ("5% (five percent)", "5"),
    ],
)
def test_a_percentage_is_one_span(text: str, value: str) -> None:
    whole = f"a share of {text} of the fees"
    (found,) = find_percentages(make_view(CleanedText(whole, ())))
    assert whole[found.start : found.end] == text
    assert found.value == value


@pytest.mark.parametrize("text", ["a percent of it", "the percentage", "%", "half of it"])
def test_no_percentage(text: str) -> None:
    assert find_percentages(make_view(CleanedText(text, ()))) == []


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("5,000 units", "5000", "units"),
        ("ten (10) acres", "10", "acres"),
        ("30 MW", "30", "mw"),
        ("1000mg", "1000", "mg"),
        ("100,000 shares", "100000", "shares"),
        ("25,000 restricted shares", "25000", "restricted shares"),
        ("700 pounds per square inch gauge", "700", "pounds per square inch gauge"),
        ("two million (2,000,000) gallons", "2000000", "gallons"),
        ("10 million GPD", "10000000", "gpd"),
        ("30,000 units/year", "30000", "units"),
        ("7,000 class B ordinary shares", "7000", "class b ordinary shares"),
        ("12,500 square feet", "12500", "square feet"),
    ],
)
def test_a_quantity_is_one_span(text: str, amount: str, unit: str) -> None:
    whole = f"provides {text} a year"
    (found,) = find_quantities(make_view(CleanedText(whole, ())))
    assert whole[found.start : found.end] == text
    assert found.value == {"amount": amount, "unit": unit}


@pytest.mark.parametrize(
    "text", ["two (2) counterparts", "$5 shares", "24 hours", "5.2 Options", "3.1 Shares", "71 W. Main", "A12 units", "12 Ms. Brook"]
)
def test_no_quantity(text: str) -> None:
    assert find_quantities(make_view(CleanedText(text, ()))) == []


@pytest.mark.parametrize(
    ("declaration", "currency"),
    [
        ("All amounts in this Agreement are in Canadian dollars.", "CAD"),
        ('References to "$" are to the lawful currency of Canada.', "CAD"),
        ("All payments shall be made in U.S. dollars.", "USD"),
        ("The Canadian affiliate pays promptly.", "USD"),
    ],
)
def test_a_bare_dollar_is_the_one_that_the_contract_declares(declaration: str, currency: str) -> None:
    found = find_money(make_view(CleanedText(f"{declaration} The fee is $500 or ten dollars.", ())))
    assert [f.code for f in found] == [currency, currency]


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Five Hundred Dollars ($50)", True),
        ("five hundred ($50)", True),
        ("$50 (five hundred dollars)", True),
        ("NTD 1.2 million (SAY ONE MILLION AND TWENTY THOUSAND ONLY)", True),
        ("Fifty and 50/100 Dollars ($50.50)", False),
        ("one and a half million dollars ($1,500,000)", False),
        ("Twelve Thousand ($12,000) Dollars", False),
    ],
)
def test_words_are_checked_against_figures(text: str, warned: bool) -> None:
    (found,) = find_money(make_view(CleanedText(text, ())))
    assert (found.warning is not None, bool(found.alternatives)) == (warned, warned)


@pytest.mark.parametrize(
    ("text", "warned"),
    [("thirty (35) percent", True), ("twenty-five percent (25.0%)", False), ("one half of one percent (0.5%)", False)],
)
def test_worded_percentages_are_checked_against_figures(text: str, warned: bool) -> None:
    (found,) = find_percentages(make_view(CleanedText(text, ())))
    assert (found.warning is not None) == warned


def test_words_and_figures_that_differ_are_less_sure() -> None:
    (slip,) = find_quantities(make_view(CleanedText("two (3) acres", ())))
    (same,) = find_quantities(make_view(CleanedText("two (2) acres", ())))
    assert slip.value == {"amount": "3", "unit": "acres"}
    assert slip.score < same.score


def test_spelled_numbers() -> None:
    words = ("two million five hundred thousand", "Fifty-Five Thousand", "one hundred and twenty", "many")
    assert [spelled_number(w) for w in words] == [2_500_000, 55_000, 120, None]
