"""Venues: courts and seats of arbitration with the most exact code, and the places that are none."""

from __future__ import annotations

import pytest

from whereas.resolution.provisions.venue import find_venues
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Fact


def venues(text: str) -> tuple[Fact, ...]:
    return find_venues(make_view(CleanedText(text, ())), lambda start, end: (1, ()))


@pytest.mark.parametrize(
    ("text", "kind", "code", "phrase"),
    [
        ("The parties submit to the exclusive jurisdiction of the courts of England and Wales.", "court", "GB-EAW", "England and Wales"),
        (
            "Any suit shall be brought in the state and federal courts located in New York County, New York.",
            "court",
            "US-NY",
            "New York County, New York",
        ),
        ("Venue shall lie exclusively in Travis County, Texas.", "court", "US-TX", "Travis County, Texas"),
        ("Each party consents to the jurisdiction of the Ohio state courts over any dispute.", "court", "US-OH", "Ohio"),
        ("Actions shall be brought in the Court of Chancery of the State of Delaware.", "court", "US-DE", "State of Delaware"),
        ("The exclusive place of jurisdiction shall be Hamburg, Germany.", "court", "DE", "Hamburg, Germany"),
        (
            "ANY ACTION SHALL BE BROUGHT IN THE COURTS LOCATED IN DANE COUNTY, WISCONSIN.",
            "court",
            "US-WI",
            "DANE COUNTY, WISCONSIN",
        ),
        ("Disputes shall be heard by the courts sitting in Orlando, FL.", "court", "US-FL", "Orlando, FL"),
        ("The seat of arbitration shall be Geneva.", "arbitration", "CH", "Geneva"),
        ("All disputes shall be settled by arbitration in London, England.", "arbitration", "GB-ENG", "London, England"),
        ("Disputes shall be settled by arbitration in London, Ontario, Canada.", "arbitration", "CA-ON", "London, Ontario, Canada"),
        (
            "Disputes shall be resolved by arbitration administered by the AAA in Dallas, Texas.",
            "arbitration",
            "US-TX",
            "Dallas, Texas",
        ),
        (
            "Disputes shall be resolved in Boulder, Colorado (USA) by binding arbitration.",
            "arbitration",
            "US-CO",
            "Boulder, Colorado",
        ),
        ("Claims go to arbitration. The arbitration shall take place in Hong Kong, China.", "arbitration", "HK", "Hong Kong, China"),
    ],
)
def test_a_venue_is_the_whole_place_with_its_most_exact_code(text: str, kind: str, code: str, phrase: str) -> None:
    (found,) = venues(text)
    assert (found.kind, found.code, found.text) == (kind, code, phrase)
    (where,) = found.evidence
    assert text[where.start : where.end] == phrase
    assert found.source == f"rule:venue-{kind}"


@pytest.mark.parametrize(
    "text",
    [
        "This Agreement is governed by the laws of the State of Nevada, without regard to conflict of laws.",
        "The courts of England shall have no jurisdiction over any dispute.",
        "Zephyrine Corp., a corporation organized under the laws of Delaware, shall arbitrate any dispute.",
        "Disputes go to arbitration under the rules of the Hong Kong International Arbitration Centre.",
        "The parties shall attempt mediation in Reno, Nevada before any claim.",
        "If a court of competent jurisdiction holds a provision void, the rest stands in Canada.",
        "The Distributor may sell in Japan and any other jurisdiction.",
        "No order of any court is pending in Norway.",
        "",
    ],
)
def test_no_venue(text: str) -> None:
    assert venues(text) == ()


def test_law_and_courts_of_one_sentence_are_told_apart() -> None:
    text = (
        "This Agreement is governed by the laws of the State of Nevada, and the parties submit to the exclusive jurisdiction of the "
        "courts of Maricopa County, Arizona."
    )
    assert [v.code for v in venues(text)] == ["US-AZ"]


def test_courts_and_arbitration_stand_side_by_side() -> None:
    text = (
        "All disputes shall be finally settled by arbitration held in Paris, France. "
        "Either party may seek an injunction, and for that submits to the exclusive jurisdiction of the courts of Illinois."
    )
    assert {(v.kind, v.code) for v in venues(text)} == {("arbitration", "FR"), ("court", "US-IL")}


def test_the_federation_is_left_out_beside_its_state() -> None:
    text = "Any action shall be brought in a court of the United States of America or the courts of the State of Oregon."
    assert [v.code for v in venues(text)] == ["US-OR"]


def test_the_longer_phrase_of_equal_rank_is_shown() -> None:
    text = "Venue shall be in Ohio. Venue shall be in Franklin County, Ohio."
    assert [v.text for v in venues(text)] == ["Franklin County, Ohio"]
