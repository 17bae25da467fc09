"""The calendar: every date of a contract, what it is, and what follows from it."""

# ruff: noqa: E501 (contract sentences are long)
from __future__ import annotations

import pytest
from resolution_cases import CONTRACT, resolve_text

from whereas.resolution.forms.dates import find_dates
from whereas.resolution.provisions.datekinds import kind_of_date
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Resolution

LICENCE = """LICENSE AGREEMENT
This License Agreement (the "Agreement") dated April 1, 2019 (the "Effective Date") is between Tolvane Systems LLC ("Licensor") and Brackwater Mills Inc. ("Licensee").
WHEREAS, the parties entered into a Consulting Agreement dated June 2, 2017.
1. Term. The term of this Agreement shall be two (2) years from the Effective Date. This Agreement shall automatically renew for successive one (1) year terms unless either party gives notice of non-renewal at least thirty (30) days prior to the end of the Term.
2. Fees. Licensee shall pay the first instalment of $500 on July 15, 2019 and the second within sixty (60) days after the Effective Date.
IN WITNESS WHEREOF the parties have signed below.
TOLVANE SYSTEMS LLC
By: /s/ Jon Ferris
Name: Jon Ferris
Title: Manager
Date: April 3, 2019
"""


@pytest.fixture(scope="module")
def licence() -> Resolution:
    return resolve_text(LICENCE)


def test_written_and_derived_dates_with_their_kinds(licence: Resolution) -> None:
    listed = {(str(f.value), f.kind, f.derivation is not None) for f in licence.contract.dates}
    assert {
        ("2019-04-01", "agreement", False),
        ("2017-06-02", "prior_agreement", False),
        ("2019-07-15", "payment", False),
        ("2019-04-03", "signature", False),
        ("2021-04-01", "expiration", True),
        ("2021-03-02", "notice_deadline", True),
        ("2021-04-01", "renewal", True),
        ("2019-05-31", "payment", True),
    } <= listed


def test_dates_come_in_text_order_with_evidence(licence: Resolution) -> None:
    dates = licence.contract.dates
    starts = [f.evidence[0].start for f in dates]
    assert starts == sorted(starts)
    assert all(LICENCE[f.evidence[0].start : f.evidence[0].end] == f.text for f in dates if f.derivation is None)
    assert all(len(f.evidence) >= 2 for f in dates if f.derivation)


def test_a_derived_day_is_listed_once_for_a_purpose(licence: Resolution) -> None:
    derived = [(f.value, f.kind) for f in licence.contract.dates if f.derivation]
    assert len(derived) == len(set(derived))


def test_every_written_date_of_a_whole_contract_is_listed(resolved: Resolution) -> None:
    written = [f for f in resolved.contract.dates if f.derivation is None]
    assert len(written) == len(find_dates(make_view(CleanedText(CONTRACT, ()))))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("under the Lease Agreement dated as of May 5, 2014 between them", "prior_agreement"),
        ("as amended by Amendment No. 2 dated May 5, 2014", "amendment"),
        ("This is Amendment 3 to the Supply Agreement dated May 5, 2014", "prior_agreement"),
        ("This Agreement is made as of May 5, 2014 by the parties", None),
        ("This Agreement is effective as of May 5, 2014 and binds them", "effective"),
        ("The Distribution Pact was terminated on May 5, 2014 by both", "termination"),
        ("The Agreement shall expire on May 5, 2014 at noon", "expiration"),
        ("Buyer must give written notice on or before May 5, 2014", "notice_deadline"),
        ("The renewal term begins on May 5, 2014", "renewal"),
        ("Buyer shall pay the balance on May 5, 2014", "payment"),
        ("Seller shall deliver the goods on May 5, 2014", "delivery"),
        ("Source: ACME CORP, 10-K, May 5, 2014", "other"),
        ("The parties met on May 5, 2014 in Oslo", None),
    ],
)
def test_words_say_what_a_date_is(text: str, kind: str | None) -> None:
    view = make_view(CleanedText(text, ()))
    (date,) = find_dates(view)
    assert kind_of_date(view, date) == kind


def test_a_term_from_a_named_day_expires_by_that_day() -> None:
    text = LICENCE.replace("two (2) years from the Effective Date.", "two (2) years from the Launch Date, which term is fixed.")
    text = text.replace("2. Fees.", 'The shop opens on May 20, 2019 (the "Launch Date").\n2. Fees.')
    expiration = resolve_text(text).contract.expiration_date
    assert expiration is not None
    assert (expiration.value, expiration.derivation) == ("2021-05-20", "Start 2019-05-20 plus the term P2Y.")
