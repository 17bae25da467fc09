"""Party names: where they end, what is none, and how their spellings meet."""

# ruff: noqa: E501 (contract sentences are long)
from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.resolution.parties.signatures import find_signatures
from whereas.resolution.parties.signers import from_signatures
from whereas.resolution.view import make_view
from whereas.types import CleanedText, Mention, Recognition, TokenScores

TAIL = "\n\nWHEREAS, the parties hereto agree to the terms of this Agreement; NOW THEREFORE, each party shall perform. This Agreement is governed by the laws of Utah.\n"


def parties_of(preamble: str) -> list[str]:
    return [p.name for p in resolve_text("SUPPLY AGREEMENT\n\n" + preamble + TAIL).contract.parties]


@pytest.mark.parametrize(
    ("preamble", "names"),
    [
        (
            'This Agreement is made as of May 8, 2014 by and between Fenwick & Moor, Inc., a Utah corporation ("Buyer"), and Tarn Hill Co., Ltd. (the "Seller").',
            ["Fenwick & Moor, Inc.", "Tarn Hill Co., Ltd."],
        ),
        (
            'This Agreement is entered into between Smith and Sons Ltd. ("Smith") and Banks of Eden LLP, each a "Party" and together the "Parties".',
            ["Smith and Sons Ltd.", "Banks of Eden LLP"],
        ),
        (
            'This Agreement dated May 8, 2014 is among (i) Oro Lago S.A. ("Oro"), (ii) Brae (UK) Limited ("Brae") and (iii) Jane Q. Winter, an individual ("Winter").',
            ["Oro Lago S.A.", "Brae (UK) Limited", "Jane Q. Winter"],
        ),
        (
            'THIS AGREEMENT IS MADE BY AND BETWEEN YOU AND YOURS HOLDINGS, INC., A NEVADA CORPORATION ("LICENSEE"), AND PELL GMBH ("LICENSOR").',
            ["YOU AND YOURS HOLDINGS, INC.", "PELL GMBH"],
        ),
        (
            'This Agreement is made between e-parcels, Inc. ("Shipper"), having offices at 12 Low Road, San Mateo, CA 94404, and The Tern Company ("Carrier").',
            ["e-parcels, Inc.", "The Tern Company"],
        ),
        (
            'This Agreement is made by and between RMS VOLARE, INC . ("RMS") and Keel Partners L.L .C . ("Keel").',
            ["RMS VOLARE, INC.", "Keel Partners L.L.C."],
        ),
        (
            (
                'This Agreement is made between Larch Corp., a company whose general partner is Elm GP LLC, with offices at Salt Lake City ("Larch"), and Yew plc ("Yew"). '
                'Larch and Yew may be referred to herein individually as a "Party".'
            ),
            ["Larch Corp.", "Yew plc"],
        ),
        (
            'This Agreement is made between Larch Corp. (formerly Elm Timber Inc.) ("Larch") and\n\nYew Corporation\n780 Low Road\nSuite 4\nSalem, OR 97301',
            ["Larch Corp.", "Yew Corporation"],
        ),
        (
            (
                'This Agreement is made by and among Larch Corp., an Ohio company ("Larch East"), Elm Inc., an Ohio company ("Elm"), Larch East and Elm together '
                'referred to as "Owners", and Pine Printing Co., Ltd., a Japanese corporation with its place of business at Osaka ("PPC").'
            ),
            ["Larch Corp.", "Elm Inc.", "Pine Printing Co., Ltd."],
        ),
        ('This Agreement is made between Larch Data ("Larch Data") and Yew plc ("Yew").', ["Larch Data", "Yew plc"]),
        (
            'This Agreement is made by and between Larch Corp. ("Larch") and Yew plc ("Yew"), as amended by the Restated Elm Trust Agreement (the "Trust Agreement").',
            ["Larch Corp.", "Yew plc"],
        ),
        (
            'This Agreement is made between Larch Corp. ("Larch") and Una R. Rees, M.D., an individual ("Rees").',
            ["Larch Corp.", "Una R. Rees"],
        ),
        (
            'This Agreement is made between Larch Corp. (to be named as Elm Timber Inc.) ("Larch") and Oak, Elm & Tarn, Inc., a Utah corporation ("Oak").',
            ["Larch Corp.", "Oak, Elm & Tarn, Inc."],
        ),
        (
            (
                'This Agreement is made between Larch Corp., an Ohio corporation ("Larch" and, together with Elm Timber Inc., its parent, the "Company"), '
                'and Una Rees ("Employee"). The term "Company" includes all subsidiaries, including, without limitation, Larch Mills LLC, an Ohio company.'
            ),
            ["Larch Corp.", "Una Rees"],
        ),
        (
            (
                'This Agreement is made between Larch Corp., an Ohio corporation ("Larch"), and Una Rees ("Employee"). Larch and Tarn Acquisition, Inc., a subsidiary of Larch, '
                "have signed a merger agreement with Elm Inc. on this day."
            ),
            ["Larch Corp.", "Una Rees"],
        ),
        ('This Agreement is made between Larch Corp. ("Larch") and XXXX (the "Employee").', ["Larch Corp."]),
        (
            'This Agreement is made between Larch Corp. ("Larch") and Tidal and Marine Works LLC (the "Representative").',
            ["Larch Corp.", "Tidal and Marine Works LLC"],
        ),
        (
            'This Agreement is made between Larch Bank ("Larch Bank") and Yew Bank of Ohio ("Yew Bank"), and the directors of Larch Bank and Yew Bank (each, a "Director").',
            ["Larch Bank", "Yew Bank of Ohio"],
        ),
    ],
)
def test_names_in_the_preamble(preamble: str, names: list[str]) -> None:
    assert parties_of(preamble) == names


