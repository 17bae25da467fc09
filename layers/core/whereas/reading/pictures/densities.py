"""How many pixels an inch of paper takes in a picture, across and down: faxes are twice as dense across."""

from __future__ import annotations

from PIL import Image

# Densities outside are a scanner's or an editor's default, not a measurement (72 stands in most screen pictures).
_CREDIBLE_DPI = (100.0, 1300.0)
# A page without a density is taken to be as long as a letter or A4 sheet.
_PAGE_INCHES = 11.5
# Pixels in a line of a fax at 8.04 a millimetre (ITU-T T.4, 2.1): A4, B4 and A3.
_FAX_LINES = frozenset({1728, 2048, 2432})
_FAX_DPI = 204.0
_FAX_DPI_DOWN = {"standard": 98.0, "fine": 196.0}
# No sheet is fed in that lies so flat: such a fax has half the lines that it has columns.
_FLAT = 0.75
_MOST_UNEQUAL = 2.3
_EQUAL = 1.02
_ORIENTATION = 0x0112


def measure(frame: Image.Image) -> tuple[float, float]:
    """Return the dots an inch across and down of a frame as it is displayed. Call it before the frame is unpacked."""
    stored = frame.info.get("dpi")
    turned = frame.getexif().get(_ORIENTATION) in {5, 6, 7, 8}
    if isinstance(stored, tuple) and len(stored) == 2:
        across, down = (float(value) for value in stored)
        credible = _CREDIBLE_DPI[0] <= max(across, down) <= _CREDIBLE_DPI[1] and min(across, down) * _MOST_UNEQUAL > max(across, down)
        if credible:
            return (down, across) if turned else (across, down)
    width, height = frame.size
    if frame.mode == "1" and not turned and width in _FAX_LINES:
        return _FAX_DPI, _FAX_DPI_DOWN["standard" if height < _FLAT * width else "fine"]
    guessed = min(_CREDIBLE_DPI[1], max(72.0, max(width, height) / _PAGE_INCHES))
    return guessed, guessed


def make_square(image: Image.Image, density: tuple[float, float]) -> tuple[Image.Image, float]:
    """Return a picture of equal density across and down, the larger of its two, so that its letters are as wide as they were printed."""
    across, down = density
    dpi = max(across, down)
    if dpi <= _EQUAL * min(across, down):
        return image, dpi
    size = (max(1, round(image.width * dpi / across)), max(1, round(image.height * dpi / down)))
    return image.resize(size, Image.Resampling.BICUBIC), dpi
