"""Pages in letters that the engine has not learnt: they come out as nonsense in Latin ones, which nothing later would notice.

What tells them is that the reading is doubtful, in no language, and that Tesseract's own detection of scripts names another.
"""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from whereas.reading import ocr
from whereas.reading.language import UNDETERMINED, detect
from whereas.reading.options import OcrOptions
from whereas.reading.wordlists import frequent_words
from whereas.types import PageText, Warning

# Cyrillic and Greek print read as Latin have a confidence of 0.25 to 0.35, English copies of copies seldom less than 0.6.
_DOUBTFUL = 0.65
# Nonsense hits a short word now and then; of a poor English page every other word is one.
_MAX_KNOWN_SHARE = 0.25
_MIN_LETTERS = 3
# Right answers on clean pages score 0.7 and up; of Latin ones, where the word test has let them pass, 10.
_MIN_SCRIPT_CONFIDENCE = 0.5
_SCRIPT_DPI = 150
# The script's most frequent language, as in ``reading.language``.
_LANGUAGES = {
    "Arabic": "ar", "Armenian": "hy", "Bengali": "bn", "Cyrillic": "ru", "Devanagari": "hi", "Georgian": "ka", "Greek": "el",
    "Gujarati": "gu", "Han": "zh", "HanS": "zh", "HanT": "zh", "Hangul": "ko", "Hebrew": "he", "Hiragana": "ja", "Japanese": "ja",
    "Katakana": "ja", "Korean": "ko", "Tamil": "ta", "Telugu": "te", "Thai": "th",
}  # fmt: skip


def check_script(page: PageText, image: Image.Image, *, dpi: int, options: OcrOptions) -> PageText:
    """Return a recognised page; without its text, and with its language, where that is written in letters the engine does not know.

    Args:
        page: as ``pictures.scan`` read it.
        image: greyscale, what it was read from.
        dpi: resolution of ``image``.
        options: how to run the OCR engine.
    """
    if page.source != "ocr" or not page.words or (page.confidence or 0.0) >= _DOUBTFUL or _is_readable(page.text):
        return page
    scale = min(1.0, _SCRIPT_DPI / dpi)
    small = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.BOX)
    found = ocr.find_orientation(small, dpi=round(dpi * scale), page=page.number, options=options)
    if found is None or found.script not in _LANGUAGES or found.script_confidence < _MIN_SCRIPT_CONFIDENCE:
        return page
    language = _LANGUAGES[found.script]
    told = f"The page is written in {found.script} letters, which OCR was not set up for ({options.language}); it was not read."
    warning = Warning("unsupported_language", told, page.number)
    return replace(page, text="", words=(), confidence=None, language=language, warnings=(warning,))


def _is_readable(text: str) -> bool:
    if detect(text) != UNDETERMINED:
        return True
    words = [word for word in text.lower().split() if len(word) >= _MIN_LETTERS]
    return sum(word in frequent_words() for word in words) > _MAX_KNOWN_SHARE * len(words)
