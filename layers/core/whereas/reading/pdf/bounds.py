"""What may be rendered: the limit on pixels for a page and for the pictures that it unpacks."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from whereas.errors import PermanentError
from whereas.settings import Limits

# Below this resolution Tesseract errs on every other word: a page that fits the pixel limit only there is refused.
_MIN_DPI = 100


def fitting_dpi(width: float, height: float, *, number: int, limits: Limits, wanted: int) -> int:
    """Return the resolution for a page of ``width`` x ``height`` points: the wanted one, or less where that breaks the limit.

    Raises:
        PermanentError: ``too_many_pixels``: it fits at no resolution that OCR reads.
    """
    square_inches = width * height / 72**2
    dpi = min(wanted, int((limits.max_pixels / square_inches) ** 0.5)) if square_inches else wanted
    if dpi < min(_MIN_DPI, wanted):
        raise PermanentError("too_many_pixels", f"Page {number} measures {width / 72:.0f} by {height / 72:.0f} inches.", page=number)
    return dpi


def check_pictures(page: pdfium.PdfPage, *, number: int, limits: Limits) -> None:
    """Refuse a page whose picture would be unpacked to more than the limit, whatever the page's own size.

    Raises:
        PermanentError: ``too_many_pixels``.
    """
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        columns, rows = image.get_px_size()
        bits = image.get_metadata().bits_per_pixel or 8
        # A fax page of 1 bit a pixel takes an eighth of the memory that the limit is about.
        if columns * rows * min(bits, 8) / 8 > limits.max_pixels:
            raise PermanentError("too_many_pixels", f"Page {number} holds a picture of {columns} x {rows} pixels.", page=number)
