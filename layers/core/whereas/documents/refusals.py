"""Files that are not read, by their first bytes, each with advice for that very format."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NoReturn

from whereas.errors import PermanentError

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "This is a Windows program, not a document."),
    (b"\x7fELF", "This is a Linux program, not a document."),
    (b"\xca\xfe\xba\xbe", "This is a program, not a document."),
    (b"\xcf\xfa\xed\xfe", "This is a macOS program, not a document."),
    (b"\x1f\x8b", "This is a gzip archive: unpack it and upload its files, or pack them as ZIP."),
    (b"7z\xbc\xaf\x27\x1c", "This is a 7z archive: unpack it and upload its files, or pack them as ZIP."),
    (b"Rar!\x1a\x07", "This is a RAR archive: unpack it and upload its files, or pack them as ZIP."),
    (b"BZh", "This is a bzip2 archive: unpack it and upload its files, or pack them as ZIP."),
    (b"\xfd7zXZ\x00", "This is an xz archive: unpack it and upload its files, or pack them as ZIP."),
    (b"GIF8", "This is a GIF image: save it as PNG."),
    (b"BM", "This is a BMP image: save it as PNG."),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "This is a JPEG 2000 image: save it as PNG or JPEG."),
    (b"%!PS", "This is a PostScript file: convert it to PDF."),
    (b"\xffWPC", "This is a WordPerfect document: save it as DOCX or PDF."),
    (b"\xdb\xa5-\x00", "This is a Word 2.0 document: save it as DOCX or PDF."),
    (b"\x78\x9f\x3e\x22", "This is Outlook's winmail.dat: ask for the attachments themselves and upload those."),
    (b"SQLite format 3\x00", "This is a database, not a document."),
)

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})


def iso_media_brands(data: bytes) -> frozenset[bytes]:
    """Return the brands of an ISO base media file (ISO/IEC 14496-12, 4.3): the major one and the compatible ones."""
    if data[4:8] != b"ftyp":
        return frozenset()
    size = min(int.from_bytes(data[:4]), 256, len(data))
    return frozenset({data[8:12]} | {data[at : at + 4] for at in range(16, size - 3, 4)})


def is_avif(data: bytes) -> bool:
    """Return whether the file is an AVIF image: one of the HEIF family whose codec is free."""
    return bool(iso_media_brands(data) & _AVIF_BRANDS)


def refuse_iso_media(data: bytes) -> None:
    """Refuse photographs and films in the ISO base media container.

    HEIC is not read: the wheels of pillow-heif hold the encoder x265, which is GPL, those of pi-heif libde265 and libheif, which are
    LGPL, and HEVC itself is under patents.

    Raises:
        PermanentError: ``unsupported``.
    """
    brands = iso_media_brands(data)
    if brands & _HEIF_BRANDS:
        advice = "This is a HEIC photograph: save it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible), or as PDF."
        raise PermanentError("unsupported", advice)
    if brands:
        raise PermanentError("unsupported", "This is a film or sound recording, not a document.")


def refuse_compound_file(data: bytes, *, name: str) -> NoReturn:
    """Refuse a compound file: old office documents, Outlook messages, and new documents under a password.

    Raises:
        PermanentError: ``encrypted`` or ``unsupported``.
    """
    # Stream names of a compound file are UTF-16LE (MS-CFB 2.6.1); a protected DOCX holds "EncryptedPackage" (MS-OFFCRYPTO 2.3.4.4).
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise PermanentError("encrypted")
    if "WordDocument".encode("utf-16-le") in data or PurePosixPath(name).suffix.lower() == ".doc":
        raise PermanentError(
            "unsupported", "This is a Word 97-2003 document (.doc): open it in a word processor and save it as DOCX or PDF."
        )
    if "__substg1.0_".encode("utf-16-le") in data:
        raise PermanentError("unsupported", "This is an Outlook message (.msg): save it as EML, or save its attachments, and upload those.")
    raise PermanentError("unsupported", "This is an old Microsoft Office file: save it as PDF.")
