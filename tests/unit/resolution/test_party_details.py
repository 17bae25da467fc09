"""Details of a party: legal form, where organised, other names, address, signatories, kind, and what agreement of places is worth."""

# ruff: noqa: E501 (contract sentences are long)
from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.resolution.parties.descriptors import written_form
from whereas.resolution.parties.persons import person_in
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Party

TAIL = "\n\nWHEREAS, the parties hereto agree to the terms of this Agreement; NOW THEREFORE, each party shall perform. This Agreement is governed by the laws of Utah.\n"


def parties_of(preamble: str, tail: str = "") -> dict[str, Party]:
    found = resolve_text("SUPPLY AGREEMENT\n\n" + preamble + TAIL + tail).contract.parties
    return {p.name: p for p in found}


def only(description: str, tail: str = "") -> Party:
    """The first party of a contract with Yew plc, described as given."""
    return next(iter(parties_of(f'This Agreement is made by and between {description} and Yew plc ("Yew").', tail).values()))


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Larch, Inc.", "Inc."),
        ("Larch Co., Ltd.", "Co., Ltd."),
        ("LARCH L.L.C.", "L.L.C."),
        ("Larch Timber Private Limited", "Private Limited"),
        ("Larch GmbH & Co. KG", "GmbH & Co. KG"),
        ("Larch Limited Partnership", "Limited Partnership"),
        ("Bank of Larch, N.A.", "N.A."),
        ("Larch Company", "Company"),
        ("Larch Holdings", None),
        ("Larch University", None),
        ("Larch", None),
    ],
)
def test_written_form(name: str, form: str | None) -> None:
    assert written_form(name) == form


@pytest.mark.parametrize(
    ("description", "form", "code"),
    [
        ('Larch, Inc., a Delaware corporation ("Larch"),', "Inc.", "US-DE"),
        ('Larch Trust ("Larch"), a Massachusetts business trust,', "business trust", "US-MA"),
        ('Larch Pipeline Company, an Ohio limited liability company ("Larch"),', "limited liability company", "US-OH"),
        ('Larch Limited, a company organized and existing under the laws of England ("Larch"),', "Limited", "GB-ENG"),
        ('Larch S.A., incorporated in Mexico with offices at Leon ("Larch"),', "S.A.", "MX"),
        ('Larch B.V., a Dutch company ("Larch"),', "B.V.", "NL"),
        ('Larch Corp., a corporation duly organized under the laws of the State of New York ("Larch"),', "Corp.", "US-NY"),
        ('Larch Inc., incorporated under the laws of Nevada ("Larch"),', "Inc.", "US-NV"),
        ('Larch Fund, a closed-end investment company organized as a Massachusetts business trust ("Larch"),', "business trust", "US-MA"),
        ('Larch Timber Corp. ("Larch"), with offices at 12 Low Road, Salem, OR 97301,', "Corp.", None),
    ],
)
def test_form_and_place_beside_the_name(description: str, form: str, code: str | None) -> None:
    party = only(description)
    assert party.legal_form == form
    assert (party.organized_in.code if party.organized_in else None) == code


def test_the_place_carries_its_evidence() -> None:
    description = 'Larch, Inc., a Delaware corporation ("Larch"),'
    text = f'SUPPLY AGREEMENT\n\nThis Agreement is made by and between {description} and Yew plc ("Yew").' + TAIL
    place = resolve_text(text).contract.parties[0].organized_in
    assert place is not None
    assert (place.value, place.source) == ("Delaware", "rule:organized-in")
    assert text[place.evidence[0].start : place.evidence[0].end] == "Delaware"


@pytest.mark.parametrize(
    "description",
    [
        'Larch Inc., a subsidiary of Elm Corp., a Nevada corporation ("Larch"),',
        'Larch Inc., whose general partner is Elm GP LLC, a Nevada limited liability company ("Larch"),',
        'Larch Inc. ("Larch"), which sells timber in Nevada,',
    ],
)
def test_what_describes_another_is_not_the_partys(description: str) -> None:
    assert only(description).organized_in is None


