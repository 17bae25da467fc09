"""From the picture of a page to its text: blank or not, prepared, straightened, turned upright, recognised.

Pillow does all the picture work, so that reading needs no numpy.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from PIL import Image, ImageFilter, ImageStat

from whereas.reading import ocr
from whereas.reading.options import OcrOptions
from whereas.reading.pages.columns import reading_order
from whereas.reading.pages.lines import Line, Token, attach_labels, compose
from whereas.reading.pictures.preparing import Prepared, prepare
from whereas.reading.pictures.straighten import Turn, find_lie
from whereas.types import PageText, Warning, Word

# Mean word confidence under which a page gets a warning, and under which another orientation is tried.
_LOW_CONFIDENCE = 0.65
# Tesseract's own documentation calls an orientation confidence of 15 reasonable; on sparse pages right answers score 2 and up,
# and the turned page must then read better than the first try anyway.
_MIN_ORIENTATION_CONFIDENCE = 1.0
# Below this the engine takes sure pages for upright that stand on their heads.
_ORIENTATION_DPI = 200
# Words of a page are few on a title page: under this many, a low confidence says little.
_FEW_WORDS = 3
# Ink: darker than the paper by this many grey levels after a blur that wipes out dust.
_INK_CONTRAST = 40
_MIN_INK_SHARE = 0.0002


def read_scan(image: Image.Image, *, number: int, width: float, height: float, dpi: int, reason: str, options: OcrOptions) -> PageText:
    """Recognise the picture of one page.

    Args:
        image: greyscale, the page as displayed.
        number: the page's number.
        width: of the page, in points.
        height: of the page, in points.
        dpi: resolution of ``image``.
        reason: why the page is recognised and not read; stored with it.
        options: how to run the OCR engine.

    Returns:
        The page; with a ``blank_page`` warning where there is no ink, ``no_text_recognized`` where there is ink and no word,
        ``low_ocr_confidence`` where the words are doubtful.

    Raises:
        PermanentError: ``stage_failed``: OCR crashed, took too long or gave nonsense.
    """
    if is_blank(image):
        return _page([], number, width, height, reason, (Warning("blank_page", "The page is blank.", number),))
    prepared = prepare(image, dpi=dpi, wanted=options.dpi)
    skew, sideways = find_lie(prepared.image)
    turn = Turn(skew=skew)
    if sideways:
        turn = _upright(prepared, turn, number=number, options=options)
    words = _recognize(prepared, turn, number=number, options=options)
    if _mean_confidence(words) < _LOW_CONFIDENCE or len(words) < _FEW_WORDS:
        turn, words = _try_other_way(prepared, turn, words, number=number, options=options)
    points = 72 / prepared.dpi
    lines = [[_token(word, points) for word in group] for _, group in groupby(words, key=lambda word: word.line)]
    across = height if turn.quarters % 2 else width
    ordered = reading_order(attach_labels(lines), width=across, trust="always")
    page = replace(_page(ordered, number, width, height, reason, _warnings(words, number)), preparation=prepared.steps)
    if turn == Turn():
        return page
    return replace(page, words=tuple(_put_back(word, turn, prepared.image.size, points) for word in page.words))


def is_blank(image: Image.Image) -> bool:
    """Return whether a greyscale picture shows nothing but paper: no ink that dust and scanner noise would not explain."""
    small = image.copy()
    small.thumbnail((1000, 1000), Image.Resampling.BOX)
    smooth = small.filter(ImageFilter.BoxBlur(1))
    paper = ImageStat.Stat(smooth).median[0]
    histogram = smooth.histogram()
    # Ink may be darker than its paper or, on a negative, lighter.
    ink = sum(histogram[: max(0, int(paper) - _INK_CONTRAST)]) + sum(histogram[min(256, int(paper) + _INK_CONTRAST) :])
    return ink < _MIN_INK_SHARE * smooth.width * smooth.height


def _recognize(prepared: Prepared, turn: Turn, *, number: int, options: OcrOptions) -> list[ocr.RecognizedWord]:
    return ocr.recognize(turn.apply(prepared.image), dpi=prepared.dpi, page=number, options=options, grainy=prepared.grainy)


def _upright(prepared: Prepared, turn: Turn, *, number: int, options: OcrOptions) -> Turn:
    """Return the turn after which the engine holds the page for upright; ``turn`` itself where it cannot tell."""
    small = turn.apply(prepared.image)
    scale = min(1.0, _ORIENTATION_DPI / prepared.dpi)
    small = small.resize((max(1, round(small.width * scale)), max(1, round(small.height * scale))), Image.Resampling.BOX)
    found = ocr.find_orientation(small, dpi=round(prepared.dpi * scale), page=number, options=options)
    if found is None or found.confidence < _MIN_ORIENTATION_CONFIDENCE:
        return turn
    return Turn(skew=turn.skew, quarters=(turn.quarters + found.rotate // 90) % 4)


def _try_other_way(
    prepared: Prepared, turn: Turn, words: list[ocr.RecognizedWord], *, number: int, options: OcrOptions
) -> tuple[Turn, list[ocr.RecognizedWord]]:
    """Read the page again as the engine would turn it; keep what reads better."""
    turned = _upright(prepared, turn, number=number, options=options)
    if turned == turn:
        return turn, words
    again = _recognize(prepared, turned, number=number, options=options)
    return (turned, again) if _weight(again) > _weight(words) else (turn, words)


def _weight(words: list[ocr.RecognizedWord]) -> float:
    """Confident characters of a page: nonsense of a sideways page is short and doubtful."""
    return sum(len(word.text) * word.confidence**2 for word in words)


def _mean_confidence(words: list[ocr.RecognizedWord]) -> float:
    """Mean confidence by character; 0 without words."""
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0


def _token(word: ocr.RecognizedWord, points: float) -> Token:
    x0, y0, x1, y1 = word.box
    box = (round(x0 * points, 2), round(y0 * points, 2), round(x1 * points, 2), round(y1 * points, 2))
    return Token(word.text, box, round(word.confidence, 3))


def _put_back(word: Word, turn: Turn, size: tuple[int, int], points: float) -> Word:
    """Move a word's box from the straightened picture to the page as it was."""
    if word.box is None:
        return word
    x0, y0, x1, y1 = word.box
    before = turn.box_before((x0 / points, y0 / points, x1 / points, y1 / points), size)
    x0, y0, x1, y1 = before
    return replace(word, box=(round(x0 * points, 2), round(y0 * points, 2), round(x1 * points, 2), round(y1 * points, 2)))


def _warnings(words: list[ocr.RecognizedWord], number: int) -> tuple[Warning, ...]:
    if not words:
        return (Warning("no_text_recognized", "The page shows something, and no word was recognised in it.", number),)
    mean = _mean_confidence(words)
    if mean < _LOW_CONFIDENCE:
        return (Warning("low_ocr_confidence", f"The page was hard to recognise: mean word confidence {mean:.2f}.", number),)
    return ()


def _page(lines: list[Line], number: int, width: float, height: float, reason: str, warnings: tuple[Warning, ...]) -> PageText:
    text, words = compose(lines)
    letters = sum(len(word.text) for word in words)
    confidence = sum(len(word.text) * (word.confidence or 0.0) for word in words) / letters if letters else None
    return PageText(
        number=number, text=text, words=words, width=width, height=height, source="ocr", reason=reason,
        confidence=None if confidence is None else round(confidence, 3), warnings=warnings,
    )  # fmt: skip
