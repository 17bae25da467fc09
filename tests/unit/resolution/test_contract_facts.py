"""A whole contract of our own, rules alone: every fact, with evidence and derivation."""

from __future__ import annotations

import pytest
from resolution_cases import CONTRACT, resolve_text

from whereas.types import Contract, Fact, Mention, Recognition, Resolution


def fact(value: object) -> Fact:
    assert isinstance(value, Fact)
    return value


def test_title_and_dates(resolved: Resolution) -> None:
    contract = resolved.contract
    assert fact(contract.title).value == "MASTER SERVICES AGREEMENT"
    assert fact(contract.agreement_date).value == "2021-03-03"
    assert fact(contract.effective_date).value == "2021-03-03"
    assert fact(contract.effective_date).precision == "day"
    assert "2015-06-01" in [a.value for a in fact(contract.agreement_date).alternatives]


def test_term_renewal_notice_and_what_follows(resolved: Resolution) -> None:
    contract = resolved.contract
    assert (fact(contract.term).value, fact(contract.term).kind) == ("P3Y", "fixed")
    assert fact(contract.renewal_term).value == "P1Y"
    assert fact(contract.renewal_notice_period).value == "P90D"
    expiration, deadline = fact(contract.expiration_date), fact(contract.notice_deadline)
    assert (expiration.value, expiration.source) == ("2024-03-03", "rule:derived-date")
    assert expiration.derivation == "Start 2021-03-03 plus the term P3Y."
    assert len(expiration.evidence) == 2
    assert (deadline.value, deadline.derivation) == ("2023-12-04", "Expiry 2024-03-03 minus the notice period P90D.")


def test_governing_law_is_neither_courts_nor_incorporation(resolved: Resolution) -> None:
    assert [(f.value, f.code) for f in resolved.contract.governing_law] == [("New York", "US-NY")]


def test_parties_with_roles_addresses_and_signatories(resolved: Resolution) -> None:
    supplier, customer = resolved.contract.parties
    assert (supplier.name, supplier.kind, supplier.roles, supplier.aliases) == (
        "Quillmark & Daughters, Inc.",
        "organization",
        ("supplier",),
        ("Supplier",),
    )
    assert fact(supplier.address).value == "410 Harbor Street, Suite 5, Boston, MA 02110"
    assert [(s.name, s.title, fact(s.date).value) for s in supplier.signatories] == [("Ada Brook", "Chief Executive Officer", "2021-03-02")]
    assert (customer.name, customer.roles) == ("Oskar Veldt Logistics B.V.", ("customer",))
    assert [(s.name, s.title) for s in customer.signatories] == [("Piet Hollander", "Director")]


def test_evidence_points_at_the_text(resolved: Resolution) -> None:
    contract = resolved.contract
    for value in (contract.title, contract.agreement_date, contract.term, contract.renewal_term, *contract.governing_law):
        (evidence,) = fact(value).evidence
        assert CONTRACT[evidence.start : evidence.end] == fact(value).text
        assert (evidence.page, evidence.boxes) == (1, ((0.0, 0.0, 1.0, 1.0),))


def test_scores_and_sources(resolved: Resolution) -> None:
    contract = resolved.contract
    facts = [
        contract.title,
        contract.agreement_date,
        contract.effective_date,
        contract.term,
        contract.expiration_date,
        *contract.governing_law,
    ]
    assert all(0 <= fact(f).score <= 1 and fact(f).source.startswith("rule:") for f in facts)


def test_same_input_gives_the_same_output(resolved: Resolution) -> None:
    assert resolve_text(CONTRACT) == resolved


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n  ",
        "Roast the squash for an hour. Add salt, then serve with bread. Enjoy on May 8, 2014 with friends in New York.",
        "INVOICE 2041\nWidgets 12 at $4.00\nTotal due: $48.00 by May 8, 2014\nThank you for your custom.",
    ],
)
def test_what_is_no_contract_has_no_facts(text: str) -> None:
    result = resolve_text(text)
    assert result.contract == Contract()
    assert [w.code for w in result.warnings] == ["not_a_contract"]
    assert all(e.layer == "mention" for e in result.entities)


LICENCE = """SOFTWARE LICENSE AGREEMENT
This Software License Agreement (the "Agreement") dated {date} is between Tolvane Systems LLC ("Licensor") and Marisol Okafor, an individual residing in Austin, Texas ("Licensee").
The parties hereby agree as follows:
{body}
IN WITNESS WHEREOF the parties have signed below.
TOLVANE SYSTEMS LLC
By: /s/ Jon Ferris
Name: Jon Ferris
Title: Manager
Date: April 2, 2019

/s/ Marisol Okafor
Marisol Okafor
Date: April 9, 2019
"""  # noqa: E501


