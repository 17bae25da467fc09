"""Links between names: what makes one, what forbids one, and how many of invented pairs come out right."""

from __future__ import annotations

from pathlib import Path

import name_pairs
import pytest
from name_pairs import Pair

from whereas.errors import InvalidRequestError
from whereas.resolution.linking.authority import Columns, CsvAuthority, read_authority
from whereas.resolution.linking.blocking import blocks
from whereas.resolution.linking.candidates import LinkCandidate, candidates
from whereas.resolution.linking.similarity import CANDIDATE, LINK, similarity
from whereas.resolution.linking.words import number_of
from whereas.resolution.parties.names import canonical_id, normalise_name

PAIRS = name_pairs.read()


def linked(pair: Pair) -> bool:
    same_id = canonical_id(pair.left, kind="organization") == canonical_id(pair.right, kind="organization")
    return same_id or similarity(pair.left, pair.right).score >= LINK


@pytest.mark.parametrize("half", ["tune", "held"])
def test_pairs_come_out_right(half: str) -> None:
    mine = [pair for pair in PAIRS if pair.half == half]
    right = sum(linked(pair) and pair.same for pair in mine)
    assert len(mine) >= 300
    assert right / sum(linked(pair) for pair in mine) >= 0.95
    assert right / sum(pair.same for pair in mine) >= 0.9


def test_the_pairs_are_what_their_script_makes() -> None:
    assert list(name_pairs.make()) == PAIRS


def test_almost_all_names_of_one_body_share_a_block() -> None:
    same = [pair for pair in PAIRS if pair.same]
    met = sum(bool(set(blocks(pair.left)) & set(blocks(pair.right))) for pair in same)
    assert met / len(same) >= 0.97
    assert max(len(blocks(name)) for pair in PAIRS for name in (pair.left, pair.right)) <= 4


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Quorvex Data, Inc.", "QUORVEX DATA INC", "same name"),
        ("QuickLedger Inc.", "Quick Ledger, Inc.", "same letters"),
        ("Quorvex Data, Inc.", "Quorvax Data, Inc.", "misprint"),
        ("0ttermere Modem Works", "Ottermere Modern Works", "letters that OCR confuses"),
        ("Müllrose Werk", "Muellrose Werk GmbH", "letters that OCR confuses"),
        ("Zymetra Tech Inc.", "Zymetra Technologies, Inc.", "abbreviation"),
        ("Advanced Tidal Systems, Inc.", "ATS", "acronym"),
        ("Fund 2 of Corrimal", "Fund II of Corrimal", "same words"),
        ("Smithwick, Jolana", "Jolana Smithwick", "other order"),
        ("Jolana B. Smithwick", "Jolana Smithwick", "words left out"),
    ],
)
def test_what_makes_a_link(one: str, other: str, reason: str) -> None:
    found = similarity(one, other)
    assert found.score >= LINK
    assert found.reason == reason
    assert similarity(other, one) == found


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Quorvex Inc.", "Quorvex Holdings, Inc.", "told apart by HOLDINGS"),
        ("Corrimal Fund II LP", "Corrimal Fund III LP", "told apart by II, III"),
        ("Ruthven 2019-1 Trust", "Ruthven 2019-2 Trust", "told apart by 1, 2"),
        ("Quorvex (UK) Ltd", "Quorvex Ltd", "told apart by UK"),
        ("Eastern Quarry", "Western Quarry", "told apart by EASTERN, WESTERN"),
        ("Solar Quarry", "Polar Quarry", "other words"),
        ("Quorvex GmbH", "Quorvax Inc.", "legal forms differ: corporation and gmbh"),
        ("John A. Varnholt", "John B. Varnholt", "told apart by A, B"),
        ("The", "...", "no words"),
        ("...", "Quorvex", "no words"),
    ],
)
def test_what_forbids_a_link(one: str, other: str, reason: str) -> None:
    found = similarity(one, other)
    assert found.score < CANDIDATE
    assert found.reason == reason
    assert similarity(other, one) == found


def test_roman_numerals_are_numbers_and_words_are_none() -> None:
    assert [number_of(word) for word in ("IV", "IX", "XIV", "12", "VIX", "MIX", "")] == [4, 9, 14, 12, None, None, None]


