"""Archives and messages: which members are taken, under which names, and why others are refused."""

import io
import zipfile
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.documents.containers import Member, unpack
from whereas.documents.member_names import MAX_BYTES, is_litter, safe_path
from whereas.errors import PermanentError
from whereas.settings import Limits
from whereas.types import MediaType
from whereas_local.samples.containers import archive_of, locked, message_of, overlapping_bomb

TEXT = b"SUPPLY AGREEMENT between Dunholt Works, Inc. and Wexcombe Foods, LLC."
LIMITS = Limits()


def members(data: bytes, media_type: MediaType = MediaType.ZIP, limits: Limits = LIMITS) -> list[tuple[str, str | None]]:
    return [(one.path, one.refusal and one.refusal.code) for one in unpack(data, media_type, limits=limits)]


def refusal(data: bytes, media_type: MediaType = MediaType.ZIP, limits: Limits = LIMITS) -> str:
    with pytest.raises(PermanentError) as caught:
        list(unpack(data, media_type, limits=limits))
    return caught.value.code


def test_files_are_taken_by_their_content_and_litter_is_passed_over() -> None:
    data = archive_of(
        {
            "a/": b"",
            "a/one.pdf": TEXT,
            "two": b"{\\rtf1 x}",
            "__MACOSX/a/._one.pdf": b"x",
            ".DS_Store": b"x",
            "b/Thumbs.db": b"x",
            "e.txt": b"",
        }
    )
    found = list(unpack(data, MediaType.ZIP, limits=LIMITS))
    assert [(one.path, one.media_type, one.data) for one in found if one.refusal is None] == [
        ("a/one.pdf", MediaType.TEXT, TEXT), ("two", MediaType.RTF, b"{\\rtf1 x}"),
    ]  # fmt: skip
    assert [(one.path, one.refusal.code) for one in found if one.refusal] == [("e.txt", "empty")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/root/a.txt", "root/a.txt"),
        ("C:\\deals\\..\\a.txt", "deals/a.txt"),
        ("a//./b .txt ", "a/b .txt"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("..", "member"),
        ("Vertra\u0308ge/契約.pdf", "Verträge/契約.pdf"),
    ],
)
def test_names_stay_below_their_folder(name: str, expected: str) -> None:
    assert safe_path(name, set()) == expected


def test_names_are_short_and_each_once() -> None:
    taken: set[str] = set()
    assert [safe_path(name, taken) for name in ("a.txt", "./a.txt", "a.txt", "b/a.txt")] == ["a.txt", "a~2.txt", "a~3.txt", "b/a.txt"]
    long = [safe_path("é" * 300 + ending, taken) for ending in ("1.docx", "2.docx")]
    assert long[0] != long[1]
    assert all(len(path.encode()) <= MAX_BYTES and path.endswith(".docx") for path in long)


@given(st.text(max_size=300))
def test_any_name_makes_a_key(name: str) -> None:
    path = safe_path(name, set())
    parts = path.split("/")
    assert path.isprintable()
    assert len(path.encode()) <= MAX_BYTES + 4
    assert not {"", ".", ".."}.intersection(parts)
    assert is_litter(name) in {True, False}


def test_names_in_utf8_that_the_archive_does_not_declare() -> None:
    data = archive_of({"契約.txt": TEXT}).replace(b"\x00\x08", b"\x00\x00")
    undeclared = bytearray(archive_of({"cafe.txt": TEXT, "naïve.txt": TEXT}))
    for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        place = -1
        while (place := undeclared.find(mark, place + 1)) >= 0:
            undeclared[place + at] &= ~0x08
    assert members(bytes(undeclared)) == [("cafe.txt", None), ("naïve.txt", None)]
    assert len(members(data)) == 1


def test_members_under_a_password_are_refused() -> None:
    assert members(locked(archive_of({"a.txt": TEXT}))) == [("a.txt", "encrypted")]


def test_a_damaged_member_does_not_take_the_others_along() -> None:
    data = bytearray(archive_of({"a.txt": TEXT * 50, "b.txt": TEXT}))
    at = data.index(b"a.txt") + 8
    data[at : at + 12] = bytes(12)
    assert members(bytes(data)) == [("a.txt", "corrupt"), ("b.txt", None)]