def licence(body: str, *, date: str = "April 1, 2019") -> Resolution:
    return resolve_text(LICENCE.format(body=body, date=date))


def test_an_individual_is_a_person() -> None:
    tolvane, okafor = licence("1. Grant. Licensor grants a license.").contract.parties
    assert (tolvane.kind, okafor.kind) == ("organization", "person")
    assert (okafor.name, okafor.roles) == ("Marisol Okafor", ("licensee",))


def test_explicit_expiry_beats_computation() -> None:
    contract = licence("1. Term. The term of this Agreement shall commence on April 15, 2019 and shall expire on June 30, 2022.").contract
    assert fact(contract.expiration_date).value == "2022-06-30"
    assert fact(contract.effective_date).value == "2019-04-15"
    assert fact(contract.agreement_date).value == "2019-04-01"


def test_no_notice_without_a_renewal() -> None:
    contract = licence("1. Termination. Either party may terminate this Agreement upon thirty (30) days written notice.").contract
    assert contract.renewal_term is None
    assert contract.renewal_notice_period is None
    assert contract.notice_deadline is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("1. Term. The term of this Agreement shall be perpetual.", "perpetual"),
        (
            "1. Term. This Agreement shall commence on the date hereof and shall continue in effect until terminated by either party.",
            "until_terminated",
        ),
    ],
)
def test_open_ended_terms(body: str, kind: str) -> None:
    contract = licence(body).contract
    assert (fact(contract.term).value, fact(contract.term).kind) == (None, kind)
    assert contract.expiration_date is None


def test_a_perpetual_licence_makes_no_perpetual_contract() -> None:
    assert licence("1. Grant. Licensor grants a perpetual license under this Agreement to use the software.").contract.term is None


def test_words_and_figures_that_differ_warn() -> None:
    result = licence("1. Term. The term of this Agreement shall be three (2) years from the date hereof.")
    assert fact(result.contract.term).value == "P3Y"
    assert [(w.code, w.page) for w in result.warnings] == [("words_and_figures_differ", 1)]


def test_effective_by_the_last_signature() -> None:
    contract = licence(
        "1. This Agreement shall become effective on the date of the last signature below.", date="as written below"
    ).contract
    assert fact(contract.effective_date).value == "2019-04-09"
    assert fact(contract.agreement_date).value == "2019-04-09"


def test_a_recited_agreement_does_not_date_this_one() -> None:
    contract = licence(
        '1. Background. Licensor and Bramley Ltd are parties to the Supply Agreement dated May 5, 2011 (the "Supply Agreement").'
    ).contract
    assert fact(contract.agreement_date).value == "2019-04-01"


def test_open_day_is_no_full_date() -> None:
    contract = licence("1. Grant. Licensor grants a license.", date="this ___ day of April, 2019").contract
    if contract.agreement_date is not None:
        assert contract.agreement_date.precision == "month"
    assert contract.expiration_date is None


@pytest.mark.parametrize(
    ("clause", "law"),
    [
        ("This Agreement is governed by the laws of England and Wales.", [("England and Wales", "GB-EAW")]),
        ("The laws of the Province of Ontario and the federal laws of Canada govern this Agreement.", [("Ontario", "CA-ON")]),
        (
            "This Agreement shall be construed in accordance with California law; disputes go to the courts of Nevada.",
            [("California", "US-CA")],
        ),
        ("This Agreement shall be governed by the laws of Hong Kong.", [("Hong Kong", "HK")]),
        ("Licensor is a corporation duly organized under the laws of Delaware.", []),
        ("The courts of New York shall have exclusive jurisdiction.", []),
    ],
)
def test_governing_law(clause: str, law: list[tuple[str, str]]) -> None:
    assert [(f.value, f.code) for f in licence(f"9. Law. {clause}").contract.governing_law] == law


def test_a_model_that_is_silent_on_signature_dates_does_not_unmake_them() -> None:
    text = (
        "SUPPLY AGREEMENT\n\nThis Agreement is made between Larch Corp. and Yew plc. WHEREAS each party agrees to the terms of "
        "this Agreement, NOW THEREFORE the parties shall perform. This Agreement is governed by the laws of Utah.\n"
        "IN WITNESS WHEREOF the parties have signed.\n"
        "LARCH CORP.\nBy: /s/ Una Rees\nName: Una Rees\nTitle: President\nDate: May 8, 2014\n"
    )
    silent = Recognition((Mention("mention", "LOCATION", text.index("Utah"), text.index("Utah") + 4, 0.9),))
    fact = resolve_text(text, silent).contract.agreement_date
    assert fact is not None
    assert fact.value == "2014-05-08"
