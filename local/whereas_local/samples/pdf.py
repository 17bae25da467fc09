"""Draws laid-out pages as a born-digital PDF with base fonts; the same pages give the same bytes."""

from __future__ import annotations

from io import BytesIO
from random import Random

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from whereas_local.samples.page import Looks, Page, Placed, Scribble


def _draw_text(canvas: Canvas, placed: Placed, looks: Looks) -> None:
    text = canvas.beginText(placed.x, placed.y)
    text.setWordSpace(placed.word_space)
    for run, bold in placed.runs:
        text.setFont(looks.bold_font if bold else looks.font, placed.size)
        text.textOut(run)
    canvas.drawText(text)


def _draw_scribble(canvas: Canvas, scribble: Scribble) -> None:
    """Draw a pen stroke of joined curves, such as a hurried signature."""
    rng = Random(scribble.seed)
    x, y = scribble.x, scribble.y
    path = canvas.beginPath()
    path.moveTo(x, y)
    for _ in range(rng.randint(5, 8)):
        step, rise = rng.uniform(6, 16), rng.uniform(-7, 15)
        path.curveTo(x + step * 0.2, y + rise * 1.6, x + step * 0.9, y - rise, x + step, y + rise * 0.3)
        x, y = x + step, y + rise * 0.3
    canvas.saveState()
    canvas.setStrokeColorRGB(0.08, 0.12, 0.45)
    canvas.setLineWidth(1.1)
    canvas.drawPath(path)
    canvas.restoreState()


def draw(pages: list[Page], looks: Looks, *, title: str, encryption: StandardEncryption | None = None) -> bytes:
    """Return the pages as a PDF, encrypted if asked.

    ``invariant`` makes reportlab write a fixed date and document id instead of the clock's.
    """
    out = BytesIO()
    canvas = Canvas(out, pagesize=looks.page_size, invariant=1, pageCompression=1, encrypt=encryption)
    canvas.setTitle(title)
    canvas.setLineWidth(0.5)
    for page in pages:
        for rule in page.rules:
            canvas.line(rule.x0, rule.y0, rule.x1, rule.y1)
        for placed in page.placed:
            _draw_text(canvas, placed, looks)
        for scribble in page.scribbles:
            _draw_scribble(canvas, scribble)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
