"""One page of a PDF: its text layer, the choice between that and OCR, and what the choice went by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from whereas.errors import PermanentError
from whereas.reading.options import OcrOptions, PageImages
from whereas.reading.pages.columns import reading_order
from whereas.reading.pages.lines import Box, Token, attach_labels, compose, merge_baselines
from whereas.reading.pages.turning import quarters_of, turn_back, turn_on
from whereas.reading.pdf import sanity
from whereas.reading.pdf.bounds import check_pictures, fitting_dpi
from whereas.reading.pdf.decision import UNCOVERED, Decision, decide, settle
from whereas.reading.pdf.measures import measure
from whereas.reading.pdf.mixing import add_recognised
from whereas.reading.pdf.objects import Painted, lies_on, painted
from whereas.reading.pdf.textlayer import Placement, TextLayer, read_layer
from whereas.settings import Limits
from whereas.types import PageMeasures, PageText, Warning

if TYPE_CHECKING:
    from PIL import Image

# The resolution of a first look; enough to see whether a word stands out from its ground.
_LOOK_DPI = 36
# Layers that are correct as far as they go.
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
        hidden = self._hidden(objects)
        # On a picture it is what an OCR program made of it; elsewhere nobody is meant to read it.
        astray = {address for address, box in hidden.items() if not any(lies_on(box, picture) for picture in objects.pictures)}
        layer = read_layer(self._page, hidden=hidden.keys(), left_out=astray)
        text = self._compose(layer)
        measures = measure(self._page, text.text, layer=layer, pictures=objects.pictures)
        if not text.text and not objects.anything:
            blank = Warning("blank_page", "The page is blank.", self._number)
            return replace(text, reason="nothing_drawn", warnings=(blank,), measures=measures)
        decision, measures = self._decide(text, measures, objects)
        if decision.choice == "ocr":
            read = self._recognize(why=decision.reason)
            if decision.reason in _PARTIAL:
                read = self._join(text, read, foreign=len(astray) < len(hidden))
            return replace(read, measures=measures)
        if self._images and self._images.every and self._can_look():
            from whereas.reading.pdf import probe
            from whereas.reading.viewing import DPI

            self._keep(probe.render(self._page, dpi=DPI), dpi=DPI)
        return replace(text, reason=decision.reason, measures=measures)

    def _hidden(self, objects: Painted) -> dict[int, Box]:
        """Return the text that does not show, white text on white paper included, by address."""
        if not objects.pale or not self._can_look():
            return dict(objects.unseen)
        from whereas.reading.pdf import probe  # pages without doubts are read without Pillow

        image = probe.render(self._page, dpi=_LOOK_DPI)
        placement, scale = Placement(self._page), _LOOK_DPI / 72
        hidden = dict(objects.unseen)
        for address, box in objects.pale.items():
            left, bottom, right, top = box
            x0, y0, x1, y1 = placement.box(left, top, right, bottom)
            if not probe.has_contrast(image, (x0 * scale, y0 * scale, x1 * scale, y1 * scale)):
                hidden[address] = box
        return hidden

    def _compose(self, layer: TextLayer) -> PageText:
        lines, width, height = layer.lines, self._width, self._height
        quarters = quarters_of((token.text, token.box) for line in lines for token in line)
        if quarters:
            lines = [[replace(token, box=turn_back(token.box, quarters, width=width, height=height)) for token in line] for line in lines]
        across = height if quarters % 2 else width
        ordered = reading_order(attach_labels(merge_baselines(lines)), width=across, trust="never" if self._filled else "mostly")
        text, words = compose(ordered)
        if quarters:
            words = tuple(replace(word, box=turn_on(word.box, quarters, width=width, height=height)) for word in words if word.box)
        self._quarters = quarters
        warnings: tuple[Warning, ...] = ()
        if not layer.complete:
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
            # Where the layer leaves print out, its own words prove nothing.
            beside=self._uncovered is not None and self._uncovered >= UNCOVERED,
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

    def _join(self, layer: PageText, read: PageText, *, foreign: bool) -> PageText:
        """Return a page of text and picture from both readings; the longer one where part of the layer is another OCR program's."""
        if foreign:
            return replace(layer, reason="picture_without_text") if len(read.text) < len(layer.text) else read
        return add_recognised(layer, read, quarters=self._quarters)

    def _recognize(self, *, why: str) -> PageText:
        from whereas.reading import scripts
        from whereas.reading.pdf import probe
        from whereas.reading.pictures import scan  # the intake function counts pages without the OCR layer

        dpi = self._fitting_dpi()
        self._check_pictures()
        image = probe.render(self._page, dpi=dpi)
        self._keep(image, dpi=dpi)
        read = scan.read_scan(image, number=self._number, width=self._width, height=self._height, dpi=dpi, reason=why, options=self._ocr)
        return scripts.check_script(read, image, dpi=dpi, options=self._ocr)

    def _keep(self, image: Image.Image, *, dpi: int) -> None:
        from whereas.reading.viewing import small_png

        if self._images:
            self._images.keep(self._number, small_png(image, dpi=dpi))

    def _fitting_dpi(self) -> int:
        return fitting_dpi(self._width, self._height, number=self._number, limits=self._limits, wanted=self._ocr.dpi)

    def _check_pictures(self) -> None:
        check_pictures(self._page, number=self._number, limits=self._limits)