def test_the_signature_block_and_the_representation_say_where_too() -> None:
    signed = only(
        'Larch, Inc. ("Larch")',
        "\nIN WITNESS WHEREOF, the parties have signed.\n\nLARCH, INC., a Nevada corporation\nBy: /s/ Ann Lee\nName: Ann Lee\n",
    )
    assert signed.organized_in
    assert signed.organized_in.code == "US-NV"
    said = only(
        'Larch, Inc. (the "Seller")',
        "\n2. Seller is a corporation duly organized and in good standing under the laws of the State of Idaho.\n",
    )
    assert said.organized_in
    assert said.organized_in.code == "US-ID"
    assert said.organized_in.score < signed.organized_in.score


@pytest.mark.parametrize(
    ("description", "former", "trade"),
    [
        ('Larch Corp. (formerly known as Elm Timber Inc.) ("Larch")', ("Elm Timber Inc.",), ()),
        ('Larch Corp., an Ohio corporation f/k/a Elm Timber Inc. ("Larch"),', ("Elm Timber Inc.",), ()),
        ('Larch Corp. d/b/a Elm Yards, an Ohio corporation ("Larch"),', (), ("Elm Yards",)),
        ('Larch Corp., doing business as "Elm Yards" ("Larch"),', (), ("Elm Yards",)),
        ('Larch Corp., an Ohio corporation (dba elmyard) ("Larch"),', (), ("elmyard",)),
        ('Larch Corp., successor in interest to Elm Timber Inc. ("Larch"),', (), ()),
        ('Larch Corp., a subsidiary of Beech Inc. (formerly Elm Timber Inc.) ("Larch"),', (), ()),
    ],
)
def test_other_names(description: str, former: tuple[str, ...], trade: tuple[str, ...]) -> None:
    parties = parties_of(f'This Agreement is made by and between {description} and Yew plc ("Yew").')
    assert (parties["Larch Corp."].former_names, parties["Larch Corp."].trade_names) == (former, trade)
    assert "Elm Timber Inc." not in parties


def test_a_former_name_in_a_paper_without_a_list_is_no_party() -> None:
    text = (
        'Dear Sirs: Larch Corp. f/k/a Elm Timber Inc. ("Larch") and Yew plc ("Yew") hereby agree to amend the agreement. The parties shall perform.'
        + TAIL
    )
    names = [p.name for p in resolve_text("AMENDMENT AGREEMENT\n\n" + text).contract.parties]
    assert "Elm Timber Inc." not in names
    assert "Larch Corp." in names


NOTICES = "\n9. Notices.\nIf to Larch:\nLarch Corp.\n12 Low Road, Suite 4\nSalem, OR 97301\nwith a copy to:\nAsh LLP\n90 High Street\nSalem, OR 97302\nIf to Yew:\nYew plc\n7 Mill Lane\nBoise, ID 83701\n"


def test_addresses_of_the_notices_clause_fill_in() -> None:
    parties = parties_of('This Agreement is made by and between Larch Corp. ("Larch") and Yew plc ("Yew").', NOTICES)
    assert parties["Larch Corp."].address.value == "12 Low Road, Suite 4 Salem, OR 97301"
    assert parties["Yew plc"].address.value == "7 Mill Lane Boise, ID 83701"


def test_the_address_beside_the_name_comes_first() -> None:
    preamble = 'This Agreement is made by and between Larch Corp., 500 Fir Street, Reno, NV 89501 ("Larch") and Yew plc ("Yew").'
    assert parties_of(preamble, NOTICES)["Larch Corp."].address.value == "500 Fir Street, Reno, NV 89501"


def test_two_columns_of_notices_give_no_address() -> None:
    mixed = "\n9. Notices.\nIf to Larch: If to Yew: 12 Low Road 7 Mill Lane Salem, OR 97301 Boise, ID 83701\n"
    parties = parties_of('This Agreement is made by and between Larch Corp. ("Larch") and Yew plc ("Yew").', mixed)
    assert parties["Larch Corp."].address is None
    assert parties["Yew plc"].address is None


