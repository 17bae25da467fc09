"""The clauses of the record and what they are about."""

import pytest
from resolution_cases import CONTRACT

from whereas.reading.sections import find_sections
from whereas.resolution import resolve
from whereas.resolution.clauses.catalogue import clause_types, types_of
from whereas.resolution.clauses.tree import find_clauses
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Recognition


def locate(start: int, end: int) -> tuple[int, tuple[tuple[float, float, float, float], ...]]:
    return 1 + start // 1000, ((0.0, float(start), 1.0, float(end)),)


def test_clauses_are_the_sections_with_page_and_boxes_of_their_first_line() -> None:
    view = make_view(CleanedText(CONTRACT, (), find_sections(CONTRACT)))
    clauses = find_clauses(view, locate)
    assert [(c.section_id, c.number, c.heading, c.parent_id) for c in clauses] == [
        (s.section_id, s.number, s.heading, s.parent_id) for s in view.sections
    ]
    law = next(c for c in clauses if c.heading == "Governing Law")
    section = next(s for s in view.sections if s.heading == "Governing Law")
    assert (law.evidence.start, law.evidence.end, law.evidence.page) == (section.start, section.end, 1 + section.start // 1000)
    assert law.evidence.boxes[0][3] - law.evidence.boxes[0][1] <= 160


def test_types_come_from_headings_and_words() -> None:
    clauses = find_clauses(make_view(CleanedText(CONTRACT, (), find_sections(CONTRACT))), locate)
    found = {c.heading: {kind.type for kind in c.types} for c in clauses}
    assert {"term", "renewal"} <= found["Term"]
    assert "payment" in found["Fees"]
    assert {"governing_law"} <= found["Governing Law"]
    assert "notices" in found["Notices"]
    assert "signatures" in found["IN WITNESS WHEREOF"]


def test_entities_stand_in_clauses_of_the_record() -> None:
    cleaned = CleanedText(CONTRACT, (), find_sections(CONTRACT))
    resolved = resolve(cleaned, Recognition(()), document_id="d", locate=locate)
    clauses = {c.section_id: c for c in resolved.contract.clauses}
    placed = [e for e in resolved.entities if e.section_id]
    assert len(placed) > 5
    for entity in placed:
        evidence = clauses[entity.section_id or ""].evidence
        assert evidence.start <= entity.start < evidence.end
    reference = next(e for e in resolved.entities if e.type == "CLAUSE_REF")
    assert [clauses[i].number for i in reference.target_ids] == ["2"]


def test_no_sections_no_clauses() -> None:
    assert find_clauses(make_view(CleanedText("A note on rye.", ())), locate) == ()


HEADINGS = {
    "definitions": "Certain Definitions",
    "recitals": "RECITALS",
    "term": "Term and Termination",
    "renewal": "Renewal of the Lease",
    "termination": "Events of Default; Termination",
    "termination_for_convenience": "Termination for Convenience",
    "post_termination_services": "Effect of Termination",
    "survival": "Survival",
    "governing_law": "Choice of Law",
    "dispute_resolution": "Arbitration",
    "assignment": "No Assignment",
    "change_of_control": "Change in Control",
    "limitation_of_liability": "LIMITATION OF LIABILITY",
    "cap_on_liability": "Liability Cap",
    "indemnification": "Indemnity by the Mill",
    "confidentiality": "Non-Disclosure",
    "non_compete": "Covenant Not to Compete",
    "non_solicit": "No Solicitation of Millers",
    "exclusivity": "Exclusivity",
    "most_favored_nation": "Most Favoured Customer",
    "right_of_first_refusal": "Right of First Offer",
    "license_grant": "Grant of License",
    "ip_ownership": "Intellectual Property",
    "covenant_not_to_sue": "Covenant Not to Sue",
    "warranty": "Representations and Warranties",
    "insurance": "Insurance",
    "audit_rights": "Books and Records; Audit",
    "payment": "Invoices and Payment",
    "price": "Pricing",
    "minimum_commitment": "Minimum Purchase",
    "liquidated_damages": "Liquidated Damages",
    "notices": "Notices",
    "force_majeure": "Force Majeure",
    "entire_agreement": "Entire Agreement",
    "severability": "Severability",
    "amendment": "Amendments",
    "waiver": "No Waiver",
    "counterparts": "Counterparts",
    "third_party_beneficiary": "No Third-Party Beneficiaries",
    "non_disparagement": "Non-Disparagement",
    "source_code_escrow": "Source Code Escrow",
    "signatures": "Signature Page",
}


@pytest.mark.parametrize("kind", HEADINGS)
def test_each_type_is_known_by_its_heading(kind: str) -> None:
    found = {t.type: t for t in types_of(HEADINGS[kind], "")}
    assert kind in found
    assert found[kind].source == "rule:clause-heading"
    assert 0.5 <= found[kind].score <= 1


WORDINGS = {
    "termination_for_convenience": "The Baker may terminate this Agreement for its convenience on ten days' notice to the Mill.",
    "cap_on_liability": "The total liability of the Mill under this Agreement shall not exceed the price of one sack.",
    "non_compete": "For a year the Mill shall not, in Bergen, engage in any business that competes with the Baker.",
    "non_solicit": "The Baker will not solicit or hire any employee of the Mill.",
    "most_favored_nation": "The price shall be at least as favorable as that offered to any other customer of the Mill.",
    "third_party_beneficiary": "There are no third party beneficiaries of this Agreement.",
    "covenant_not_to_sue": "The Baker shall not challenge the validity of the mark.",
    "source_code_escrow": "The source code of the scale shall be held in escrow by a notary.",
    "governing_law": "This Agreement is governed by and construed under the laws of Norway.",
    "audit_rights": "The Baker may inspect and audit the books and records of the Mill.",
    "license_grant": "The Mill hereby grants to the Baker a non-exclusive license to use the mark.",
    "counterparts": "This Agreement may be executed in any number of counterparts.",
    "insurance": "The Mill shall maintain fire insurance.",
}


@pytest.mark.parametrize("kind", WORDINGS)
def test_each_type_is_known_by_its_words(kind: str) -> None:
    found = {t.type: t for t in types_of(None, WORDINGS[kind])}
    assert kind in found
    assert found[kind].source == "rule:clause-wording"
    assert found[kind].score <= 0.9


@pytest.mark.parametrize(
    ("heading", "wording", "kind"),
    [
        ("Compliance with Applicable Laws", "", "governing_law"),
        ("Liability Insurance", "", "limitation_of_liability"),
        ("Notice of Termination", "", "notices"),
        ("Exclusive Jurisdiction", "", "exclusivity"),
        ("Waiver of Jury Trial", "", "waiver"),
        ("Assignment of Inventions", "", "assignment"),
        (None, "The Mill grinds rye for the Baker.", "payment"),
        ("Rye", "The Baker returns the confidential sack.", "confidentiality"),
    ],
)
def test_what_a_clause_is_not_about(heading: str | None, wording: str, kind: str) -> None:
    assert kind not in {t.type for t in types_of(heading, wording)}


def test_a_definition_is_no_clause_of_its_matter() -> None:
    words = "“Losses” means all damages for which the Mill shall indemnify and hold harmless the Baker under this Agreement."
    assert [t.type for t in types_of(None, words.replace("“", '"').replace("”", '"'))] == ["definitions"]


def test_at_most_four_types_surest_first() -> None:
    found = types_of("Confidentiality; Insurance; Notices; Severability; Arbitration; Assignment", "")
    assert len(found) == 4
    assert [t.score for t in found] == sorted((t.score for t in found), reverse=True)


def test_the_catalogue_holds_types_by_stable_names() -> None:
    assert len(clause_types()) == len(set(clause_types()))
    assert set(HEADINGS) <= set(clause_types())
    assert all(name.replace("_", "").isalpha() and name.islower() for name in clause_types())
