"""Addresses: American and foreign, in a sentence, in a notice block, torn over lines; and what only looks like one."""

# ruff: noqa: E501 (contract sentences are long)
from __future__ import annotations

import pytest

from whereas.resolution.forms.addresses import find_addresses
from whereas.resolution.view import make_view
from whereas.types import CleanedText


def addresses_of(text: str) -> list[str]:
    return [text[c.start : c.end] for c in find_addresses(make_view(CleanedText(text, ())))]


@pytest.mark.parametrize(
    "address",
    [
        "12 Fir Street, Suite 4, Salem, OR 97301",
        "2200 North Alder Blvd., Unit #14-B, Boise, Idaho 83702, USA",
        "One Larch Plaza, 7th Floor, Chicago, Illinois 60601-2345",
        "1700 Avenue of the Elms, New York, New York 10019",
        "8110 Hwy. 20 E., Suite 9, Bend, Oregon 97701",
        "P.O. Box 4410, Helena, Montana 59604",
        "900 Canal St., P.O. Box 77, Reno, NV 89501",
        "512 Bayberry DR, suite 20 Tulsa OK 74103",
        "2417 N. Juniper, East Fernley, NV 89408",
        "Suite 300 - 45 Granite Street, Vancouver, British Columbia V6C 1A1",
        "Beech House, 14 Rowan Road, Reading, Berkshire RG1 1AA, United Kingdom",
        "40 Milton Park, Abingdon, Oxfordshire, OX14 4AB",
        "3rd Floor, Tower B, 88 Jade Road, Shanghai, China 200001",
        "Lindenstrasse 14, CH-8001 Zug, Switzerland",
        "Bilderweg 7, 2521 CC Den Haag, the Netherlands",
        "9 rue Pierre Lefort, L-2170 Luxembourg, Luxembourg",
        "Via Roma 12, 20121 Milano, Italy",
    ],
)
@pytest.mark.parametrize("frame", ["with its principal place of business at {} (the Buyer)", "Notices go to:\n\n{}\nAttention: Legal"])
def test_whole_addresses(address: str, frame: str) -> None:
    assert addresses_of(frame.format(address)) == [address]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "having its registered office at 2-1 Midorimachi, Kita-ku, Osaka, 530-0001, Japan.",
            "2-1 Midorimachi, Kita-ku, Osaka, 530-0001, Japan",
        ),
        ("registered office is at Unit 9/2, Hazel Estate, Leeds, LS1 4AB", "Unit 9/2, Hazel Estate, Leeds, LS1 4AB"),
        ("Address: 36-A, Nehru Nagar, New Delhi 110 033, India", "36-A, Nehru Nagar, New Delhi 110 033, India"),
        (
            "whose address is at 9th Floor, Pine Plaza, Dong Road, Beijing 100738, PRC; and",
            "9th Floor, Pine Plaza, Dong Road, Beijing 100738, PRC",
        ),
        (
            "registered address at Linden Plein 20, 1097 JB Amsterdam, the Netherlands",
            "Linden Plein 20, 1097 JB Amsterdam, the Netherlands",
        ),
        ("with an address at Eastern Alder Road, Pine Town, Beijing, P.R.C. (the", "Eastern Alder Road, Pine Town, Beijing, P.R.C."),
        ("offices at 12 Elm Road, Mobile, Alabama (the", "12 Elm Road, Mobile, Alabama"),
        ("located at 77 Sandhaven, Port Royal, St. Thomas, VI 00802 (the", "77 Sandhaven, Port Royal, St. Thomas, VI 00802"),
    ],
)
def test_a_cue_opens_an_address_without_a_street_word(text: str, address: str) -> None:
    assert addresses_of(text) == [address]


def test_an_address_runs_over_lines_and_ends_at_the_next_label() -> None:
    text = "If to Seller:\n\n      Alder Mills LLC\n      410 Harbor Street, Suite 5\n      Boston, MA 02110\n      Attention: A. Brook\n      Fax: 617-555-0142"
    assert addresses_of(text) == ["410 Harbor Street, Suite 5\n      Boston, MA 02110"]


