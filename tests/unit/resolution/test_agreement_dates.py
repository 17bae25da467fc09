"""The agreement date where no day stands at the head of the paper: the execution clause, labelled dates beneath it."""

from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.types import Fact

BODY = """NON-DISCLOSURE AGREEMENT
This Non-Disclosure Agreement (the "Agreement"){head} is between Larkspur Tools LLC ("Discloser") and Ada Brook ("Recipient").
The parties hereby agree as follows:
1. Duty. Recipient shall keep the information of Discloser confidential and shall use it for no purpose but the talks of the parties.
2. Return. Upon request Recipient shall return all copies of the information, of which it keeps none. {filler}
{end}
LARKSPUR TOOLS LLC
By: /s/ Jon Ferris
Name: Jon Ferris
Title: Manager
{after}
"""
FILLER = "Each party bears its own costs of the talks and of this Agreement, and neither owes the other a bargain. " * 14


def agreed(*, head: str = "", end: str = "IN WITNESS WHEREOF the parties sign.", after: str = "") -> Fact | None:
    return resolve_text(BODY.format(head=head, end=end, after=after, filler=FILLER)).contract.agreement_date


@pytest.mark.parametrize(
    "end",
    [
        "IN WITNESS WHEREOF, the parties have executed this Agreement this 16th day of May, 2011.",
        "The parties have executed and delivered this Agreement as of May 16, 2011.",
        "Accepted and agreed as of May 16, 2011:",
    ],
)
def test_the_execution_clause_dates_a_paper_without_a_date_at_its_head(end: str) -> None:
    fact = agreed(end=end)
    assert fact is not None
    assert (fact.value, fact.source) == ("2011-05-16", "rule:execution-clause")


def test_a_date_at_the_head_outweighs_the_execution_clause() -> None:
    fact = agreed(head=" dated May 2, 2011", end="The parties have executed this Agreement on May 16, 2011.")
    assert fact is not None
    assert fact.value == "2011-05-02"


def test_the_last_of_labelled_dates_counts() -> None:
    fact = agreed(after="Signature Date: May 3, 2011 Signature Date: May 9, 2011")
    assert fact is not None
    assert (fact.value, fact.source) == ("2011-05-09", "rule:signature-date")


def test_a_date_of_another_paper_at_the_end_is_none() -> None:
    assert agreed(end="The Order of May 16, 2011 remains in force.") is None
