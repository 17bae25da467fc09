"""Turns a clean PDF into what an office scanner makes of its printout: skew, blur, uneven light, specks, JPEG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from time import struct_time

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

_FIXED_DATE = struct_time((2000, 1, 1, 0, 0, 0, 5, 1, 0))


@dataclass(frozen=True, slots=True)
class Scanner:
    """How bad the scanner is. ``skew_deg`` bounds the rotation, ``noise`` is a standard deviation in grey levels."""

    dpi: int = 200
    skew_deg: float = 1.2
    noise: float = 9.0
    blur_px: float = 0.7
    shade: float = 0.18
    specks: int = 140
    quality: int = 60


def render_pages(pdf: bytes, *, dpi: int) -> Iterator[Image.Image]:
    """Yield each page of a PDF as a grey image."""
    document = pdfium.PdfDocument(pdf)
    try:
        for index in range(len(document)):
            page = document[index]
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            yield bitmap.to_pil().convert("L")
            bitmap.close()
            page.close()
    finally:
        document.close()


def _shade(shape: tuple[int, int], strength: float, rng: np.random.Generator) -> np.ndarray:
    """Return factors in 0..1 that darken the sheet towards a random side and along its spine."""
    height, width = shape
    rows = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    columns = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    angle = rng.uniform(0, 2 * np.pi)
    slope = (np.cos(angle) * columns + np.sin(angle) * rows + 1.5) / 3
    spine = np.exp(-(((columns + 1) / 0.06) ** 2)) * 1.2
    return np.asarray(1 - strength * (slope + spine) / 1.5, dtype=np.float32)


def degrade(page: Image.Image, scanner: Scanner, *, seed: int) -> Image.Image:
    """Return the page as scanned; the same seed gives the same image."""
    rng = np.random.default_rng(seed)
    skew = rng.uniform(0.4, 1.0) * scanner.skew_deg * rng.choice((-1, 1))
    turned = page.rotate(float(skew), resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(scanner.blur_px))
    pixels = np.asarray(soft, dtype=np.float32) * _shade((soft.height, soft.width), scanner.shade, rng)
    pixels += rng.standard_normal(pixels.shape, dtype=np.float32) * np.float32(scanner.noise)
    rows = rng.integers(2, soft.height - 2, scanner.specks)
    columns = rng.integers(2, soft.width - 2, scanner.specks)
    for row, column, span in zip(rows, columns, rng.integers(1, 3, scanner.specks), strict=True):
        pixels[row : row + span, column : column + span] = 40
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def scan_pages(pdf: bytes, scanner: Scanner, *, seed: int) -> list[Image.Image]:
    """Return every page of a PDF as scanned."""
    return [degrade(page, scanner, seed=seed * 1000 + number) for number, page in enumerate(render_pages(pdf, dpi=scanner.dpi))]


def images_to_pdf(images: list[Image.Image], *, dpi: int, quality: int) -> bytes:
    """Return a PDF whose pages are JPEG images and nothing else."""
    out = BytesIO()
    first, *rest = images
    first.save(
        out, "PDF", save_all=True, append_images=rest, resolution=dpi, quality=quality, creationDate=_FIXED_DATE, modDate=_FIXED_DATE
    )
    return out.getvalue()


def images_to_tiff(images: list[Image.Image], *, dpi: int, quality: int) -> bytes:
    """Return a multi-page TIFF, JPEG inside."""
    out = BytesIO()
    # Copies: Pillow leaves a JPEG encoder's settings on an image that was saved before, and TIFF trips over them.
    first, *rest = [image.copy() for image in images]
    first.save(out, "TIFF", save_all=True, append_images=rest, dpi=(dpi, dpi), compression="jpeg", quality=quality)
    return out.getvalue()


def image_to_png(image: Image.Image, *, dpi: int) -> bytes:
    """Return a PNG that states its resolution."""
    out = BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()