def test_a_model_that_knows_the_bound_of_a_name_is_believed() -> None:
    text = "SUPPLY AGREEMENT\n\nReseller name Ostrava Dental 780 Montague Expressway Suite 406 Elko\n" + TAIL
    start = text.index("Ostrava")
    scores = tuple(TokenScores(start + at, start + at + size, (("PARTY", 0.99),)) for at, size in ((0, 7), (8, 6)))
    mention = Mention("role", "PARTY", start, start + 14, 0.99)
    found = resolve_text(text, Recognition((mention,), scores)).contract.parties
    assert [p.name for p in found] == ["Ostrava Dental"]


def test_a_letter_names_its_parties_in_the_signatures() -> None:
    text = (
        "May 8, 2014\nLadies and Gentlemen:\nIn connection with a possible transaction you agree to keep all information confidential. This letter agreement shall "
        "terminate in two years. This letter agreement is governed by the laws of Utah. Each party hereto agrees to the terms hereof.\nVery truly yours,\nHALVERD CORP.\n"
        "By: /s/ Una Rees\nName: Una Rees\nTitle: President\nAccepted and agreed to: NORD MERIDIAN LLC\nBy: /s/ Tom Abara\nName: Tom Abara\nTitle: Manager\n"
    )
    assert [p.name for p in resolve_text(text).contract.parties] == ["HALVERD CORP.", "NORD MERIDIAN LLC"]


def test_one_who_signs_in_their_own_name_is_a_party() -> None:
    text = (
        'EMPLOYEE CONFIDENTIALITY AGREEMENT\nAs a condition of my employment with Vantor Labs, Inc., its subsidiaries and affiliates (together the "Company"), I agree to '
        "keep all information hereunder confidential and agree that this Agreement is governed by the laws of Ohio.\nIN WITNESS WHEREOF\nEMPLOYEE\n/s/ Rosa Lind\nRosa Lind\n"
    )
    assert [(p.name, p.kind) for p in resolve_text(text).contract.parties] == [
        ("Vantor Labs, Inc.", "organization"),
        ("Rosa Lind", "person"),
    ]


EMPLOYED = (
    "NON-COMPETITION AGREEMENT\nIn consideration of my employment by Vantor Labs, Inc., I agree to keep all information hereunder confidential. This Agreement shall be governed "
    "by the laws of Ohio.\nIN WITNESS WHEREOF\nVANTOR LABS, INC.\nBy: /s/ Una Rees\nName: Una Rees\nTitle: Vice President of Human Resources\nDate: May 8, 2014\nNotices go to 12 Low Road, Salem, Ohio.\n{signed}\n"
)


def _of_a_model_that_knows(text: str, name: str) -> Recognition:
    start = text.index(name)
    words = [(start + sum(len(w) + 1 for w in name.split()[:n]), w) for n, w in enumerate(name.split())]
    return Recognition((), tuple(TokenScores(at, at + len(w), (("PARTY", 0.99),)) for at, w in words))


