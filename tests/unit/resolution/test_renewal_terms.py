"""How long a renewal is, and which notice stops it: the wordings that say so, and those that speak of something else."""

from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.resolution.forms.currencies import plain_dollar
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Contract

SUPPLY = """YARN SUPPLY AGREEMENT
This Yarn Supply Agreement (the "Agreement") dated May 4, 2020 is between Orrin Mills LLC ("Supplier") and Sedge Inc. ("Buyer").
The parties hereby agree as follows:
1. Term. {body}
IN WITNESS WHEREOF the parties have signed below.
"""
RENEWS = "The initial term of this Agreement is two (2) years. It shall automatically renew for successive one (1) year terms. "


def supply(body: str) -> Contract:
    return resolve_text(SUPPLY.format(body=body)).contract


def renewal(body: str) -> object:
    fact = supply(body).renewal_term
    return fact.value if fact else None


def notice(body: str) -> object:
    fact = supply(body).renewal_notice_period
    return fact.value if fact else None


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("This Agreement is for one year and shall continue from year to year thereafter.", "P1Y"),
        ("Thereafter this Agreement shall be effective month-to-month.", "P1M"),
        ("This Agreement is tacitly renewed every year.", "P1Y"),
        ("At the Buyer's option, this Agreement shall renew for a subsequent term of four (4) years.", "P4Y"),
        ("Buyer may, at its option, renew this Agreement for one (1) six month period.", "P6M"),
        ("This Agreement shall automatically renew for successive one (I) year terms.", "P1Y"),
        ("This Agreement shall be renewed for further terms of two (2) years for terms up to a total of ten (10) years.", "P2Y"),
    ],
)
def test_length_of_a_renewal(body: str, value: str) -> None:
    assert renewal(body) == value


@pytest.mark.parametrize(
    "body",
    [
        "This Agreement may be renewed for an additional one (1) year term upon mutual written agreement of the parties.",
        "This Agreement can be renewed by mutual agreement of the parties for successive two (2) year periods.",
        '"Year" shall mean each successive twelve (12) month period from the first delivery.',
        "Supplier may extend such three (3) year period if the mill is closed.",
        "Buyer may extend the term of the Dyeing Test Program for additional three (3) year periods.",
        "Buyer shall pay rent for the store from month to month.",
    ],
)
def test_no_renewal_of_the_contract(body: str) -> None:
    assert renewal(body) is None


def test_terms_still_to_be_agreed_do_not_make_a_renewal_mutual() -> None:
    assert renewal("This Agreement shall automatically renew for successive one (1) year periods at mutually agreed prices.") == "P1Y"


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (
            "This Agreement is for one year and shall continue thereafter until terminated by either party on sixty (60) days notice.",
            "P60D",
        ),
        ("This Agreement shall be effective month to month until cancelled by either party upon ten (10) days written notice.", "P10D"),
        (
            RENEWS + "After the initial term either party may terminate this Agreement without cause upon three (3) months written notice.",
            "P3M",
        ),
        (
            RENEWS + "Buyer may give notice of termination of this Agreement at least ninety (90) days prior to the end of the then "
            "current term.",
            "P90D",
        ),
        (RENEWS + "Buyer, upon twenty (20) days notice, may cancel this Agreement at the end of the initial term.", "P20D"),
    ],
)
def test_notice_that_stops_the_contract(body: str, value: str) -> None:
    assert notice(body) == value


@pytest.mark.parametrize(
    "body",
    [
        RENEWS + "If Buyer wishes to extend the term further, it shall give written notice at least ninety (90) days before its end.",
        RENEWS + "Buyer may, by written notice given at least thirty (30) days prior to the end of the term, extend the term once.",
        RENEWS + "Insurance shall be renewed, and its insurer shall give at least thirty (30) days prior written notice of termination.",
        RENEWS + "Ninety (90) days before each renewal the parties shall discuss prices in good faith.",
        RENEWS + "Any person may end a renewed term on sixty (60) days written notice during a strike.",
        RENEWS + "Ohio law requires ninety (90) days prior notice of non-renewal of a franchise.",
        "This Agreement shall continue thereafter until terminated for a breach not cured within thirty (30) days of notice.",
        "This Agreement shall continue until terminated by either party on sixty (60) days prior notice.",
    ],
)
def test_notice_of_something_else(body: str) -> None:
    assert notice(body) is None


@pytest.mark.parametrize(
    ("country", "code"),
    [("Hong Kong", "HKD"), ("New Zealand", "NZD"), ("United States", "USD"), ("Canadian", "CAD"), ("Wakandan", "USD")],
)
def test_a_declared_dollar_of_a_country_of_two_words(country: str, code: str) -> None:
    text = f"All amounts in this Agreement are in {country} dollars. Buyer shall pay $500."
    assert plain_dollar(make_view(CleanedText(text, ()))) == code
