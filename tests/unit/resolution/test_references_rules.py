"""References to clauses and papers, and the headings, lists of contents and laws that are none."""

from __future__ import annotations

import pytest

from whereas.resolution.forms.references import find_references
from whereas.resolution.view import make_view
from whereas.types import CleanedText


def references_of(text: str) -> list[str]:
    return [text[c.start : c.end] for c in find_references(make_view(CleanedText(text, ())))]


@pytest.mark.parametrize(
    "reference",
    [
        "Section 4.2(a)",
        "section 4.3",
        "paragraph 10(A)",
        "paragraph (b)",
        "clause (ii)",
        "subsection 9(a)",
        "SECTION 11",
        "Sections 3 and 4",
        "Sections 1, 4.2, 5.4 and 12",
        "Sections 1.5 - 1.8",
        "Section 7.1(f), (g) and (h)",
        "Section 7.3.1(ii) and (iii)",
        "Article IX",
        "Exhibit A",
        'Exhibit "A"',
        "Exhibits AA-1 and AA-2",
        "Schedules A and B",
        "Schedule 1.1",
        "Section 5.A.3",
        "Section 3a",
        "items 5 and 6",
        "Appendix 2",
    ],
)
def test_a_reference_is_one_span(reference: str) -> None:
    assert references_of(f"the fees as set forth in {reference} hereof are due") == [reference]
    assert references_of(f"subject to {reference}, the fees are due") == [reference]


def test_a_number_alone_is_a_reference_after_its_cue() -> None:
    assert references_of("Subject to the provisions of 11.1, either party; as stated in 2(b) by then") == ["11.1", "2(b)"]
    assert references_of("set forth in 4.2 million copies; pursuant to 12.5 percent of it") == []


def test_a_list_does_not_swallow_what_follows() -> None:
    assert references_of("under Section 6.6, (iv) the Buyer pays") == ["Section 6.6"]
    assert references_of("under Section 6 and 30 days thereafter") == ["Section 6"]
    assert references_of("of this Section 1.1(b), (i) the price") == ["Section 1.1(b)"]
    assert references_of("Item 601 of the form; items 5 and 6 apply") == ["items 5 and 6"]
    assert references_of("see Section 12 and 2,000 units") == ["Section 12"]


@pytest.mark.parametrize(
    "text",
    [
        "the fees are due.\n\nSection 11.08. Notices. All notices are in writing.",
        "the fees are due.\n\nSECTION 4 PAYMENT\n\nThe Buyer pays.",
        "TABLE OF CONTENTS\n\nSection 3.1 Engagement 7 Section 3.2 Fees 9 Section 3.3 Term 10\n\n",
        "REPRESENTATIONS AND WARRANTIES Section 3.1 The Seller represents",
        "this is all.\n\nEXHIBIT A\n\nPRICES",
        "TABLE OF CONTENTS Page ARTICLE I DEFINITIONS",
        "List          Exhibit C         Agreement for Trial",
        "Exhibit 10.4   SUPPLY AGREEMENT",
        "signed.\n\nSchedule 1 - Contents\n\n",
        "Article 4 - Duties of the Agent 26\n\n",
        "ARTICLES OF INCORPORATION and SECTION OF THE ROAD",
        "the section of the road and a clause in it",
        "a work schedule 8H-20H",
    ],
)
def test_headings_are_none(text: str) -> None:
    assert references_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "records required by Section 31(a) of the 1940 Act and",
        "under Section 365(n) of the Bankruptcy Code, the Licensee",
        "as in Section 22 of the Securities Act of 1933",
        "Treasury Regulation Section 1.482 applies",
    ],
)
def test_sections_of_a_law_are_none(text: str) -> None:
    assert references_of(text) == []
    assert references_of("under Section 22 of the Supply Agreement") == ["Section 22"]
