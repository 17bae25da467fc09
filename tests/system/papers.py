"""Small contracts of invented parties, as the smallest PDF that has a text layer."""

from __future__ import annotations

import textwrap

CLAUSES = (
    "SERVICES AGREEMENT",
    (
        'This Services Agreement (this "Agreement") is made and entered into as of January 15, 2021 (the "Effective Date") by and between '
        'Tarnbrook Tooling, Inc., a Delaware corporation (the "Supplier"), and Ostermark Foods Limited, an Irish company (the "Customer").'
    ),
    (
        "1. Services. The Supplier shall perform the services that each order names and shall deliver them within thirty (30) days "
        "of the order. The Customer shall pay USD 125,000.00 a year in four equal parts, each within sixty (60) days of the invoice."
    ),
    (
        "2. Term. This Agreement begins on the Effective Date and continues for three (3) years. It then renews for periods of one (1) "
        "year each unless either party gives ninety (90) days' written notice before the end of the period."
    ),
    "3. Liability. Neither party is liable for loss of profit. Each party's liability in a year is limited to USD 500,000.",
    "4. Governing Law. This Agreement is governed by the laws of the State of New York, without regard to its conflict of laws rules.",
    (
        "IN WITNESS WHEREOF the parties have signed this Agreement. Tarnbrook Tooling, Inc. By: Ilse Farrow, President. "
        "Ostermark Foods Limited. By: Cormac Dunne, Director."
    ),
)


def paper(*, title: str = "", pages: int = 2) -> bytes:
    """Return a contract as a PDF of some pages, its clauses shared out among them."""
    clauses = (title, *CLAUSES) if title else CLAUSES
    share = -(-len(clauses) // pages)
    return pdf([clauses[start : start + share] for start in range(0, len(clauses), share)])


def pdf(pages: list[tuple[str, ...]]) -> bytes:
    """Return a PDF with each page's paragraphs set in Helvetica (ISO 32000-1, 7.5 "File structure")."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for paragraphs in pages:
        lines = [line for paragraph in paragraphs for line in (*textwrap.wrap(paragraph, 90), "")]
        shown = "".join(f"({escaped(line)}) Tj T*\n" for line in lines)
        content = f"BT /F1 10 Tf 14 TL 60 740 Td\n{shown}ET"
        kids.append(f"{len(objects) + 1} 0 R")
        resources = "/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {len(objects) + 2} 0 R >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def escaped(line: str) -> str:
    """Return a line as the inside of a PDF string."""
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: list[str]) -> bytes:
    out = "%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    return (out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").encode("latin-1")
