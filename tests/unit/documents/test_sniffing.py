"""What a file is, by its bytes; every kind that is refused, with its reason."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.documents.extensions import extension_warnings
from whereas.documents.sniffing import sniff
from whereas.errors import PermanentError
from whereas.types import MediaType

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ftyp(*brands: bytes) -> bytes:
    body = brands[0] + bytes(4) + b"".join(brands)
    return (len(body) + 8).to_bytes(4) + b"ftyp" + body + bytes(40)


def archive(*names: str, encrypted: bool = False, mimetype: str = "<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, mimetype if name == "mimetype" else "<x/>")
    data = bytearray(out.getvalue())
    if encrypted:
        at = 0
        while (at := data.find(b"PK\x01\x02", at)) >= 0:
            data[at + 8] |= 1
            at += 4
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n...", MediaType.PDF),
        (b"\r\n junk before \r\n" * 20 + b"%PDF-1.4\n\x00\x01\x02", MediaType.PDF),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), MediaType.PNG),
        (b"\xff\xd8\xff\xe0" + bytes(20), MediaType.JPEG),
        (b"II*\x00" + bytes(20), MediaType.TIFF),
        (b"MM\x00*" + bytes(20), MediaType.TIFF),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
        (archive("[Content_Types].xml", "word/document.xml"), MediaType.DOCX),
        (archive("[Content_Types].xml", "word/document22.xml"), MediaType.DOCX),
        (archive("mimetype", "content.xml", mimetype="application/vnd.oasis.opendocument.text"), MediaType.ODT),
        (archive("a.pdf", "xl/b.pdf"), MediaType.ZIP),
        (b"PK\x05\x06" + bytes(18), MediaType.ZIP),
        (b"{\\rtf1 hello}", MediaType.RTF),
        (ftyp(b"avif", b"mif1"), MediaType.AVIF),
        (ftyp(b"mif1", b"avif"), MediaType.AVIF),
        (b"Received: from mx\nFrom: a@b.example\nSubject: x\n\nhello", MediaType.EML),
        (b"From: a@b.example\nMIME-Version: 1.0\n\nhello %PDF-1.4", MediaType.EML),
        (b"From a@b.example Mon May 1\r\nContent-Type: text/plain\r\n\r\nx", MediaType.EML),
        (b"<DOCUMENT>\n<TYPE>EX-10\n<TEXT>\n<TABLE>\n<CAPTION>\n<S> <C>\n</TABLE>", MediaType.TEXT),
        (b"<!DOCTYPE html><html><body>x</body></html>", MediaType.HTML),
        (b"\xef\xbb\xbf  <HTML><p>x", MediaType.HTML),
        ("\ufeff<html><p>x</p>".encode("utf-16-le"), MediaType.HTML),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>x</p></html>', MediaType.HTML),
        (b"<DOCUMENT>\n<TYPE>EX-10\n<TEXT>\n<p>one</p>", MediaType.HTML),
        (b"SERVICES AGREEMENT\n\nThis agreement ...", MediaType.TEXT),
        ("Vereinbarung über Wärme".encode("cp1252"), MediaType.TEXT),
        ("agreement ✓".encode("utf-16"), MediaType.TEXT),
        (b"MZ Holdings, Inc. and the other party agree", MediaType.TEXT),
        (b"BM Partners agree", MediaType.TEXT),
        (b"From: the Supplier\nTo: the Customer\nSubject: our agreement\n", MediaType.TEXT),
        (b"a < b and the <party> shall", MediaType.TEXT),
    ],
)
def test_reads_by_content(data: bytes, expected: MediaType) -> None:
    assert sniff(data, name="no-extension") is expected


@pytest.mark.parametrize(
    ("data", "code", "advice"),
    [
        (b"", "empty", ""),
        (b" \r\n\t \x0c", "empty", ""),
        (bytes(100), "empty", ""),
        (b"\xef\xbb\xbf", "empty", ""),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "unsupported", "save it as DOCX"),
        (OLE + "__substg1.0_0037".encode("utf-16-le"), "unsupported", "Outlook"),
        (OLE + "Workbook".encode("utf-16-le"), "unsupported", "old Microsoft Office"),
        (archive("word/document.xml", encrypted=True), "encrypted", "password"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "unsupported", "Excel"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "unsupported", "PowerPoint"),
        (archive("mimetype", "content.xml"), "unsupported", "OpenDocument"),
        (archive("mimetype", "x", mimetype="application/epub+zip"), "unsupported", "book"),
        (archive("Index/Document.iwa"), "unsupported", "Apple"),
        (archive("META-INF/MANIFEST.MF"), "unsupported", "program"),
        (b"PK\x03\x04" + bytes(100), "corrupt", "ZIP"),
        (ftyp(b"heic", b"mif1"), "unsupported", "JPEG"),
        (ftyp(b"mif1", b"heix"), "unsupported", "HEIC"),
        (ftyp(b"isom", b"mp42"), "unsupported", "film"),
        (b"\x78\x9f\x3e\x22" + bytes(60), "unsupported", "winmail.dat"),
        (b"MZ" + bytes(range(256)), "unsupported", "Windows program"),
        (b"\x7fELF" + bytes(60), "unsupported", "Linux program"),
        (b"\x1f\x8b\x08" + bytes(60), "unsupported", "gzip"),
        (b"GIF89a", "unsupported", "PNG"),
        (b"%!PS-Adobe-3.0", "unsupported", "PostScript"),
        (b'<?xml version="1.0"?><invoice/>', "unsupported", "XML"),
        (bytes(range(1, 256)) * 8, "unsupported", "binary"),
        (b"text then\x00\x00\x00 nulls", "unsupported", "binary"),
    ],
)
def test_refuses_with_advice(data: bytes, code: str, advice: str) -> None:
    with pytest.raises(PermanentError) as caught:
        sniff(data, name="contract.pdf")
    assert caught.value.code == code
    assert advice in caught.value.message


def test_an_old_office_file_is_word_by_its_name() -> None:
    with pytest.raises(PermanentError, match=r"Word 97-2003"):
        sniff(OLE, name="folder/minutes.DOC")


@pytest.mark.parametrize(
    ("name", "media", "mismatch"),
    [
        ("a.pdf", MediaType.PDF, False),
        ("a.PDF", MediaType.PDF, False),
        ("a.pdf", MediaType.DOCX, True),
        ("a.doc", MediaType.PDF, True),
        ("a.jpg", MediaType.JPEG, False),
        ("a", MediaType.PDF, False),
        ("a.signed", MediaType.PDF, False),
        ("a.zip", MediaType.ZIP, False),
        ("a.rtf", MediaType.DOCX, True),
        ("a.heic", MediaType.JPEG, True),
        ("folder.pdf/a.htm", MediaType.HTML, False),
    ],
)
def test_warns_of_an_extension_that_lies(name: str, media: MediaType, mismatch: bool) -> None:
    warnings = extension_warnings(name, media)
    assert [warning.code for warning in warnings] == (["extension_mismatch"] if mismatch else [])


def test_an_endless_directory_is_refused_before_it_is_read() -> None:
    data = bytearray(archive("a.pdf"))
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (2**30).to_bytes(4, "little")
    with pytest.raises(PermanentError, match="too_many_members"):
        sniff(bytes(data), name="x.zip")
    record = b"PK\x06\x06" + bytes(36) + (2**40).to_bytes(8, "little") + bytes(8)
    data[at + 12 : at + 16] = b"\xff" * 4
    with pytest.raises(PermanentError, match="too_many_members"):
        sniff(bytes(data[:at]) + record + bytes(data[at:]), name="x.zip")


@given(st.binary(max_size=300))
def test_any_bytes_are_told_or_refused(data: bytes) -> None:
    with suppress(PermanentError):
        assert sniff(data, name="x") in MediaType
