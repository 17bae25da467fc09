"""The text layer of a PDF page: words with boxes in pdfium's reading order.

pdfium gives characters, generates the spaces and line breaks that the file only implies, and marks the hyphen of a broken
word with U+0002. Boxes are asked for only at a word's ends: two calls a word, not one a character.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Set
from ctypes import byref, c_int
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from whereas.reading.pages.lines import Box, Line, Token
from whereas.reading.pdf.objects import address_of

_LINE_BREAKS = frozenset("\n\r\v\f\u2028\u2029")
_HYPHEN_MARKS = frozenset("\x02\ufffe")
_PARTS = re.compile(r"[^\s\x02\ufffe]*[\x02\ufffe]|[^\s\x02\ufffe]+|[\n\r\v\f\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Letters with a figure behind them that may be a footnote's mark; squared units are none. A mark is so much smaller than its word.
_MARKED = re.compile(r"(?!(?:[ckm]?m|ft|in|yd)[23])[^\W\d_]{2,40}[.,;:)\"”’]{0,3}(?P<mark>\d{1,2})[.,;:)\"”’]{0,3}")
_MARK_HEIGHT = 0.8
# The angle of so many characters tells how those of the page stand; one that leans more than this stands askew.
_ANGLE_SAMPLES = 40
_OBLIQUE_RADIANS = math.radians(6)
# PageToDevice answers in whole pixels: a page laid out on this many pixels a point is exact enough for boxes.
_DEVICE_SCALE = 64


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A page's text layer: its lines, none empty, in the order of the file; boxes as the reader sees the page, in points.

    ``hidden_share`` is that of characters which do not show, ``oblique_share`` that of those which stand askew; ``complete`` says that
    none was left out.
    """

    lines: list[Line]
    hidden_share: float
    oblique_share: float
    complete: bool


def read_layer(page: pdfium.PdfPage, *, hidden: Set[int], left_out: Set[int]) -> TextLayer:
    """Return the text layer of a page without what lies outside its crop box.

    Args:
        page: an open page.
        hidden: addresses of the text objects that do not show; see ``pdf.objects``.
        left_out: those of them whose text is not part of the layer.
    """
    textpage = page.get_textpage()
    try:
        return _Layer(page, textpage, hidden).read(left_out=left_out)
    finally:
        textpage.close()


class _Layer:
    """Walks the characters of one page."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, hidden: Set[int]) -> None:
        self._raw = textpage.raw
        self._count = max(0, textpage.count_chars())
        self._hidden = hidden
        self._width, self._height = page.get_size()
        self._to_page = Placement(page)
        self._rect = pdfium_c.FS_RECTF()
        self._rect_pointer = byref(self._rect)

    def read(self, *, left_out: Set[int]) -> TextLayer:
        unicode_of = pdfium_c.FPDFText_GetUnicode
        raw = self._raw
        codes = [unicode_of(raw, index) for index in range(self._count)]
        unseen = self._unseen(codes) if self._hidden else {}
        solid = sum(not chr(code).isspace() for code in codes) if unseen else 0
        dropped = [index for index, address in unseen.items() if address in left_out]
        for index in dropped:
            codes[index] = 0x20
        lines = [kept for line in self._lines(codes) if (kept := [token for token in line if self._is_on_page(token.box)])]
        return TextLayer(lines, len(unseen) / solid if solid else 0.0, self._oblique_share(), complete=not dropped)

    def _unseen(self, codes: list[int]) -> dict[int, int]:
        """Return the characters that do not show, with their objects' addresses."""
        object_of = pdfium_c.FPDFText_GetTextObject
        addresses = {index: address_of(object_of(self._raw, index)) for index, code in enumerate(codes) if not chr(code).isspace()}
        return {index: address for index, address in addresses.items() if address in self._hidden}

    def _oblique_share(self) -> float:
        oblique = seen = 0
        for index in range(0, self._count, max(1, self._count // _ANGLE_SAMPLES)):
            angle = pdfium_c.FPDFText_GetCharAngle(self._raw, index)
            if angle >= 0:
                seen += 1
                oblique += abs(angle - round(angle / (math.pi / 2)) * (math.pi / 2)) > _OBLIQUE_RADIANS
        return oblique / seen if seen else 0.0

    def _is_on_page(self, box: Box) -> bool:
        return box[2] > 0 and box[3] > 0 and box[0] < self._width and box[1] < self._height

    def _lines(self, codes: list[int]) -> list[Line]:
        lines: list[Line] = []
        line: Line = []
        # One match a word: a loop over the characters would take as long as all of pdfium.
        for found in _PARTS.finditer(array("I", codes).tobytes().decode("utf-32", "surrogatepass")):
            part = found[0]
            if part not in _LINE_BREAKS:
                broken = part[-1] in _HYPHEN_MARKS
                line.extend(self._tokens(part[:-1] + "-" if broken else part, found.start(), found.end() - 1))
                if not broken:
                    continue
            if line:
                lines.append(line)
                line = []
        if line:
            lines.append(line)
        return lines

    def _tokens(self, text: str, first: int, last: int) -> list[Token]:
        """Return a word; two where a footnote's mark is raised behind its letters ("Agreement1")."""
        marked = _MARKED.fullmatch(text)
        if marked:
            at = first + marked.start("mark")
            _, top, _, bottom = self._rect_of(first)
            _, mark_top, _, mark_bottom = self._rect_of(at)
            if mark_top - mark_bottom < _MARK_HEIGHT * (top - bottom) and mark_bottom > bottom:
                return [self._token(text[: at - first], first, at - 1), self._token(text[at - first :], at, last)]
        return [self._token(text, first, last)]

    def _token(self, text: str, first: int, last: int) -> Token:
        left, top, right, bottom = self._rect_of(first)
        if last != first:
            other = self._rect_of(last)
            left, right = min(left, other[0]), max(right, other[2])
            top, bottom = max(top, other[1]), min(bottom, other[3])
        return Token(_text(text), self._to_page.box(left, top, right, bottom))

    def _rect_of(self, index: int) -> tuple[float, float, float, float]:
        """Box of a character in the page's user space: left, top, right, bottom."""
        rect = self._rect
        pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, self._rect_pointer)
        return rect.left, rect.top, rect.right, rect.bottom


def _text(text: str) -> str:
    """Join the surrogates of which pdfium makes one character each."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _SURROGATE.search(text) else text


class Placement:
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
        """Return where a rectangle of the page's user space is displayed."""
        x0, y0 = self._x0 + self._xx * left + self._xy * top, self._y0 + self._yx * left + self._yy * top
        x1, y1 = self._x0 + self._xx * right + self._xy * bottom, self._y0 + self._yx * right + self._yy * bottom
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        return (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