def test_two_addresses_stay_two() -> None:
    text = "to 12 Fir Street, Salem, OR 97301 and to 9 Elm Avenue, Dover, DE 19901."
    assert addresses_of(text) == ["12 Fir Street, Salem, OR 97301", "9 Elm Avenue, Dover, DE 19901"]


@pytest.mark.parametrize(
    "text",
    [
        "made as of this 1 st day of May 2006",
        "10   5.4 Place of Business",
        "doing business in Delaware and Ohio",
        "the parties met in Salem, Oregon",
        "offices in the State of Ohio, with 12 employees",
        "the courts located in Boston, Massachusetts",
        "Section 12 Way of Necessity",
        "pay $500 Drive Inc. said",
        "30 days after the Closing Court hearing",
    ],
)
def test_no_address(text: str) -> None:
    assert addresses_of(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "4f, #2, Ginkgo Road, Ginkgo Science Park, Hsinchu, Taiwan",
        "303, 3rd Fl, Linden Bldg, 2 Ice Cellar Street, Central, Hong Kong",
        "100, 40 Lake Alder Dr, Bellevue, WA",
        "Alder University, Chemistry Building, 1280 Main Street West, Hamilton, Ontario, Canada",
        "6th Floor, No. 258, Section 3, East Plum Road, Songshan District, Taipei 10051",
        "3-5/F Building No.6, Plum Science Park, 6 Plum Street, Xuanwu District, Nanjing",
        "12 Floor, Jade Tower, South Plum Road, Tonglu County, Zhejiang Province",
        "1935 NW 87 Avenue, Miami, Florida 33172",
        "1565N. Central Expressway, Suite 200, Dallas, TX 75080",
        "7700 N. Hazel Ave, Suite 31, Boca Raton FL33487",
        "80 Hazel street, suite 17 Toronto Ont.",
        "4061 Hazel Ave., Alder del Rey, CA 90292",
        "3 allée Pierre Lefort, 31712 Blagnac, France",
        "1001 Hazel Street P. 0. Box 12, Fayetteville, AR 72702",
        "1 Fazenda Aveleira, Cep 37800-000, Minas Gerais, Brazil",
    ],
)
def test_whole_addresses_behind_a_cue(address: str) -> None:
    assert addresses_of(f"with its principal place of business at {address} (the Buyer)") == [address]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Alder SA\n9 Quai Henri Lefort\n92150 Suresnes\nAttention: Legal", "9 Quai Henri Lefort\n92150 Suresnes"),
        ("offices at 8 Hazel Drive, Mount Alder, NJ. 08054. AND: Oak plc", "8 Hazel Drive, Mount Alder, NJ. 08054"),
        (
            "Address: Room 21, No.237, North Plum Road, Chaoyang District, Beijing.\n\nTel:",
            "Room 21, No.237, North Plum Road, Chaoyang District, Beijing",
        ),
        # What follows the postcode or the town is somebody else's.
        ("offices at 12 Fir Street\n97301 Attention\nOak", "12 Fir Street\n97301"),
        ("an office of Alder Holdings, Inc., 12 Fir Street, Salem, OR 97301", "12 Fir Street, Salem, OR 97301"),
        ("located at Alder Company, 12 Fir Street, Salem, OR 97301", "12 Fir Street, Salem, OR 97301"),
        ("located at c/o Alder Partners, 12 Fir Street, Salem, OR 97301", "12 Fir Street, Salem, OR 97301"),
    ],
)
def test_where_an_address_begins_and_ends(text: str, address: str) -> None:
    assert addresses_of(text) == [address]


@pytest.mark.parametrize(
    "text", ["the Alder District shall be served", "sold in Plum Province and Fir County", "at the Oak Building, Section 3 applies"]
)
def test_regions_alone_are_no_addresses(text: str) -> None:
    assert addresses_of(text) == []
