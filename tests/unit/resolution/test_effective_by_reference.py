"""Effective dates that the text gives by pointing: at the date hereof, at the last signature."""

from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.types import Contract

SUPPLY = """SUPPLY AGREEMENT
This Supply Agreement (the "Agreement"){dated} is between Brightmoor Foods LLC ("Supplier") and Teasel & Co. Inc. ("Buyer").
The parties hereby agree as follows:
1. {clause}
IN WITNESS WHEREOF the parties have signed below.
BRIGHTMOOR FOODS LLC
By: /s/ Ines Calder
Name: Ines Calder
Title: Manager
Date: March 9, 2018

TEASEL & CO. INC.
By: /s/ Rolf Amsel
Name: Rolf Amsel
Title: President
Date: March 12, 2018
"""


def supply(clause: str, *, dated: str = " dated March 1, 2018") -> Contract:
    return resolve_text(SUPPLY.format(clause=clause, dated=dated)).contract


@pytest.mark.parametrize(
    ("clause", "value", "words"),
    [
        (
            "This Agreement shall commence on the date hereof and last long.",
            "2018-03-01",
            "This Agreement shall commence on the date hereof",
        ),
        (
            "This Agreement becomes effective as of the day and year first above written.",
            "2018-03-01",
            "This Agreement becomes effective as of the day and year first above written",
        ),
        (
            "This Agreement shall take effect on the date of its signature by both parties.",
            "2018-03-12",
            "This Agreement shall take effect on the date of its signature by both parties",
        ),
    ],
)
def test_the_day_pointed_at_with_both_as_evidence(clause: str, value: str, words: str) -> None:
    effective = supply(clause).effective_date
    assert effective is not None
    assert (effective.value, effective.text, effective.source) == (value, words, "rule:effective-by-reference")
    assert len(effective.evidence) == 2
    assert effective.derivation is not None


@pytest.mark.parametrize(
    "clause",
    [
        "Deliveries shall commence on the date of each order.",
        "No amendment shall be effective unless signed by both parties.",
        "The warranty begins on the date of receipt.",
    ],
)
def test_other_beginnings_point_at_nothing(clause: str) -> None:
    assert supply(clause).effective_date is None


def test_an_explicit_effective_date_stands() -> None:
    effective = supply(
        'This Agreement is effective as of April 2, 2018 (the "Effective Date"). The term shall commence on the date hereof.'
    ).effective_date
    assert effective is not None
    assert effective.value == "2018-04-02"
