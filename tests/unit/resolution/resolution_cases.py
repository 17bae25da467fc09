"""A contract of our own, and a shorthand to resolve texts in tests. All names are made up."""

from __future__ import annotations

from whereas.resolution import resolve
from whereas.types import CleanedText, Recognition, Resolution

CONTRACT = """MASTER SERVICES AGREEMENT

This Master Services Agreement (this "Agreement") is made and entered into as of March 3, 2021 (the "Effective Date") by and between Quillmark & Daughters, Inc., a Delaware corporation with offices at 410 Harbor Street, Suite 5, Boston, MA 02110 ("Supplier"), and Oskar Veldt Logistics B.V., a company organized under the laws of the Netherlands (the "Customer"). Supplier and Customer are each a "Party" and together the "Parties".

WHEREAS, Customer wishes to receive certain services under the agreement dated June 1, 2015 with another provider;

1. Term. This Agreement shall commence on the Effective Date and shall continue for an initial term of three (3) years (the "Initial Term"). Thereafter it shall automatically renew for successive one (1) year periods unless either Party gives written notice of non-renewal at least ninety (90) days prior to the end of the then-current term.

2. Fees. Customer shall pay US$1.5 million in the first year, and interest of 1.5% per month on late amounts under Section 2.1(b). Either Party may terminate for breach not cured within thirty (30) days.

3. Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the State of New York, without regard to conflict of laws. The courts of England shall have no jurisdiction.

4. Notices. Notices go to legal@quillmark.example or +1 617-555-0142.

IN WITNESS WHEREOF, the parties have executed this Agreement.

QUILLMARK & DAUGHTERS, INC.
By: /s/ Ada Brook
Name: Ada Brook
Title: Chief Executive Officer
Date: March 2, 2021

OSKAR VELDT LOGISTICS B.V.
By: /s/ Piet Hollander
Name: Piet Hollander
Title: Director
Date: March 3, 2021
"""  # noqa: E501


def resolve_text(text: str, recognition: Recognition | None = None, *, document_id: str = "doc") -> Resolution:
    """Resolve a plain text; every span is on page 1."""
    return resolve(
        CleanedText(text, ()),
        recognition or Recognition(()),
        document_id=document_id,
        locate=lambda start, end: (1, ((0.0, 0.0, 1.0, 1.0),)),
    )
