"""What can be measured of a page before anybody recognises it: the evidence of ``pdf.decision``."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from whereas.reading.language import UNDETERMINED, detect
from whereas.reading.pages.lines import Box
from whereas.reading.pdf import sanity
from whereas.reading.pdf.textlayer import TextLayer
from whereas.reading.wordlists import frequent_words
from whereas.types import PageMeasures

_WORD = re.compile(r"[A-Za-z]{2,40}")
# Under so many words a share of them says nothing: a title page is made of names.
_MIN_WORDS = 40
# A share that no language but English reaches, so that the language need not be asked for.
_ENGLISH_SHARE = 0.6


def measure(page: pdfium.PdfPage, text: str, *, layer: TextLayer, pictures: tuple[Box, ...]) -> PageMeasures:
    """Return the measures of a page.

    Args:
        page: an open page.
        text: of its text layer.
        layer: the layer that ``text`` was composed of.
        pictures: boxes in the page's user space.
    """
    width, height = page.get_size()
    square_inches = max(0.01, width * height / 72**2)
    solid = len("".join(text.split()))
    return PageMeasures(
        characters_per_square_inch=round(solid / square_inches, 5),
        bad_share=round(sanity.bad_share(text), 3),
        word_share=_word_share(text),
        hidden_share=round(layer.hidden_share, 3),
        picture_share=round(picture_share(page, pictures), 3),
        oblique_share=round(layer.oblique_share, 3),
    )


def picture_share(page: pdfium.PdfPage, pictures: tuple[Box, ...]) -> float:
    """Return the share of a page that its pictures cover: a scan may come in strips. Overlaps count twice, up to 1."""
    bounds: Box = page.get_bbox()
    left, bottom, right, top = bounds
    area = max(1.0, (right - left) * (top - bottom))
    covered = sum(max(0.0, min(box[2], right) - max(box[0], left)) * max(0.0, min(box[3], top) - max(box[1], bottom)) for box in pictures)
    return min(1.0, covered / area)


def _word_share(text: str) -> float | None:
    words = _WORD.findall(text.lower())
    if len(words) < _MIN_WORDS:
        return None
    known = frequent_words()
    share = round(sum(word in known for word in words) / len(words), 3)
    return share if share >= _ENGLISH_SHARE or detect(text) in {"en", UNDETERMINED} else None
