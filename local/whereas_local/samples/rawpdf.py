"""Writes PDF files object by object (ISO 32000-1, 7.5): for files that no PDF library would agree to write."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

# Codes 0x20..0x7e of a text layer that says nothing: each is mapped to the private use area.
_PRIVATE_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Private def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <20> <7E> <E020> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object; ``extra`` are further entries of its dictionary."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def assemble(objects: Sequence[bytes], *, gap: int = 0) -> tuple[bytes, bytes]:
    """Return a file's two parts, between which ``gap`` bytes of any white space (NUL is some) are to stand.

    Args:
        objects: the bodies of objects 1, 2, …; the first is the catalogue.
        gap: bytes between the last object and the cross reference table.
    """
    head = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(head))
        head += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(head) + gap)
    return head, b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, entries, trailer)


def pdf(objects: Sequence[bytes]) -> bytes:
    """Return a whole file; see ``assemble``."""
    return b"".join(assemble(objects))


def no_pages() -> bytes:
    """Return a sound PDF without a page."""
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])


def text_objects(lines: Sequence[str]) -> list[bytes]:
    """Return the objects of a PDF of one page with a few lines of ASCII text."""
    shown = " T* ".join("(" + line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ") Tj" for line in lines)
    content = f"BT /F1 11 Tf 14 TL 72 720 Td {shown} ET".encode("ascii")
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream(content), font]


def garbage_text_layer(jpeg: bytes, *, size: tuple[int, int], lines: Sequence[str]) -> bytes:
    """Return a page that shows an image, under an invisible text layer of private-use characters.

    Args:
        jpeg: a grey JPEG.
        size: its width and height in pixels.
        lines: ASCII text whose characters the layer scrambles.
    """
    shown = " T* ".join("<" + line.encode("ascii", "replace").hex() + "> Tj" for line in lines)
    content = f"q 612 0 0 792 0 0 cm /Im1 Do Q BT 3 Tr /F1 9 Tf 11 TL 72 730 Td {shown} ET".encode("ascii")
    resources = b"/Resources << /Font << /F1 5 0 R >> /XObject << /Im1 7 0 R >> >>"
    image = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode" % size
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R " + resources + b" >>",
            stream(zlib.compress(content), b"/Filter /FlateDecode"),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>",
            stream(_PRIVATE_CMAP),
            stream(jpeg, image),
        ]
    )
