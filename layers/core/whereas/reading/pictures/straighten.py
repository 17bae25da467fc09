"""Turning a scanned page: by quarters, and by the few degrees of a sheet fed askew; and boxes back to the page as it was."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageOps

from whereas.reading.pages.lines import Box

# Skew is looked for on small copies, first roughly on the smaller one: rows of text are dark and gaps light only where the rows lie level.
_SMALL_SIDE, _ROUGH_SIDE = 800, 400
_MAX_SKEW_DEGREES = 5.0
# Tesseract bears less than this by itself.
_MIN_SKEW_DEGREES = 0.3
# Level rows of text are this much sharper than leaning ones; a photograph is as blurred at any angle.
_MIN_GAIN = 1.3
# A margin or a ruled table gives columns a peak too: a wrong guess costs one call for the orientation, no more.
_SIDEWAYS_GAIN = 1.5
_COARSE_STEP = 1.0
_FINE_STEP = 0.2


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a page's picture: first ``skew`` degrees counter-clockwise on the same canvas, then ``quarters`` clockwise."""

    skew: float = 0.0
    quarters: int = 0

    def apply(self, image: Image.Image) -> Image.Image:
        """Return the turned picture; the same one where there is nothing to turn."""
        turned = image
        if self.skew:
            turned = turned.rotate(self.skew, resample=Image.Resampling.BICUBIC, fillcolor=_paper(image))
        if self.quarters:
            turned = turned.transpose(_QUARTERS[self.quarters])
        return turned

    def box_before(self, box: Box, size: tuple[int, int]) -> Box:
        """Return where a box of the turned picture lies on the picture before, of ``size`` (width, height); in pixels."""
        corners = [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]
        before = [self._before(x, y, size) for x, y in corners]
        if self.skew:
            # The upright box around a leaning word reaches into its neighbours: keep the word's own height and width about its centre.
            return _about_centre(before, box, sideways=self.quarters % 2 == 1)
        xs, ys = [x for x, _ in before], [y for _, y in before]
        return (min(xs), min(ys), max(xs), max(ys))

    def _before(self, x: float, y: float, size: tuple[int, int]) -> tuple[float, float]:
        width, height = size
        if self.quarters == 1:
            x, y = y, height - x
        elif self.quarters == 2:
            x, y = width - x, height - y
        elif self.quarters == 3:
            x, y = width - y, x
        if not self.skew:
            return x, y
        # Pillow turns about the centre, y downwards.
        angle = math.radians(self.skew)
        dx, dy = x - width / 2, y - height / 2
        return (width / 2 + dx * math.cos(angle) - dy * math.sin(angle), height / 2 + dx * math.sin(angle) + dy * math.cos(angle))


_QUARTERS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


def find_lie(image: Image.Image) -> tuple[float, bool]:
    """Return how a page lies: the degrees, counter-clockwise, that level it, and whether its lines of text stand upright.

    0.0 and False where it lies well or cannot be told. The measure is Postl's: the sum of squared differences of neighbouring
    rows' darkness peaks when rows of text lie level (W. Postl, Detection of linear oblique structures, ICPR 1986). On a page
    turned by a quarter the columns of pixels show the greater peak.
    """
    small = _shrunk(image, _SMALL_SIDE)
    rows = _shrunk(small, _ROUGH_SIDE)
    columns = rows.transpose(Image.Transpose.ROTATE_90)
    steps = [step * _COARSE_STEP for step in range(-int(_MAX_SKEW_DEGREES), int(_MAX_SKEW_DEGREES) + 1)]
    by_rows, by_columns = _best(ImageOps.invert(rows), steps), _best(ImageOps.invert(columns), steps)
    sideways = by_columns[0] > _SIDEWAYS_GAIN * by_rows[0]
    small = ImageOps.invert(small.transpose(Image.Transpose.ROTATE_90) if sideways else small)
    coarse = (by_columns if sideways else by_rows)[1]
    level, skew = _best(small, [coarse + step * _FINE_STEP for step in range(-4, 5)])
    # A page that gains little (a picture, a few words) is left as it is.
    if abs(skew) < _MIN_SKEW_DEGREES or level < _MIN_GAIN * _levelness(small, 0.0):
        skew = 0.0
    return round(skew, 2), sideways


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    scale = side / max(image.size)
    return image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.BOX)


def _best(small: Image.Image, angles: list[float]) -> tuple[float, float]:
    """Return the greatest levelness and its angle."""
    return max((_levelness(small, angle), angle) for angle in angles)


def _levelness(small: Image.Image, angle: float) -> float:
    turned = small.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=0) if angle else small
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return float(sum((below - above) ** 2 for above, below in pairwise(rows)))


def _paper(image: Image.Image) -> int:
    """Grey level of the paper: the most frequent one."""
    histogram = image.histogram()
    return histogram.index(max(histogram))


def _about_centre(corners: list[tuple[float, float]], box: Box, *, sideways: bool) -> Box:
    x = sum(corner[0] for corner in corners) / 4
    y = sum(corner[1] for corner in corners) / 4
    half_width, half_height = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    if sideways:
        half_width, half_height = half_height, half_width
    return (x - half_width, y - half_height, x + half_width, y + half_height)
