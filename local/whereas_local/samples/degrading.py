"""What happens to a printed page before anyone reads it: faxed, copied, scanned askew, photographed, saved too small, fed in sideways.

Every damage takes a clean page of ``PRINT_DPI`` and answers with what the user would upload; the same seed gives the same picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from whereas_local.samples.scan import Scanner
from whereas_local.samples.scan import degrade as scan

PRINT_DPI = 300
"""Resolution of the clean page that a damage begins with."""

_FAX_DPI = 200  # Group 3 "fine" is 204 by 196 (ITU-T T.4)
_LOW_DPI = 110
_PAPER = 255


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it reaches the user: greyscale pixels, and the resolution that its file would state."""

    image: Image.Image
    dpi: int


def _clean(page: Image.Image, _rng: np.random.Generator) -> Picture:
    return Picture(page, PRINT_DPI)


def _scan(page: Image.Image, rng: np.random.Generator) -> Picture:
    """An office scanner: up to two degrees askew, uneven light, noise, specks, JPEG."""
    dpi = int(rng.choice((200, 300)))
    scanner = Scanner(dpi=dpi, skew_deg=2.0, noise=14.0, blur_px=0.8, shade=0.25, specks=200)
    return Picture(_jpeg(scan(_scaled(page, dpi), scanner, seed=int(rng.integers(2**31))), 60), dpi)


def _fax(page: Image.Image, rng: np.random.Generator) -> Picture:
    """A fax: 200 dpi, black or white, edges eaten, bits flipped, a few lines lost to the wire, a little askew."""
    small = _scaled(_turned(page, float(rng.uniform(-1.2, 1.2))), _FAX_DPI).filter(ImageFilter.GaussianBlur(0.6))
    grey = np.asarray(small, dtype=np.float32) + rng.normal(0, 22, (small.height, small.width)).astype(np.float32)
    bits = np.where(grey > rng.uniform(140, 185), _PAPER, 0).astype(np.uint8)
    flips = rng.random(bits.shape) < 0.0015
    bits[flips] = _PAPER - bits[flips]
    for row in rng.integers(0, small.height, 6):
        bits[row] = bits[row - 1]
    return Picture(Image.fromarray(bits), _FAX_DPI)


def _copy(page: Image.Image, rng: np.random.Generator) -> Picture:
    """A copy of a copy, a little smaller: black edges under the open lid, punch holes, grain, a grey veil, thickened letters."""
    width, height = page.size
    left, top = (int(v) for v in rng.uniform(0.015, 0.035, 2) * width)
    # The copier shrank the sheet, so that edge and holes lie outside the text.
    binding = left + int(0.4 * PRINT_DPI)
    factor = (width - binding) / width
    sheet = page.resize((width - binding, round(height * factor)), Image.Resampling.LANCZOS)
    image = Image.new("L", page.size, _PAPER)
    image.paste(
        _turned(sheet.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.GaussianBlur(1.0)), float(rng.uniform(-1.0, 1.0))), (binding, top)
    )
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, left, height), fill=15)
    draw.rectangle((0, 0, width, top), fill=25)
    radius, hole = int(0.125 * PRINT_DPI), left + int(0.2 * PRINT_DPI)
    for at in (0.37, 0.63):
        draw.ellipse((hole - radius, at * height - radius, hole + radius, at * height + radius), fill=20)
    grain = np.asarray(image, dtype=np.float32) * 0.8 + 28 + rng.normal(0, 16, (height, width)).astype(np.float32)
    grain[rng.random(grain.shape) < 0.002] = 40
    return Picture(_grey(grain), PRINT_DPI)


def _photo(page: Image.Image, rng: np.random.Generator) -> Picture:
    """A photograph with a telephone: the sheet on a dark desk, seen from the side, the shadow of the hand across it."""
    dpi = int(rng.choice((170, 200, 230)))
    sheet = _scaled(page, dpi)
    width, height = sheet.size
    margin = int(0.05 * width)
    frame = (width + 2 * margin, height + 2 * margin)
    corners = [(margin, margin), (width + margin, margin), (width + margin, height + margin), (margin, height + margin)]
    moved = [(x + rng.uniform(-0.6, 0.6) * margin, y + rng.uniform(-0.6, 0.6) * margin) for x, y in corners]
    inverse = _perspective(moved, [(0, 0), (width, 0), (width, height), (0, height)])
    seen = sheet.transform(frame, Image.Transform.PERSPECTIVE, inverse, Image.Resampling.BICUBIC, fillcolor=55)
    pixels = np.asarray(seen.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float32)
    pixels *= _shadow((frame[1], frame[0]), rng)
    pixels += rng.normal(0, 6, pixels.shape).astype(np.float32)
    return Picture(_jpeg(_grey(pixels), 70), dpi)


def _low(page: Image.Image, rng: np.random.Generator) -> Picture:
    """A page saved for the web: 110 dpi, squeezed."""
    return Picture(_jpeg(_scaled(page, _LOW_DPI), int(rng.integers(45, 65))), _LOW_DPI)


def _rotated(page: Image.Image, rng: np.random.Generator) -> Picture:
    """A clean scan that was fed in sideways or upside down."""
    return Picture(page.transpose(list(Image.Transpose)[2 + int(rng.integers(3))]), PRINT_DPI)


DAMAGES: Mapping[str, Callable[[Image.Image, np.random.Generator], Picture]] = {
    "clean": _clean, "scan": _scan, "fax": _fax, "copy": _copy, "photo": _photo, "low dpi": _low, "rotated": _rotated,
}  # fmt: skip
"""Damage by its name."""


def damage(page: Image.Image, kind: str, *, seed: int) -> Picture:
    """Return a clean greyscale page of ``PRINT_DPI`` after one of ``DAMAGES``."""
    return DAMAGES[kind](page, np.random.default_rng(seed))


def _scaled(page: Image.Image, dpi: int) -> Image.Image:
    factor = dpi / PRINT_DPI
    size = (round(page.width * factor), round(page.height * factor))
    return page if dpi == PRINT_DPI else page.resize(size, Image.Resampling.BOX if factor <= 0.5 else Image.Resampling.LANCZOS)


def _turned(page: Image.Image, degrees: float) -> Image.Image:
    return page.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=_PAPER)


def _grey(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(BytesIO(out.getvalue())).convert("L")


def _shadow(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Return factors in 0..1: light that falls off to one side, and the soft edge of a hand's shadow."""
    rows, columns = np.meshgrid(np.linspace(-1, 1, shape[0]), np.linspace(-1, 1, shape[1]), indexing="ij")
    angle, edge = rng.uniform(0, 2 * np.pi), rng.uniform(-0.3, 0.5)
    along = np.cos(angle) * columns + np.sin(angle) * rows
    hand = 1 / (1 + np.exp(-(along - edge) * 14))
    return np.asarray(0.92 - 0.16 * (along + 1) / 2 - 0.38 * hand, dtype=np.float32)


def _perspective(source: list[tuple[float, float]], target: list[tuple[float, float]]) -> list[float]:
    """Return Pillow's eight coefficients that take points of ``source`` (in the new picture) to ``target`` (in the old one)."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(value) for value in np.linalg.solve(np.array(rows, dtype=float), np.array(values, dtype=float))]
