"""PDF: the text layer where a page has a sane one, OCR of the rendered page where it has not. One page in memory at a time."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from whereas.errors import PermanentError
from whereas.reading.options import OcrOptions
from whereas.reading.pages.columns import reading_order
from whereas.reading.pages.lines import compose, merge_baselines
from whereas.reading.pages.turning import quarters_of, turn_back, turn_on
from whereas.reading.pdf import sanity
from whereas.reading.pdf.textlayer import page_lines
from whereas.settings import Limits
from whereas.types import PageText, Warning

log = logging.getLogger(__name__)

# Below this resolution Tesseract errs on every other word: a page that fits the pixel limit only there is refused.
_MIN_DPI = 100
# A text layer of fewer characters over a picture of most of the page is a stamp (a Bates number, an e-signature's envelope), not the page.
_STAMP_CHARACTERS = 250
_PICTURE_SHARE = 0.5
_TEXT_ANNOTATIONS = frozenset({pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP, pdfium_c.FPDF_ANNOT_WIDGET})
_OBJECT_AFTER_END = re.compile(rb"\d+\s+\d+\s+obj\b")
_ENCRYPTED_CODES = frozenset({pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY})


@contextmanager
def open_pdf(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF for the duration of a ``with`` block.

    Raises:
        PermanentError: ``encrypted``, ``corrupt`` (damaged or cut short) or ``empty`` (no pages).
    """
    _check_end(data)
    # pdfium refuses a sound file without pages but leaves its last error as an earlier document made it: give that a value
    # which loading from memory never has, so that it tells such a file.
    pdfium_c.FPDF_LoadDocument(b"", None)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as exc:
        code = getattr(exc, "err_code", None)
        if code == pdfium_c.FPDF_ERR_FILE:
            raise PermanentError("empty", "The PDF has no pages.") from exc
        raise PermanentError("encrypted" if code in _ENCRYPTED_CODES else "corrupt") from exc
    try:
        if len(document) == 0:
            raise PermanentError("empty", "The PDF has no pages.")
        yield document
    finally:
        document.close()


def count_pages(data: bytes, *, limits: Limits) -> int:
    """Return the number of pages of a PDF.

    Raises:
        PermanentError: ``encrypted``, ``corrupt``, ``empty`` or ``too_many_pages``.
    """
    with open_pdf(data) as document:
        pages = len(document)
    if pages > limits.max_pages:
        raise PermanentError("too_many_pages", f"The PDF has {pages} pages, the limit is {limits.max_pages}.")
    return pages


def read_pages(data: bytes, *, first: int, last: int, limits: Limits, ocr: OcrOptions) -> Iterator[PageText]:
    """Yield the pages ``first`` to ``last``, both counted from 1 and inclusive.

    Raises:
        PermanentError: see ``open_pdf``; ``too_many_pixels`` for a page that has to be recognised and is too large at any
            useful resolution; ``stage_failed`` where OCR fails or takes too long.
    """
    with open_pdf(data) as document:
        for number in range(first, min(last, len(document)) + 1):
            yield _read_page(document, number, limits=limits, ocr=ocr)


def _check_end(data: bytes) -> None:
    """Refuse a file that stops in the middle: pdfium would mend it and lose the rest without a word.

    A whole file ends in ``%%EOF``, perhaps with junk behind it, never with further objects (ISO 32000-1, 7.5.5).
    """
    end = data.rfind(b"%%EOF")
    if end < 0:
        end = data.rfind(b"startxref")
    if end < 0 or _OBJECT_AFTER_END.search(data, end):
        raise PermanentError("corrupt", "The PDF stops before its end.")


def _read_page(document: pdfium.PdfDocument, number: int, *, limits: Limits, ocr: OcrOptions) -> PageText:
    page = _open_page(document, number)
    try:
        filled = _flatten(page)
        if filled:
            # What was flattened shows once the page is opened anew.
            page.close()
            page = _open_page(document, number)
        layer = _text_layer(page, number, filled=filled)
        why = _why_ocr(page, layer.text)
        if why is None:
            return layer
        if why == "nothing_drawn":
            warning = Warning("blank_page", "The page is blank.", number)
            return replace(layer, reason="nothing_drawn", warnings=(warning,))
        return _recognize(page, layer, why=why, limits=limits, ocr=ocr)
    finally:
        page.close()


