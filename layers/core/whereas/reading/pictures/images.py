"""PNG, JPEG, WebP, AVIF and multi-page TIFF: each frame a page, recognised by OCR."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import cast

from PIL import Image, ImageOps

from whereas.errors import PermanentError
from whereas.reading.options import OcrOptions, PageImages
from whereas.reading.pictures.densities import make_square, measure
from whereas.settings import Limits
from whereas.types import PageText

# Pillow's own guard warns at a fixed size; here every frame is measured against the deployment's limit before it is unpacked.
Image.MAX_IMAGE_PIXELS = None


# What Pillow's decoders raise on damaged bytes, by its documentation and its bug reports.
_DECODER_ERRORS = (OSError, SyntaxError, ValueError, IndexError, TypeError, KeyError, OverflowError, EOFError)


def count_pages(data: bytes, *, limits: Limits) -> int:
    """Return the number of frames.

    Raises:
        PermanentError: ``corrupt``, ``too_many_pages`` or, for any frame, ``too_many_pixels``.
    """
    pages = 0
    for image in _frames(data, first=1, last=limits.max_pages + 1):
        pages += 1
        if pages > limits.max_pages:
            raise PermanentError("too_many_pages", f"The image has more than {limits.max_pages} pages.")
        _check_size(image, page=pages, limits=limits)
    return pages


def read_pages(
    data: bytes, *, first: int, last: int, limits: Limits, ocr: OcrOptions, images: PageImages | None = None
) -> Iterator[PageText]:
    """Yield the frames ``first`` to ``last``, counted from 1 and inclusive, as pages.

    Raises:
        PermanentError: ``corrupt``, ``too_many_pixels``, or ``stage_failed`` from OCR; with the page.
    """
    from whereas.reading import scripts, viewing
    from whereas.reading.pictures import scan  # the intake function counts pages without the OCR engine

    for number, frame in enumerate(_frames(data, first=first, last=last), start=first):
        options = ocr.for_page()
        _check_size(frame, page=number, limits=limits)
        grey, dpi = _prepare(frame, number=number)
        width, height = grey.width * 72 / dpi, grey.height * 72 / dpi
        if images:
            images.keep(number, viewing.small_png(grey, dpi=dpi))
        page = scan.read_scan(grey, number=number, width=width, height=height, dpi=round(dpi), reason="image", options=options)
        yield scripts.check_script(page, grey, dpi=round(dpi), options=options)


def _frames(data: bytes, *, first: int, last: int) -> Iterator[Image.Image]:
    """Yield the frames from ``first`` on, headers only; the picture is shared and moves on with the iteration."""
    number = first
    try:
        image = Image.open(io.BytesIO(data))
    except _DECODER_ERRORS as exc:
        raise PermanentError("corrupt", "The image cannot be opened.") from exc
    with image:
        while number <= last:
            try:
                image.seek(number - 1)
            except EOFError:
                return
            except _DECODER_ERRORS as exc:
                raise PermanentError("corrupt", f"Page {number} cannot be opened.", page=number) from exc
            yield image
            number += 1


def _check_size(image: Image.Image, *, page: int, limits: Limits) -> None:
    if image.width * image.height > limits.max_pixels:
        detail = f"Page {page} has {image.width} x {image.height} pixels, the limit is {limits.max_pixels} in all."
        raise PermanentError("too_many_pixels", detail, page=page)


def _prepare(frame: Image.Image, *, number: int) -> tuple[Image.Image, float]:
    """Unpack a frame: upright, on white, grey, its pixels square; with its resolution in dots an inch."""
    try:
        density = measure(frame)
        frame.load()
        image = ImageOps.exif_transpose(frame)
        if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
            image = image.convert("RGBA")
            white = Image.new("RGBA", image.size, (255, 255, 255, 255))
            image = Image.alpha_composite(white, image)
        if image.mode.startswith(("I", "F")):
            image = _to_8_bits(image)
        return make_square(image.convert("L"), density)
    except _DECODER_ERRORS as exc:
        raise PermanentError("corrupt", f"Page {number} cannot be unpacked.", page=number) from exc


def _to_8_bits(image: Image.Image) -> Image.Image:
    """Stretch the greys of a deep picture over 0 to 255; ``convert("L")`` alone would clip them."""
    deep = image.convert("F")
    low, high = cast(tuple[float, float], deep.getextrema())
    factor = 255 / ((high - low) or 1.0)
    return deep.point(lambda value: value * factor - low * factor).convert("L")