def test_candidates_are_sorted_and_leave_out_what_is_forbidden() -> None:
    pool = [
        ("1", "Quorvax Data Inc."),
        ("1", "QUORVEX DATA"),
        ("2", "Quorvex Holdings"),
        ("3", "Quorvex Dato Inc"),
        ("4", "Quorvex Data Corp."),
    ]
    found = candidates("Quorvex Data, Inc.", pool, forbidden={"4"})
    assert [(one.canonical_id, one.name) for one in found] == [("1", "QUORVEX DATA")]
    assert found[0] == LinkCandidate("1", "QUORVEX DATA", 1.0, "same name")
    assert [one.canonical_id for one in candidates("Quorvex Data, Inc.", pool, low=0.0)][:2] == ["1", "4"]


VENDORS = """name,id,aliases
"Quorvex Data, Inc.",V-1,QDI Labs|Quorvex
Zymetra Therapeutics,V-2,
Veldkamp Logistics B.V.,V-3,
Veldkamp Logistics B.V.,V-4,
,V-5,nobody
"""


@pytest.fixture
def vendors(tmp_path: Path) -> Path:
    path = tmp_path / "vendors.csv"
    path.write_text(VENDORS, encoding="utf-8-sig")
    return path


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("QUORVEX DATA INC", "V-1"),
        ("QDI Laboratories LLC", "V-1"),
        ("Quorvax Data, Inc.", "V-1"),
        ("Zymetra Therapeutic5", "V-2"),
        ("Zymetra Holdings", None),
        ("Veldkamp Logistics", None),
        ("Veldkamq Logistics", None),
        ("nobody", None),
        ("...", None),
    ],
)
def test_a_list_of_vendors_gives_its_ids(vendors: Path, name: str, id: str | None) -> None:
    found = read_authority(vendors).find(name)
    assert (found.id if found else None) == id


def test_other_columns_are_read_as_told(tmp_path: Path) -> None:
    path = tmp_path / "lei.csv"
    path.write_text('LEI,Entity.LegalName\n529900EXAMPLE0000001,"Tarnwick Marine Services Limited"\n', encoding="utf-8")
    found = read_authority(path, columns=Columns(name="Entity.LegalName", id="LEI")).find("Tarnwick Marine Services Ltd.")
    assert found
    assert (found.id, found.score, found.reason) == ("529900EXAMPLE0000001", 1.0, "same name")


def test_a_list_that_cannot_be_read_is_told(tmp_path: Path, vendors: Path) -> None:
    with pytest.raises(InvalidRequestError, match="no column LEI"):
        read_authority(vendors, columns=Columns(id="LEI"))
    with pytest.raises(InvalidRequestError, match=r"none\.csv could not be read"):
        read_authority(tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_bytes(b"name,id\n\xff\xfe,1\n")
    with pytest.raises(InvalidRequestError, match="UTF-8"):
        read_authority(tmp_path / "bad.csv")
    assert CsvAuthority([]).find("Quorvex") is None


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (("Värde Partners, Inc.", "VARDE PARTNERS INC", "Varde Partners"), "VARDE PARTNERS"),
        (("Tarn & Sons L.L.C.", "Tarn and Sons, LLC", "TARN + SONS"), "TARN AND SONS"),
        (("Tarn Int'l Corp.", "Tarn Intl. Corporation", "The Tarn International Corp"), "TARN INTERNATIONAL"),
        (("Tarn S.A. de C.V.", "TARN SA DE CV", "Tarn"), "TARN"),
        (("Tarn Sp. z o.o.", "Tarn A/S", "Tarn GmbH & Co. KG", "Tarn Sdn. Bhd.", "Tarn Limited Liability Company", "OOO Tarn"), "TARN"),
        (("Bank of Ardmore, N.A.", "Bank of Ardmore National Association"), "BANK OF ARDMORE"),
        (("Tarn™ Foods®, Inc.", "Tarn Foods"), "TARN FOODS"),
        (("Łódź Søn AB", "Lodz Son"), "LODZ SON"),
    ],
)
def test_spellings_meet(spellings: tuple[str, ...], key: str) -> None:
    assert {normalise_name(name) for name in spellings} == {key}


def test_bodies_of_one_family_and_persons_keep_their_names() -> None:
    family = ("Tarn", "Tarn Holdings", "Tarn (UK) Ltd", "Tarn CA", "Tarn Trust", "Tarn Trust Company", "Bank of Tarn", "Bank of Tarn Trust")
    assert len({normalise_name(name) for name in family}) == len(family)
    assert normalise_name("Maria Sá", kind="person") == "MARIA SA"
    assert canonical_id("Maria Sá", kind="person") != canonical_id("Maria", kind="person")