def _open_page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    try:
        return document[number - 1]
    except pdfium.PdfiumError as exc:
        raise PermanentError("corrupt", f"Page {number} cannot be opened.", page=number) from exc


def _flatten(page: pdfium.PdfPage) -> bool:
    """Make filled form fields, typed notes and stamps part of the page: pdfium's text leaves them out. Return whether any were."""
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        shows_text = pdfium_c.FPDFAnnot_GetSubtype(annotation) in _TEXT_ANNOTATIONS
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if shows_text:
            return bool(pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS)
    return False


def _text_layer(page: pdfium.PdfPage, number: int, *, filled: bool) -> PageText:
    width, height = page.get_size()
    lines = page_lines(page)
    quarters = quarters_of((token.text, token.box) for line in lines for token in line)
    if quarters:
        lines = [[replace(token, box=turn_back(token.box, quarters, width=width, height=height)) for token in line] for line in lines]
    ordered = reading_order(merge_baselines(lines), width=height if quarters % 2 else width, trust="never" if filled else "mostly")
    text, words = compose(ordered)
    if quarters:
        words = tuple(replace(word, box=turn_on(word.box, quarters, width=width, height=height)) for word in words if word.box)
    return PageText(number=number, text=text, words=words, width=width, height=height, source="text_layer", reason="sane_text_layer")


def _why_ocr(page: pdfium.PdfPage, text: str) -> str | None:
    """Return why the page is to be recognised from its image, None where its text layer is taken."""
    solid = sum(not character.isspace() for character in text)
    if solid == 0:
        return "no_text_layer" if pdfium_c.FPDFPage_CountObjects(page.raw) > 0 else "nothing_drawn"
    garbage = sanity.judge(text)
    if garbage:
        return garbage
    if solid < _STAMP_CHARACTERS and _picture_share(page) >= _PICTURE_SHARE:
        return "picture_with_little_text"
    return None


def _picture_share(page: pdfium.PdfPage) -> float:
    """Share of the page that its largest picture covers."""
    width, height = page.get_size()
    largest = 0.0
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return largest / (width * height) if width and height else 0.0


def _recognize(page: pdfium.PdfPage, layer: PageText, *, why: str, limits: Limits, ocr: OcrOptions) -> PageText:
    from whereas.reading.pictures import scan  # the intake function counts pages without the OCR layer

    width, height = page.get_size()
    dpi = _fitting_dpi(width, height, number=layer.number, limits=limits, wanted=ocr.dpi)
    _check_pictures(page, number=layer.number, limits=limits)
    bitmap = page.render(scale=dpi / 72, grayscale=True, may_draw_forms=True)
    try:
        image = bitmap.to_pil().convert("L")
    finally:
        bitmap.close()
    read = scan.read_scan(image, number=layer.number, width=width, height=height, dpi=dpi, reason=why, options=ocr)
    if why == "picture_with_little_text" and len(read.text) < len(layer.text):
        return replace(layer, reason="picture_without_text")
    return read


def _fitting_dpi(width: float, height: float, *, number: int, limits: Limits, wanted: int) -> int:
    """Return the resolution for a page of ``width`` x ``height`` points: the wanted one, or less where that breaks the limit."""
    square_inches = width * height / 72**2
    dpi = min(wanted, int((limits.max_pixels / square_inches) ** 0.5)) if square_inches else wanted
    if dpi < min(_MIN_DPI, wanted):
        raise PermanentError("too_many_pixels", f"Page {number} measures {width / 72:.0f} by {height / 72:.0f} inches.", page=number)
    return dpi


def _check_pictures(page: pdfium.PdfPage, *, number: int, limits: Limits) -> None:
    """Refuse a page whose picture would be unpacked to more than the limit, whatever the page's own size."""
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        columns, rows = image.get_px_size()
        bits = image.get_metadata().bits_per_pixel or 8
        # A fax page of 1 bit a pixel takes an eighth of the memory that the limit is about.
        if columns * rows * min(bits, 8) / 8 > limits.max_pixels:
            raise PermanentError("too_many_pixels", f"Page {number} holds a picture of {columns} x {rows} pixels.", page=number)
