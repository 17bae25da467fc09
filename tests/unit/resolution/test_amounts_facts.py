"""Amounts as facts: every sum and percentage with what it is, and a warning where words and figures differ."""

from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.types import Fact, Resolution

_OPENING = (
    'LICENSE AGREEMENT\n\nThis License Agreement (this "Agreement") is made as of May 4, 2020 by and between Brackwater Foods, Inc., a '
    'Utah corporation ("Licensor"), and Ellenby Stores, LLC ("Licensee").\n\nThe parties agree as follows.\n\n'
)
_CLOSING = "\n\nIN WITNESS WHEREOF, the parties have executed this Agreement.\n"


def resolved(clause: str) -> Resolution:
    return resolve_text(_OPENING + clause + _CLOSING)


def amounts(clause: str) -> tuple[Fact, ...]:
    return resolved(clause).contract.amounts


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("Licensee shall pay a license fee of $5,000.", "fee"),
        ("Licensee shall pay Licensor a commission of 12%.", "fee"),
        ("The purchase price shall be $2,500,000.", "price"),
        ("Each kit is sold at $14.50 per unit.", "price"),
        ("Licensee shall pay a royalty of 6%.", "royalty"),
        ("Licensee shall pay Licensor 4% of Net Sales.", "royalty"),
        ("The monthly rent is $3,200.", "rent"),
        ("The Executive shall receive a base salary of $180,000.", "salary"),
        ("Licensee shall leave a security deposit of $10,000.", "deposit"),
        ("Licensee shall pay $500 as liquidated damages for each day of delay.", "penalty"),
        ("Overdue sums bear interest at 1.5% per month.", "interest"),
        ("Licensor's aggregate liability shall not exceed $1,000,000.", "cap"),
        ("Licensee guarantees revenues of at least $40,000.", "minimum"),
        ("If the shortfall exceeds 5%, Licensee bears the audit.", "threshold"),
        ("Licensee shall keep commercial general liability insurance of not less than $2,000,000 per occurrence.", "insurance"),
        ("Licensee is granted a discount of 15% on all kits.", "discount"),
        ("A withholding tax of 10% applies.", "tax"),
        ("Control means ownership of more than 50% of the voting shares.", "share"),
        ("On early end Licensee owes a termination fee of $75,000.", "termination_fee"),
        ("Travel expenses of $900 were approved.", "expense"),
        ("A late payment charge of 2% is due.", "penalty"),
        ("Its capital contribution shall be $40,000.", "share"),
        ("The number $77 was seen.", "other"),
    ],
)
def test_the_kind_is_what_the_nearest_words_say(clause: str, kind: str) -> None:
    (found,) = amounts(clause)
    assert found.kind == kind


def test_amounts_come_in_text_order_each_with_its_own_kind() -> None:
    clause = "Licensee shall pay a setup fee of US$1.5 million and a royalty of 5%, and its liability shall not exceed £2,000."
    found = amounts(clause)
    assert [(f.kind, f.value) for f in found] == [
        ("fee", {"amount": "1500000.00", "currency": "USD"}),
        ("royalty", {"percent": "5"}),
        ("cap", {"amount": "2000.00", "currency": "GBP"}),
    ]
    assert [f.evidence[0].start for f in found] == sorted(f.evidence[0].start for f in found)
    assert all(0.0 < f.score < 1.0 and f.source.startswith("rule:") for f in found)


def test_the_rows_of_a_list_are_explained_once() -> None:
    found = amounts("The annual fee is: Year 1 $1,000 Year 2 $1,100 Year 3 $1,200.")
    assert [f.kind for f in found] == ["fee", "fee", "fee"]


def test_what_ends_in_a_colon_speaks_for_the_line_after_it() -> None:
    assert [f.kind for f in amounts("The following fees apply:\n\nBasic plan $77 and so on.")] == ["fee"]


def test_a_bound_holds_for_the_figure_after_it_alone() -> None:
    assert [f.kind for f in amounts("Discount on orders of more than 20 units 10% 8%.")] == ["discount", "discount"]


def test_a_word_of_another_paragraph_says_nothing() -> None:
    found = amounts("The royalty is settled elsewhere.\n\nThe number $77 was seen.")
    assert [f.kind for f in found] == ["other"]


def test_an_amount_that_no_word_explains_is_less_sure() -> None:
    (fee,) = amounts("Licensee shall pay a license fee of $77.")
    (other,) = amounts("The number $77 was seen.")
    assert other.score < fee.score


@pytest.mark.parametrize(
    ("clause", "values"),
    [
        ("Buyer shall order at least 500 units each year.", [{"amount": "500", "unit": "units"}]),
        ("The lorry weighs 500 kg.", []),
        ("The report has at least 20 pages.", []),
    ],
)
def test_a_quantity_counts_where_someone_is_bound_to_it(clause: str, values: list[object]) -> None:
    assert [f.value for f in amounts(clause)] == values


@pytest.mark.parametrize(
    ("clause", "value", "other"),
    [
        (
            "Licensee shall pay a fee of Five Hundred Dollars ($50).",
            {"amount": "50.00", "currency": "USD"},
            {"amount": "500.00", "currency": "USD"},
        ),
        ("Licensee shall pay a royalty of seven percent (8%).", {"percent": "8"}, {"percent": "7"}),
    ],
)
def test_words_and_figures_that_differ_are_told(clause: str, value: object, other: object) -> None:
    whole = resolved(clause)
    (found,) = whole.contract.amounts
    assert found.value == value
    assert [a.value for a in found.alternatives] == [other]
    assert "words_and_figures_differ" in [w.code for w in whole.warnings]


def test_words_and_figures_that_agree_raise_no_warning() -> None:
    whole = resolved("Licensee shall pay a fee of Five Hundred Dollars ($500).")
    assert "words_and_figures_differ" not in [w.code for w in whole.warnings]


def test_no_amounts() -> None:
    assert amounts("Licensee shall pay on time.") == ()
