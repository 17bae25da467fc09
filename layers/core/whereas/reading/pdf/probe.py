"""A look at the picture of a page: how much of its ink the text layer explains, and what OCR reads in one band of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageStat
from rapidfuzz import fuzz, process

from whereas.reading.options import OcrOptions
from whereas.reading.pages.lines import Box, Token
from whereas.reading.pages.turning import turn_back

# Rows of print are three pixels high: enough to weigh ink, and a page takes milliseconds.
_INK_DPI = 36
_INK_CONTRAST = 60
# A word's box ends at its letters; rules and underlines around it belong to it.
_MARGIN_POINTS = 2.0
_LEAST_INK = 20
# Seven lines of print, a sixth of a letter page; recognised at the resolution that Tesseract still reads well.
_BAND_POINTS = 110.0
_PROBE_DPI = 200
_CONFIDENT = 0.6
_MIN_LETTERS = 3
# Two readings of a word that differ in a letter of seven are the same word; of a shorter one every letter counts.
_SAME_WORD = 85


@dataclass(frozen=True, slots=True)
class Probe:
    """What OCR read in a band: ``words`` with confidence, and the share of them that the layer has there too."""

    words: int
    agreement: float


def render(page: pdfium.PdfPage, *, dpi: float) -> Image.Image:
    """Return the page as displayed, grey."""
    bitmap = page.render(scale=dpi / 72, grayscale=True, may_draw_forms=True)
    try:
        image: Image.Image = bitmap.to_pil().convert("L")
        return image
    finally:
        bitmap.close()


def has_contrast(image: Image.Image, box: Box) -> bool:
    """Return whether anything stands out in a box, in pixels, of a grey picture."""
    left, top, right, bottom = (round(edge) for edge in box)
    left, top = max(0, min(left, image.width - 1)), max(0, min(top, image.height - 1))
    darkest, lightest = image.crop((left, top, max(left + 1, right), max(top + 1, bottom))).getextrema()
    return float(lightest) - float(darkest) >= _INK_CONTRAST  # type: ignore[arg-type]


def uncovered_ink(page: pdfium.PdfPage, boxes: Sequence[Box]) -> float:
    """Return the share of a page's ink that lies outside the boxes of its words; 0 where there is hardly any ink."""
    ink = _ink(page)
    whole = _sum(ink)
    return _sum(_without(ink, boxes)) / whole if whole >= _LEAST_INK else 0.0


def probe(page: pdfium.PdfPage, tokens: Sequence[Token], *, beside: bool, quarters: int, number: int, options: OcrOptions) -> Probe:
    """Recognise the band of a page that holds most ink and compare it with the layer's words there.

    Args:
        page: an open page.
        tokens: the layer's words, in the page's own frame.
        beside: whether only ink outside the layer's words counts in the choice of the band.
        quarters: by which the page's text is turned clockwise.
        number: the page's number, for errors.
        options: how to run the OCR engine.

    Raises:
        PermanentError: ``stage_failed``: OCR crashed, took too long or gave nonsense.
    """
    from whereas.reading import ocr  # pages with a good layer are read without the engine's wrapper

    width, height = page.get_size()
    boxes = [turn_back(token.box, quarters, width=width, height=height) for token in tokens]
    ink = _upright(_ink(page), quarters)
    top = _fullest_band(_without(ink, boxes) if beside else ink)
    bottom = top + _BAND_POINTS
    scale = min(_PROBE_DPI, options.dpi) / 72
    image = _upright(render(page, dpi=scale * 72), quarters)
    strip = image.crop((0, round(top * scale), image.width, min(image.height, round(bottom * scale))))
    found = ocr.recognize(strip, dpi=round(scale * 72), page=number, options=options)
    read = [_letters(word.text) for word in found if word.confidence >= _CONFIDENT]
    read = [word for word in read if len(word) >= _MIN_LETTERS]
    # A line may be cut by the band's edge: the layer's words around it count too.
    near = {_letters(token.text) for token, box in zip(tokens, boxes, strict=True) if top - 12 <= (box[1] + box[3]) / 2 <= bottom + 12}
    agreed = sum(1 for word in read if word in near or process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=_SAME_WORD))
    return Probe(len(read), round(agreed / len(read), 3) if read else 0.0)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _upright(image: Image.Image, quarters: int) -> Image.Image:
    turns = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
    return image.transpose(turns[quarters]) if quarters else image


def _ink(page: pdfium.PdfPage) -> Image.Image:
    """Return where a page is unlike its paper: 255 for ink, 0 for paper."""
    image = render(page, dpi=_INK_DPI)
    paper = ImageStat.Stat(image).median[0]
    return image.point(lambda level: 255 * (abs(level - paper) >= _INK_CONTRAST))


def _without(ink: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    rest = ink.copy()
    draw = ImageDraw.Draw(rest)
    scale = _INK_DPI / 72
    for left, top, right, bottom in boxes:
        margin = _MARGIN_POINTS
        draw.rectangle(((left - margin) * scale, (top - margin) * scale, (right + margin) * scale, (bottom + margin) * scale), fill=0)
    return rest


def _sum(ink: Image.Image) -> int:
    return ink.histogram()[255]


def _fullest_band(ink: Image.Image) -> float:
    """Return the top, in points, of the band with most ink."""
    rows = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    deep = max(1, round(_BAND_POINTS * _INK_DPI / 72))
    best = max(range(max(1, len(rows) - deep + 1)), key=lambda row: sum(rows[row : row + deep]))
    return best * 72 / _INK_DPI