BLOCK = "\nIN WITNESS WHEREOF, the parties have executed this Agreement.\n\n"


def signed(block: str) -> dict[str, list[tuple[str, str | None, object]]]:
    preamble = 'This Agreement is made by and between Larch Corp. (the "Seller") and Yew Mills plc (the "Buyer").'
    found = parties_of(preamble, BLOCK + block)
    return {p.name: [(s.name, s.title, s.date.value if s.date else None) for s in p.signatories] for p in found.values()}


@pytest.mark.parametrize(
    "block",
    [
        "LARCH CORP. YEW MILLS PLC\nBy: /s/ Ann Lee By: /s/ Bo Oak\nName: Ann Lee Name: Bo Oak\nTitle: President Title: Director\nDate: May 8, 2014 Date: May 9, 2014\n",
        "LARCH CORP. YEW MILLS PLC By: /s/ Ann Lee Name: Ann Lee Title: President Date: May 8, 2014 By: /s/ Bo Oak Name: Bo Oak Title: Director Date: May 9, 2014\n",
        "YEW MILLS PLC LARCH CORP.\nBy: /s/ Bo Oak By: /s/ Ann Lee\nName: Bo Oak Name: Ann Lee\nTitle: Director Title: President\nDate: May 9, 2014 Date: May 8, 2014\n",
        "SELLER:\nLARCH CORP.\nBy: /s/ Ann Lee\nName: Ann Lee\nTitle: President\nDate: May 8, 2014\n\nBUYER:\nYEW MILLS PLC\nBy: /s/ Bo Oak\nName: Bo Oak\nTitle: Director\nDate: May 9, 2014\n",
        "SELLER\n\nBy: /s/ Ann Lee\nName: Ann Lee\nTitle: President\nDate: May 8, 2014\n\nBUYER\n\nBy: /s/ Bo Oak\nName: Bo Oak\nTitle: Director\nDate: May 9, 2014\n",
    ],
)
def test_signatories_go_to_their_party(block: str) -> None:
    assert signed(block) == {
        "Larch Corp.": [("Ann Lee", "President", "2014-05-08")],
        "Yew Mills plc": [("Bo Oak", "Director", "2014-05-09")],
    }


def test_an_office_without_a_label_is_read() -> None:
    found = signed(
        "LARCH CORP.\n\nBy: /s/ Ann Lee\n---------------\nAnn Lee\nVice President\n\nYEW MILLS PLC\n\nBy: /s/ Bo Oak ------- Bo Oak Director\n"
    )
    assert found == {"Larch Corp.": [("Ann Lee", "Vice President", None)], "Yew Mills plc": [("Bo Oak", "Director", None)]}


def test_two_who_sign_beside_each_other_for_one_party() -> None:
    found = signed("LARCH CORP.\nBy: /s/ Ann Lee By: /s/ Cy Elm\nName: Ann Lee Name: Cy Elm\nTitle: President Title: Treasurer\n")
    assert found["Larch Corp."] == [("Ann Lee", "President", None), ("Cy Elm", "Treasurer", None)]


def test_a_column_under_an_unknown_heading_is_nobodys() -> None:
    block = "LARCH CORP.\nOTHER SIDE:\nBy: /s/ Ann Lee\n/s/ Cy Elm\nBy: Ann Lee\nBy: Cy Elm\nTitle: President\nTitle: Treasurer\n"
    assert signed(block) == {"Larch Corp.": [("Ann Lee", "President", None)], "Yew Mills plc": []}


def test_an_office_is_no_persons_name() -> None:
    assert signed("LARCH CORP.\nPer:\nAuthorized Signatory\n")["Larch Corp."] == []


def test_an_apostrophe_more_or_less_is_the_same_name() -> None:
    preamble = 'This Agreement is made by and between Millers Larch Corp. ("Miller") and Yew plc ("Yew").'
    found = parties_of(preamble, BLOCK + "Yew plc Miller's Larch Corp.\nBy: /s/ Bo Oak By: /s/ Ann Lee\n")
    assert [s.name for s in found["Millers Larch Corp."].signatories] == ["Ann Lee"]


