"""What a ZIP file is: a word processor's document, another program's file, or an archive of documents."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from whereas.errors import PermanentError
from whereas.types import MediaType

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_MAX_COMMENT = 65_557
# A directory entry takes 46 bytes and a name; a directory beyond this would fill the memory before a limit could count its entries.
_MAX_DIRECTORY_BYTES = 16 * 2**20
# The main part is called so by all programs but a few, which add a number (ECMA-376 part 2 leaves its name free).
_WORD = re.compile(r"word/document\d{0,3}\.xml")
_ODT = frozenset({"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template"})

BROKEN = (zipfile.BadZipFile, OSError, ValueError, EOFError, zlib.error, struct.error, NotImplementedError)
"""What ``zipfile`` raises on damaged archives, by its documentation and its source."""


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP file whose directory is of a sane size.

    Raises:
        PermanentError: ``corrupt`` or ``too_many_members``.
    """
    if directory_bytes(data) > _MAX_DIRECTORY_BYTES:
        raise PermanentError("too_many_members", f"The archive's directory has more than {_MAX_DIRECTORY_BYTES} bytes.")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as exc:
        raise PermanentError("corrupt", "The file begins like a ZIP or DOCX and cannot be opened.") from exc


def directory_bytes(data: bytes) -> int:
    """Return the size of the directory as its end says (APPNOTE 4.3.16, 4.3.14); 0 where there is no end."""
    at = data.rfind(_END, max(0, len(data) - _MAX_COMMENT))
    if at < 0:
        return 0
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    if size < 0xFFFFFFFF:
        return size
    at = data.rfind(_END_64, max(0, at - 256), at)
    return int.from_bytes(data[at + 40 : at + 48], "little") if at >= 0 else size


def sniff_zip(data: bytes) -> MediaType:
    """Return what a file is that begins as a ZIP.

    Raises:
        PermanentError: ``corrupt``, ``encrypted``, ``too_many_members``, or ``unsupported``: the file of a program that is not read.
    """
    with open_zip(data) as archive:
        names = set(archive.namelist())
        encrypted = any(info.flag_bits & 0x1 for info in archive.infolist())
        kind = _mimetype(archive) if "mimetype" in names else ""
    if any(_WORD.fullmatch(entry) for entry in names):
        if encrypted:
            raise PermanentError("encrypted")
        return MediaType.DOCX
    if kind in _ODT and "content.xml" in names:
        return MediaType.ODT
    _refuse_programs(names, kind)
    return MediaType.ZIP


def _refuse_programs(names: set[str], kind: str) -> None:
    office = "[Content_Types].xml" in names
    if office and any(entry.startswith("xl/") for entry in names):
        raise PermanentError("unsupported", "This is an Excel workbook: export it as PDF.")
    if office and any(entry.startswith("ppt/") for entry in names):
        raise PermanentError("unsupported", "This is a PowerPoint presentation: export it as PDF.")
    if office and any(entry.startswith("Documents/1/") for entry in names):
        raise PermanentError("unsupported", "This is an XPS document: print it to PDF.")
    if kind.startswith("application/vnd.oasis.opendocument") or ("mimetype" in names and "content.xml" in names):
        raise PermanentError("unsupported", "This is an OpenDocument file of another kind than text: export it as PDF.")
    if kind == "application/epub+zip":
        raise PermanentError("unsupported", "This is an electronic book: export it as PDF.")
    if "Index/Document.iwa" in names or "Index.zip" in names:
        raise PermanentError("unsupported", "This is a document of Apple Pages or Numbers: export it as DOCX or PDF.")
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        raise PermanentError("unsupported", "This is a program, not a document.")


def _mimetype(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as stream:
            return stream.read(200).decode("ascii", errors="replace").strip()
    except (*BROKEN, RuntimeError):
        return ""
