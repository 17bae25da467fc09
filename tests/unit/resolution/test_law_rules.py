"""Governing law: which places govern, which only hold courts or parties, and when there are two."""

from __future__ import annotations

import pytest
from resolution_cases import resolve_text

_OPENING = (
    'SUPPLY AGREEMENT\n\nThis Supply Agreement (this "Agreement") is made as of May 4, 2020 by and between Brackwater Foods, Inc., a Utah '
    'corporation ("Supplier"), and Ellenby Stores, LLC ("Buyer").\n\nThe parties agree as follows.\n\n9. Governing Law. '
)
_CLOSING = "\n\nIN WITNESS WHEREOF, the parties have executed this Agreement.\n"


def laws(clause: str) -> list[str | None]:
    return [f.code for f in resolve_text(_OPENING + clause + _CLOSING).contract.governing_law]


@pytest.mark.parametrize(
    ("clause", "codes"),
    [
        ("This Agreement is governed by the laws of England and Wales.", ["GB-EAW"]),
        ("This Agreement is governed by the laws of the Province of Ontario and the federal laws of Canada.", ["CA-ON"]),
        ("This Agreement shall be construed under the laws of the Hong Kong Special Administrative Region.", ["HK"]),
        ("The law of the Federal Republic of Germany applies.", ["DE"]),
        ("The laws of Japan shall apply to this Agreement.", ["JP"]),
        ("This Agreement shall be governed by the laws ofthe State ofTexas.", ["US-TX"]),
        ("This Agreement shall be governed by the laws of P.R. of China.", ["CN"]),
        ("This Agreement shall be governed by the laws of the Republic of China.", ["TW"]),
        ("This Agreement is governed by the laws of the State of Maine, without regard to the laws of Vermont.", ["US-ME"]),
        ("This Agreement is governed by the laws of Idaho and the courts of Kansas have jurisdiction.", ["US-ID"]),
        ("This Agreement is governed by the laws of the State of Illinois and the United States of America.", ["US-IL"]),
    ],
)
def test_the_law_that_governs(clause: str, codes: list[str]) -> None:
    assert laws(clause) == codes


@pytest.mark.parametrize(
    ("clause", "codes"),
    [
        ("This Agreement is governed by the laws of the United States and the State of New York.", {"US", "US-NY"}),
        (
            "This Agreement is governed by the laws of Iowa, except Section 4, which is governed by the laws of the State of Virginia.",
            {"US-IA", "US-VA"},
        ),
    ],
)
def test_two_laws_of_one_breath_are_both_given(clause: str, codes: set[str]) -> None:
    assert set(laws(clause)) == codes


def test_a_law_of_incorporation_governs_nothing() -> None:
    assert laws("Ellenby Stores is duly organized and validly existing under the laws of Delaware.") == []
