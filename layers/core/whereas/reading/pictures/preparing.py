"""What a page's picture needs before OCR, chosen by what is measured in it; a clean page needs nothing but its size.

Each step is there because ``benchmarks/reading.py`` reads a class of damaged pages better with it, and is left out where its measure
does not ask for it. Pillow does all of it: reading needs no numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from PIL import Image, ImageChops, ImageFilter, ImageMath

# Grainy paper reads better the more of its grain is averaged away, down to letters of some ten pixels.
_GRAINY_DPI = 170
# Pictures below this resolution are enlarged; in between they are taken as they are.
_SMALL_DPI = 150
_ENLARGED_DPI = 220
# No page is enlarged beyond this: a sheet of A3 at 300 dpi has fewer.
_MAX_ENLARGED_PIXELS = 20_000_000
# Grey levels by which the paper varies: above the first its white is drawn level; above the second it is grainy, if it has specks too.
_UNEVEN, _GRAINY = 4.0, 9.0
# Share of the pixels that are dark alone, not as part of a letter's stroke.
_MIN_SPECKS = 0.001
_PATCH, _PATCHES = 160, 5
# A fax holds black and white alone: fewer greys than this share of the ink. A clean page has grey at the edge of every letter.
_MAX_GREYS = 0.05
# A blur of so many dots at 200 dpi gives a fax's stairs the slopes that the engine was trained on.
_FAX_BLUR, _FAX_DPI = 0.8, 200
# Light that falls off by this share of the paper's brightness is a shadow.
_MIN_SHADOW = 0.16
_FLAT_PAPER = 245
# The paper is looked for on a copy so much smaller; filters of a few pixels there reach over the largest letters.
_SHADOW_SCALE = 6
_DARKEST_PAPER = 30
# Black edges and punch holes are looked for at this resolution, within so many inches of the sheet's edges.
_EDGE_DPI = 50
_SIDE_INCHES, _TOP_INCHES = 0.8, 0.6
_EDGE_DARKNESS = 0.62
_PAPER_FROM, _PAPER_WIDTH = 100, 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as the engine gets it.

    Attributes:
        image: greyscale; the same page section as before, at ``dpi``.
        dpi: its resolution.
        grainy: whether the engine should take small blots for noise; on clean pages that costs full stops.
        steps: what was done, in order; empty for a page that is clean.
    """

    image: Image.Image
    dpi: int
    grainy: bool = False
    steps: tuple[str, ...] = ()


def prepare(image: Image.Image, *, dpi: int, wanted: int) -> Prepared:
    """Return the picture of a page as OCR reads it best.

    Args:
        image: greyscale, the page as displayed.
        dpi: its resolution.
        wanted: resolution that OCR is to work at; larger pictures are reduced to it.
    """
    steps: list[str] = []
    specks = specks_of(image)
    if is_two_level(image):
        image = image.filter(ImageFilter.GaussianBlur(_FAX_BLUR * dpi / _FAX_DPI))
        steps.append("smoothed")
    image, dpi = _sized(image, dpi, wanted, steps)
    if shadow(image) > _MIN_SHADOW:
        image = flatten(image)
        steps.append("flattened")
    cleared = clear_edges(image, dpi=dpi)
    if cleared is not image:
        image = cleared
        steps.append("edges_cleared")
    grain = grain_of(image)
    grainy = grain > _GRAINY and specks > _MIN_SPECKS
    if grainy and dpi > _GRAINY_DPI:
        image, dpi = _scaled(image, dpi, _GRAINY_DPI), _GRAINY_DPI
        steps.append("reduced_for_grain")
    if grain > _UNEVEN:
        image = level(image)
        steps.append("levelled")
    return Prepared(image, dpi, grainy, tuple(steps))


def is_two_level(image: Image.Image) -> bool:
    """Return whether a picture holds black and white alone, as a fax does."""
    histogram = image.histogram()
    ink, greys = sum(histogram[:128]), sum(histogram[16:240])
    return ink > 0 and greys < _MAX_GREYS * ink


def paper_of(image: Image.Image) -> int:
    """Return the grey level of the paper: the most frequent light one, its neighbours counted with it."""
    histogram = image.histogram()
    around = {value: sum(histogram[value - _PAPER_WIDTH : value + _PAPER_WIDTH + 1]) for value in range(_PAPER_FROM, 256)}
    return max(around, key=lambda value: (around[value], histogram[value]))


def grain_of(image: Image.Image) -> float:
    """Return by how many grey levels the paper varies; letters, being darker, do not count."""
    histogram, paper = image.histogram(), paper_of(image)
    lighter = histogram[paper:]
    return float((sum(count * step * step for step, count in enumerate(lighter)) / sum(lighter)) ** 0.5)


