"""What a file is, told from its bytes: a name's extension is a claim, never the evidence.

Signatures are those of the formats' own specifications (ISO 32000 for PDF, PNG, JPEG/JFIF, TIFF 6.0, RIFF, ZIP APPNOTE,
MS-CFB, ISO/IEC 14496-12). A format that is not read ends as ``PermanentError("unsupported")`` with advice for that very format.
"""

from __future__ import annotations

import re

from whereas.documents.refusals import SIGNATURES, is_avif, refuse_compound_file, refuse_iso_media
from whereas.documents.zips import sniff_zip
from whereas.errors import PermanentError
from whereas.types import MediaType as MediaType

# Readers look for the header in the first 1024 bytes (ISO 32000-1 implementation note 13).
_PDF_HEADER_WITHIN = 1024
_HTML_HEAD = 4096
_TEXT_HEAD = 65536
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27} | {127})
# Text may hold a stray control character (a form feed is not even counted); more than this share is a binary.
_MAX_CONTROL_SHARE = 0.02

# Without <table>: the tables of EDGAR's plain text begin with it too, and those of HTML go on with rows.
_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|tr|td|h[1-6]|font|center|span|br|hr|pre)\b[^<>]{0,2000}>", re.IGNORECASE
)
_MAIL_HEADER = re.compile(
    rb"(?:from|to|received|return-path|mime-version|message-id|delivered-to|subject|date|content-type|x-[a-z-]{1,60}): ", re.IGNORECASE
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
            opened), ``too_many_members`` (a ZIP with an endless directory) or ``unsupported`` (anything that is not read).
    """
    if not data or not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe\x0c"):
        raise PermanentError("empty")
    known = _by_signature(data)
    if known is not None:
        return known
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return sniff_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        refuse_compound_file(data, name=name)
    refuse_iso_media(data)
    for signature, advice in SIGNATURES:
        if data.startswith(signature) and _is_certain(signature, data):
            raise PermanentError("unsupported", advice)
    # A message carries its attachments in text, and may well begin like none of the above.
    if _is_mail(data):
        return MediaType.EML
    # Last of the signatures, for it may stand anywhere in the first kilobyte: a text that speaks of "%PDF-" is rare enough.
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return MediaType.PDF
    return _sniff_text(data)


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
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"{\\rtf":
        return MediaType.RTF
    return MediaType.AVIF if is_avif(data) else None


def _is_certain(signature: bytes, data: bytes) -> bool:
    """Two-letter signatures are also how a text may begin ("MZ Holdings"): they count only where the rest is binary."""
    return len(signature) > 3 or not signature.isalnum() or _control_share(data) > _MAX_CONTROL_SHARE


def _is_mail(data: bytes) -> bool:
    start = data[: 2 * _HTML_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    # Mailboxes put this line before a message (RFC 4155).
    if start.startswith(b"From "):
        start = start.partition(b"\n")[2]
    return _MAIL_HEADER.match(start) is not None and _MAIL_PROOF.search(start[:_HTML_HEAD]) is not None


def _sniff_text(data: bytes) -> MediaType:
    head = data[:_TEXT_HEAD]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:_TEXT_HEAD].decode("utf-16", errors="ignore").encode()
    elif data.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    if _control_share(head) > _MAX_CONTROL_SHARE or b"\x00" in head:
        raise PermanentError("unsupported", "This is a binary file of an unknown kind.")
    start = head.lstrip()
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
