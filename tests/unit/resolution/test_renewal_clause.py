"""Does a contract renew itself: the words that say so, those that deny it, and what else is renewed."""

from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.resolution.contract import Reading
from whereas.resolution.marginals import make_marginals
from whereas.resolution.provisions.renewal import find_auto_renewal
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Contract, Fact, Recognition


def renewal_of(text: str) -> Fact | None:
    view, recognition = make_view(CleanedText(text, ())), Recognition(())
    return find_auto_renewal(Reading.of(view, [], recognition, make_marginals(text, recognition)), lambda start, end: (None, ()))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("After the Initial Term this Agreement shall automatically renew for further one-year terms.", "automatically renew"),
        ("This Agreement will be automatically extended for two years.", "automatically extended"),
        ("The Term renews automatically each March.", "renews automatically"),
        ("The Contract shall be renewed tacitly every year.", "renewed tacitly"),
        ("The term of this Lease shall continue from year to year thereafter.", "continue from year to year"),
        ("This Agreement is evergreen and ends on notice.", "is evergreen"),
        (
            "The Agreement shall be extended for successive periods of one year each unless a party objects in writing.",
            "shall be extended for successive periods of one year each unless",
        ),
        ("This Agreement shall thereafter continue automatically for successive annual periods.", "continue automatically for successive"),
    ],
)
def test_contracts_that_renew_themselves(text: str, words: str) -> None:
    fact = renewal_of(text)
    assert fact is not None
    assert fact.value is True
    assert fact.text == words
    (evidence,) = fact.evidence
    assert text[evidence.start : evidence.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "This Agreement shall not automatically renew.",
        "The Agreement is non-renewable.",
        "This Agreement may be renewed only by written agreement of both parties.",
        "Tenant shall have the option to renew this Lease for five years.",
        "The Term shall end on May 1, 2020 unless extended by mutual written consent.",
        "At the Buyer's option, this Agreement shall renew for a further two years.",
        "There is no right of renewal under this Agreement, and no obligation to renew it.",
    ],
)
def test_contracts_that_somebody_must_renew(text: str) -> None:
    fact = renewal_of(text)
    assert fact is not None
    assert fact.value is False
    assert fact.source.startswith("rule:renewal-")


@pytest.mark.parametrize(
    "text",
    [
        "This Agreement shall remain in force for three years.",
        "The insurance policy shall automatically renew every year.",
        "The time for performance shall automatically be extended by the length of the delay.",
        "The license does not extend to the trademarks of either party.",
        "This Agreement shall not be extended, amended or modified except in writing.",
    ],
)
def test_what_is_no_renewal_of_the_contract(text: str) -> None:
    assert renewal_of(text) is None


def test_the_notice_that_stops_a_renewal_does_not_deny_it() -> None:
    fact = renewal_of(
        "This Agreement shall automatically renew for one year terms unless either party gives notice that it will not be renewed."
    )
    assert fact is not None
    assert fact.value is True


def test_a_renewal_of_itself_outweighs_an_option_elsewhere() -> None:
    fact = renewal_of("The parties may extend this Agreement in writing.\n\nThis Agreement shall automatically renew for one year.")
    assert fact is not None
    assert fact.value is True


LEASE = """WAREHOUSE LEASE AGREEMENT
This Warehouse Lease Agreement (the "Agreement") dated May 4, 2020 is between Orrin Storage LLC ("Landlord") and Sedge Inc. ("Tenant").
The parties hereby agree as follows:
{body}
IN WITNESS WHEREOF the parties have signed below.
"""


def lease(body: str) -> Contract:
    return resolve_text(LEASE.format(body=body)).contract


def test_renewals_of_the_same_length_take_the_length_of_the_term() -> None:
    contract = lease(
        "1. Term. The term of this Agreement is three (3) years from the date hereof and shall automatically renew for successive terms of "
        "the same duration."
    )
    assert contract.term is not None
    assert contract.renewal_term is not None
    assert (contract.renewal_term.value, contract.renewal_term.source) == ("P3Y", "rule:renewal-as-term")
    assert contract.renewal_term.derivation == "Each renewal is as long as the term, P3Y."
    assert len(contract.renewal_term.evidence) == 2


@pytest.mark.parametrize(
    ("words", "value"),
    [("automatically renew for successive annual periods", "P1Y"), ("renew automatically for monthly terms", "P1M")],
)
def test_renewals_of_a_length_without_a_number(words: str, value: str) -> None:
    contract = lease(f"1. Term. The term of this Agreement is two (2) years. It shall {words} unless terminated.")
    assert contract.renewal_term is not None
    assert contract.renewal_term.value == value


def test_what_such_notice_is_for_stands_in_the_sentence_before() -> None:
    contract = lease(
        "1. Term. The term of this Agreement is two (2) years and shall be automatically renewed for one (1) additional year unless one "
        "party notifies the other of its intention not to renew. Such notice must be given forty (40) days prior to expiration of the term."
    )
    assert contract.renewal_notice_period is not None
    assert contract.renewal_notice_period.value == "P40D"


def test_no_renewal_where_it_is_a_condition() -> None:
    contract = lease(
        "1. Termination. Tenant may terminate this Agreement upon ten (10) days notice if the term of the Site Services Agreement has not "
        "been renewed for an additional term of one (1) year."
    )
    assert contract.renewal_term is None


def test_words_and_figures_of_a_notice_that_differ_are_flagged() -> None:
    result = resolve_text(
        LEASE.format(
            body="1. Term. The term of this Agreement is two (2) years and shall automatically renew for successive one (1) year terms "
            "unless either party gives written notice of non-renewal at least sixty (90) days prior to the end of the term."
        )
    )
    assert result.contract.renewal_notice_period is not None
    assert result.contract.renewal_notice_period.value == "P60D"
    assert "words_and_figures_differ" in [w.code for w in result.warnings]