@pytest.mark.parametrize(
    ("signed", "names"),
    [
        ("EMPLOYEE\n/s/ Rosa Lind\nRosa Lind", ["Vantor Labs, Inc.", "Rosa Lind"]),
        ("SECOND PARTY\nBy: /s/ Rosa Lind", ["Vantor Labs, Inc.", "Rosa Lind"]),
        ("EMPLOYEE: Rosa Lind\n(Print Name)\n/s/ Rosa Lind", ["Vantor Labs, Inc.", "Rosa Lind"]),
        ("TARN FUND:\nASSOCIATE:\nBY: /s/ Bo Oak\n/s/ Rosa Lind\nBo Oak\nRosa Lind", ["Vantor Labs, Inc.", "Rosa Lind"]),
        ("/s/ Rosa Lind\nRosa Lind\nVice President", ["Vantor Labs, Inc."]),
        ("TARN FUND:\nBY: /s/ Rosa Lind", ["Vantor Labs, Inc."]),
        ("Witness: /s/ Rosa Lind", ["Vantor Labs, Inc."]),
    ],
)
def test_an_employee_is_a_party_though_the_model_is_silent(signed: str, names: list[str]) -> None:
    text = EMPLOYED.format(signed=signed)
    assert [p.name for p in resolve_text(text, _of_a_model_that_knows(text, "Vantor Labs, Inc.")).contract.parties] == names


@pytest.mark.parametrize(("probability", "names"), [(0.9, ["Larch Corp.", "Yew Timber LLC"]), (0.8, ["Larch Corp."])])
def test_a_lone_party_is_given_its_other_side_from_a_lower_floor_on(probability: float, names: list[str]) -> None:
    text = (
        EMPLOYED.format(signed="")
        .replace("Vantor Labs, Inc.", "Larch Corp. and of Yew Timber LLC")
        .replace("VANTOR LABS, INC.", "LARCH CORP.")
    )
    start = text.index("Yew Timber")
    doubted = tuple(TokenScores(start + at, start + at + size, (("PARTY", probability),)) for at, size in ((0, 3), (4, 6), (11, 3)))
    sure = _of_a_model_that_knows(text, "Larch Corp.")
    found = resolve_text(text, Recognition((), (*sure.token_scores, *doubted))).contract.parties
    assert [p.name for p in found] == names


@pytest.mark.parametrize(
    ("signed", "bodies"),
    [
        ("OAK VALLEY TIMBER\nMILLS, INC.\nBy: /s/ Una Rees\nName: Una Rees\n", ["OAK VALLEY TIMBER MILLS, INC."]),
        ("Accepted and agreed to: OAK MILLS, INC. By: /s/ Una Rees\nName: Una Rees\n", ["OAK MILLS, INC."]),
        ("Title:\nManaging Director\nOAK MILLS, INC.\nBy: /s/ Una Rees\nName: Una Rees\n", ["OAK MILLS, INC."]),
        (
            "OAK MILLS, INC.\n- 3 -\nIN WITNESS WHEREOF\nEMPLOYEE\nOAK MILLS, INC.\n/s/ Rosa Lind\n/s/ Una Rees\nRosa Lind\nUna Rees, Director\n",
            ["OAK MILLS, INC.", "Rosa Lind"],
        ),
        ("OAK MILLS, INC.\nBy: ______\nName:\nTitle:\n", []),
    ],
)
def test_the_bodies_and_persons_who_sign(signed: str, bodies: list[str]) -> None:
    view = make_view(CleanedText("Terms of this paper.\n" + signed, ()))
    found = from_signatures(view, tuple(find_signatures(view, ())), None)
    assert sorted({" ".join(view.text[p.start : p.end].split()) for p in found}) == bodies


@pytest.mark.parametrize(
    ("signed", "name"),
    [
        ("/s/ Rosa Lind\nRosa B. Lind\n", "Rosa B. Lind"),
        ("/s/ Rosa Lynd\nSignature\nRosa Lynnd\n", "Rosa Lynnd"),
        ("/s/ Rosa Lind\nBo Oak\n", "Rosa Lind"),
        ("/s/ Rosa Lind\nRosa Tarn\n", "Rosa Lind"),
    ],
)
def test_the_printed_name_is_the_signers(signed: str, name: str) -> None:
    found = find_signatures(make_view(CleanedText(signed, ())), ())
    assert [s.name for s in found] == [name]


def test_a_signature_before_the_acceptance_counts() -> None:
    text = (
        "May 8, 2014\nLadies and Gentlemen:\nIn connection with a possible transaction you agree to keep all information confidential. This letter agreement shall "
        "terminate in two years. This letter agreement is governed by the laws of Utah. Each party hereto agrees to the terms hereof.\n\nHALVERD CORP.\n"
        "By: /s/ Una Rees\nName: Una Rees\nTitle: President\nAccepted and agreed to:\nNORD MERIDIAN LLC\nBy: /s/ Tom Abara\nName: Tom Abara\nTitle: Manager\n"
    )
    assert [p.name for p in resolve_text(text).contract.parties] == ["HALVERD CORP.", "NORD MERIDIAN LLC"]