@pytest.mark.parametrize(("method", "code"), [(zipfile.ZIP_STORED, None), (zipfile.ZIP_BZIP2, None), (zipfile.ZIP_LZMA, "unsupported")])
def test_methods_of_packing(method: int, code: str | None) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.txt", TEXT)
    assert members(out.getvalue()) == [("a.txt", code)]


def test_a_link_is_no_file() -> None:
    out = io.BytesIO()
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert members(out.getvalue()) == [("a.txt", "unsupported")]


def test_bombs_are_told_from_the_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("nothing is to be unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "read", never)
    assert members(archive_of({"a.txt": bytes(3_000_000)})) == [("a.txt", "too_large")]
    assert members(archive_of({"a.txt": TEXT * 1_000}), limits=Limits(max_bytes=5_000)) == [("a.txt", "too_large")]
    assert refusal(archive_of({"a.txt": TEXT, "b.txt": TEXT}), limits=Limits(max_unpacked_bytes=100)) == "too_large"
    assert refusal(overlapping_bomb(2_000_000, 300)) == "too_large"
    assert refusal(archive_of({f"{n}.txt": TEXT for n in range(4)}), limits=Limits(max_members=3)) == "too_many_members"


def test_a_member_that_is_larger_than_it_says_is_corrupt() -> None:
    data = bytearray(archive_of({"a.txt": TEXT * 100}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    assert members(bytes(data)) == [("a.txt", "corrupt")]


def test_archives_in_archives() -> None:
    inner = archive_of({"a.txt": TEXT})
    assert members(archive_of({"in.zip": inner, "in.eml": message_of({"a.txt": TEXT})})) == [("in.zip", "nested"), ("in.eml", "nested")]
    assert members(message_of({"in.zip": inner}), MediaType.EML) == [("in.zip", None)]
    assert members(message_of({"in.eml": message_of({"a.txt": TEXT})}), MediaType.EML) == [("in.eml", "nested")]


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "a@dunholt.example"
    message.set_content("Dear all")
    message.add_alternative("<p>Dear all<img src='cid:logo'></p>", subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\n logo", "image", "png", cid="<logo>", filename="logo.png")
    return message


def test_a_letters_own_parts_are_no_attachments() -> None:
    message = letter()
    message.add_attachment(TEXT, maintype="application", subtype="pdf", filename="Vertrag – Nr. 7.pdf")
    message.add_attachment("SUPPLY AGREEMENT café", charset="iso-8859-1", filename="plain.txt")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="invite.ics")
    message.add_attachment(b"sig", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    message.add_attachment(letter())
    message.add_attachment(TEXT, maintype="application", subtype="pdf")
    found = members(message.as_bytes(), MediaType.EML)
    assert found == [("Vertrag – Nr. 7.pdf", None), ("plain.txt", None), ("message 3.eml", "nested"), ("attachment 4.pdf", None)]
    assert refusal(letter().as_bytes(), MediaType.EML) == "unsupported"


def test_a_scan_that_is_the_message_is_an_attachment() -> None:
    message = EmailMessage()
    message["From"] = "scanner@dunholt.example"
    message.set_content(TEXT, maintype="application", subtype="pdf", filename="scan.pdf")
    assert members(message.as_bytes(), MediaType.EML) == [("scan.pdf", None)]


@pytest.mark.parametrize("kind", ["multipart/encrypted; boundary=b", "application/pkcs7-mime; smime-type=enveloped-data"])
def test_an_encrypted_message_is_refused(kind: str) -> None:
    assert refusal(f"From: a@b.example\nContent-Type: {kind}\n\n--b\n\nx\n--b--\n".encode(), MediaType.EML) == "encrypted"


def test_endless_parts_and_broken_headers() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(60))
    assert refusal(("From: a@b.example\n" + deep + "\nx").encode(), MediaType.EML) in {"corrupt", "unsupported"}
    odd = (
        b"From: a@b.example\nContent-Type: application/pdf; name*0*=\xff''%; name*1=\nContent-Disposition: attachment; filename==?x?q?\n\n"
        + TEXT
    )
    assert len(members(odd, MediaType.EML)) == 1


@given(st.binary(max_size=400))
def test_any_bytes_are_unpacked_or_refused(data: bytes) -> None:
    for media_type, head in ((MediaType.ZIP, b"PK\x03\x04"), (MediaType.EML, b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: ")):
        with suppress(PermanentError):
            for member in unpack(head + data, media_type, limits=LIMITS):
                assert isinstance(member, Member)