def test_a_name_with_a_slip_is_still_the_partys() -> None:
    assert signed("LARCHE CORP.\nBy: /s/ Ann Lee\n\nYEW MILLS PLC\nBy: /s/ Bo Oak\n")["Larch Corp."] == [("Ann Lee", None, None)]


def test_who_signs_for_another_body_or_beside_an_unknown_name_is_nobodys() -> None:
    other = signed("LARCH CORP.\nBy: /s/ Ann Lee\n\nBEECH HOLDING LLC\nBy: /s/ Cy Elm\n\nYEW MILLS PLC\nBy: /s/ Bo Oak\n")
    assert other == {"Larch Corp.": [("Ann Lee", None, None)], "Yew Mills plc": [("Bo Oak", None, None)]}
    three = signed("LARCH CORP. YEW MILLS PLC By: /s/ Ann Lee By: /s/ Bo Oak By: /s/ Cy Elm\n")
    assert three == {"Larch Corp.": [], "Yew Mills plc": []}


def test_witnesses_are_no_signatories() -> None:
    found = signed(
        "LARCH CORP.\nBy: /s/ Ann Lee\nName: Ann Lee\n\nWitness: /s/ Cy Elm\n\nYEW MILLS PLC\nBy: /s/ Bo Oak\nAttest: /s/ Di Fir\n"
    )
    assert found == {"Larch Corp.": [("Ann Lee", None, None)], "Yew Mills plc": [("Bo Oak", None, None)]}


@pytest.mark.parametrize(
    "block",
    [
        "WITNESS: LARCH CORP.\n\n/s/ Cy Elm By /s/ Ann Lee\n\nWITNESS: YEW MILLS PLC\n\n/s/ Di Fir By /s/ Bo Oak\n",
        "LARCH CORP. ATTEST:\nBy: /s/ Ann Lee By: /s/ Cy Elm\n\nYEW MILLS PLC ATTEST:\nBy: /s/ Bo Oak By: /s/ Di Fir\n",
    ],
)
def test_a_column_of_witnesses_beside_the_name(block: str) -> None:
    assert signed(block) == {"Larch Corp.": [("Ann Lee", None, None)], "Yew Mills plc": [("Bo Oak", None, None)]}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ann B. Lee Ann B.", "Ann B. Lee"),
        ("Ann Lee Ann Lee", "Ann Lee"),
        ("Fong Mei Lin Fong Mei Lin", "Fong Mei Lin"),
        ("Lee Ann Lee", "Lee Ann Lee"),
    ],
)
def test_a_name_printed_twice_is_one_name(written: str, name: str) -> None:
    view = make_view(CleanedText(written, ()))
    span = person_in(view, (0, len(written)))
    assert span is not None
    assert written[slice(*span)] == name


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ('Jane Q. Winter, an individual ("Winter"),', "person"),
        ('Marta Laan ("Laan"), a citizen of Belgium,', "person"),
        ('Fern Hollow Glen ("Fern"), a Nevada corporation,', "organization"),
        ('Larch Corp. ("Larch")', "organization"),
    ],
)
def test_kind(description: str, kind: str) -> None:
    assert only(description).kind == kind


def test_a_person_has_no_form() -> None:
    winter = only('Jane Q. Winter, an individual ("Winter"),')
    assert (winter.legal_form, winter.organized_in) == (None, None)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("This Agreement is made by and between Larch Works, of Leon, and Yew plc, of Oslo.", "Larch Works"),
        ('As a condition of your service to Larch Corp. (the "Company"), you agree as follows.', "Larch Corp."),
    ],
)
def test_a_name_that_signs_too_is_surer_in_a_list_and_in_a_definition(said: str, name: str) -> None:
    alone, mentioned, both = (
        parties_of(said, BLOCK + signing)[name].score
        for signing in ("By: /s/ Ann Lee\n", f"By: /s/ Ann Lee, secretary of {name}\n", f"{name.upper()}\nBy: /s/ Ann Lee\n")
    )
    assert alone < mentioned <= both < 0.98