def test_a_form_labels_its_parties() -> None:
    text = (
        "TRANSPORT CONTRACT\nParty A (Shipper): Junlan Express Co., Ltd.\nAddress: Hangzhou\nParty B (Carrier): Suro Freight Ltd.\nParty A and Party B agree to this Agreement. "
        "Each party shall perform hereunder and is liable for breach.\n"
    )
    assert [p.name for p in resolve_text(text).contract.parties] == ["Junlan Express Co., Ltd.", "Suro Freight Ltd."]


def test_funds_that_sign_through_representatives_are_parties_and_those_are_not() -> None:
    through = "\n\nBy: Oak Fund GP, LLC, its General Partner\nBy: Tarn Partners, Inc., its\nManaging Member\n\nBy: /s/ Una Rees\nName: Una Rees\nTitle: Counsel\n\n"
    text = (
        "JOINT FILING AGREEMENT\n\nThe undersigned hereby agree that this Agreement may be included as an exhibit. Each party shall be responsible for its own filing.\n\n"
        "IN WITNESS WHEREOF, the undersigned execute this Agreement as of May 8, 2020.\nOAK FUND, L.P."
        + through
        + "OAK FUND (OFFSHORE), L.P."
        + through
        + "OAK FUND GP, LLC\n\nBy: Tarn Partners, Inc., its Managing Member\n\nBy: /s/ Una Rees\nName: Una Rees\nTitle: Counsel\n"
    )
    assert [p.name for p in resolve_text(text).contract.parties] == ["OAK FUND, L.P.", "OAK FUND (OFFSHORE), L.P.", "OAK FUND GP, LLC"]


def test_a_name_does_not_bear_out_itself() -> None:
    text = (
        'This Agreement is made between Larch Corp. ("Larch") and Yew plc ("Yew").'
        + TAIL
        + "IN WITNESS WHEREOF the parties have signed.\n\nSCHEDULE\nsubsidiary\nElm Timber Company\nAsh Timber Company\n"
    )
    start = text.index("Elm Timber")
    scores = tuple(TokenScores(start + at, start + at + size, (("PARTY", 0.93),)) for at, size in ((0, 3), (4, 6), (11, 7)))
    found = resolve_text(text, Recognition((), scores)).contract.parties
    assert "Elm Timber Company" not in [p.name for p in found]


def test_a_letter_does_not_list_the_parties_of_a_paper_that_it_recites() -> None:
    text = (
        'May 8, 2014\nLadies and Gentlemen:\n\nTarn Group Holdings, Incorporated, a Missouri corporation (the "Company"), has sold units under the Unit Agreement dated as of '
        'May 1, 2014, as supplemented, among the Company, Elm Trust Company, N.A., as successor agent (the "Unit Agent"), and Ash Underwriters LLC (the "Underwriter"). The Company '
        "and you hereby agree as follows. Each party shall keep all information confidential. This letter is governed by the laws of Utah.\nVery truly yours,\n"
    )
    assert "Tarn Group Holdings, Incorporated" in [p.name for p in resolve_text(text).contract.parties]


def test_a_label_gives_the_whole_name() -> None:
    text = (
        "OUTSOURCING CONTRACT\nThe Covenanter: The Lindor Country Club and Recreation Inc. (hereinafter referred to as Party A) and the Covenanter: "
        "Ostrava Architects Office (hereinafter referred to as Party B) hereby agree to this Contract. Each party shall perform hereunder.\n"
    )
    assert [p.name for p in resolve_text(text).contract.parties] == [
        "The Lindor Country Club and Recreation Inc.",
        "Ostrava Architects Office",
    ]


def test_a_page_of_a_contract_needs_fewer_marks() -> None:
    text = "Cooperation Agreement of the Yangqiao Project\nParty A: Fenby Power Co., Ltd.\nParty B: Suro Energy Ltd.\nBoth parties cooperate: Party A agrees to support Party B.\n"
    assert [p.name for p in resolve_text(text).contract.parties] == ["Fenby Power Co., Ltd.", "Suro Energy Ltd."]
    padded = text + "Weather was fine. " * 250
    assert [w.code for w in resolve_text(padded).warnings] == ["not_a_contract"]


def test_an_office_before_a_body_is_not_its_name() -> None:
    text = (
        'CONFIDENTIALITY AGREEMENT\nAs a condition of my becoming a member of the Board of Directors of Vantor Labs, Inc., an Ohio corporation (the "Company"), I agree to keep all '
        "information hereunder confidential. This Agreement shall be governed by the laws of Ohio.\n"
    )
    found = resolve_text(text, _of_a_model_that_knows(text, "Vantor Labs, Inc.")).contract.parties
    assert [p.name for p in found] == ["Vantor Labs, Inc."]
