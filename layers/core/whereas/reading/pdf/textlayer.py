"""The text layer of a PDF page: words with boxes in pdfium's reading order.

pdfium gives characters, generates the spaces and line breaks that the file only implies, and marks the hyphen of a broken
word with U+0002. Boxes are asked for only at a word's ends: two calls a word, not one a character.
"""

from __future__ import annotations

from ctypes import byref, c_int

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from whereas.reading.pages.lines import Box, Line, Token

_LINE_BREAKS = frozenset({0x0A, 0x0D, 0x0B, 0x0C, 0x2028, 0x2029})
_HYPHEN_MARKS = frozenset({0x02, 0xFFFE})
# PageToDevice answers in whole pixels: a page laid out on this many pixels a point is exact enough for boxes.
_DEVICE_SCALE = 64


def page_lines(page: pdfium.PdfPage) -> list[Line]:
    """Return the lines of a page in the order of its text layer, none empty; boxes as the reader sees the page, in points."""
    textpage = page.get_textpage()
    try:
        return _Layer(page, textpage).lines()
    finally:
        textpage.close()


class _Layer:
    """Walks the characters of one page."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        self._raw = textpage.raw
        self._count = max(0, textpage.count_chars())
        self._to_page = _Placement(page)
        self._rect = pdfium_c.FS_RECTF()
        self._rect_pointer = byref(self._rect)

    def lines(self) -> list[Line]:
        unicode_of = pdfium_c.FPDFText_GetUnicode
        raw = self._raw
        lines: list[Line] = []
        line: Line = []
        letters: list[str] = []
        start = 0
        for index, code in enumerate([unicode_of(raw, i) for i in range(self._count)]):
            hyphen = code in _HYPHEN_MARKS
            breaks = code in _LINE_BREAKS
            if not hyphen and (breaks or code == 0x20 or code == 0xA0 or chr(code).isspace()):
                if letters:
                    line.append(self._token(letters, start, index - 1))
                    letters = []
            else:
                if not letters:
                    start = index
                letters.append("-" if hyphen else chr(code))
                if hyphen:
                    line.append(self._token(letters, start, index))
                    letters, breaks = [], True
            if breaks and line:
                lines.append(line)
                line = []
        if letters:
            line.append(self._token(letters, start, self._count - 1))
        if line:
            lines.append(line)
        return lines

    def _token(self, letters: list[str], first: int, last: int) -> Token:
        left, top, right, bottom = self._rect_of(first)
        if last != first:
            other = self._rect_of(last)
            left, right = min(left, other[0]), max(right, other[2])
            top, bottom = max(top, other[1]), min(bottom, other[3])
        return Token(_text(letters), self._to_page.box(left, top, right, bottom))

    def _rect_of(self, index: int) -> tuple[float, float, float, float]:
        """Box of a character in the page's user space: left, top, right, bottom."""
        rect = self._rect
        pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, self._rect_pointer)
        return rect.left, rect.top, rect.right, rect.bottom


def _text(letters: list[str]) -> str:
    text = "".join(letters)
    if any("\ud800" <= c <= "\udfff" for c in letters):
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class _Placement:
    """From a page's user space (origin anywhere, y upwards, unrotated) to points from the top left as displayed.

    pdfium's own mapping is sampled at three points: it knows crop box and rotation, and is affine.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        width, height = page.get_size()
        self._size = (max(1, round(width * _DEVICE_SCALE)), max(1, round(height * _DEVICE_SCALE)))
        # 1000 points apart, so that rounding to a 64th of a point does not add up over the page.
        x0, y0 = self._sample(0.0, 0.0)
        xa, ya = self._sample(1000.0, 0.0)
        xb, yb = self._sample(0.0, 1000.0)
        self._xx, self._yx = (xa - x0) / 1000, (ya - y0) / 1000
        self._xy, self._yy = (xb - x0) / 1000, (yb - y0) / 1000
        self._x0, self._y0 = x0, y0

    def _sample(self, x: float, y: float) -> tuple[float, float]:
        device_x, device_y = c_int(), c_int()
        pdfium_c.FPDF_PageToDevice(self._page.raw, 0, 0, *self._size, 0, x, y, byref(device_x), byref(device_y))
        return device_x.value / _DEVICE_SCALE, device_y.value / _DEVICE_SCALE

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        x0, y0 = self._x0 + self._xx * left + self._xy * top, self._y0 + self._yx * left + self._yy * top
        x1, y1 = self._x0 + self._xx * right + self._xy * bottom, self._y0 + self._yx * right + self._yy * bottom
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        return (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
