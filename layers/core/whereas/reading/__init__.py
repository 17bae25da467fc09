"""Reading: from a file's bytes to the text of its pages, with the place of every word.

This module chooses the reader by media type. Readers are imported when they are needed: a function without the OCR layer
may clean and locate, one that only counts pages never loads the OCR engine's wrapper.
"""

from __future__ import annotations

from collections.abc import Iterator

from whereas.errors import PermanentError
from whereas.reading.options import OcrOptions, PageImages, find_ocr
from whereas.settings import Limits
from whereas.types import MediaType, PageText

__all__ = ["OcrOptions", "PageImages", "count_pages", "find_ocr", "read_pages"]


def count_pages(data: bytes, media_type: MediaType, *, limits: Limits) -> int:
    """Return how many pages a file has; 1 for a format without pages.

    Args:
        data: the whole file.
        media_type: what ``documents.sniffing`` says it is.
        limits: pages and pixels that are accepted.

    Raises:
        PermanentError: ``encrypted``, ``corrupt``, ``empty``, ``too_large``, ``too_many_pages`` or ``too_many_pixels``.
    """
    if media_type is MediaType.PDF:
        from whereas.reading.pdf import document as pdf

        return pdf.count_pages(data, limits=limits)
    if media_type in _IMAGES:
        from whereas.reading.pictures import images

        return images.count_pages(data, limits=limits)
    if media_type is MediaType.DOCX:
        from whereas.reading.formats import docx

        docx.check(data, limits=limits)
    elif media_type is MediaType.ODT:
        from whereas.reading.formats import odt

        odt.check(data, limits=limits)
    elif media_type in _CONTAINERS:
        raise PermanentError("unsupported", "This is a container: it is its members that are read.")
    return 1


def read_pages(
    data: bytes, media_type: MediaType, *, first: int, last: int, limits: Limits, ocr: OcrOptions, images: PageImages | None = None
) -> Iterator[PageText]:
    """Yield the pages ``first`` to ``last`` of a file, one in memory at a time.

    Args:
        data: the whole file.
        media_type: what ``documents.sniffing`` says it is.
        first: first page, counted from 1.
        last: last page, inclusive; beyond the end is no error.
        limits: pixels that are accepted.
        ocr: how to recognise pages that are pictures; see ``find_ocr``.
        images: takes pictures of the pages for viewing; None where nobody wants any.

    Raises:
        PermanentError: the reasons of ``count_pages``, and ``stage_failed`` with its page where OCR fails or takes too long.
        ConfigurationError: the OCR engine is missing.
    """
    if media_type is MediaType.PDF:
        from whereas.reading.pdf import document as pdf

        yield from pdf.read_pages(data, first=first, last=last, limits=limits, ocr=ocr, images=images)
    elif media_type in _IMAGES:
        from whereas.reading.pictures import images as pictures

        yield from pictures.read_pages(data, first=first, last=last, limits=limits, ocr=ocr, images=images)
    elif first <= 1 <= last:
        yield _read_whole(data, media_type, limits=limits)


_IMAGES = frozenset({MediaType.PNG, MediaType.JPEG, MediaType.TIFF, MediaType.WEBP, MediaType.AVIF})

_CONTAINERS = frozenset({MediaType.ZIP, MediaType.EML})


def _read_whole(data: bytes, media_type: MediaType, *, limits: Limits) -> PageText:
    if media_type is MediaType.DOCX:
        from whereas.reading.formats import docx

        return docx.read(data, limits=limits)
    if media_type is MediaType.ODT:
        from whereas.reading.formats import odt

        return odt.read(data, limits=limits)
    if media_type is MediaType.RTF:
        from whereas.reading.formats import rtf

        return rtf.read(data)
    from whereas.reading.formats import texts

    return texts.read(data, markup=media_type is MediaType.HTML)
