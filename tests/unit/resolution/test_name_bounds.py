"""Where a party's name ends and starts, and how its spellings meet."""

from __future__ import annotations

import pytest

from whereas.resolution.parties.aliases import roles_of
from whereas.resolution.parties.nameparts import firm_start
from whereas.resolution.parties.names import canonical_id, has_legal_form, is_legal_form, kind_of, normalise_name
from whereas.resolution.parties.namespans import name_ends
from whereas.resolution.parties.ranking import written_name
from whereas.resolution.view import make_view
from whereas.types import CleanedText


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Acme, Inc. and", "Acme, Inc."),
        ("Bank of Lindor, FSB, as agent", "Bank of Lindor, FSB"),
        ("Tarn do Brasil Ltda., with", "Tarn do Brasil Ltda."),
        ("Tarn Fund (Master), L.P. and", "Tarn Fund (Master), L.P."),
        ("Acme Widgets, a Utah corporation", "Acme Widgets"),
        ("Bank of Lindor, N.A., as trustee", "Bank of Lindor, N.A."),
        ("John Q. Doe, Jr., an individual", "John Q. Doe, Jr."),
        ("Acme LLC (the Buyer)", "Acme LLC"),
        ("Brae (UK) Limited, with", "Brae (UK) Limited"),
        ("99 Lanes Stores. The", "99 Lanes Stores"),
        ("Una R. Rees and", "Una R. Rees"),
        ("Una R Rees and", "Una R Rees"),
        ("ACME INC. A UTAH COMPANY", "ACME INC."),
        ("ACME, INC. BETA MILLS LLC", "ACME, INC."),
        ("Tarn Deposit &Trust Company, a Utah", "Tarn Deposit &Trust Company"),
        ("Grow-A -Fern Workshop, Inc., a Utah", "Grow-A -Fern Workshop, Inc."),
        ("Acme Co., Ltd. Legal Representative", "Acme Co., Ltd."),
        ("Una Rees (EMPLOYEE) ACME, Inc.", "Una Rees"),
        ("Una Rees, M.D., Ph.D., an individual", "Una Rees"),
        ("Oak, Elm and Company, a Utah", "Oak, Elm and Company"),
        ("Oak, Elm and Tarn agree", "Oak"),
    ],
)
def test_where_a_name_ends(text: str, name: str) -> None:
    view = make_view(CleanedText(text, ()))
    assert text[: name_ends(view, 0, len(text))[0]] == name


def test_a_bound_within_a_firm_of_partners_is_drawn_to_its_first() -> None:
    view = make_view(CleanedText("among Oak, Elm & Tarn, Inc. and Yew", ()))
    assert (firm_start(view, 11), firm_start(view, 6), firm_start(view, 32)) == (6, 6, 32)


@pytest.mark.parametrize("text", ["the parties", "WHEREAS Acme", "and Acme", "a Utah corporation", ", Inc.", "", "each of"])
def test_where_no_name_starts(text: str) -> None:
    assert name_ends(make_view(CleanedText(text, ())), 0, len(text)) == []


def test_spellings_of_a_name_meet() -> None:
    spellings = ["Acme, Inc.", "ACME INC", "The Acme Incorporated", "Acme  Inc", "acme, inc."]
    assert {normalise_name(s) for s in spellings} == {"ACME"}
    assert len({canonical_id(s, kind="organization") for s in spellings}) == 1
    assert normalise_name("Fenwick & Moor L.L.C.") == normalise_name("FENWICK AND MOOR LLC") == "FENWICK AND MOOR"
    assert canonical_id("Acme", kind="person") != canonical_id("Acme", kind="organization")
    assert normalise_name("Limited") == "LIMITED"
    assert len(canonical_id("Acme", kind="organization")) == 24


@pytest.mark.parametrize("other", ["Acme Holdings, Inc.", "Acme Bank", "Acme Trust", "Acme Foundation", "Acme Partnership"])
def test_bodies_of_one_family_stay_apart(other: str) -> None:
    assert canonical_id(other, kind="organization") != canonical_id("Acme, Inc.", kind="organization")


def test_legal_forms_and_kinds() -> None:
    assert all(is_legal_form(f) for f in ("Inc.", "L.L.C.", "GmbH", "S.A.", "plc", "Ltd", "N.V."))
    assert not any(is_legal_form(f) for f in ("Acme", "Smith", "York"))
    assert has_legal_form("Acme, Inc.")
    assert not has_legal_form("Inc.")
    assert [kind_of(n) for n in ("Jane Q. Winter", "Acme Inc.", "University of Lindor", "Mr. John Doe", "Vint")] == [
        "person", "organization", "organization", "person", "organization",
    ]  # fmt: skip


def test_roles_from_aliases_and_descriptors() -> None:
    assert roles_of(["Acme", "Licensor"], "") == ("licensor",)
    assert roles_of(["Master Distributor"], "") == ("master distributor",)
    assert roles_of(["Heritage Bank"], "") == ()
    assert roles_of([], "Acme LLC, as Seller, and") == ("seller",)


def test_written_name_drops_stray_blanks() -> None:
    assert written_name("Grow-A -Fern Works") == "Grow-A-Fern Works"
    assert written_name("RMS  VOLARE,\nINC .") == "RMS VOLARE, INC."
