"""Short contracts of made-up parties, for tests of the chain."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage


def agreement(number: int = 1, *, clauses: int = 12) -> bytes:
    """Return a plain-text supply agreement; ``clauses`` makes it as long as a test needs."""
    head = (
        f"SUPPLY AGREEMENT No. {number}\n\n"
        f'This Supply Agreement (the "Agreement") is made and entered into as of March {number % 27 + 1}, 2021 by and between '
        f'Harrowgate Instruments, Inc., a Delaware corporation ("Supplier"), and Bellweather Foods Ltd. ("Buyer").\n\n'
    )
    body = "".join(
        f"{n}. Delivery. The Supplier shall deliver lot {n} of the goods to the Buyer within thirty (30) days of each order, "
        f"and the Buyer shall pay US$1,{n:03d}.00 for it within sixty (60) days of the invoice, net of any taxes that the law of the "
        f"place of delivery asks for.\n\n"
        for n in range(1, clauses + 1)
    )
    tail = (
        "Term. This Agreement continues for three (3) years from the date above and then renews for periods of one (1) year unless either "
        "party gives ninety (90) days' notice.\n\n"
        "Governing Law. This Agreement is governed by the laws of the State of New York.\n\n"
        "IN WITNESS WHEREOF, the parties have signed.\n\nHarrowgate Instruments, Inc.\nBy: Ada Quill\nTitle: President\n\n"
        "Bellweather Foods Ltd.\nBy: Tom Merrow\nTitle: Director\n"
    )
    return (head + body + tail).encode()


GERMAN = (
    "Liefervertrag zwischen der Harzer Geräte GmbH und der Bellwetter Lebensmittel AG. Der Lieferant verpflichtet sich, die Ware "
    "innerhalb von dreißig Tagen nach der Bestellung zu liefern, und der Käufer zahlt den Preis, sobald er die Rechnung erhalten hat. "
    "Dieser Vertrag unterliegt dem deutschen Recht und wird für die Dauer von drei Jahren geschlossen. Eine Kündigung ist nur "
    "schriftlich und mit einer Frist von neunzig Tagen möglich, soweit nicht ein wichtiger Grund vorliegt.\n"
).encode()


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def message_with(attachments: Mapping[str, bytes]) -> bytes:
    """Return an e-mail message with files attached."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ada@harrowgate.example", "tom@bellweather.example", "Our agreement"
    message.set_content("Dear Tom, the agreement is attached. Ada")
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
