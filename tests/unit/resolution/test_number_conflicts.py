"""Words and figures that disagree, anywhere in a contract."""

from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.resolution.provisions.conflicts import number_conflicts
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Warning


def conflicts(text: str, *, flagged: tuple[int, ...] = ()) -> list[Warning]:
    return number_conflicts(make_view(CleanedText(text, ())), lambda start, end: (7, ()), flagged=flagged)


@pytest.mark.parametrize(
    "text",
    ["within thirty (45) days of the invoice", "three (4) copies", "one hundred and twenty (210) units", "two thousand (20,000) shares"],
)
def test_a_disagreement_is_a_warning_on_its_page(text: str) -> None:
    assert [(w.code, w.page) for w in conflicts(text)] == [("words_and_figures_differ", 7)]


@pytest.mark.parametrize(
    "text",
    [
        "thirty (30) days",
        "one million three hundred thirty-three thousand three hundred thirty-three (1,333,333) shares",
        "six (6,000,000) million shares",
        "ten (12) percent",
        "either of the two (1) the first, (2) the second",
        "Section two (b) applies",
    ],
)
def test_agreement_sums_and_lists_are_none(text: str) -> None:
    assert conflicts(text) == []


def test_what_is_flagged_already_is_not_flagged_twice() -> None:
    assert conflicts("three (4) copies", flagged=(0,)) == []


def test_a_chosen_term_is_flagged_once() -> None:
    text = (
        'SUPPLY AGREEMENT\nThis Supply Agreement (the "Agreement") dated May 2, 2019 is between Brightmoor LLC and Teasel Inc. The parties '
        "hereby agree.\n1. Term. The term of this Agreement shall be three (2) years from the date hereof."
    )
    assert [w.code for w in resolve_text(text).warnings].count("words_and_figures_differ") == 1
