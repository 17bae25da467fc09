"""Files that hold files: archives and messages, sound ones and those that are made to do harm."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from io import BytesIO

_FIXED = (2000, 1, 1, 0, 0, 0)


def archive_of(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files by name; the same files give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in members.items():
            target.writestr(zipfile.ZipInfo(name, _FIXED), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def locked(archive: bytes) -> bytes:
    """Return an archive whose directory says of every member that it needs a password (APPNOTE 4.4.4)."""
    data, at = bytearray(archive), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def bomb(size: int) -> bytes:
    """Return a small archive with a member that unpacks to ``size`` zeros and says so."""
    return archive_of({"contract.txt": bytes(size)})


def overlapping_bomb(size: int, copies: int) -> bytes:
    """Return an archive whose directory lists one member many times, so that it unpacks to ``copies`` times ``size``."""
    data = archive_of({"contract.txt": b"x" * size})
    start = data.find(b"PK\x01\x02")
    end = data.rfind(b"PK\x05\x06")
    entries = data[start:end] * copies
    tail = bytearray(data[end:])
    tail[8:10] = tail[10:12] = copies.to_bytes(2, "little")
    tail[12:16] = len(entries).to_bytes(4, "little")
    return data[:start] + entries + bytes(tail)


def message_of(attachments: Mapping[str, bytes], *, text: str = "Please find the agreement attached.") -> bytes:
    """Return an e-mail message with files attached, its lines as mail servers pass them on."""
    message = EmailMessage()
    message["From"], message["To"] = "legal@dunholt.example", "purchasing@wexcombe.example"
    message["Subject"], message["Message-ID"], message["Date"] = "Agreement", "<1@dunholt.example>", "Mon, 01 Jan 2024 09:00:00 +0000"
    message.set_content(text)
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if attachments:
        message.set_boundary("=====dunholt=====")
    return message.as_bytes()


def submission_of(documents: Mapping[str, str]) -> bytes:
    """Return a complete submission text file as the SEC keeps it: documents by their type, one of them an uuencoded picture's."""
    parts = [
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{number}\n<FILENAME>d{number}.txt\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n"
        for number, (kind, text) in enumerate(documents.items(), start=1)
    ]
    header = "<SEC-DOCUMENT>0000000000-24-000001.txt : 20240102\n<SEC-HEADER>\nCONFORMED SUBMISSION TYPE: 8-K\n</SEC-HEADER>\n"
    return (header + "".join(parts) + "</SEC-DOCUMENT>\n").encode()
