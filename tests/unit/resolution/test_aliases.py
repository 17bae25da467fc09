"""Aliases of parties: what a bracket gives the party, what it gives a thing, and that the table of definitions says the same."""

# ruff: noqa: E501 (contract sentences are long)
from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.resolution.parties.aliases import aliases_between
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Contract

TAIL = "\n\nWHEREAS, the parties agree to the terms of this Agreement; NOW THEREFORE, each party shall perform. This Agreement is governed by the laws of Utah.\n"

OWN = [
    ('Larch, Inc. ("Larch"), a Maine corporation (the "Seller"),', {"Larch", "Seller"}),
    ('Larch, Inc., a Maine corporation ("Larch" or the "Seller"),', {"Larch", "Seller"}),
    ('Larch, Inc. (together with its successors and assigns, "Seller"),', {"Seller"}),
    ('Larch, Inc., a Maine corporation, hereinafter referred to as "Seller",', {"Seller"}),
    ('Larch, Inc., doing business as Quiet Grove Hall ("QGH"),', {"QGH"}),
    ('Larch, Inc., with its office at 12 Fir Street, Salem, Oregon ("Larch"),', {"Larch"}),
    ('Larch Kilns, Inc. (the "Kilns"),', {"Kilns"}),
]
NOT_OWN = [
    ('Larch, Inc. ("Larch"), a company under the laws of the Republic of Testland ("ROT"),', "ROT"),
    ("Larch, Inc., entered in the Central Register of Legal Bodies (CRLB) under number 4,", "CRLB"),
    ('Larch, Inc. ("Larch"), the holder of all preferred units (the "Units"),', "Units"),
    ('Larch, Inc. ("Larch"), which shall sell its common stock (the "Stock"),', "Stock"),
    ('Larch, Inc. ("Larch"), and every other body named on the last page (each, a "Sponsor"),', "Sponsor"),
    ('Larch, Inc. ("Larch") to resell licences of the Grove Portal ("PORTAL"),', "PORTAL"),
    ('Larch, Inc. ("Larch"), on a "best efforts" basis,', "best efforts"),
    ('Larch East, Inc. ("Larch East"; Larch East and Elm together the "Grove"),', "Grove"),
    ('Larch, Inc. ("Larch" and, together with Elm, the "Agent"),', "Agent"),
]


def contract(description: str) -> Contract:
    text = f'SUPPLY AGREEMENT\n\nThis Agreement is made by and between {description} and Yew plc, a Welsh company ("Yew").'
    return resolve_text(text + TAIL + "Larch, Seller, the Kilns and QGH deliver; Yew pays.\n").contract


def named(found: Contract) -> dict[str, set[str]]:
    """The terms of the table that name each party."""
    return {p.name: {d.term for d in found.definitions if d.canonical_id == p.canonical_id} for p in found.parties}


@pytest.mark.parametrize(("description", "aliases"), OWN)
def test_a_partys_own_short_names(description: str, aliases: set[str]) -> None:
    found = contract(description)
    assert set(found.parties[0].aliases) == aliases
    assert found.parties[1].aliases == ("Yew",)


@pytest.mark.parametrize(("description", "term"), NOT_OWN)
def test_things_in_the_description_are_no_aliases(description: str, term: str) -> None:
    found = contract(description)
    assert all(term not in p.aliases for p in found.parties)
    assert found.parties[0].name.startswith("Larch")


@pytest.mark.parametrize("description", [d for d, _ in (*OWN, *NOT_OWN)])
def test_aliases_and_the_table_of_definitions_agree(description: str) -> None:
    found = contract(description)
    assert len(found.parties) == 2
    assert {p.name: set(p.aliases) for p in found.parties} == named(found)


def test_a_word_in_quotes_that_nothing_defines_is_no_alias() -> None:
    text = 'Larch, Inc. The points are listed on Exhibit "A" below. "Customer" means a third party.'
    assert aliases_between(make_view(CleanedText(text, ())), (0, 11), len(text)) == []


def test_what_follows_once_the_text_turns_to_another_matter_is_left_out() -> None:
    text = 'Larch, Inc. ("Larch") agrees with the agent of the issue (the "Stout") and so on ("Oak").'
    assert [a for a, _, _ in aliases_between(make_view(CleanedText(text, ())), (0, 11), len(text))] == ["Larch"]


def test_the_label_of_a_signature_line_is_no_alias() -> None:
    text = "Larch, Inc. By: Ada Stout (Signature) Ada Stout, President"
    assert aliases_between(make_view(CleanedText(text, ())), (0, 11), len(text)) == []
