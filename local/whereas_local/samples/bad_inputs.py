"""Every kind of bad input with the outcome that the system promises: the table that tests and the documentation go by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from whereas.settings import Limits
from whereas_local.samples import broken, containers, rawpdf
from whereas_local.samples.office import write_odt

Status = Literal["COMPLETE", "QUARANTINED"]
Writer = Callable[[Path], None]
_LINES = ("SUPPLY AGREEMENT", "This Supply Agreement is made on May 2, 2023 between Dunholt Works, Inc. and Wexcombe Foods, LLC.")


@dataclass(frozen=True, slots=True)
class BadInput:
    """One bad input.

    Attributes:
        name: what it is, as a test id.
        key: the object key under which it is uploaded; also a relative file path.
        writer: writes its bytes into a file.
        status: how it must end.
        code: the reason's code if quarantined; if complete, the code of a warning that must be there, or None for none.
        limits: limits under which this is the outcome; the defaults unless the input is about a limit.
        heavy: weighs a hundred megabytes or takes a page count of hundreds: left out where a test has to be quick.
    """

    name: str
    key: str
    writer: Writer
    status: Status
    code: str | None = None
    limits: Limits = field(default_factory=Limits)
    heavy: bool = False

    def write(self, folder: Path) -> Path:
        """Write the file under its key into ``folder`` and return its path."""
        path = folder / self.key
        path.parent.mkdir(parents=True, exist_ok=True)
        self.writer(path)
        return path


def _holding(data: Callable[[], bytes]) -> Writer:
    """Return a writer of the bytes that ``data`` makes when asked."""
    return lambda path: _write(path, data())


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _write_padded_pdf(path: Path, *, size_bytes: int) -> None:
    """Write a sound PDF of one page with a hole of zeros before its cross reference table; sparse where the disk can."""
    head, tail = rawpdf.assemble(rawpdf.text_objects(_LINES), gap=size_bytes)
    with path.open("wb") as out:
        out.write(head)
        out.seek(size_bytes, 1)
        out.write(tail)


def _quarantined(name: str, key: str, data: Callable[[], bytes], code: str) -> BadInput:
    return BadInput(name, key, _holding(data), "QUARANTINED", code)


def _complete(name: str, key: str, data: Callable[[], bytes], code: str | None = None) -> BadInput:
    return BadInput(name, key, _holding(data), "COMPLETE", code)


_MANY_PAGES = _holding(partial(broken.many_pages_pdf, 600))
_HUNDRED_MB = partial(_write_padded_pdf, size_bytes=100 * 2**20)

_MIXED = {"contract.txt": broken.contract_txt(), "prices.xls": broken.compound_file("Workbook"), "__MACOSX/._contract.txt": b"\x00"}

BAD_INPUTS: tuple[BadInput, ...] = (
    _quarantined("user-password", "locked.pdf", partial(broken.protected_pdf, user_password="let-me-in"), "encrypted"),
    _complete("owner-password-only", "no-changes.pdf", partial(broken.protected_pdf, user_password="")),
    _quarantined("protected-docx", "locked.docx", partial(broken.compound_file, "EncryptedPackage", "EncryptionInfo"), "encrypted"),
    _quarantined("truncated-pdf", "cut-short.pdf", lambda: broken.contract_pdf()[:-2_000], "corrupt"),
    _quarantined("truncated-pdf-early", "cut-short-early.pdf", lambda: broken.contract_pdf()[:300], "corrupt"),
    _quarantined("damaged-pdf", "damaged.pdf", broken.damaged_pdf, "corrupt"),
    _quarantined("truncated-jpeg", "cut-short.jpg", lambda: broken.page_jpeg()[:20_000], "corrupt"),
    _quarantined("truncated-docx", "cut-short.docx", lambda: broken.contract_docx()[:8_000], "corrupt"),
    _quarantined("no-bytes", "empty.pdf", bytes, "empty"),
    _quarantined("white-space", "spaces.txt", lambda: b" \r\n\t \n" * 50, "empty"),
    _quarantined("no-pages", "no-pages.pdf", rawpdf.no_pages, "empty"),
    _quarantined("blank-scan", "blank.png", broken.blank_scan, "empty"),
    _complete("wrong-extension", "really-a-pdf.docx", broken.contract_pdf, "extension_mismatch"),
    _complete("no-extension", "contract", broken.contract_pdf),
    _quarantined("renamed-linux-binary", "invoice.pdf", partial(broken.program, b"\x7fELF"), "unsupported"),
    _quarantined("renamed-windows-binary", "contract.docx", partial(broken.program, b"MZ\x90\x00"), "unsupported"),
    _quarantined("old-word-document", "minutes.doc", partial(broken.compound_file, "WordDocument", "1Table"), "unsupported"),
    _quarantined("outlook-message", "offer.msg", partial(broken.compound_file, "__substg1.0_0037001F"), "unsupported"),
    _quarantined("heic-photograph", "page.heic", partial(broken.photograph, b"heic"), "unsupported"),
    _complete("rtf", "agreement.rtf", broken.contract_rtf),
    _quarantined("truncated-rtf", "cut-short.rtf", lambda: broken.contract_rtf()[:4_000], "corrupt"),
    _complete("odt", "agreement.odt", broken.contract_odt),
    _quarantined("protected-odt", "locked.odt", partial(write_odt, broken.draft(), manifest="<encryption-data/>"), "encrypted"),
    _complete("sec-submission", "0000000000-24-000001.txt", broken.submission, "submission_parts_skipped"),
    _complete("zip-archive", "contracts.zip", partial(containers.archive_of, {"a/contract.txt": broken.contract_txt()})),
    _complete("zip-with-strays", "mixed.zip", partial(containers.archive_of, _MIXED), "member_refused"),
    _complete("zip-that-climbs", "climbing.zip", partial(containers.archive_of, {"../../etc/contract.txt": broken.contract_txt()})),
    _quarantined("zip-without-files", "nothing.zip", partial(containers.archive_of, {"folder/": b""}), "empty"),
    _quarantined("zip-with-password", "locked.zip", lambda: containers.locked(containers.archive_of(_MIXED)), "encrypted"),
    _quarantined("zip-of-programs", "tools.zip", partial(containers.archive_of, {"a.exe": b"MZ\x90\x00" + bytes(99)}), "unsupported"),
    _quarantined("zip-in-zip", "nested.zip", lambda: containers.archive_of({"in.zip": containers.archive_of(_MIXED)}), "nested"),
    _quarantined("zip-of-501", "many.zip", partial(containers.archive_of, {f"{n}.txt": b"x" for n in range(501)}), "too_many_members"),
    _quarantined("zip-bomb", "bomb.zip", partial(containers.bomb, 60 * 2**20), "too_large"),
    _quarantined("zip-bomb-overlapping", "overlap.zip", partial(containers.overlapping_bomb, 2 * 2**20, 400), "too_large"),
    _complete("mail", "offer.eml", partial(containers.message_of, {"Verträge №7.txt": broken.contract_txt()})),
    _quarantined("mail-without-attachment", "hello.eml", partial(containers.message_of, {}), "unsupported"),
    _quarantined("image-bomb", "bomb.png", broken.bomb_png, "too_many_pixels"),
    _quarantined("odt-bomb", "bomb.odt", partial(write_odt, broken.draft(), padding=240 * 2**20), "too_large"),
    _quarantined("docx-bomb", "bomb.docx", broken.bomb_docx, "too_large"),
    BadInput("600-pages", "six-hundred-pages.pdf", _MANY_PAGES, "COMPLETE", heavy=True),
    BadInput("600-pages-limit-500", "too-many-pages.pdf", _MANY_PAGES, "QUARANTINED", "too_many_pages", limits=Limits(max_pages=500)),
    BadInput("100-megabytes", "hundred-megabytes.pdf", _HUNDRED_MB, "COMPLETE", heavy=True),
    BadInput(
        "100-megabytes-limit-50", "over-size.pdf", _HUNDRED_MB, "QUARANTINED", "too_large", limits=Limits(max_bytes=50 * 2**20), heavy=True
    ),
    _complete("garbage-text-layer", "garbage-layer.pdf", broken.garbage_layer_pdf),
    _complete("non-contract", "soup.txt", partial(broken.text, "recipe"), "not_a_contract"),
    _quarantined("german", "mietvertrag.txt", partial(broken.text, "german"), "unsupported_language"),
    _quarantined("french", "prestation.txt", partial(broken.text, "french"), "unsupported_language"),
    _complete("key-with-spaces", "signed contracts/final version (2).txt", broken.contract_txt),
    _complete("key-with-plus", "a+b/contract+annex=1&2.txt", broken.contract_txt),
    _complete("key-with-percent", "100%25 agreed%20.txt", broken.contract_txt),
    _complete("key-with-unicode", "Verträge/契約書 – café №7 ✓.txt", broken.contract_txt),
)
