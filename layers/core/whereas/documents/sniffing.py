"""What a file is, told from its bytes: a name's extension is a claim, never the evidence.

Signatures are those of the formats' own specifications (ISO 32000 for PDF, PNG, JPEG/JFIF, TIFF 6.0, RIFF, ZIP APPNOTE,
MS-CFB). A format that is not read ends as ``PermanentError("unsupported")`` with advice for that very format.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from whereas.errors import PermanentError
from whereas.types import MediaType as MediaType
from whereas.types import Warning

# Readers look for the header in the first 1024 bytes (ISO 32000-1 implementation note 13).
_PDF_HEADER_WITHIN = 1024
_HTML_HEAD = 4096
_TEXT_HEAD = 65536
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27} | {127})
# Text may hold a stray control character (a form feed is not even counted); more than this share is a binary.
_MAX_CONTROL_SHARE = 0.02

_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "This is an RTF document: save it as DOCX or PDF."),
    (b"MZ", "This is a Windows program, not a document."),
    (b"\x7fELF", "This is a Linux program, not a document."),
    (b"\xca\xfe\xba\xbe", "This is a program, not a document."),
    (b"\xcf\xfa\xed\xfe", "This is a macOS program, not a document."),
    (b"\x1f\x8b", "This is a gzip archive: unpack it and upload its files."),
    (b"7z\xbc\xaf\x27\x1c", "This is a 7z archive: unpack it and upload its files."),
    (b"Rar!\x1a\x07", "This is a RAR archive: unpack it and upload its files."),
    (b"BZh", "This is a bzip2 archive: unpack it and upload its files."),
    (b"GIF8", "This is a GIF image: save it as PNG."),
    (b"BM", "This is a BMP image: save it as PNG."),
    (b"%!PS", "This is a PostScript file: convert it to PDF."),
    (b"\xffWPC", "This is a WordPerfect document: save it as DOCX or PDF."),
    (b"SQLite format 3\x00", "This is a database, not a document."),
)

_EXTENSIONS: dict[str, frozenset[MediaType]] = {
    ".pdf": frozenset({MediaType.PDF}),
    ".png": frozenset({MediaType.PNG}),
    ".jpg": frozenset({MediaType.JPEG}),
    ".jpeg": frozenset({MediaType.JPEG}),
    ".tif": frozenset({MediaType.TIFF}),
    ".tiff": frozenset({MediaType.TIFF}),
    ".webp": frozenset({MediaType.WEBP}),
    ".docx": frozenset({MediaType.DOCX}),
    ".docm": frozenset({MediaType.DOCX}),
    ".html": frozenset({MediaType.HTML}),
    ".htm": frozenset({MediaType.HTML}),
    ".xhtml": frozenset({MediaType.HTML}),
    ".txt": frozenset({MediaType.TEXT}),
    ".text": frozenset({MediaType.TEXT}),
    ".md": frozenset({MediaType.TEXT}),
}
_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|table|h[1-6]|font|center|span|br|hr|pre)\b[^<>]*>", re.IGNORECASE
)
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|received|return-path|mime-version|message-id|delivered-to|subject|date|x-[a-z-]+): ", re.IGNORECASE
)
# Headers that no contract starts with: an agreement laid out as a memo may well open with "From:" and "To:".
_MAIL_PROOF = re.compile(rb"^(?:received|return-path|mime-version|message-id|delivered-to|content-type): ", re.IGNORECASE | re.MULTILINE)


def sniff(data: bytes, *, name: str) -> MediaType:
    """Return what ``data`` is.

    Args:
        data: the whole file.
        name: the file's name or key; only used to word the advice, never to choose the format.

    Raises:
        PermanentError: ``empty``, ``encrypted`` (a password-protected office document), ``corrupt`` (a ZIP that cannot be
            opened) or ``unsupported`` (anything that is not read).
    """
    if not data or not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe\x0c"):
        raise PermanentError("empty")
    known = _by_signature(data)
    if known is not None:
        return known
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _refuse_ole(data, name=name)
    for signature, advice in _REFUSED:
        if data.startswith(signature) and _is_certain(signature, data):
            raise PermanentError("unsupported", advice)
    # Last of the signatures, for it may stand anywhere in the first kilobyte: a text that speaks of "%PDF-" is rare enough.
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return MediaType.PDF
    return _sniff_text(data)


def extension_warnings(name: str, media_type: MediaType) -> tuple[Warning, ...]:
    """Return one ``extension_mismatch`` warning where the name claims another format than the content has, else none."""
    suffix = PurePosixPath(name).suffix.lower()
    expected = _EXTENSIONS.get(suffix)
    if expected is None and suffix not in {
        ".doc",
        ".rtf",
        ".odt",
        ".zip",
        ".exe",
        ".xlsx",
        ".pptx",
        ".gif",
        ".bmp",
        ".eml",
        ".msg",
        ".xml",
    }:
        return ()
    if expected is not None and media_type in expected:
        return ()
    return (Warning("extension_mismatch", f"The name ends in {suffix}, the content is {media_type.value}: it was read by its content."),)


def _by_signature(data: bytes) -> MediaType | None:
    if data.startswith(b"%PDF-"):
        return MediaType.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if data[:4] in {b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"}:
        return MediaType.TIFF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return MediaType.WEBP
    return None


def _is_certain(signature: bytes, data: bytes) -> bool:
    """Two-letter signatures are also how a text may begin ("MZ Holdings"): they count only where the rest is binary."""
    return len(signature) > 3 or not signature.isalnum() or _control_share(data) > _MAX_CONTROL_SHARE


def _sniff_zip(data: bytes) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            encrypted = any(info.flag_bits & 0x1 for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, zlib.error, NotImplementedError) as exc:
        raise PermanentError("corrupt", "The file begins like a ZIP or DOCX and cannot be opened.") from exc
    if "word/document.xml" in names:
        if encrypted:
            raise PermanentError("encrypted")
        return MediaType.DOCX
    if any(entry.startswith("xl/") for entry in names):
        raise PermanentError("unsupported", "This is an Excel workbook: export it as PDF.")
    if any(entry.startswith("ppt/") for entry in names):
        raise PermanentError("unsupported", "This is a PowerPoint presentation: export it as PDF.")
    if "mimetype" in names and "content.xml" in names:
        raise PermanentError("unsupported", "This is an OpenDocument file: save it as DOCX or PDF.")
    raise PermanentError("unsupported", "This is a ZIP archive: unpack it and upload its files.")


def _refuse_ole(data: bytes, *, name: str) -> MediaType:
    # Stream names of a compound file are UTF-16LE (MS-CFB 2.6.1); a protected DOCX holds "EncryptedPackage" (MS-OFFCRYPTO 2.3.4.4).
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise PermanentError("encrypted")
    if "WordDocument".encode("utf-16-le") in data or PurePosixPath(name).suffix.lower() == ".doc":
        raise PermanentError(
            "unsupported", "This is a Word 97-2003 document (.doc): open it in a word processor and save it as DOCX or PDF."
        )
    if "__substg1.0_".encode("utf-16-le") in data:
        raise PermanentError("unsupported", "This is an Outlook message (.msg): save its attachments and upload those.")
    raise PermanentError("unsupported", "This is an old Microsoft Office file: save it as PDF.")


def _sniff_text(data: bytes) -> MediaType:
    head = data[:_TEXT_HEAD]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:_TEXT_HEAD].decode("utf-16", errors="ignore").encode()
    elif data.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    if _control_share(head) > _MAX_CONTROL_SHARE or b"\x00" in head:
        raise PermanentError("unsupported", "This is a binary file of an unknown kind.")
    start = head.lstrip()
    if _MAIL_HEADER.match(start) and _MAIL_PROOF.search(start[:_HTML_HEAD]):
        raise PermanentError("unsupported", "This is an e-mail message: save its attachments and upload those.")
    if start.startswith(b"<") or start[:16].lstrip(b"-").startswith(b"<"):
        if _HTML_TAG.search(start[:_HTML_HEAD]):
            return MediaType.HTML
        if start.startswith(b"<?xml"):
            raise PermanentError("unsupported", "This is an XML file of another kind than XHTML.")
    if len(_HTML_TAG.findall(start[:_HTML_HEAD])) >= 3:
        return MediaType.HTML
    return MediaType.TEXT


def _control_share(data: bytes) -> float:
    """Share of bytes that no text encoding of ours uses."""
    head = data[:_TEXT_HEAD]
    return (len(head) - len(head.translate(None, _CONTROL))) / max(1, len(head))
