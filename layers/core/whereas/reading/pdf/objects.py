"""What a PDF page paints, in the order in which it is painted: text that shows and text that does not, pictures, outlines.

Text does not show where its render mode is 3 or 7 (ISO 32000-1, 9.3.6), where it is wholly transparent, and where a picture is
painted over it. The first and the last are how OCR programs put their text under a scan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ctypes import byref, c_float, c_uint, c_void_p, cast
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from whereas.reading.pages.lines import Box

Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_UNSEEN_MODES = frozenset({pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP})
# Lighter than this in every colour is white or as good as that: it shows on dark ground only.
_PALE = 235
# A picture this large over text is the page; a smaller one is a stamp or a logo, and mostly transparent.
_COVER_SHARE = 0.5
_MAX_DEPTH = 3
# Outlined pages have thousands of points; further ones change nothing.
_ENOUGH_POINTS = 20_000


@dataclass(frozen=True, slots=True)
class Painted:
    """What a page paints.

    Attributes:
        unseen: text objects that show nothing whatever stands behind them, by address; boxes are in the page's user space.
        pale: text that is white or nearly so, likewise.
        pictures: boxes of the pictures.
        outline_points: points of all paths, up to some number: drawn letters have dozens each.
        anything: whether there is any object.
    """

    unseen: Mapping[int, Box]
    pale: Mapping[int, Box]
    pictures: tuple[Box, ...]
    outline_points: int
    anything: bool


def painted(page: pdfium.PdfPage) -> Painted:
    """Walk the page's objects, those of its forms included."""
    return _Walk(page).run()


def address_of(pointer: Any) -> int:
    """Return where a pdfium object lies: its identity while the page is open; 0 for none."""
    return cast(pointer, c_void_p).value or 0


def lies_on(box: Box, other: Box) -> bool:
    """Return whether the middle of a box lies within another."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


class _Walk:
    """One pass over a page's objects; holds the out-parameters of pdfium's calls, which are slow to make."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._raw = page.raw
        left, bottom, right, top = page.get_bbox()
        self._area = max(1.0, (right - left) * (top - bottom))
        self._colour = [c_uint() for _ in range(4)]
        self._colour_pointers = [byref(part) for part in self._colour]
        self._texts: list[tuple[Any, Matrix]] = []
        self._unseen: dict[int, Box] = {}
        self._pale: dict[int, Box] = {}
        self._pictures: list[Box] = []
        self._points = 0

    def run(self) -> Painted:
        count = pdfium_c.FPDFPage_CountObjects(self._raw)
        self._visit((pdfium_c.FPDFPage_GetObject(self._raw, index) for index in range(count)), _IDENTITY, depth=0)
        return Painted(self._unseen, self._pale, tuple(self._pictures), self._points, anything=count > 0)

    def _visit(self, found: Iterator[Any], matrix: Matrix, *, depth: int) -> None:
        # Thousands of text objects a page: names are bound once.
        type_of, mode_of, colour_of = (
            pdfium_c.FPDFPageObj_GetType,
            pdfium_c.FPDFTextObj_GetTextRenderMode,
            pdfium_c.FPDFPageObj_GetFillColor,
        )
        red, green, blue, alpha = self._colour
        pointers = self._colour_pointers
        for item in found:
            kind = type_of(item)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                self._texts.append((item, matrix))
                colour_of(item, *pointers)
                if mode_of(item) in _UNSEEN_MODES or alpha.value == 0:
                    self._unseen[address_of(item)] = _bounds(item, matrix)
                elif red.value >= _PALE and green.value >= _PALE and blue.value >= _PALE:
                    self._pale[address_of(item)] = _bounds(item, matrix)
            elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                if self._points < _ENOUGH_POINTS:
                    self._points += max(0, pdfium_c.FPDFPath_CountSegments(item))
            elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                self._picture(item, matrix)
            elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                count = pdfium_c.FPDFFormObj_CountObjects(item)
                inner = (pdfium_c.FPDFFormObj_GetObject(item, index) for index in range(count))
                self._visit(inner, _times(_matrix_of(item), matrix), depth=depth + 1)

    def _picture(self, item: Any, matrix: Matrix) -> None:
        box = _bounds(item, matrix)
        self._pictures.append(box)
        if (box[2] - box[0]) * (box[3] - box[1]) >= _COVER_SHARE * self._area:
            for text, placed in self._texts:
                bounds = _bounds(text, placed)
                if lies_on(bounds, box):
                    self._unseen[address_of(text)] = bounds


def _bounds(item: Any, matrix: Matrix) -> Box:
    edges = [c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(item, *map(byref, edges))
    left, bottom, right, top = (edge.value for edge in edges)
    if matrix is _IDENTITY:
        return (left, bottom, right, top)
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def _matrix_of(form: Any) -> Matrix:
    raw = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(form, byref(raw)):
        return _IDENTITY
    return (raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies ``inner`` first (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
