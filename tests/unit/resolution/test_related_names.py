"""Names that stand in a contract without being parties to it."""

# ruff: noqa: E501 (contract sentences are long)
from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.types import RelatedName

HEAD = 'SUPPLY AGREEMENT\n\nThis Agreement is made as of May 8, 2014 by and between Larch & Daughters, Inc., a Utah corporation ("Larch"), and Yew Mills plc (the "Buyer"), each a "Party" and together the "Parties".\n\nWHEREAS, the parties hereto agree; NOW THEREFORE, each party shall perform. This Agreement is governed by the laws of Utah.\n\n'


def related(text: str) -> list[tuple[str, str]]:
    return [(r.relation, r.name) for r in resolve_text(HEAD + text).contract.related]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ('Beech Holding LLC (the "Guarantor") shall pay on demand.', [("guarantor", "Beech Holding LLC")]),
        ("Beech Holding LLC and Elm Corp. jointly and severally guarantee the debts of Larch.", [("guarantor", "Elm Corp.")]),
        ("All sums due are unconditionally guaranteed by Beech & Sons, Inc., in full.", [("guarantor", "Beech & Sons, Inc.")]),
        ("Beech Trading Ltd., a wholly-owned subsidiary of Larch, may place orders.", [("affiliate", "Beech Trading Ltd.")]),
        ("Larch may deliver through its affiliate, Beech Trading Ltd., at any time.", [("affiliate", "Beech Trading Ltd.")]),
        ("The notes are held by First Elm Bank, N.A., as collateral agent, for the holders.", [("agent", "First Elm Bank, N.A.")]),
        ("The indenture with Elm Trust Company, as trustee, stays in force.", [("trustee", "Elm Trust Company")]),
        ("Beech Trading Ltd. is an intended third-party beneficiary of this Section.", [("beneficiary", "Beech Trading Ltd.")]),
    ],
)
def test_relations_of_the_text(sentence: str, found: list[tuple[str, str]]) -> None:
    assert related(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Yew Mills plc, a subsidiary of Larch & Daughters, Inc., shall pay.",
        "Larch guarantees that the goods are sound, and the Buyer, as agent, accepts.",
        "The Guarantor shall pay. Each Affiliate of the Buyer is a third party beneficiary.",
        "Annex 3 Beech Bank Guarantee. The affiliates of Beech Trading Ltd. are third-party beneficiaries.",
        "Each subsidiary of the Buyer may order; its affiliates may not.",
    ],
)
def test_parties_and_bare_roles_are_not_related(sentence: str) -> None:
    assert related(sentence) == []


BLOCK = "IN WITNESS WHEREOF, the parties have executed this Agreement.\n\n"


def test_witnesses_and_notaries_of_the_signature_block() -> None:
    block = "LARCH & DAUGHTERS, INC.\nBy: /s/ Ann Lee\nWitness: /s/ Cy Elm\n\nYEW MILLS PLC\nBy: /s/ Bo Oak\nAttest: /s/ Di Fir\n\n/s/ Ed Ash\nNotary Public\n"
    assert related(BLOCK + block) == [("witness", "Cy Elm"), ("witness", "Di Fir"), ("witness", "Ed Ash")]


def test_the_chain_through_which_a_fund_signs() -> None:
    block = "LARCH & DAUGHTERS, INC.\nBy: /s/ Ann Lee\n\nYEW MILLS PLC\nBy: Oak Capital GP LLC, its general partner\nBy: /s/ Bo Oak\nName: Bo Oak\n"
    assert related(BLOCK + block) == [("representative", "Oak Capital GP LLC")]


def test_one_name_is_one_entry_with_all_its_evidence() -> None:
    text = HEAD + "Beech Trading Ltd., a subsidiary of Larch, may order. BEECH TRADING LTD., an affiliate of Larch, may pay."
    found: tuple[RelatedName, ...] = resolve_text(text).contract.related
    assert len(found) == 1
    assert [text[e.start : e.end] for e in found[0].evidence] == ["Beech Trading Ltd.", "BEECH TRADING LTD."]
    assert found[0].source == "rule:related-affiliate"