def specks_of(image: Image.Image) -> float:
    """Return the share of pixels that are dark while their neighbours are paper, from patches all over the page."""
    paper, dark, seen = paper_of(image), 0, 0
    ink = [255 if value < 0.5 * paper else 0 for value in range(256)]
    light = [255 if value > 0.8 * paper else 0 for value in range(256)]
    for column, row in product(range(_PATCHES), repeat=2):
        left = column * max(0, image.width - _PATCH) // (_PATCHES - 1)
        top = row * max(0, image.height - _PATCH) // (_PATCHES - 1)
        patch = image.crop((left, top, min(image.width, left + _PATCH), min(image.height, top + _PATCH)))
        alone = ImageChops.multiply(patch.point(ink), patch.filter(ImageFilter.MedianFilter(3)).point(light))
        dark, seen = dark + alone.histogram()[255], seen + patch.width * patch.height
    return dark / seen


def shadow(image: Image.Image) -> float:
    """Return how far the light falls off over the page, as a share of its paper's brightness; 0 for even light."""
    histogram = _paper(image).histogram()
    dark, bright = _quantile(histogram, 0.1), _quantile(histogram, 0.9)
    return (bright - dark) / bright if bright else 0.0


def flatten(image: Image.Image) -> Image.Image:
    """Return the picture in even light: every pixel divided by the brightness of the paper around it."""
    paper = _paper(image).point([max(value, _DARKEST_PAPER) for value in range(256)]).resize(image.size, Image.Resampling.BILINEAR)
    lit = ImageMath.lambda_eval(lambda a: a["convert"](a["min"](a["grey"] * _FLAT_PAPER / a["paper"], 255), "L"), grey=image, paper=paper)
    return lit if isinstance(lit, Image.Image) else image


def clear_edges(image: Image.Image, *, dpi: int) -> Image.Image:
    """Return the picture with black edges and punch holes painted as paper; the same picture where there are none.

    Dark areas wider than a tenth of an inch near the sheet's edge are no letters; elsewhere they may be a stamp or a heading on black.
    """
    scale = max(1, round(dpi / _EDGE_DPI))
    small = image.reduce(scale)
    paper = paper_of(small)
    wide = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(9))
    mask = wide.point([255 if value < paper * _EDGE_DARKNESS else 0 for value in range(256)])
    side, top = int(_SIDE_INCHES * _EDGE_DPI), int(_TOP_INCHES * _EDGE_DPI)
    if mask.width > 2 * side and mask.height > 2 * top:
        mask.paste(0, (side, top, mask.width - side, mask.height - top))
    if mask.getbbox() is None:
        return image
    cleared = image.copy()
    whole = mask.resize((small.width * scale, small.height * scale)).crop((0, 0, *image.size))
    cleared.paste(paper, (0, 0, *image.size), whole)
    return cleared


def level(image: Image.Image) -> Image.Image:
    """Return the picture with its paper drawn up to white and its ink down to black."""
    histogram, paper = image.histogram(), paper_of(image)
    white = max(_PAPER_FROM, round(paper - 4 * grain_of(image)))
    black = min(_quantile(histogram, 0.01), white - 60)
    return image.point([min(255, max(0, round((value - black) * 255 / (white - black)))) for value in range(256)])


def _paper(image: Image.Image) -> Image.Image:
    """Return a small picture of the paper alone: letters give way to the brightest of what is around them."""
    small = image.reduce(_SHADOW_SCALE)
    for _ in range(3):
        small = small.filter(ImageFilter.MaxFilter(5))
    for _ in range(2):
        small = small.filter(ImageFilter.MinFilter(5))
    return small.filter(ImageFilter.BoxBlur(4))


def _quantile(histogram: list[int], share: float) -> int:
    """Return the grey level under which ``share`` of the pixels lie."""
    wanted, seen = share * sum(histogram), 0
    for value, count in enumerate(histogram):
        seen += count
        if seen > wanted:
            return value
    return 255


def _sized(image: Image.Image, dpi: int, wanted: int, steps: list[str]) -> tuple[Image.Image, int]:
    if dpi < _SMALL_DPI and image.width * image.height * (_ENLARGED_DPI / dpi) ** 2 <= _MAX_ENLARGED_PIXELS:
        steps.append("enlarged")
        return _scaled(image, dpi, _ENLARGED_DPI), _ENLARGED_DPI
    if dpi > 1.15 * wanted:
        return _scaled(image, dpi, wanted), wanted
    return image, dpi


def _scaled(image: Image.Image, dpi: int, wanted: int) -> Image.Image:
    size = (max(1, round(image.width * wanted / dpi)), max(1, round(image.height * wanted / dpi)))
    return image.resize(size, Image.Resampling.BOX if wanted < dpi else Image.Resampling.BICUBIC)
