"""One page of a PDF: its text layer, the choice between that and OCR, and what the choice went by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from whereas.errors import PermanentError
from whereas.reading.options import OcrOptions, PageImages
from whereas.reading.pages.columns import reading_order
from whereas.reading.pages.lines import Box, Token, compose, merge_baselines
from whereas.reading.pages.turning import quarters_of, turn_back, turn_on
from whereas.reading.pdf import sanity
from whereas.reading.pdf.decision import PICTURE_SHARE, Decision, decide, settle
from whereas.reading.pdf.measures import measure, picture_share
from whereas.reading.pdf.objects import Painted, painted
from whereas.reading.pdf.textlayer import Placement, TextLayer, read_layer
from whereas.settings import Limits
from whereas.types import PageMeasures, PageText, Warning

if TYPE_CHECKING:
    from PIL import Image

# Below this resolution Tesseract errs on every other word: a page that fits the pixel limit only there is refused.
_MIN_DPI = 100
# The resolution of a first look; enough to see whether a word stands out from its ground.
_LOOK_DPI = 36
# Layers that are correct as far as they go: where OCR reads less than they hold, they are kept.
_PARTIAL = frozenset({"picture_with_little_text", "picture_with_text", "outlines_with_text"})


class PageReader:
    """Reads one open page; holds what the steps of the choice share."""

    def __init__(
        self, page: pdfium.PdfPage, number: int, *, filled: bool, limits: Limits, ocr: OcrOptions, images: PageImages | None
    ) -> None:
        """Take a page; ``filled`` says that form fields were made part of it, whose text comes last in the layer."""
        self._page = page
        self._number = number
        self._filled = filled
        self._limits = limits
        self._ocr = ocr
        self._images = images
        self._width, self._height = page.get_size()
        self._quarters = 0
        self._uncovered: float | None = None

    def read(self) -> PageText:
        """Return the page.

        Raises:
            PermanentError: ``too_many_pixels``; ``stage_failed`` where OCR fails or takes too long.
        """
        objects = painted(self._page)
        scanned = picture_share(self._page, objects.pictures) >= PICTURE_SHARE
        layer = read_layer(self._page, hidden=self._hidden(objects), keep_hidden=scanned)
        text = self._compose(layer, hidden_left_out=not scanned)
        measures = measure(self._page, text.text, layer=layer, pictures=objects.pictures)
        if not text.text and not objects.anything:
            blank = Warning("blank_page", "The page is blank.", self._number)
            return replace(text, reason="nothing_drawn", warnings=(blank,), measures=measures)
        decision, measures = self._decide(text, measures, objects)
        if decision.choice == "ocr":
            return replace(self._recognize(text, why=decision.reason), measures=measures)
        if self._images and self._images.every and self._can_look():
            from whereas.reading.pdf import probe
            from whereas.reading.viewing import DPI

            self._keep(probe.render(self._page, dpi=DPI), dpi=DPI)
        return replace(text, reason=decision.reason, measures=measures)

    def _hidden(self, objects: Painted) -> frozenset[int]:
        """Return the text that does not show, white text on white paper included."""
        if not objects.pale or not self._can_look():
            return objects.unseen
        from whereas.reading.pdf import probe  # pages without doubts are read without Pillow

        image = probe.render(self._page, dpi=_LOOK_DPI)
        placement, scale = Placement(self._page), _LOOK_DPI / 72
        white = set()
        for address, (left, bottom, right, top) in objects.pale:
            x0, y0, x1, y1 = placement.box(left, top, right, bottom)
            if not probe.has_contrast(image, (x0 * scale, y0 * scale, x1 * scale, y1 * scale)):
                white.add(address)
        return objects.unseen | white

    def _compose(self, layer: TextLayer, *, hidden_left_out: bool) -> PageText:
        lines, width, height = layer.lines, self._width, self._height
        quarters = quarters_of((token.text, token.box) for line in lines for token in line)
        if quarters:
            lines = [[replace(token, box=turn_back(token.box, quarters, width=width, height=height)) for token in line] for line in lines]
        across = height if quarters % 2 else width
        ordered = reading_order(merge_baselines(lines), width=across, trust="never" if self._filled else "mostly")
        text, words = compose(ordered)
        if quarters:
            words = tuple(replace(word, box=turn_on(word.box, quarters, width=width, height=height)) for word in words if word.box)
        self._quarters = quarters
        warnings: tuple[Warning, ...] = ()
        if layer.hidden_share and hidden_left_out:
            warnings = (Warning("hidden_text_left_out", "The page holds text that it does not show.", self._number),)
        return PageText(
            number=self._number, text=text, words=words, width=width, height=height, source="text_layer", reason="", warnings=warnings
        )

    def _decide(self, text: PageText, measures: PageMeasures, objects: Painted) -> tuple[Decision, PageMeasures]:
        boxes = [word.box for word in text.words if word.box]
        decision = decide(
            measures,
            garbage=sanity.judge(text.text, bad=measures.bad_share),
            outline_points=objects.outline_points,
            quarters=self._quarters,
            uncovered=lambda: self._measure_uncovered(boxes),
        )
        if decision.choice == "probe":
            decision, measures = self._probe(decision.reason, text, measures)
        return decision, replace(measures, uncovered_ink=self._uncovered)

    def _measure_uncovered(self, boxes: list[Box]) -> float:
        if not self._can_look():
            return 0.0
        from whereas.reading.pdf import probe

        self._uncovered = round(probe.uncovered_ink(self._page, boxes), 3)
        return self._uncovered

    def _probe(self, doubt: str, text: PageText, measures: PageMeasures) -> tuple[Decision, PageMeasures]:
        if not self._can_look():
            return settle(doubt, measures, words=0, agreement=0.0), measures
        from whereas.reading.pdf import probe

        tokens = [Token(word.text, word.box) for word in text.words if word.box]
        found = probe.probe(
            self._page,
            tokens,
            beside=doubt.endswith("beside_text"),
            quarters=self._quarters,
            number=self._number,
            options=self._ocr,
        )
        decision = settle(doubt, measures, words=found.words, agreement=found.agreement)
        return decision, replace(measures, probe_agreement=found.agreement)

    def _can_look(self) -> bool:
        """Return whether the page may be rendered within the limits; where not, its text layer has to speak for itself."""
        try:
            self._fitting_dpi()
            self._check_pictures()
        except PermanentError:
            return False
        return True

    def _recognize(self, layer: PageText, *, why: str) -> PageText:
        from whereas.reading import scripts
        from whereas.reading.pdf import probe
        from whereas.reading.pictures import scan  # the intake function counts pages without the OCR layer

        dpi = self._fitting_dpi()
        self._check_pictures()
        image = probe.render(self._page, dpi=dpi)
        self._keep(image, dpi=dpi)
        read = scan.read_scan(image, number=self._number, width=self._width, height=self._height, dpi=dpi, reason=why, options=self._ocr)
        if why in _PARTIAL and len(read.text) < len(layer.text):
            return replace(layer, reason="picture_without_text")
        return scripts.check_script(read, image, dpi=dpi, options=self._ocr)

    def _keep(self, image: Image.Image, *, dpi: int) -> None:
        from whereas.reading.viewing import small_png

        if self._images:
            self._images.keep(self._number, small_png(image, dpi=dpi))

    def _fitting_dpi(self) -> int:
        """Return the resolution for the page: the wanted one, or less where that breaks the limit."""
        square_inches = self._width * self._height / 72**2
        wanted = self._ocr.dpi
        dpi = min(wanted, int((self._limits.max_pixels / square_inches) ** 0.5)) if square_inches else wanted
        if dpi < min(_MIN_DPI, wanted):
            measure = f"Page {self._number} measures {self._width / 72:.0f} by {self._height / 72:.0f} inches."
            raise PermanentError("too_many_pixels", measure, page=self._number)
        return dpi

    def _check_pictures(self) -> None:
        """Refuse a page whose picture would be unpacked to more than the limit, whatever the page's own size."""
        for image in self._page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            columns, rows = image.get_px_size()
            bits = image.get_metadata().bits_per_pixel or 8
            # A fax page of 1 bit a pixel takes an eighth of the memory that the limit is about.
            if columns * rows * min(bits, 8) / 8 > self._limits.max_pixels:
                detail = f"Page {self._number} holds a picture of {columns} x {rows} pixels."
                raise PermanentError("too_many_pixels", detail, page=self._number)
