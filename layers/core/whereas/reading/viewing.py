"""Pictures of pages for people: small, made once while the page is at hand, in the coordinates of its boxes."""

from __future__ import annotations

import io

from PIL import Image

DPI = 90
"""Resolution of the pictures. A point of a page is ``DPI / 72`` pixels; print of 9 points is still read with ease."""

MEDIA_TYPE = "image/png"

# Four greys keep print legible. A page of text has 20 KB so, in 5 ms; as WebP in all greys at quality 45 it has 53 KB, in 25 ms.
_GREYS = 4
_BITS = 2
# Sides beyond this serve no screen.
_MAX_SIDE = 4000


def small_png(image: Image.Image, *, dpi: float) -> bytes:
    """Return a picture of a page at ``DPI``, in four greys.

    Args:
        image: grey, the page as displayed, before anything is straightened.
        dpi: its resolution.
    """
    scale = min(1.0, DPI / dpi, _MAX_SIDE / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = image.resize(size, Image.Resampling.BOX) if size != image.size else image
    few = small.point([round(level / 255 * (_GREYS - 1)) for level in range(256)]).convert("P")
    few.putpalette([level * 255 // (_GREYS - 1) for level in range(_GREYS) for _ in range(3)])
    out = io.BytesIO()
    few.save(out, "PNG", bits=_BITS)
    return out.getvalue()
