"""PDF: the text layer where a page has a sane one, OCR of the rendered page where it has not. One page in memory at a time."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from whereas.errors import PermanentError
from whereas.reading.options import OcrOptions, PageImages
from whereas.reading.pdf.page import PageReader
from whereas.settings import Limits
from whereas.types import PageText

log = logging.getLogger(__name__)

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


def read_pages(
    data: bytes, *, first: int, last: int, limits: Limits, ocr: OcrOptions, images: PageImages | None = None
) -> Iterator[PageText]:
    """Yield the pages ``first`` to ``last``, both counted from 1 and inclusive.

    Raises:
        PermanentError: see ``open_pdf``; ``too_many_pixels`` for a page that has to be recognised and is too large at any
            useful resolution; ``stage_failed`` where OCR fails or takes too long.
    """
    with open_pdf(data) as document:
        for number in range(first, min(last, len(document)) + 1):
            yield _read_page(document, number, limits=limits, ocr=ocr.for_page(), images=images)


def _check_end(data: bytes) -> None:
    """Refuse a file that stops in the middle: pdfium would mend it and lose the rest without a word.

    A whole file ends in ``%%EOF``, perhaps with junk behind it, never with further objects (ISO 32000-1, 7.5.5).
    """
    end = data.rfind(b"%%EOF")
    if end < 0:
        end = data.rfind(b"startxref")
    if end < 0 or _OBJECT_AFTER_END.search(data, end):
        raise PermanentError("corrupt", "The PDF stops before its end.")


def _read_page(document: pdfium.PdfDocument, number: int, *, limits: Limits, ocr: OcrOptions, images: PageImages | None) -> PageText:
    page = _open_page(document, number)
    try:
        filled = _flatten(page)
        if filled:
            # What was flattened shows once the page is opened anew.
            page.close()
            page = _open_page(document, number)
        return PageReader(page, number, filled=filled, limits=limits, ocr=ocr, images=images).read()
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
