"""Bytes of files that are damaged, protected or not what they say: each function makes one."""

from __future__ import annotations

import struct
import zipfile
import zlib
from functools import cache
from importlib.resources import files
from io import BytesIO
from random import Random

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from whereas_local.samples import containers, rawpdf, scan
from whereas_local.samples.composing import compose
from whereas_local.samples.document import Draft
from whereas_local.samples.layout import lay_out
from whereas_local.samples.markup import write_txt
from whereas_local.samples.office import write_odt, write_rtf
from whereas_local.samples.page import Looks, Page, Placed
from whereas_local.samples.pdf import draw
from whereas_local.samples.word import write_docx

_SEED = 11


@cache
def draft() -> Draft:
    """Return the contract that the files hold, where they hold one."""
    return compose("nda", seed=_SEED)


@cache
def contract_pdf() -> bytes:
    """Return a sound born-digital contract."""
    looks = Looks()
    return draw(lay_out(draft(), looks), looks, title=draft().truth.title)


@cache
def contract_txt() -> bytes:
    """Return a sound contract as text."""
    return write_txt(draft())


def protected_pdf(*, user_password: str) -> bytes:
    """Return a contract encrypted with RC4; an empty user password leaves it readable by all but forbids changes."""
    looks = Looks()
    encryption = StandardEncryption(user_password, ownerPassword="owner-secret", canModify=0, strength=128)
    return draw(lay_out(draft(), looks), looks, title=draft().truth.title, encryption=encryption)


def damaged_pdf() -> bytes:
    """Return a file that begins and ends as a PDF and holds noise between."""
    return b"%PDF-1.7\n" + Random(_SEED).randbytes(4_000).replace(b"obj", b"---") + b"\nstartxref\n99999\n%%EOF\n"


def many_pages_pdf(pages: int) -> bytes:
    """Return a contract followed by pages of a price list, ``pages`` in all."""
    looks = Looks()
    laid = lay_out(draft(), looks)
    for number in range(len(laid) + 1, pages + 1):
        lines = (f"Price list, sheet {number}", f"The price of item {number * 7} is {number % 97}.50 for each of the pieces in an order.")
        laid.append(Page([Placed(76.0, 700.0 - 16 * row, ((line, False),), 11.0) for row, line in enumerate(lines)]))
    return draw(laid, looks, title=draft().truth.title)


@cache
def page_image() -> Image.Image:
    """Return the contract's first page as a picture of 150 dpi."""
    return next(scan.render_pages(contract_pdf(), dpi=150))


def page_jpeg() -> bytes:
    """Return the contract's first page as a JPEG."""
    out = BytesIO()
    page_image().save(out, "JPEG", quality=80, dpi=(150, 150))
    return out.getvalue()


def garbage_layer_pdf() -> bytes:
    """Return the first page as a picture, with a text layer of private-use characters over it."""
    lines = [line for line in contract_txt().decode().splitlines() if line][:50]
    return rawpdf.garbage_text_layer(page_jpeg(), size=page_image().size, lines=lines)


def blank_scan() -> bytes:
    """Return an empty sheet, scanned: grain and nothing else."""
    sheet = Image.new("L", (1275, 1650), 255)
    grainy = scan.degrade(sheet, scan.Scanner(dpi=150, specks=0, noise=4.0, shade=0.05), seed=_SEED)
    return scan.image_to_png(grainy, dpi=150)


def bomb_png(side: int = 30_000) -> bytes:
    """Return a small black PNG of ``side`` by ``side`` pixels, one bit each."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(1)
    row = bytes(1 + (side + 7) // 8) * 100
    packed = b"".join(packer.compress(row) for _ in range(side // 100)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def bomb_docx(size: int = 240 * 2**20) -> bytes:
    """Return a small DOCX whose text unpacks to ``size`` bytes more than it says."""
    out = BytesIO()
    bomb = zipfile.ZipInfo("word/document.xml", (2000, 1, 1, 0, 0, 0))
    bomb.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(BytesIO(write_docx(draft()))) as source, zipfile.ZipFile(out, "w", compresslevel=1) as target:
        for name in source.namelist():
            if name != bomb.filename:
                target.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), source.read(name))
        with target.open(bomb, "w") as part:
            part.write(source.read(bomb.filename))
            filler = b" " * 2**20
            for _ in range(size // 2**20):
                part.write(filler)
    return out.getvalue()


def contract_docx() -> bytes:
    """Return a sound contract as DOCX."""
    return write_docx(draft())


def program(magic: bytes) -> bytes:
    """Return bytes that look like an executable: its magic, then noise."""
    return magic + b"\x02\x01\x01" + bytes(9) + Random(_SEED).randbytes(6_000)


def compound_file(*streams: str) -> bytes:
    """Return a compound file (MS-CFB), the container of .doc and of password-protected DOCX, with empty streams of these names."""
    no_stream, end_of_chain, free, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end_of_chain, 0, end_of_chain, 0) + struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack("<128I", fat_sector, end_of_chain, *[free] * 126)

    def entry(name: str, kind: int, child: int, sibling: int) -> bytes:
        encoded = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<BBIII", kind, 1, no_stream, sibling, child)
        return encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded)) + links + bytes(36) + struct.pack("<IQ", end_of_chain, 0)

    siblings = [index + 2 if index + 1 < len(streams) else no_stream for index in range(len(streams))]
    entries = [entry("Root Entry", 5, 1, no_stream)] + [
        entry(name, 2, no_stream, sibling) for name, sibling in zip(streams, siblings, strict=True)
    ]
    return header + fat + b"".join(entries).ljust(512, b"\0")


@cache
def contract_rtf() -> bytes:
    """Return a sound contract as RTF."""
    return write_rtf(draft())


@cache
def contract_odt() -> bytes:
    """Return a sound contract as ODT."""
    return write_odt(draft())


def submission() -> bytes:
    """Return a submission to the SEC: a covering form, the contract as an exhibit, a picture."""
    picture = "begin 644 logo.jpg\nM_]C_X 02D9)1@ ! 0$\n \nend"
    return containers.submission_of(
        {"8-K": "Dunholt Works files the agreement below.", "EX-10.1": contract_txt().decode(), "GRAPHIC": picture}
    )


def photograph(brand: bytes) -> bytes:
    """Return the head of a photograph in the ISO base media container, such as telephones take, and noise."""
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + b"mif1" + brand + Random(_SEED).randbytes(4_000)


def text(name: str) -> bytes:
    """Return one of the texts in ``texts/``: ``recipe``, ``german`` or ``french``."""
    return (files("whereas_local.samples") / "texts" / f"{name}.txt").read_bytes()
